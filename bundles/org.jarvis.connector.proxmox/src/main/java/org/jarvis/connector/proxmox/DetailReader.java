package org.jarvis.connector.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jarvis.api.error.ErrorCode;
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
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;
import org.jarvis.connector.proxmox.http.Lane;
import org.jarvis.connector.proxmox.reply.ClusterAspects;
import org.jarvis.connector.proxmox.reply.GuestAspects;
import org.jarvis.connector.proxmox.reply.InsideGuest;
import org.jarvis.connector.proxmox.reply.NodeAspects;
import org.jarvis.connector.proxmox.reply.NodeStatus;
import org.jarvis.connector.proxmox.reply.Oddities;
import org.jarvis.connector.proxmox.reply.StorageAspects;
import org.jarvis.connector.proxmox.reply.Tasks;
import org.jspecify.annotations.Nullable;

/** Reads one aspect of one resource, on the caller's thread. Safe from any thread. */
final class DetailReader {
  private static final int LOG_LINES = 200;
  private static final Duration SELDOM = Duration.ofHours(1);

  /** Reading SMART of many disks at once would exceed the slow lane's pace. */
  private static final int SMART_AT_ONCE = 4;

  private final ApiClient api;
  private final Clock clock;
  private final Map<GuestId, Kept<InsideGuest.OperatingSystem>> systems = new ConcurrentHashMap<>();
  private final Map<NodeName, Map<String, Kept<NodeAspects.Smart>>> smart =
      new ConcurrentHashMap<>();

  /** What seldom changes, and when it was read. */
  private record Kept<T>(Instant at, T value) {}

