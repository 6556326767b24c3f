package org.jarvis.detectors;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.BackupJobs;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.resource.detail.GuestAgent;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestRuntime;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.api.resource.detail.StorageContent;
import org.junit.jupiter.api.Test;

/**
 * Measures the processor time that all built-in detectors take for a cluster of 50 nodes and 5,000
 * guests with their details and 35,000 backups, and prints it; it asserts nothing.
 */
public class DetectorBenchmark {
  private static final ClusterId ID = new ClusterId("large");
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Observation SEEN = new Observation("pve:large", NOW, Duration.ofSeconds(10));
  private static final int NODES = 50;
  private static final int GUESTS = 5_000;
  private static final int BACKUPS = 7;
  private static final int TASKS = 500;
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 300;
  private static final long GIB = 1L << 30;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Test
  void printFigures() {
    measure("all is well", new Steady(cluster(0), true));
    measure("every tenth guest off, as somebody wanted", new Steady(cluster(10), true));
    measure("every tenth guest crashed", new Steady(cluster(10), false));
  }

  /**
   * A cluster of 50 nodes and 5,000 guests with their details.
   *
   * @param stoppedOfEvery one of so many guests is off; 0 for none
   * @param wanted whether somebody wanted that
   */
  public static Situation large(int stoppedOfEvery, boolean wanted) {
    return new Steady(cluster(stoppedOfEvery), wanted);
  }

