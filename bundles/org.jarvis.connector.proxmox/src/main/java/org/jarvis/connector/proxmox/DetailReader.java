package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.NodeDisks;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;
import org.jarvis.connector.proxmox.http.Lane;
import org.jarvis.connector.proxmox.reply.ClusterAspects;
import org.jarvis.connector.proxmox.reply.GuestAspects;
import org.jarvis.connector.proxmox.reply.InsideGuest;
import org.jarvis.connector.proxmox.reply.NodeAspects;
import org.jarvis.connector.proxmox.reply.NodeStatus;
import org.jarvis.connector.proxmox.reply.Oddities;
import org.jarvis.connector.proxmox.reply.PoolStatus;
import org.jarvis.connector.proxmox.reply.StorageAspects;
import org.jarvis.connector.proxmox.reply.Tasks;
import org.jspecify.annotations.Nullable;

/** Reads one aspect of one resource, on the caller's thread. Safe from any thread. */
final class DetailReader {
  private static final int LOG_LINES = 200;
  private static final Duration SELDOM = Duration.ofHours(1);

  /** Who looks at disks themselves wants to know how they are now, not an hour ago. */
  private static final Duration LOOKED_AT = Duration.ofMinutes(1);

  /** Reading SMART of many disks at once would exceed the slow lane's pace. */
  private static final int SMART_AT_ONCE = 4;

  /** As with SMART; a node with more pools than this is read in several turns. */
  private static final int POOLS_AT_ONCE = 4;

  private final ApiClient api;
  private final Clock clock;
  private final Map<GuestId, Kept<InsideGuest.OperatingSystem>> systems = new ConcurrentHashMap<>();
  private final Map<NodeName, Map<String, Kept<NodeAspects.Smart>>> smart =
      new ConcurrentHashMap<>();
  private final Map<NodeName, Map<String, Kept<Optional<PoolStatus>>>> pools =
      new ConcurrentHashMap<>();

  /** What seldom changes, when it was read, and why not all of it could be. */
  private record Kept<T>(Instant at, T value, List<String> gaps) {}

  /**
   * How to ask, and what to say of the answers beyond the detail itself.
   *
   * @param lane in which lane
   * @param rights what the account may read; what it is known not to may is not asked for
   * @param oddities collects what could not be understood
   * @param gaps collects why a part was not read
   */
  record Asking(Lane lane, AccountRights rights, Oddities oddities, Gaps gaps) {
    /** A way to ask that has collected nothing yet. */
    Asking(Lane lane, AccountRights rights) {
      this(lane, rights, new Oddities(), new Gaps());
    }
  }

