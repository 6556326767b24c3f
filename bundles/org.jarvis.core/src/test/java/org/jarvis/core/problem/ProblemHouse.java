package org.jarvis.core.problem;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.ProblemStore;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.api.tool.Arguments;
import org.jarvis.core.MemoryJournal;
import org.jarvis.core.MemorySettings;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.jarvis.core.event.DurableEventStream;

/**
 * The engine over a cluster of two nodes that a test changes, with a detector that finds what the
 * test says, and storage in memory. Every {@link #look} reads the cluster anew, but for what is
 * silent.
 */
final class ProblemHouse implements AutoCloseable, LiveState, ProblemDetector {
  static final ClusterId HOME = new ClusterId("home");
  static final ResourceRef CLUSTER = ResourceRef.cluster(HOME);
  static final ResourceRef PVE1 = ResourceRef.node(HOME, new NodeName("pve1"));
  static final ResourceRef PVE2 = ResourceRef.node(HOME, new NodeName("pve2"));
  static final Principal ADA = new Principal("ada", PrincipalKind.PERSON, "session");
  static final Duration INTERVAL = Duration.ofSeconds(10);

  final SteppingClock clock = new SteppingClock();
  final MemoryProblems kept = new MemoryProblems();
  final MemorySettings settings = new MemorySettings();
  final MemoryJournal journal = new MemoryJournal();
  final ScriptedGate gate = new ScriptedGate();
  final Map<NodeName, Node.Status> nodes = new LinkedHashMap<>();
  final Map<GuestId, NodeName> guests = new LinkedHashMap<>();
  final Map<GuestId, Incarnation> lives = new LinkedHashMap<>();
  final Map<ResourceRef, Details> details = new LinkedHashMap<>();
  final Map<ResourceRef, Instant> silentSince = new LinkedHashMap<>();
  final List<ProblemKind> kinds = new ArrayList<>();
  final Set<Finding> found = new LinkedHashSet<>();
  Cluster.Connection connection = Cluster.Connection.LIVE;
  Runnable whenAsked = () -> {};
  String seenAtTheEnd = "";
  ProblemEngine engine;

  private final ServiceSlot<ProblemStore> problemSlot = new ServiceSlot<>("No storage.");
  private final ServiceSlot<SettingStore> settingSlot = new ServiceSlot<>("No storage.");
  private final ServiceSlot<AuditLog> auditSlot = new ServiceSlot<>("No storage.");
  private final ServiceSlot<EventJournal> journalSlot = new ServiceSlot<>("No storage.");
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private int lastId;

  ProblemHouse() {
    nodes.put(new NodeName("pve1"), Node.Status.ONLINE);
    nodes.put(new NodeName("pve2"), Node.Status.ONLINE);
    kinds.add(kind("guest-down").build());
    engine = begin();
    storageComes();
    engine.detectors().add(this, DetectorRegistry.BUILT_IN);
  }

  private ProblemEngine begin() {
    return new ProblemEngine(
        new ProblemEngine.Parts(
            clock,
            this,
            new DurableEventStream(clock, journalSlot, Runnable::run),
            gate,
            gate.plans,
            problemSlot,
            settingSlot,
            auditSlot,
            new ServiceSlot<MetricStore>("No storage."),
            Path.of("."),
            threads,
            Duration.ofSeconds(20),
            () -> "p" + ++lastId,
            () -> {}));
  }

  void storageComes() {
    storageComes(kept);
  }

  void storageComes(ProblemStore problems) {
    problemSlot.fill(problems);
    settingSlot.fill(settings);
    auditSlot.fill(settings);
    journalSlot.fill(journal);
  }

  void storageLeaves() {
    problemSlot.empty(kept);
    settingSlot.empty(settings);
    auditSlot.empty(settings);
    journalSlot.empty(journal);
  }

  /** A new life of Jarvis; the detector comes when the test adds it. */
  void restart() {
    engine.close();
    engine = begin();
  }

  void restartWithDetector() {
    restart();
    engine.detectors().add(this, DetectorRegistry.BUILT_IN);
  }

  Problems problems() {
    return engine.problems();
  }

  List<Problem> open() {
    return problems().open();
  }

  Problem only() {
    if (open().size() != 1) {
      throw new AssertionError("Not one problem is open, but " + open());
    }
    return open().get(0);
  }

  /** The types of the events about problems so far. */
  List<String> told() {
    return journal.after(0, 100_000).stream()
        .map(RecordedEvent::type)
        .filter(type -> type.startsWith("problem.") || type.startsWith("maintenance."))
        .toList();
  }

  void look() {
    engine.evaluate();
  }

  void lookAfter(Duration duration) {
    clock.advance(duration);
    look();
  }

