package org.jarvis.tools.form;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jspecify.annotations.Nullable;

/**
 * Resources as rows of a result. Every row has its source and age; what is not known is {@code
 * null}.
 *
 * @param now the moment from which age is counted
 */
public record ResultRows(Instant now) {
  /** A cluster as a whole. */
  public Columns<ClusterSnapshot> cluster() {
    return this.<ClusterSnapshot>start(ClusterSnapshot::cluster)
        .text("connection", "How Jarvis stands with it.", of -> of.cluster().connection().word())
        .text("reason", "Why it is not well, with the cure.", of -> of.cluster().reason())
        .texts(
            "warnings", "What else is wrong with it, with the cure.", of -> of.cluster().warnings())
        .text("version", "Its version of Proxmox VE.", of -> of.cluster().version())
        .flag("quorate", "Whether it has quorum.", of -> of.cluster().quorate())
        .whole("votes", "Votes present.", of -> of.cluster().votes())
        .whole("expectedVotes", "Votes there should be.", of -> of.cluster().expectedVotes())
        .whole("nodesOnline", "Nodes online.", of -> of.cluster().nodesOnline())
        .whole("nodesTotal", "Nodes in all.", of -> of.cluster().nodesTotal())
        .object("vms", "How many VMs do what.", counts(), of -> guests(of, GuestType.QEMU))
        .object(
            "containers", "How many containers do what.", counts(), of -> guests(of, GuestType.LXC))
        .whole("storages", "Storages, once for each node.", of -> of.storages().size())
        .text("jarvisRuns", "Where Jarvis runs.", of -> whereabouts(of.cluster().whereabouts()))
        .and(end(ClusterSnapshot::cluster));
  }

  private static Columns<List<Guest>> counts() {
    Columns<List<Guest>> counts =
        new Columns<List<Guest>>().whole("total", "In all, templates aside.", List::size);
    for (Guest.Status status : Guest.Status.values()) {
      counts.whole(
          status.word(),
          "Those that are " + status.word() + ".",
          guests -> (int) guests.stream().filter(guest -> guest.status() == status).count());
    }
    return counts;
  }

  private static List<Guest> guests(ClusterSnapshot snapshot, GuestType type) {
    return snapshot.guests().values().stream()
        .filter(guest -> guest.type() == type && !guest.template())
        .toList();
  }

  private static String whereabouts(Whereabouts whereabouts) {
    if (whereabouts instanceof Whereabouts.InGuest home) {
      return "in guest " + home.guest();
    }
    return whereabouts instanceof Whereabouts.Outside ? "outside" : "unknown";
  }

  /** A node. */
  public Columns<Node> node() {
    return this.<Node>start(node -> node)
        .number("cpuShare", "Share of its processors in use, from 0 to 1.", Node::cpu)
        .whole("cpus", "Its logical processors.", Node::cpus)
        .bytes("memoryUsedBytes", "Memory in use.", Node::memoryUsed)
        .bytes("memoryTotalBytes", "Memory in all.", Node::memoryTotal)
        .bytes("rootUsedBytes", "Used space of its root.", Node::diskUsed)
        .bytes("rootTotalBytes", "Size of its root.", Node::diskTotal)
        .seconds("uptimeSeconds", "Since it booted.", Node::uptime)
        .and(end(node -> node));
  }

  /** A guest. */
  public Columns<Guest> guest() {
    return this.<Guest>start(guest -> guest)
        .whole("vmid", "Its number.", guest -> guest.id().value())
        .text("node", "Where it is.", Guest::node)
        .flag("template", "Whether it is a template.", Guest::template)
        .texts("tags", "Its tags.", Guest::tags)
        .text("lock", "What holds it, such as backup.", Guest::lock)
        .text("pool", "Its resource pool.", Guest::pool)
        .text("haState", "What high availability wants of it.", Guest::haState)
        .number("cpuShare", "Share of its processors in use, from 0 to 1.", Guest::cpu)
        .whole("cpus", "Its processors.", Guest::cpus)
        .bytes("memoryUsedBytes", "Memory in use.", Guest::memoryUsed)
        .bytes("memoryTotalBytes", "Memory it may use.", Guest::memoryTotal)
        .bytes("rootTotalBytes", "Size of its root disk.", Guest::diskTotal)
        .seconds("uptimeSeconds", "Since it started.", Guest::uptime)
        .and(end(guest -> guest));
  }