  DetailReader(ApiClient api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /** Forgets what was kept of guests and nodes that are gone. */
  void keepOnly(LastReading reading) {
    systems.keySet().retainAll(reading.guests().keySet());
    smart.keySet().retainAll(reading.nodes().keySet());
  }

  /** How many requests a turn takes. */
  int requests(Turn turn, @Nullable Guest guest) {
    return switch (turn.aspect()) {
      case AGENT ->
          guest != null && guest.type() == GuestType.QEMU
              ? isKnown(systems.get(guest.id())) ? 2 : 4
              : 1;
      case DISKS -> 1 + smartDue(new NodeName(turn.resource().path().get(0)));
      default -> Rhythm.of(turn.aspect()).requests();
    };
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
  Detail read(Turn turn, @Nullable Guest guest, Lane lane, Oddities oddities) {
    ResourceRef ref = turn.resource();
    return switch (turn.aspect()) {
      case CONNECTION -> throw new IllegalArgumentException("Nobody is asked for this.");
      case TASKS -> new RecentTasks(tasks(api.get(ApiPath.of("cluster", "tasks"), lane), oddities));
      case LOG ->
          ClusterAspects.log(
              list(ApiPath.of("cluster", "log").with("max", LOG_LINES), lane), oddities);
      case BACKUP_JOBS -> backupJobs(lane, oddities);
      case HIGH_AVAILABILITY ->
          ClusterAspects.highAvailability(
              list(ApiPath.of("cluster", "ha", "status", "current"), lane), oddities);
      case CEPH -> ClusterAspects.ceph(api.get(ApiPath.of("cluster", "ceph", "status"), lane));
      case PRIVILEGES ->
          ClusterAspects.privileges(api.get(ApiPath.of("access", "permissions"), lane), oddities);
      case SYSTEM -> NodeStatus.read(api.get(node(ref, "status"), lane));
      case SERVICES -> NodeAspects.services(list(node(ref, "services"), lane), oddities);
      case DISKS -> disks(ref, lane, oddities);
      case ZFS -> NodeAspects.zfs(list(node(ref, "disks", "zfs"), lane), oddities);
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
        yield ofGuest(turn.aspect(), guest, lane, oddities);
      }
    };
  }

  private Detail ofGuest(Aspect aspect, Guest guest, Lane lane, Oddities oddities) {
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
              : agent(guest, lane, oddities);
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

  private Detail backupJobs(Lane lane, Oddities oddities) {
    JsonNode jobs = list(ApiPath.of("cluster", "backup"), lane);
    JsonNode uncovered;
    try {
      uncovered = list(ApiPath.of("cluster", "backup-info", "not-backed-up"), lane);
    } catch (JarvisException unreadable) {
      oddities.add("backup jobs: which guests are in none is not told: " + unreadable.getMessage());
      uncovered = null;
    }
    return ClusterAspects.backupJobs(jobs, uncovered, oddities);
  }

  /**
   * What the agent tells. The operating system seldom changes; and a command that this agent does
   * not have, or may not run, leaves out only what it would have told.
   */
  private Detail agent(Guest guest, Lane lane, Oddities oddities) {
    JsonNode interfaces =
        api.get(ProxmoxReader.guestPath(guest, "agent", "network-get-interfaces"), lane);
    JsonNode fileSystems = orNothing(guest, "get-fsinfo", lane);
    Kept<InsideGuest.OperatingSystem> system = systems.get(guest.id());
    if (system == null || !isKnown(system)) {
      system =
          new Kept<>(
              clock.instant(),
              InsideGuest.system(
                  orNothing(guest, "get-osinfo", lane), orNothing(guest, "get-host-name", lane)));
      systems.put(guest.id(), system);
    }
    return InsideGuest.agent(system.value(), interfaces, fileSystems, oddities);
  }

  private JsonNode orNothing(Guest guest, String command, Lane lane) {
    try {
      return api.get(ProxmoxReader.guestPath(guest, "agent", command), lane);
    } catch (JarvisException unknown) {
      if (unknown.code() != ErrorCode.REMOTE_ERROR
          && unknown.code() != ErrorCode.INVALID_INPUT
          && unknown.code() != ErrorCode.PRIVILEGE_MISSING) {
        throw unknown;
      }
      return MissingNode.getInstance();
    }
  }

  /**
   * The disks, and of some of them what SMART says, so that each has its turn about once an hour:
   * SMART wakes disks that sleep.
   */
  private Detail disks(ResourceRef ref, Lane lane, Oddities oddities) {
    NodeName node = new NodeName(ref.path().get(0));
    NodeDisks listed =
        NodeAspects.disks(list(node(ref, "disks", "list").with("skipsmart", 1), lane), oddities);
    Map<String, Kept<NodeAspects.Smart>> kept = new HashMap<>(smart.getOrDefault(node, Map.of()));
    Map<String, Kept<NodeAspects.Smart>> next = new LinkedHashMap<>();
    int asked = 0;
    List<NodeDisks.Disk> disks = new ArrayList<>();
    for (NodeDisks.Disk disk : listed.disks()) {
      Kept<NodeAspects.Smart> known = kept.get(disk.device());
      if (!isKnown(known) && asked < SMART_AT_ONCE) {
        asked++;
        known = new Kept<>(clock.instant(), smart(ref, disk.device(), lane, oddities));
      }
      if (known != null) {
        next.put(disk.device(), known);
      }
      disks.add(known == null ? disk : with(disk, known.value()));
    }
    smart.put(node, next);
    return new NodeDisks(disks);
  }

  private NodeAspects.Smart smart(ResourceRef ref, String device, Lane lane, Oddities oddities) {
    try {
      return NodeAspects.smart(
          api.get(node(ref, "disks", "smart").with("disk", device), lane), oddities);
    } catch (JarvisException unreadable) {
      if (unreadable.code() != ErrorCode.REMOTE_ERROR
          && unreadable.code() != ErrorCode.PRIVILEGE_MISSING
          && unreadable.code() != ErrorCode.INVALID_INPUT) {
        throw unreadable;
      }
      return new NodeAspects.Smart(null, null, null, List.of());
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
