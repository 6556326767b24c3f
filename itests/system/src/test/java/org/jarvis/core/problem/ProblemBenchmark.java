package org.jarvis.core.problem;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.ProblemStore;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.core.MemorySettings;
import org.jarvis.core.ServiceSlot;
import org.junit.jupiter.api.Test;

/**
 * Measures one look of the problem engine at 50 nodes and 5,000 guests, with detectors that find
 * nothing and with some that find much, and prints it; it asserts nothing.
 */
class ProblemBenchmark {
  private static final ClusterId ID = new ClusterId("large");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Observation SEEN = new Observation("pve:large", NOW, Duration.ofSeconds(10));
  private static final int NODES = 50;
  private static final int GUESTS = 5_000;
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 500;

  @Test
  void printFigures() {
    measure("40 detectors that find nothing", detectors(40, 0));
    measure("20 detectors that find 20 each", detectors(20, 20));
    measure("1 detector that finds 1,000", detectors(1, 1_000));
    measure("1 detector that finds 5,000", detectors(1, GUESTS));
  }

  private static List<ProblemDetector> detectors(int count, int found) {
    return IntStream.range(0, count)
        .<ProblemDetector>mapToObj(i -> new Counting("kind-" + i, found))
        .toList();
  }

  private static void measure(String what, List<ProblemDetector> detectors) {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ProblemEngine engine = engine(threads)) {
      detectors.forEach(detector -> engine.detectors().add(detector, "org.jarvis.detectors"));
      for (int i = 0; i < WARM_UP; i++) {
        engine.evaluate();
      }
      long[] nanos = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        long began = System.nanoTime();
        engine.evaluate();
        nanos[i] = System.nanoTime() - began;
      }
      Arrays.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "look at %d guests, %s (%d open): p50 %.2f ms, p99 %.2f ms, most %.2f ms%n",
          GUESTS,
          what,
          engine.problems().open().size(),
          nanos[ROUNDS / 2] / 1e6,
          nanos[ROUNDS / 100 * 99] / 1e6,
          nanos[ROUNDS - 1] / 1e6);
    } finally {
      threads.shutdownNow();
    }
  }

  private static ProblemEngine engine(ExecutorService threads) {
    int[] last = {0};
    ServiceSlot<SettingStore> settings = new ServiceSlot<>("None here.");
    settings.fill(new MemorySettings());
    return new ProblemEngine(
        new ProblemEngine.Parts(
            Clock.fixed(NOW, ZoneOffset.UTC),
            new Unchanging(cluster()),
            new Deaf(),
            new Closed(),
            new ClosedToPlans(),
            new ServiceSlot<ProblemStore>("None here."),
            settings,
            new ServiceSlot<AuditLog>("None here."),
            new ServiceSlot<MetricStore>("None here."),
            Path.of("."),
            threads,
            Duration.ofSeconds(2),
            () -> "p" + ++last[0],
            () -> {}));
  }

  /** Looks at each guest, and finds so many of them. */
  private static final class Counting implements ProblemDetector {
    private final ProblemKind kind;
    private final int found;

    Counting(String id, int found) {
      this.found = found;
      kind =
          new ProblemKind(
              id,
              "Guest " + id,
              "It is one of those.",
              Severity.WARNING,
              Set.of(),
              Duration.ZERO,
              Duration.ZERO,
              List.of(),
              "Nothing mends it.");
    }

    @Override
    public List<ProblemKind> kinds() {
      return List.of(kind);
    }

    @Override
    public List<Finding> detect(Situation situation) {
      List<Finding> findings = new ArrayList<>();
      for (Guest guest : situation.cluster().guests().values()) {
        if (situation.isFresh(guest) && findings.size() < found) {
          findings.add(
              new Finding(
                  kind.id(),
                  guest.ref(),
                  "",
                  Severity.WARNING,
                  guest.label() + " is one of those.",
                  List.of(new Evidence("Status", guest.statusWord())),
                  List.of()));
        }
      }
      return findings;
    }
  }

  private static ClusterSnapshot cluster() {
    List<Node> nodes =
        IntStream.range(0, NODES)
            .mapToObj(
                i ->
                    new Node(
                        ID,
                        name(i),
                        Node.Status.ONLINE,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        SEEN))
            .toList();
    List<Guest> guests = IntStream.range(0, GUESTS).mapToObj(ProblemBenchmark::guest).toList();
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
    return new ClusterSnapshot(
        cluster, byKey(nodes, Node::node), byKey(guests, Guest::id), Map.of());
  }

  private static NodeName name(int index) {
    return new NodeName("node-" + index);
  }

  private static Guest guest(int index) {
    return new Guest(
        ID,
        new GuestId(100 + index),
        GuestType.QEMU,
        "guest-" + index,
        name(index % NODES),
        Guest.Status.RUNNING,
        false,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        SEEN);
  }

  private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }

  /** A cluster that never changes. */
  private record Unchanging(ClusterSnapshot snapshot) implements LiveState {
    @Override
    public List<ClusterSnapshot> clusters() {
      return List.of(snapshot);
    }

    @Override
    public Optional<ClusterSnapshot> cluster(ClusterId id) {
      return Optional.of(snapshot);
    }

    @Override
    public LiveState.Subscription subscribe(LiveState.Listener listener) {
      return () -> {};
    }
  }

  /** Takes every event, and tells nobody. */
  private static final class Deaf implements EventStream {
    @Override
    public RecordedEvent publish(Event event) {
      throw new UnsupportedOperationException("one at a time is told nowhere here");
    }

    @Override
    public List<RecordedEvent> publishAll(List<? extends Event> events) {
      return List.of();
    }

    @Override
    public List<RecordedEvent> after(long seq, int limit) {
      return List.of();
    }

    @Override
    public long head() {
      return 0;
    }

    @Override
    public EventStream.Subscription subscribe(EventStream.Listener listener) {
      return () -> {};
    }
  }

  /** Nobody mends anything here. */
  private static final class ClosedToPlans implements PlanGate {
    @Override
    public Action preview(PlanRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Action submit(PlanRequest request) {
      throw new UnsupportedOperationException();
    }
  }

  /** Nobody mends anything here. */
  private static final class Closed implements ActionGate {
    @Override
    public Action preview(ActionRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Action submit(ActionRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Action await(String actionId, Duration patience) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Action> find(String actionId) {
      return Optional.empty();
    }

    @Override
    public List<Action> recent(int limit) {
      return List.of();
    }

    @Override
    public List<Action> awaitingApproval() {
      return List.of();
    }

    @Override
    public Action answer(String approvalId, ApprovalAnswer answer, Principal answering) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Action cancel(String actionId, Principal principal) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Action withdraw(String actionId, Principal principal) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Action undo(String actionId, Principal principal, Origin origin) {
      throw new UnsupportedOperationException();
    }
  }
}