  DetailReader(ApiClient api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /** Forgets what was kept of guests and nodes that are gone. */
  void keepOnly(LastReading reading) {
    systems.keySet().retainAll(reading.guests().keySet());
    smart.keySet().retainAll(reading.nodes().keySet());
    pools.keySet().retainAll(reading.nodes().keySet());
  }

  /** How many requests a turn takes. */
  int requests(Turn turn, @Nullable Guest guest, AccountRights rights) {
    return switch (turn.aspect()) {
      case AGENT ->
          guest != null && guest.type() == GuestType.QEMU
              ? isKnown(systems.get(guest.id())) ? 2 : 4
              : 1;
      case DISKS ->
          rights.maybeReadsSmart() ? 1 + smartDue(new NodeName(turn.resource().path().get(0))) : 1;
      case ZFS -> 1 + poolsDue(new NodeName(turn.resource().path().get(0)));
      default -> Rhythm.of(turn.aspect()).requests();
    };
  }

  /** A node that was not read yet has one pool at most, as most have. */
  private int poolsDue(NodeName node) {
    Map<String, Kept<Optional<PoolStatus>>> kept = pools.get(node);
    return kept == null ? 1 : Math.min(POOLS_AT_ONCE, kept.size());
  }

  private boolean isKnown(@Nullable Kept<?> kept) {
    return kept != null && kept.at().plus(SELDOM).isAfter(clock.instant());
  }

  private int smartDue(NodeName node) {
    Map<String, Kept<NodeAspects.Smart>> kept = smart.get(node);
    return kept == null
        ? SMART_AT_ONCE
        : (int)
            Math.min(SMART_AT_ONCE, kept.values().stream().filter(one -> !isKnown(one)).count());
  }

  /**
   * Reads.
   *
   * @param guest the guest, where it is one's
   */
  Detail read(Turn turn, @Nullable Guest guest, Asking asking) {
    ResourceRef ref = turn.resource();
    Lane lane = asking.lane();
    Oddities oddities = asking.oddities();
    return switch (turn.aspect()) {
      case CONNECTION, TEMPERATURES ->
          throw new IllegalArgumentException("No cluster is asked for this.");
      case TASKS -> new RecentTasks(tasks(api.get(ApiPath.of("cluster", "tasks"), lane), oddities));
      case LOG ->
          ClusterAspects.log(
              list(ApiPath.of("cluster", "log").with("max", LOG_LINES), lane), oddities);
      case BACKUP_JOBS -> backupJobs(asking);
      case HIGH_AVAILABILITY ->
          ClusterAspects.highAvailability(
              list(ApiPath.of("cluster", "ha", "status", "current"), lane), oddities);
      case CEPH -> ClusterAspects.ceph(api.get(ApiPath.of("cluster", "ceph", "status"), lane));
      case PRIVILEGES ->
          ClusterAspects.privileges(api.get(ApiPath.of("access", "permissions"), lane), oddities);
      case SYSTEM -> NodeStatus.read(api.get(node(ref, "status"), lane));
      case SERVICES -> NodeAspects.services(list(node(ref, "services"), lane), oddities);
      case DISKS -> disks(ref, asking);
      case ZFS -> pools(ref, asking);
      case UPDATES -> NodeAspects.updates(list(node(ref, "apt", "update"), lane), oddities);
      case CERTIFICATES ->
          NodeAspects.certificates(list(node(ref, "certificates", "info"), lane), oddities);
      case REPLICATION -> NodeAspects.replication(list(node(ref, "replication"), lane), oddities);
      case CONTENT ->
          StorageAspects.content(
              list(node(ref, "storage", ref.path().get(1), "content"), lane), oddities);
      case RUNTIME, CONFIGURATION, AGENT, SNAPSHOTS -> {
        if (guest == null) {
          throw new IllegalArgumentException("An aspect of a guest needs the guest.");
        }
        yield ofGuest(turn.aspect(), guest, asking);
      }
    };
  }

  private Detail ofGuest(Aspect aspect, Guest guest, Asking asking) {
    Lane lane = asking.lane();
    Oddities oddities = asking.oddities();
    return switch (aspect) {
      case RUNTIME ->
          GuestAspects.runtime(
              guest.type(), api.get(ProxmoxReader.guestPath(guest, "status", "current"), lane));
      case CONFIGURATION ->
          GuestAspects.pending(
              guest.type(), list(ProxmoxReader.guestPath(guest, "pending"), lane), oddities);
      case SNAPSHOTS ->
          GuestAspects.snapshots(list(ProxmoxReader.guestPath(guest, "snapshot"), lane), oddities);
      case AGENT ->
          guest.type() == GuestType.LXC
              ? InsideGuest.container(
                  list(ProxmoxReader.guestPath(guest, "interfaces"), lane), oddities)
              : agent(guest, asking);
      default -> throw new IllegalArgumentException(aspect + " is no aspect of a guest.");
    };
  }

  /** The tasks, newest first. */
  static List<TaskState> tasks(JsonNode data, Oddities oddities) {
    ProxmoxReader.requireList(data, "/cluster/tasks");
    return Tasks.list(data, oddities).stream()
        .sorted(Comparator.comparing(TaskState::startedAt).reversed())
        .toList();
  }

  private JsonNode list(ApiPath path, Lane lane) {
    JsonNode data = api.get(path, lane);
    ProxmoxReader.requireList(data, path.toString());
    return data;
  }

  private static ApiPath node(ResourceRef ref, String... rest) {
    List<Object> path = new ArrayList<>(List.of("nodes", ref.path().get(0)));
    path.addAll(List.of(rest));
    return ApiPath.of(path.toArray());
  }

  private Detail backupJobs(Asking asking) {
    JsonNode jobs = list(ApiPath.of("cluster", "backup"), asking.lane());
    JsonNode uncovered;
    try {
      uncovered = list(ApiPath.of("cluster", "backup-info", "not-backed-up"), asking.lane());
    } catch (JarvisException unreadable) {
      asking.gaps().add("Which guests are in no job is not told: " + unreadable.getMessage());
      uncovered = null;
    }
    return ClusterAspects.backupJobs(jobs, uncovered, asking.oddities());
  }

  /**
   * What the agent tells. The operating system seldom changes; and a command that this agent does
   * not have, or may not run, leaves out only what it would have told.
   */
  private Detail agent(Guest guest, Asking asking) {
    JsonNode interfaces =
        api.get(ProxmoxReader.guestPath(guest, "agent", "network-get-interfaces"), asking.lane());
    List<String> gaps = new ArrayList<>();
    JsonNode fileSystems = orNothing(guest, "get-fsinfo", asking.lane(), gaps);
    asking.gaps().addAll(gaps);
    Kept<InsideGuest.OperatingSystem> system = systems.get(guest.id());
    if (system == null || !isKnown(system)) {
      List<String> lasting = new ArrayList<>();
      InsideGuest.OperatingSystem told =
          InsideGuest.system(
              orNothing(guest, "get-osinfo", asking.lane(), lasting),
              orNothing(guest, "get-host-name", asking.lane(), lasting));
      system = new Kept<>(clock.instant(), told, lasting);
      systems.put(guest.id(), system);
    }
    asking.gaps().addAll(system.gaps());
    return InsideGuest.agent(system.value(), interfaces, fileSystems, asking.oddities());
  }

  private JsonNode orNothing(Guest guest, String command, Lane lane, List<String> gaps) {
    try {
      return api.get(ProxmoxReader.guestPath(guest, "agent", command), lane);
    } catch (JarvisException unknown) {
      gaps.add("The agent's " + command + " is not told: " + orThrow(unknown));
      return MissingNode.getInstance();
    }
  }

  /** The reason where only this part cannot be read; whatever else hinders goes on. */
  private static String orThrow(JarvisException failure) {
    return switch (failure.code()) {
      case REMOTE_ERROR, INVALID_INPUT, PRIVILEGE_MISSING -> String.valueOf(failure.getMessage());
      default -> throw failure;
    };
  }

  /**
   * The disks, and of some of them what SMART says, so that each has its turn about once an hour,
   * and sooner where somebody asks: SMART wakes disks that sleep.
   */
  private Detail disks(ResourceRef ref, Asking asking) {
    NodeName node = new NodeName(ref.path().get(0));
    NodeDisks listed =
        NodeAspects.disks(
            list(node(ref, "disks", "list").with("skipsmart", 1), asking.lane()),
            asking.oddities());
    Map<String, Kept<NodeAspects.Smart>> kept = smart.getOrDefault(node, Map.of());
    Set<String> due = asking.rights().maybeReadsSmart() ? due(listed, kept, asking) : Set.of();
    Map<String, Kept<NodeAspects.Smart>> next = new LinkedHashMap<>();
    List<NodeDisks.Disk> disks = new ArrayList<>();
    for (NodeDisks.Disk disk : listed.disks()) {
      Kept<NodeAspects.Smart> known =
          due.contains(disk.device())
              ? smartOf(ref, disk.device(), asking)
              : kept.get(disk.device());
      if (known == null) {
        disks.add(disk);
      } else {
        next.put(disk.device(), known);
        asking.gaps().addAll(known.gaps());
        disks.add(with(disk, known.value()));
      }
    }
    smart.put(node, next);
    return new NodeDisks(disks);
  }

  /** Those whose turn it is, read longest ago first. */
  private Set<String> due(
      NodeDisks listed, Map<String, Kept<NodeAspects.Smart>> kept, Asking asking) {
    Instant since = clock.instant().minus(asking.lane() == Lane.DEMANDED ? LOOKED_AT : SELDOM);
    return listed.disks().stream()
        .map(NodeDisks.Disk::device)
        .filter(device -> !readAt(kept.get(device)).isAfter(since))
        .sorted(Comparator.comparing(device -> readAt(kept.get(device))))
        .limit(SMART_AT_ONCE)
        .collect(Collectors.toSet());
  }

  private static Instant readAt(@Nullable Kept<?> kept) {
    return kept == null ? Instant.MIN : kept.at();
  }

  /** The pools, each with its status; where there are many, those read longest ago first. */
  private Detail pools(ResourceRef ref, Asking asking) {
    NodeName node = new NodeName(ref.path().get(0));
    ZfsPools listed =
        NodeAspects.zfs(list(node(ref, "disks", "zfs"), asking.lane()), asking.oddities());
    Map<String, Kept<Optional<PoolStatus>>> kept = pools.getOrDefault(node, Map.of());
    Set<String> due =
        listed.pools().stream()
            .map(ZfsPools.Pool::name)
            .sorted(Comparator.comparing(name -> readAt(kept.get(name))))
            .limit(POOLS_AT_ONCE)
            .collect(Collectors.toSet());
    Map<String, Kept<Optional<PoolStatus>>> next = new LinkedHashMap<>();
    List<ZfsPools.Pool> told = new ArrayList<>();
    for (ZfsPools.Pool pool : listed.pools()) {
      Kept<Optional<PoolStatus>> status =
          due.contains(pool.name()) ? statusOf(ref, pool.name(), asking) : kept.get(pool.name());
      if (status == null) {
        told.add(pool);
      } else {
        next.put(pool.name(), status);
        asking.gaps().addAll(status.gaps());
        told.add(status.value().map(said -> said.of(pool)).orElse(pool));
      }
    }
    pools.put(node, next);
    return new ZfsPools(told);
  }

  private Kept<Optional<PoolStatus>> statusOf(ResourceRef ref, String pool, Asking asking) {
    try {
      PoolStatus said = PoolStatus.read(api.get(node(ref, "disks", "zfs", pool), asking.lane()));
      return new Kept<>(clock.instant(), Optional.of(said), List.of());
    } catch (JarvisException unreadable) {
      String gap = "The status of the pool " + pool + " is not told: " + orThrow(unreadable);
      return new Kept<>(clock.instant(), Optional.empty(), List.of(gap));
    }
  }

  private Kept<NodeAspects.Smart> smartOf(ResourceRef ref, String device, Asking asking) {
    try {
      NodeAspects.Smart said =
          NodeAspects.smart(
              api.get(node(ref, "disks", "smart").with("disk", device), asking.lane()),
              asking.oddities());
      return new Kept<>(clock.instant(), said, List.of());
    } catch (JarvisException unreadable) {
      String gap = "What SMART says of " + device + " is not told: " + orThrow(unreadable);
      return new Kept<>(
          clock.instant(), new NodeAspects.Smart(null, null, null, List.of()), List.of(gap));
    }
  }

  private static NodeDisks.Disk with(NodeDisks.Disk disk, NodeAspects.Smart said) {
    return new NodeDisks.Disk(
        disk.device(),
        disk.model(),
        disk.serial(),
        disk.type(),
        disk.size(),
        disk.usedFor(),
        said.health() == null ? disk.health() : said.health(),
        said.lifeLeft() == null ? disk.lifeLeft() : said.lifeLeft(),
        said.temperature(),
        said.attributes());
  }
}