  private void measure(String what, Situation situation) {
    List<ProblemDetector> detectors = BuiltInDetectors.detectors();
    int found = 0;
    for (int i = 0; i < WARM_UP; i++) {
      found = cycle(detectors, situation);
    }
    long[] nanos = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long began = threads.getCurrentThreadCpuTime();
      found = cycle(detectors, situation);
      nanos[i] = threads.getCurrentThreadCpuTime() - began;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "detectors over %d guests, %s (%d findings): p50 %.2f ms, p99 %.2f ms, most %.2f ms of"
            + " processor time a cycle%n",
        GUESTS,
        what,
        found,
        nanos[ROUNDS / 2] / 1e6,
        nanos[ROUNDS / 100 * 99] / 1e6,
        nanos[ROUNDS - 1] / 1e6);
    for (ProblemDetector detector : detectors) {
      long began = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < ROUNDS; i++) {
        detector.detect(situation);
      }
      double each = (threads.getCurrentThreadCpuTime() - began) / 1e6 / ROUNDS;
      if (each >= 0.05) {
        System.out.printf(
            Locale.ROOT, "  %s: %.2f ms%n", detector.getClass().getSimpleName(), each);
      }
    }
  }

  private static int cycle(List<ProblemDetector> detectors, Situation situation) {
    int found = 0;
    for (ProblemDetector detector : detectors) {
      found += detector.detect(situation).size();
    }
    return found;
  }

  private static NodeName name(int index) {
    return new NodeName("node-" + index);
  }

  private static ClusterSnapshot cluster(int stoppedOfEvery) {
    Map<NodeName, Node> nodes = new HashMap<>();
    Map<GuestId, Guest> guests = new HashMap<>();
    Map<ResourceRef, Storage> storages = new HashMap<>();
    Map<ResourceRef, Details> details = new HashMap<>();
    for (int i = 0; i < NODES; i++) {
      Node node = node(name(i));
      nodes.put(node.node(), node);
      details.put(node.ref(), known(system()));
      for (String storage : List.of("nas", "local", "local-lvm")) {
        Storage seen = storage(node.node(), storage);
        storages.put(seen.ref(), seen);
      }
    }
    List<StorageContent.Volume> volumes = new ArrayList<>();
    for (int i = 0; i < GUESTS; i++) {
      Guest guest = guest(i, stoppedOfEvery > 0 && i % stoppedOfEvery == 0);
      guests.put(guest.id(), guest);
      details.put(guest.ref(), known(runtime(), configuration(), agent()));
      for (int day = 0; day < BACKUPS; day++) {
        volumes.add(backup(guest.id(), NOW.minus(Duration.ofHours(10 + 24L * day))));
      }
    }
    details.put(ResourceRef.storage(ID, name(0), "nas"), known(new StorageContent(volumes)));
    details.put(
        ResourceRef.cluster(ID),
        known(new RecentTasks(tasks()), new BackupJobs(List.of(), List.of())));
    Cluster cluster =
        new Cluster(
            ID,
            "large",
            Cluster.Status.ONLINE,
            Cluster.Connection.LIVE,
            null,
            "9.2",
            true,
            NODES,
            NODES,
            NODES,
            NODES,
            new Whereabouts.Outside(),
            SEEN);
    return new ClusterSnapshot(cluster, nodes, guests, storages, details, Map.of());
  }

  private static Details known(Detail... all) {
    return Details.of(Arrays.stream(all).map(one -> AspectState.read(one, SEEN)).toList());
  }

  private static Node node(NodeName name) {
    return new Node(
        ID,
        name,
        Node.Status.ONLINE,
        0.3,
        64,
        new Bytes(200 * GIB),
        new Bytes(512 * GIB),
        new Bytes(20 * GIB),
        new Bytes(100 * GIB),
        Duration.ofDays(30),
        SEEN);
  }

  private static NodeSystem system() {
    return new NodeSystem(
        null,
        null,
        null,
        64,
        2,
        0.3,
        0.0,
        List.of(),
        new Bytes(200 * GIB),
        new Bytes(512 * GIB),
        new Bytes(300 * GIB),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Storage storage(NodeName node, String name) {
    return new Storage(
        ID,
        node,
        name,
        Storage.Status.AVAILABLE,
        name.equals("nas") ? "nfs" : "dir",
        name.equals("nas"),
        name.equals("nas") ? List.of("backup", "images") : List.of("images"),
        new Bytes(600 * GIB),
        new Bytes(1000 * GIB),
        SEEN);
  }

  private static Guest guest(int index, boolean stopped) {
    return new Guest(
        ID,
        new GuestId(100 + index),
        index % 2 == 0 ? GuestType.QEMU : GuestType.LXC,
        "guest-" + index,
        name(index % NODES),
        stopped ? Guest.Status.STOPPED : Guest.Status.RUNNING,
        false,
        List.of("web"),
        null,
        null,
        null,
        0.1,
        2,
        new Bytes(2 * GIB),
        new Bytes(4 * GIB),
        new Bytes(32 * GIB),
        Duration.ofDays(3),
        SEEN);
  }

  private static GuestRuntime runtime() {
    return new GuestRuntime(
        "running", 1L, null, null, null, null, null, null, null, null, new Bytes(8 * GIB), true);
  }

  private static GuestConfiguration configuration() {
    return new GuestConfiguration(
        "d", "", null, true, false, true, null, 1, 2, null, List.of(), List.of(), Map.of(),
        List.of());
  }

  private static GuestAgent agent() {
    GuestAgent.FileSystem system =
        new GuestAgent.FileSystem("/", "ext4", new Bytes(8 * GIB), new Bytes(32 * GIB));
    return new GuestAgent(null, null, null, List.of(), List.of(system, system));
  }

  private static StorageContent.Volume backup(GuestId guest, Instant at) {
    return new StorageContent.Volume(
        "nas:backup/vzdump-qemu-" + guest + "-" + at.getEpochSecond() + ".vma.zst",
        "backup",
        "vma.zst",
        new Bytes(GIB),
        null,
        guest,
        at,
        null,
        false,
        null);
  }

  private static List<TaskState> tasks() {
    List<TaskState> tasks = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      Instant began = NOW.minusSeconds(60L * i);
      tasks.add(
          new TaskState(
              new TaskId(name(i % NODES), "UPID:node:" + i),
              i % 5 == 0 ? "vzdump" : "qmsnapshot",
              String.valueOf(100 + i),
              "root@pam",
              began,
              began.plusSeconds(30),
              "OK"));
    }
    return tasks;
  }

  /** A situation that answers from maps, as the core's does. */
  private record Steady(ClusterSnapshot cluster, boolean wanted) implements Situation {
    private static final Map<Class<?>, Aspect> ASPECTS = new HashMap<>();

    static {
      for (Aspect aspect : Aspect.values()) {
        ASPECTS.put(aspect.type(), aspect);
      }
    }

    @Override
    public Instant now() {
      return NOW;
    }

    @Override
    public boolean isFresh(Resource resource) {
      return !resource.observation().staleAt(NOW);
    }

    @Override
    public <T extends Detail> Optional<T> fresh(ResourceRef resource, Class<T> type) {
      return cluster
          .details(resource)
          .state(ASPECTS.get(type))
          .filter(state -> state.failure() == null)
          .filter(state -> state.observation() != null && !state.observation().staleAt(NOW))
          .map(AspectState::detail)
          .map(type::cast);
    }

    @Override
    public double limit(ProblemKind kind, String name) {
      return kind.limit(name).orElseThrow().value();
    }

    @Override
    public boolean isOpen(Finding.Identity problem) {
      return false;
    }

    @Override
    public Optional<Stop> stop(Guest guest) {
      return guest.status() == Guest.Status.RUNNING
          ? Optional.empty()
          : Optional.of(
              new Stop(
                  NOW,
                  wanted
                      ? new Cause(Cause.Kind.USER, "by a task")
                      : new Cause(Cause.Kind.CRASH, "it crashed; the journal says: oom-kill")));
    }

    @Override
    public Optional<Double> growth(ResourceRef resource) {
      return Optional.empty();
    }

    @Override
    public boolean isMaintained(NodeName node) {
      return false;
    }
  }
}
