package org.jarvis.detectors;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jarvis.api.event.Cause;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.BackupJobs;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestRuntime;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.testkit.problem.FakeSituation;
import org.jspecify.annotations.Nullable;

/** A homelab of three nodes in which all is well, and the pieces to spoil it with. */
final class House {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final ClusterId ID = new ClusterId("home");
  static final ResourceRef CLUSTER = ResourceRef.cluster(ID);
  static final long GIB = 1L << 30;
  static final NodeName PVE1 = new NodeName("pve1");
  static final NodeName PVE2 = new NodeName("pve2");
  static final NodeName PVE3 = new NodeName("pve3");
  static final ResourceRef NODE1 = ResourceRef.node(ID, PVE1);
  static final Guest MEDIA = guest(101, GuestType.QEMU, "media", PVE1);
  static final Guest MAIL = guest(102, GuestType.LXC, "mail", PVE1);
  static final Guest DATABASE = guest(201, GuestType.QEMU, "database", PVE2);

  private House() {}

  static Observation seen(Instant at) {
    return new Observation("pve:home", at, Duration.ofSeconds(10));
  }

  /** All is well. */
  static FakeSituation.Builder well() {
    return well(NOW);
  }

  /** All is well at this moment, with last night's backups. */
  static FakeSituation.Builder well(Instant now) {
    List<Node> nodes = List.of(node("pve1", now), node("pve2", now), node("pve3", now));
    List<Guest> guests =
        List.of(MEDIA, MAIL, DATABASE).stream().map(guest -> seenAt(guest, now)).toList();
    List<Storage> storages = new ArrayList<>();
    for (Node node : nodes) {
      storages.add(storage(node.node(), "local", "dir", false, List.of("iso"), 40, 100, now));
      storages.add(
          storage(node.node(), "local-lvm", "lvmthin", false, List.of("images"), 300, 900, now));
      storages.add(
          storage(node.node(), "nas", "nfs", true, List.of("backup", "images"), 1000, 4000, now));
    }
    ClusterSnapshot snapshot =
        new ClusterSnapshot(
            cluster(now),
            byKey(nodes, Node::node),
            byKey(guests, Guest::id),
            byKey(storages, Storage::ref));
    FakeSituation.Builder builder = FakeSituation.of(snapshot).now(now);
    for (Node node : nodes) {
      builder.with(node.ref(), system(40, 0));
    }
    guests.forEach(guest -> builder.with(guest.ref(), configuration(guest)));
    guests.forEach(guest -> builder.with(guest.ref(), runtime("running", 10 * GIB)));
    return builder
        .with(
            ResourceRef.storage(ID, PVE1, "nas"),
            backups(now.minus(Duration.ofHours(10)), 101, 102, 201))
        .with(CLUSTER, jobs(List.of()))
        .with(CLUSTER, new RecentTasks(List.of()));
  }

  static Cluster cluster(Instant now) {
    return cluster(Cluster.Connection.LIVE, true, 3, 3, now);
  }

  static Cluster cluster(
      Cluster.Connection connection, Boolean quorate, int votes, int expected, Instant now) {
    return new Cluster(
        ID,
        "homelab",
        Cluster.Status.ONLINE,
        connection,
        connection == Cluster.Connection.LIVE ? null : "pve1: the connection was refused.",
        "9.2.1",
        quorate,
        votes,
        expected,
        votes,
        expected,
        new Whereabouts.Outside(),
        seen(now));
  }

  static Node node(String name, Instant now) {
    return node(name, Node.Status.ONLINE, 0.2, 30, 20, now);
  }

  /** A node with 8 processors, 64 GiB of memory and 100 GiB of root disk. */
  static Node node(
      String name, Node.Status status, double cpu, long memoryGib, long diskGib, Instant now) {
    return new Node(
        ID,
        new NodeName(name),
        status,
        cpu,
        8,
        new Bytes(memoryGib * GIB),
        new Bytes(64 * GIB),
        new Bytes(diskGib * GIB),
        new Bytes(100 * GIB),
        Duration.ofDays(20),
        seen(now));
  }

  /** A node's system of 64 GiB, so many percent of which are in use besides an ARC of so many. */
  static NodeSystem system(int percent, int arcPercent) {
    long total = 64 * GIB;
    return new NodeSystem(
        "pve-manager/9.2.1/1",
        null,
        null,
        8,
        1,
        0.2,
        0.0,
        List.of(),
        new Bytes(total * (percent + arcPercent) / 100),
        new Bytes(total),
        null,
        new Bytes(total * arcPercent / 100),
        null,
        null,
        null,
        null,
        null,
        Duration.ofDays(20),
        null);
  }

  static Guest guest(int id, GuestType type, String name, NodeName node) {
    return new Guest(
        ID,
        new GuestId(id),
        type,
        name,
        node,
        Guest.Status.RUNNING,
        false,
        List.of(),
        null,
        null,
        null,
        0.1,
        2,
        new Bytes(4 * GIB),
        new Bytes(8 * GIB),
        new Bytes(32 * GIB),
        Duration.ofDays(3),
        seen(NOW));
  }