  ResourceRef guest(int id) {
    return guest(id, "pve1");
  }

  ResourceRef guest(int id, String node) {
    guests.put(new GuestId(id), new NodeName(node));
    lives.put(new GuestId(id), Incarnation.FIRST);
    return ResourceRef.guest(HOME, new GuestId(id));
  }

  void silent(ResourceRef ref) {
    silentSince.put(ref, clock.instant());
  }

  void know(ResourceRef ref, Detail detail) {
    details.put(
        ref,
        Details.none()
            .with(
                AspectState.read(detail, new Observation("pve:home", clock.instant(), INTERVAL))));
  }

  static Finding down(ResourceRef subject) {
    return finding("guest-down", subject, "");
  }

  static Finding finding(String kind, ResourceRef subject, String part) {
    return new Finding(
        kind,
        subject,
        part,
        Severity.CRITICAL,
        subject + " is down.",
        List.of(new Evidence("Status", "stopped")),
        List.of(remedy("start", 1)));
  }

  static Remedy remedy(String id, int steps) {
    PlanRequest.Step step = new PlanRequest.Step("start_vm", Arguments.none());
    return new Remedy(
        id, "Start it", "It runs again.", java.util.Collections.nCopies(steps, step), true);
  }

  /** A kind that is raised and cleared at once, but for what is said. */
  static Kind kind(String id) {
    return new Kind(id);
  }

  static final class Kind {
    private final String id;
    private Duration raiseAfter = Duration.ZERO;
    private Duration clearAfter = Duration.ZERO;
    private Set<Aspect> needs = Set.of();
    private List<ProblemKind.Limit> limits = List.of();

    private Kind(String id) {
      this.id = id;
    }

    Kind after(long raiseSeconds, long clearSeconds) {
      raiseAfter = Duration.ofSeconds(raiseSeconds);
      clearAfter = Duration.ofSeconds(clearSeconds);
      return this;
    }

    Kind needs(Aspect aspect) {
      needs = Set.of(aspect);
      return this;
    }

    Kind limit(String name, double value) {
      limits = List.of(new ProblemKind.Limit(name, name, "%", value, 0, 100));
      return this;
    }

    ProblemKind build() {
      return new ProblemKind(
          id,
          "Guest down",
          "It does not run.",
          Severity.CRITICAL,
          needs,
          raiseAfter,
          clearAfter,
          limits,
          null);
    }
  }

  /** Puts this kind in the place of all. */
  void watchFor(Kind... some) {
    kinds.clear();
    for (Kind kind : some) {
      kinds.add(kind.build());
    }
    engine.detectors().remove(this);
    engine.detectors().add(this, DetectorRegistry.BUILT_IN);
  }

  @Override
  public List<ProblemKind> kinds() {
    return List.copyOf(kinds);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    whenAsked.run();
    return List.copyOf(found);
  }

  @Override
  public Optional<String> over(Situation situation, Finding.Identity problem) {
    return Optional.of(seenAtTheEnd).filter(words -> !words.isEmpty());
  }

  @Override
  public List<ClusterSnapshot> clusters() {
    return List.of(snapshot());
  }

  @Override
  public Optional<ClusterSnapshot> cluster(ClusterId id) {
    return id.equals(HOME) ? Optional.of(snapshot()) : Optional.empty();
  }

  @Override
  public Subscription subscribe(Listener listener) {
    return () -> {};
  }

  private Observation seen(ResourceRef ref) {
    return new Observation("pve:home", silentSince.getOrDefault(ref, clock.instant()), INTERVAL);
  }

  private ClusterSnapshot snapshot() {
    Cluster cluster =
        new Cluster(
            HOME,
            "home",
            Cluster.Status.ONLINE,
            connection,
            null,
            null,
            true,
            2,
            2,
            2,
            2,
            new Whereabouts.Outside(),
            seen(CLUSTER));
    Map<NodeName, Node> allNodes =
        nodes.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, one -> node(one.getKey(), one.getValue())));
    Map<GuestId, Guest> allGuests =
        guests.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, one -> guest(one.getKey(), one.getValue())));
    return new ClusterSnapshot(cluster, allNodes, allGuests, Map.of(), details, lives);
  }

  private Node node(NodeName name, Node.Status status) {
    return new Node(
        HOME,
        name,
        status,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        seen(ResourceRef.node(HOME, name)));
  }

  private Guest guest(GuestId id, NodeName node) {
    return new Guest(
        HOME,
        id,
        GuestType.QEMU,
        "guest" + id,
        node,
        Guest.Status.STOPPED,
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
        seen(ResourceRef.guest(HOME, id)));
  }

  @Override
  public void close() {
    engine.close();
    threads.shutdownNow();
  }
}
