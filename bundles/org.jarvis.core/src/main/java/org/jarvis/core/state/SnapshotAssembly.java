package org.jarvis.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterReader.GuestReading;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots out of what connectors report. What a report does not touch is the same object in
 * the new snapshot.
 */
final class SnapshotAssembly {
  /** How long something is shown whose entry cannot be read any more. */
  private static final Duration UNREAD_KEPT = Duration.ofMinutes(5);

  /**
   * The same for a member. One is seldom taken out of a cluster, and with it all that runs there
   * would go unwatched, without a word.
   */
  private static final Duration NODE_KEPT = Duration.ofDays(1);

  private final Incarnations incarnations;

  SnapshotAssembly(Incarnations incarnations) {
    this.incarnations = incarnations;
  }

  /** What is known of a cluster before its first answer. */
  static ClusterSnapshot empty(ClusterId id, Whereabouts whereabouts, Observation observation) {
    Cluster cluster =
        new Cluster(
            id,
            id.value(),
            Cluster.Status.UNREACHABLE,
            Cluster.Connection.CONNECTING,
            "Waiting for the first answer.",
            null,
            null,
            null,
            null,
            0,
            0,
            whereabouts,
            observation);
    return new ClusterSnapshot(cluster, Map.of(), Map.of(), Map.of());
  }

  /** The snapshot after a complete reading. */
  ClusterSnapshot of(
      ClusterConnection connection, ClusterObservation observed, ClusterSnapshot past) {
    ClusterSnapshot before = isAnother(past, observed) ? withoutPast(past) : past;
    int online = (int) observed.nodes().stream().filter(SnapshotAssembly::online).count();
    Map<NodeName, Node> nodes = keyed(observed.nodes(), Node::node);
    if (observed.incomplete().contains(ResourceKind.NODE)) {
      keepUnread(nodes, before.nodes(), observed.at().minus(NODE_KEPT), node -> false);
    }
    Cluster.Status status = status(observed, online);
    Cluster cluster =
        new Cluster(
            connection.id(),
            observed.clusterName() == null ? connection.id().value() : observed.clusterName(),
            status,
            Cluster.Connection.LIVE,
            reason(status, observed),
            observed.version() == null ? before.cluster().version() : observed.version(),
            observed.quorate(),
            observed.votes(),
            observed.expectedVotes(),
            online,
            nodes.size(),
            connection.whereabouts(),
            new Observation(source(connection.id()), observed.at(), connection.pollInterval()),
            observed.warnings());
    Map<GuestId, Guest> guests = keepingFresher(observed.guests(), before.guests());
    Map<ResourceRef, Storage> storages = keyed(observed.storages(), Resource::ref);
    Instant oldest = observed.at().minus(UNREAD_KEPT);
    if (observed.incomplete().contains(ResourceKind.GUEST)) {
      keepUnread(guests, before.guests(), oldest, guest -> incarnations.isDeleted(before, guest));
    }
    if (observed.incomplete().contains(ResourceKind.STORAGE)) {
      keepUnread(storages, before.storages(), oldest, storage -> false);
    }
    Map<GuestId, Incarnation> lives = incarnations.of(before, guests);
    ClusterSnapshot bare = new ClusterSnapshot(cluster, nodes, guests, storages, Map.of(), lives);
    return new ClusterSnapshot(
        cluster, bare.nodes(), bare.guests(), bare.storages(), kept(before, bare), lives);
  }

  /**
   * What is missing from a reading that left something out may be what was left out: it stays as it
   * was seen last, and grows stale, for a while.
   */
  private static <K, R extends Resource> void keepUnread(
      Map<K, R> now, Map<K, R> before, Instant oldest, Predicate<R> deleted) {
    before.forEach(
        (key, known) -> {
          if (!now.containsKey(key)
              && known.observation().at().isAfter(oldest)
              && !deleted.test(known)) {
            now.put(key, known);
          }
        });
  }

  /** The details of what still exists, and is what it was. */
  private static Map<ResourceRef, Details> kept(ClusterSnapshot before, ClusterSnapshot now) {
    List<ResourceRef> gone = new ArrayList<>();
    for (ResourceRef ref : before.details().keySet()) {
      if (now.find(ref).isEmpty() || isAnother(ref, before, now)) {
        gone.add(ref);
      }
    }
    if (gone.isEmpty()) {
      return before.details();
    }
    Map<ResourceRef, Details> details = new HashMap<>(before.details());
    gone.forEach(details::remove);
    return details;
  }