  static Guest seenAt(Guest guest, Instant now) {
    return changed(guest, guest.status(), guest.lock(), guest.cpu(), now);
  }

  static Guest locked(Guest guest, @Nullable String lock) {
    return changed(guest, guest.status(), lock, guest.cpu(), guest.observation().at());
  }

  static Guest busy(Guest guest, double cpu) {
    return changed(guest, guest.status(), guest.lock(), cpu, guest.observation().at());
  }

  private static Guest changed(
      Guest guest, Guest.Status status, @Nullable String lock, @Nullable Double cpu, Instant now) {
    return new Guest(
        guest.cluster(),
        guest.id(),
        guest.type(),
        guest.name(),
        guest.node(),
        status,
        guest.template(),
        guest.tags(),
        lock,
        guest.pool(),
        guest.haState(),
        cpu,
        guest.cpus(),
        guest.memoryUsed(),
        guest.memoryTotal(),
        guest.diskTotal(),
        guest.uptime(),
        seen(now));
  }

  static Storage storage(
      NodeName node,
      String name,
      String type,
      boolean shared,
      List<String> content,
      long usedGib,
      long totalGib,
      Instant now) {
    return new Storage(
        ID,
        node,
        name,
        Storage.Status.AVAILABLE,
        type,
        shared,
        content,
        new Bytes(usedGib * GIB),
        new Bytes(totalGib * GIB),
        seen(now));
  }

  static Storage unavailable(Storage storage) {
    return new Storage(
        storage.cluster(),
        storage.node(),
        storage.name(),
        Storage.Status.UNAVAILABLE,
        storage.type(),
        storage.shared(),
        storage.content(),
        null,
        null,
        storage.observation());
  }

  static GuestConfiguration configuration(Guest guest) {
    String key = guest.type() == GuestType.QEMU ? "scsi0" : "rootfs";
    return new GuestConfiguration(
        "d",
        "",
        null,
        true,
        false,
        guest.type() == GuestType.QEMU,
        null,
        1,
        2,
        null,
        List.of(
            new GuestConfiguration.Disk(
                key, "nas:vm-1-disk-0", "nas", new Bytes(32 * GIB), false, null)),
        List.of(),
        Map.of(),
        List.of());
  }

  /** The configuration of a guest that says when it was made. */
  static GuestConfiguration madeAt(Guest guest, Instant at) {
    GuestConfiguration usual = configuration(guest);
    return new GuestConfiguration(
        "d",
        "",
        null,
        true,
        false,
        guest.type() == GuestType.QEMU,
        null,
        1,
        2,
        null,
        usual.disks(),
        List.of(),
        Map.of("meta", "creation-qemu=9.2,ctime=" + at.getEpochSecond()),
        List.of());
  }

  static GuestRuntime runtime(String state, @Nullable Long diskUsed) {
    return new GuestRuntime(
        state,
        1L,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        diskUsed == null ? null : new Bytes(diskUsed),
        true);
  }

  static StorageContent backups(Instant at, int... guests) {
    List<StorageContent.Volume> volumes = new ArrayList<>();
    for (int guest : guests) {
      volumes.add(backup(guest, at, false));
    }
    return new StorageContent(volumes);
  }

  static StorageContent.Volume backup(int guest, Instant at, boolean kept) {
    return new StorageContent.Volume(
        "nas:backup/vzdump-qemu-%d-%d.vma.zst".formatted(guest, at.getEpochSecond()),
        "backup",
        "vma.zst",
        new Bytes(10 * GIB),
        null,
        new GuestId(guest),
        at,
        null,
        kept,
        null);
  }

  static BackupJobs jobs(List<Integer> uncovered, int... excluded) {
    List<GuestId> left = new ArrayList<>();
    for (int guest : excluded) {
      left.add(new GuestId(guest));
    }
    return new BackupJobs(
        List.of(
            new BackupJobs.Job(
                "nightly",
                true,
                "02:00",
                "nas",
                "snapshot",
                true,
                List.of(),
                left,
                null,
                null,
                null,
                null)),
        uncovered.stream().map(GuestId::new).toList());
  }

  static TaskState task(
      NodeName node, String type, String subject, Instant begin, @Nullable String exit) {
    return new TaskState(
        new TaskId(
            node,
            "UPID:%s:000038AB:0009A815:%08X:%s:%s:root@pam:"
                .formatted(node, begin.getEpochSecond(), type, subject)),
        type,
        subject,
        "root@pam",
        begin,
        exit == null ? null : begin.plusSeconds(60),
        exit);
  }

  static Cause cause(Cause.Kind kind, String explanation) {
    return new Cause(kind, explanation);
  }

  /** What a detector finds of a kind. */
  static List<Finding> find(
      ProblemDetector detector, ProblemKind kind, FakeSituation.Builder situation) {
    return find(detector, kind, situation.build());
  }

  static List<Finding> find(ProblemDetector detector, ProblemKind kind, Situation situation) {
    return detector.detect(situation).stream()
        .filter(finding -> finding.kind().equals(kind.id()))
        .toList();
  }

  private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }
}
