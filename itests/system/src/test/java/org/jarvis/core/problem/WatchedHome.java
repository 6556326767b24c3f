package org.jarvis.core.problem;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.event.Event;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.ProblemStore;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Storage;
import org.jarvis.core.MemoryJournal;
import org.jarvis.core.MemorySettings;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.event.DurableEventStream;
import org.jarvis.detectors.Tellings;

/**
 * A home as a test describes it, moment by moment, with the engine and all detectors over it as in
 * a Jarvis that runs: why guests stopped is told by events, how fast things grow by figures that
 * were recorded, who works on a node by the maintenances. All on one thread.
 */
final class WatchedHome implements AutoCloseable, LiveState {
  private static final Principal ADA = new Principal("ada", PrincipalKind.PERSON, "session");
  private static final Duration HOUR = Duration.ofHours(1);

  private final MemoryProblems problems = new MemoryProblems();
  private final MemorySettings settings = new MemorySettings();
  private final MemoryJournal journal = new MemoryJournal();
  private final ScriptedGate gate = new ScriptedGate();
  private final Map<GuestId, Guest.Status> statuses = new HashMap<>();
  private final List<HealthContributor> parts = new ArrayList<>();
  private final Map<String, ?> configuration;
  private ProblemEngine engine;
  private DurableEventStream events;
  private Situation situation;
  private int lastId;

  /** A home that begins so, with these settings of the kinds. */
  WatchedHome(Situation beginning, Map<String, ?> configuration) {
    this.configuration = configuration;
    situation = beginning;
    remember(beginning);
    start();
  }

  private void start() {
    Clock clock = new Shown();
    ServiceSlot<EventJournal> journalSlot = new ServiceSlot<>("None here.");
    journalSlot.fill(journal);
    ServiceSlot<ProblemStore> problemSlot = new ServiceSlot<>("None here.");
    problemSlot.fill(problems);
    ServiceSlot<SettingStore> settingSlot = new ServiceSlot<>("None here.");
    settingSlot.fill(settings);
    ServiceSlot<AuditLog> auditSlot = new ServiceSlot<>("None here.");
    auditSlot.fill(settings);
    ServiceSlot<MetricStore> metricSlot = new ServiceSlot<>("None here.");
    metricSlot.fill(new Grown());
    events = new DurableEventStream(clock, journalSlot, Runnable::run);
    engine =
        new ProblemEngine(
            new ProblemEngine.Parts(
                clock,
                this,
                events,
                gate,
                gate.plans,
                problemSlot,
                settingSlot,
                auditSlot,
                metricSlot,
                Path.of("."),
                new AtOnce(),
                Duration.ofSeconds(20),
                () -> "p" + ++lastId,
                () -> {}));
    engine.configure(configuration);
    parts.forEach(engine.own()::add);
    Tellings.detectors()
        .forEach(detector -> engine.detectors().add(detector, DetectorRegistry.BUILT_IN));
  }

  /** A new life of Jarvis over the same home, with what was kept. */
  void restart() {
    engine.close();
    start();
  }

  /** A part of Jarvis that says how it is. */
  void has(HealthContributor part) {
    parts.add(part);
    engine.own().add(part);
  }

  /** The home is so now; the engine looks. */
  List<Problem> look(Situation now) {
    situation = now;
    for (Guest guest : now.cluster().guests().values()) {
      Guest.Status was = statuses.get(guest.id());
      if (was != null && was != guest.status()) {
        events.publish(
            new Event.StatusChanged(
                guest.ref(),
                guest.label(),
                was.word(),
                guest.status().word(),
                now.stop(guest).map(Situation.Stop::cause).orElse(null)));
      }
    }
    remember(now);
    maintain();
    engine.evaluate();
    return engine.problems().open();
  }

  /** The engine looks once more at what is as it was. */
  List<Problem> lookAgain() {
    engine.evaluate();
    return engine.problems().open();
  }

  private void remember(Situation now) {
    statuses.keySet().retainAll(now.cluster().guests().keySet());
    now.cluster().guests().forEach((id, guest) -> statuses.put(id, guest.status()));
  }

  private void maintain() {
    for (Node node : situation.cluster().nodes().values()) {
      boolean held =
          engine.problems().maintained().stream().anyMatch(one -> one.node().equals(node.ref()));
      if (situation.isMaintained(node.node()) && !held) {
        engine.problems().maintain(node.ref(), situation.now().plus(HOUR), "work", ADA);
      } else if (!situation.isMaintained(node.node()) && held) {
        engine.problems().endMaintenance(node.ref(), ADA);
      }
    }
  }

  @Override
  public List<ClusterSnapshot> clusters() {
    return List.of(situation.cluster());
  }

  @Override
  public Optional<ClusterSnapshot> cluster(ClusterId id) {
    Cluster cluster = situation.cluster().cluster();
    return cluster.id().equals(id) ? Optional.of(situation.cluster()) : Optional.empty();
  }

  @Override
  public Subscription subscribe(Listener listener) {
    return () -> {};
  }

  @Override
  public void close() {
    engine.close();
  }

  /** The moment of the situation. */
  private final class Shown extends Clock {
    @Override
    public Instant instant() {
      return situation.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** What was recorded of storages and nodes: it grew as fast as the situation says. */
  private final class Grown implements MetricStore {
    private static final int POINTS = 48;

    @Override
    public List<Point> course(String subject, String figure, Instant from, Instant to, int points) {
      double slope =
          situation.cluster().storages().values().stream()
              .map(Storage::ref)
              .filter(ref -> ref.toString().equals(subject))
              .findFirst()
              .flatMap(situation::growth)
              .orElse(0.0);
      List<Point> course = new ArrayList<>();
      for (int i = 0; i < POINTS; i++) {
        double value = slope * i * HOUR.toSeconds() / Duration.ofDays(1).toSeconds();
        course.add(new Point(from.plus(HOUR.multipliedBy(i)), value, value, value));
      }
      return course;
    }

    @Override
    public void append(List<Sample> samples) {
      throw new UnsupportedOperationException("Nobody records here.");
    }

    @Override
    public boolean knowsPast(String subject) {
      throw new UnsupportedOperationException("Nobody records here.");
    }

    @Override
    public void addPast(String subject, Instant at, List<Past> pasts) {
      throw new UnsupportedOperationException("Nobody records here.");
    }

    @Override
    public List<String> figures(String subject) {
      throw new UnsupportedOperationException("Nobody draws here.");
    }
  }

  /** Runs everything where it is asked for. */
  private static final class AtOnce extends AbstractExecutorService {
    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