  /** A storage in all the views of the nodes that see it, the one that tells most first. */
  public Columns<List<Storage>> storage() {
    return this.<List<Storage>>start(views -> views.get(0))
        .texts(
            "nodes",
            "The nodes that see it.",
            views -> views.stream().map(Storage::node).sorted().toList())
        .flag("shared", "Whether they all see the same content.", views -> views.get(0).shared())
        .text("type", "What it is, such as dir or zfspool.", views -> views.get(0).type())
        .texts("content", "What may lie on it.", views -> views.get(0).content())
        .bytes("usedBytes", "Used space.", views -> views.get(0).used())
        .bytes("totalBytes", "Its size.", views -> views.get(0).total())
        .and(end(views -> views.get(0)));
  }

  /** Anything that has an address. */
  public Columns<Resource> resource() {
    return this.<Resource>start(resource -> resource)
        .text("kind", "What it is.", resource -> resource.ref().kind().word())
        .text("type", "qemu or lxc, where it is a guest.", ResultRows::type)
        .whole("vmid", "Its number, where it is a guest.", ResultRows::vmid)
        .text("node", "The node that it is on.", ResultRows::nodeOf)
        .and(end(resource -> resource));
  }

  private static @Nullable Object type(Resource resource) {
    return resource instanceof Guest guest ? guest.type().path() : null;
  }

  private static @Nullable Object vmid(Resource resource) {
    return resource.ref().guestId().map(id -> (Object) id.value()).orElse(null);
  }

  private static @Nullable Object nodeOf(Resource resource) {
    return resource instanceof Guest guest
        ? guest.node()
        : resource.ref().nodeName().map(Object.class::cast).orElse(null);
  }

  private interface Of<T> {
    Resource resource(T row);
  }

  private <T> Columns<T> start(Of<T> of) {
    return new Columns<T>()
        .text("ref", "Its address in Jarvis.", row -> of.resource(row).ref())
        .text("cluster", "Its cluster.", row -> of.resource(row).ref().cluster())
        .text("name", "Its name.", row -> of.resource(row).name())
        .text("status", "How it is.", row -> of.resource(row).statusWord());
  }

  private <T> Columns<T> end(Of<T> of) {
    return observed(row -> of.resource(row).observation());
  }

  /** Where an observation is found. */
  public interface Observed<T> {
    /** The observation, {@code null} where nothing was read. */
    @Nullable Observation of(T row);
  }

  /** Source and age as members of a row. */
  public <T> Columns<T> observed(Observed<T> of) {
    return new Columns<T>()
        .text("source", "Who said so.", row -> source(of.of(row)))
        .time("observedAt", "When it was read.", row -> at(of.of(row)))
        .whole("ageSeconds", "How long ago that is, in seconds.", row -> age(at(of.of(row))))
        .flag("stale", "Whether it is older than it should be.", row -> stale(of.of(row)));
  }

  private static @Nullable String source(@Nullable Observation observation) {
    return observation == null ? null : observation.source();
  }

  private static @Nullable Instant at(@Nullable Observation observation) {
    return observation == null ? null : observation.at();
  }

  private @Nullable Boolean stale(@Nullable Observation observation) {
    return observation == null ? null : observation.staleAt(now);
  }

  private @Nullable Long age(@Nullable Instant at) {
    return at == null ? null : Math.max(0, Duration.between(at, now).toSeconds());
  }
}