  private static boolean isAnother(ResourceRef ref, ClusterSnapshot before, ClusterSnapshot now) {
    if (before.incarnations() == now.incarnations()) {
      return false;
    }
    return ref.guestId()
        .map(id -> !Objects.equals(before.incarnations().get(id), now.incarnations().get(id)))
        .orElse(false);
  }

  /** The snapshot with the news about one aspect; of what it does not know, it takes none. */
  ClusterSnapshot detailed(ClusterSnapshot before, ResourceRef ref, AspectState news) {
    if (news.aspect().kind() != ref.kind() || before.find(ref).isEmpty()) {
      return before;
    }
    Incarnation renewed =
        news.detail() instanceof GuestConfiguration configuration
            ? renewedBy(before, ref, configuration.generation())
            : null;
    Details known = renewed == null ? before.details(ref) : Details.none();
    AspectState former = known.state(news.aspect()).orElse(null);
    if (news.equals(former)) {
      return before;
    }
    Map<ResourceRef, Details> details = new HashMap<>(before.details());
    details.put(ref, known.with(sharing(news, former)));
    return new ClusterSnapshot(
        before.cluster(),
        before.nodes(),
        before.guests(),
        before.storages(),
        details,
        with(before.incarnations(), ref, renewed));
  }

  /** What was read again without a difference stays the object that it was. */
  private static AspectState sharing(AspectState news, @Nullable AspectState former) {
    return former != null
            && news.detail() != null
            && news.detail() != former.detail()
            && news.detail().equals(former.detail())
        ? new AspectState(
            news.aspect(), former.detail(), news.observation(), news.incomplete(), news.failure())
        : news;
  }

  /** The snapshot with a guest that was read by itself, unless it is known fresher. */
  ClusterSnapshot with(ClusterSnapshot before, GuestReading reading) {
    Guest guest = reading.guest();
    Guest known = before.guests().get(guest.id());
    if (known == null || known.observation().at().isAfter(guest.observation().at())) {
      return before;
    }
    Incarnation renewed = renewedBy(before, guest.ref(), reading.generation());
    Incarnation life = renewed == null ? incarnations.of(before, guest) : renewed;
    Map<GuestId, Guest> guests = new HashMap<>(before.guests());
    guests.put(guest.id(), guest);
    ClusterSnapshot next =
        new ClusterSnapshot(
            before.cluster(),
            before.nodes(),
            guests,
            before.storages(),
            before.details(),
            with(before.incarnations(), guest.ref(), life));
    return new ClusterSnapshot(
        next.cluster(),
        next.nodes(),
        next.guests(),
        next.storages(),
        kept(before, next),
        next.incarnations());
  }

  /**
   * A snapshot that was read before anybody could tell what an earlier life of Jarvis knew, now
   * with that: the lives that go on keep their names, and what was not read yet is shown with its
   * age.
   */
  ClusterSnapshot continuing(ClusterSnapshot earlier, ClusterSnapshot now) {
    ClusterSnapshot explained =
        new ClusterSnapshot(
            earlier.cluster(),
            earlier.nodes(),
            earlier.guests(),
            earlier.storages(),
            now.details(),
            earlier.incarnations());
    Map<GuestId, Incarnation> lives = incarnations.of(explained, now.guests());
    ClusterSnapshot living =
        new ClusterSnapshot(
            now.cluster(), now.nodes(), now.guests(), now.storages(), Map.of(), lives);
    Map<ResourceRef, Details> details = new HashMap<>(kept(earlier, living));
    now.details()
        .forEach(
            (ref, fresh) -> {
              Details all = details.getOrDefault(ref, Details.none());
              for (AspectState state : fresh.all().values()) {
                all = all.with(state);
              }
              details.put(ref, all);
            });
    return new ClusterSnapshot(
        now.cluster(), now.nodes(), now.guests(), now.storages(), details, lives);
  }

  private @Nullable Incarnation renewedBy(
      ClusterSnapshot before, ResourceRef ref, String generation) {
    return incarnations.renewedBy(
        before.details(ref).find(GuestConfiguration.class).orElse(null), generation);
  }

  private static Map<GuestId, Incarnation> with(
      Map<GuestId, Incarnation> before, ResourceRef ref, @Nullable Incarnation life) {
    Optional<GuestId> id = ref.guestId();
    if (life == null || id.isEmpty() || life.equals(before.get(id.get()))) {
      return before;
    }
    Map<GuestId, Incarnation> lives = new HashMap<>(before);
    lives.put(id.get(), life);
    return lives;
  }

  static String source(ClusterId id) {
    return "pve:" + id;
  }

  /**
   * Whether another cluster answers now under the same name of Jarvis's, because its configuration
   * names other addresses: it calls itself otherwise, or has none of the nodes.
   */
  private static boolean isAnother(ClusterSnapshot past, ClusterObservation observed) {
    if (past.nodes().isEmpty() || observed.nodes().isEmpty()) {
      return false;
    }
    Cluster cluster = past.cluster();
    boolean named = !cluster.name().equals(cluster.id().value());
    if (named && observed.clusterName() != null && !observed.clusterName().equals(cluster.name())) {
      return true;
    }
    return observed.nodes().stream().noneMatch(node -> past.nodes().containsKey(node.node()));
  }

  /** So that nothing in another cluster is taken for what had the same number before. */
  private static ClusterSnapshot withoutPast(ClusterSnapshot past) {
    return new ClusterSnapshot(past.cluster(), past.nodes(), Map.of(), Map.of());
  }

  private static boolean online(Node node) {
    return node.status() == Node.Status.ONLINE;
  }

  private static Cluster.Status status(ClusterObservation observed, int online) {
    if (Boolean.FALSE.equals(observed.quorate())) {
      return Cluster.Status.NO_QUORUM;
    }
    return online < observed.nodes().size() ? Cluster.Status.DEGRADED : Cluster.Status.ONLINE;
  }

  private static @Nullable String reason(Cluster.Status status, ClusterObservation observed) {
    String ofStatus = reasonOf(status, observed);
    if (observed.quorate() != null || observed.quorumUnknown() == null) {
      return ofStatus;
    }
    String unknown = "Whether it has quorum is not known: " + observed.quorumUnknown();
    return ofStatus == null ? unknown : ofStatus + " " + unknown;
  }

  private static @Nullable String reasonOf(Cluster.Status status, ClusterObservation observed) {
    return switch (status) {
      case NO_QUORUM ->
          "The cluster has no quorum: nothing in it can be changed until more of its nodes are"
              + " back.";
      case DEGRADED ->
          "Not online: "
              + observed.nodes().stream()
                  .filter(node -> !online(node))
                  .map(Node::name)
                  .sorted()
                  .collect(Collectors.joining(", "))
              + ".";
      case ONLINE, UNREACHABLE -> null;
    };
  }

  /** A guest that was read by itself after this reading began must not fall back to the older. */
  private static Map<GuestId, Guest> keepingFresher(
      List<Guest> observed, Map<GuestId, Guest> before) {
    Map<GuestId, Guest> guests = new HashMap<>();
    for (Guest guest : observed) {
      Guest known = before.get(guest.id());
      if (known == null) {
        guests.put(guest.id(), guest);
      } else {
        boolean fresher = known.observation().at().isAfter(guest.observation().at());
        guests.put(guest.id(), fresher ? known : remembering(guest, known));
      }
    }
    return guests;
  }

  /**
   * Of the guests of a silent node a cluster tells little more than their numbers; what is not told
   * is as it was. A guest loses neither its name by that nor a tag that protects it.
   */
  private static Guest remembering(Guest guest, Guest known) {
    if (guest.status() != Guest.Status.UNKNOWN || guest.type() != known.type()) {
      return guest;
    }
    return new Guest(
        guest.cluster(),
        guest.id(),
        guest.type(),
        guest.name().equals(guest.id().toString()) ? known.name() : guest.name(),
        guest.node(),
        guest.status(),
        guest.template() || known.template(),
        guest.tags().isEmpty() ? known.tags() : guest.tags(),
        guest.lock(),
        guest.pool() == null ? known.pool() : guest.pool(),
        guest.haState(),
        guest.cpu(),
        guest.cpus() == null ? known.cpus() : guest.cpus(),
        guest.memoryUsed(),
        guest.memoryTotal() == null ? known.memoryTotal() : guest.memoryTotal(),
        guest.diskTotal() == null ? known.diskTotal() : guest.diskTotal(),
        guest.uptime(),
        guest.observation());
  }

  private static <K, V> Map<K, V> keyed(List<V> values, Function<V, K> key) {
    // A row that a cluster sends twice is still one thing; the later row wins.
    return values.stream()
        .collect(
            Collectors.toMap(key, Function.identity(), (first, second) -> second, HashMap::new));
  }
}
