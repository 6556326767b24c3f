package org.jarvis.core.problem;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.ProblemStore;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.OwnSituation;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.problem.DetectorRegistry.Watching;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything, moment by moment: asks all detectors and takes in what they found. {@link
 * #evaluate} is called by one thread at a time, after each change and from time to time, since
 * durations and staleness grow without any change; all else is safe from any thread.
 */
final class ProblemEngine implements HealthContributor, AutoCloseable {
  private static final String NAME = "problems";
  private static final Duration LOST_AFTER = Duration.ofMinutes(10);
  private static final int MOST_FINDINGS = 20_000;

  /**
   * What it works with.
   *
   * @param clock tells the time
   * @param state what is known of the clusters
   * @param events what happened, and where what happens to problems is told
   * @param gate decides single remedies
   * @param plans decides remedies of several steps
   * @param problems keeps problems
   * @param settings keeps maintenances
   * @param audit keeps what people said
   * @param metrics keeps the figures that growth is reckoned from
   * @param data the folder of Jarvis's data
   * @param threads runs the detectors, and what waits for the disk
   * @param patience how long a detector may take
   * @param ids makes the ids of problems
   * @param learned is told that a look would see more than the last one could
   */
  record Parts(
      Clock clock,
      LiveState state,
      EventStream events,
      ActionGate gate,
      PlanGate plans,
      ServiceSlot<ProblemStore> problems,
      ServiceSlot<SettingStore> settings,
      ServiceSlot<AuditLog> audit,
      ServiceSlot<MetricStore> metrics,
      Path data,
      ExecutorService threads,
      Duration patience,
      Supplier<String> ids,
      Runnable learned) {}

  private final Clock clock;
  private final LiveState state;
  private final KindSettings kindSettings = new KindSettings();
  private final DetectorRegistry detectors = new DetectorRegistry();
  private final FindingInspection inspection = new FindingInspection();
  private final Map<ClusterId, Instant> absentSince = new HashMap<>();
  private final DetectorCalls calls;
  private final ProblemLedger ledger;
  private final ProblemBook book;
  private final Reconciliation reconciliation;
  private final MaintenanceBook maintenances;
  private final KindChanges kindChanges;
  private final Mending mending;
  private final Endings endings;
  private final ReturnMemory returns;
  private final OwnState own;
  private final StopMemory stops;
  private final LiveSituation.Surroundings surroundings;
  private final Problems problems;

  ProblemEngine(Parts parts) {
    clock = parts.clock();
    state = parts.state();
    calls = new DetectorCalls(parts.threads(), parts.patience());
    ledger = new ProblemLedger(parts.problems(), parts.events());
    book = new ProblemBook(clock, parts.problems(), ledger);
    reconciliation = new Reconciliation(book, kindSettings, parts.ids());
    PersonsAudit audit = new PersonsAudit(clock, parts.audit());
    kindChanges = new KindChanges(clock, kindSettings, detectors, parts.settings(), audit);
    maintenances =
        new MaintenanceBook(
            clock,
            state,
            parts.settings(),
            audit,
            event -> {
              synchronized (book) {
                ledger.tell(event);
                ledger.flush();
              }
            });
    mending = new Mending(clock, book, parts.gate(), parts.plans(), audit);
    endings = new Endings(parts.gate());
    returns = new ReturnMemory(clock, parts.events(), book);
    own = new OwnState(parts.data());
    stops = new StopMemory(parts.events(), parts.learned());
    GrowthRates growth = new GrowthRates(parts.metrics(), parts.threads());
    surroundings =
        new LiveSituation.Surroundings(
            kindSettings,
            identity -> book.isOpen(FindingInspection.fit(identity)),
            stops,
            growth,
            node -> maintenances.nodes().contains(node));
    problems =
        new KnownProblems(
            clock, book, detectors, kindChanges, maintenances, mending, audit, growth);
  }

  /** The service. */
  Problems problems() {
    return problems;
  }

  /** The detectors, which come and go. */
  DetectorRegistry detectors() {
    return detectors;
  }

  /** Jarvis itself. */
  OwnState own() {
    return own;
  }

  /** A cluster as detectors see it at one moment. */
  Situation situation(ClusterSnapshot snapshot, Instant now) {
    return new LiveSituation(now, snapshot, surroundings);
  }

  /** Takes a configuration. */
  void configure(Map<String, ?> configuration) {
    kindSettings.configure(configuration, clock.instant());
  }

  /** Looks at everything once. */
  void evaluate() {
    stops.follow();
    maintenances.tend();
    Instant now = clock.instant();
    kindChanges.tend();
    List<Watching> watching = detectors.watching();
    Map<String, ProblemKind> all = detectors.kinds();
    kindSettings.read(all, now);
    Map<String, ProblemKind> enabled = new LinkedHashMap<>(all);
    enabled.keySet().removeIf(kind -> !kindSettings.isEnabled(kind));
    List<ClusterSnapshot> clusters = state.clusters();
    Set<String> unanswered = new HashSet<>();
    List<Finding> findings = new ArrayList<>();
    OwnSituation here =
        own.at(now, kindSettings, identity -> book.isOpen(FindingInspection.fit(identity)));
    for (Watching one : watching) {
      if (!ask(one, clusters, here, findings)) {
        unanswered.addAll(one.kinds().keySet());
      }
    }
    calls.keepOnly(watching);
    Judgement judgement =
        new Judgement(
            now,
            clusters.stream()
                .collect(Collectors.toMap(snapshot -> snapshot.cluster().id(), one -> one)),
            lost(clusters, now),
            unanswered,
            maintenances.nodes());
    returns.recall(reconciliation::cameBack);
    reconciliation
        .run(
            judgement,
            enabled,
            findings,
            problem -> endings.of(problem, one -> over(one, watching, judgement, here)))
        .stream()
        .filter(ended -> !ended.attempts().isEmpty())
        .forEach(mending::withdraw);
  }

  /** What the detector of a problem sees now that it finds it no more. */
  private Optional<String> over(
      Problem problem, List<Watching> watching, Judgement judgement, OwnSituation here) {
    Watching one =
        watching.stream()
            .filter(detector -> detector.kinds().containsKey(problem.kind().id()))
            .findFirst()
            .orElse(null);
    ResourceRef subject = problem.subject();
    ClusterSnapshot snapshot = subject == null ? null : judgement.clusters().get(subject.cluster());
    if (one == null || (subject != null && snapshot == null)) {
      return Optional.empty();
    }
    Callable<Optional<String>> question =
        snapshot == null
            ? () -> one.detector().overHere(here, problem.identity())
            : () ->
                one.detector()
                    .over(
                        new LiveSituation(here.now(), snapshot, surroundings), problem.identity());
    return calls.answer(one, question).flatMap(Function.identity());
  }

  /** Asks one detector of everything; what it found counts only if it answered all of it. */
  private boolean ask(
      Watching one, List<ClusterSnapshot> clusters, OwnSituation here, List<Finding> findings) {
    List<Finding> found = new ArrayList<>();
    for (ClusterSnapshot snapshot : clusters) {
      Situation situation = situation(snapshot, here.now());
      if (!ask(one, snapshot.cluster().id(), () -> one.detector().detect(situation), found)) {
        return false;
      }
    }
    if (!ask(one, null, () -> one.detector().detectHere(here), found)) {
      return false;
    }
    calls.well(one);
    findings.addAll(found);
    return true;
  }

  private boolean ask(
      Watching one,
      @Nullable ClusterId cluster,
      Callable<List<Finding>> question,
      List<Finding> found) {
    Optional<List<Finding>> answer = calls.ask(one, question);
    answer.ifPresent(
        all ->
            all.stream()
                .limit(MOST_FINDINGS)
                .forEach(
                    finding ->
                        inspection
                            .inspect(one.name(), one.kinds().get(finding.kind()), cluster, finding)
                            .ifPresent(found::add)));
    return answer.isPresent();
  }

  /** Clusters that are open problems' and nobody's any more; at start they are still to come. */
  private Set<ClusterId> lost(List<ClusterSnapshot> clusters, Instant now) {
    Set<ClusterId> absent = new HashSet<>();
    for (Problem problem : book.open()) {
      ResourceRef subject = problem.subject();
      if (subject != null) {
        absent.add(subject.cluster());
      }
    }
    clusters.forEach(snapshot -> absent.remove(snapshot.cluster().id()));
    absentSince.keySet().retainAll(absent);
    absent.forEach(cluster -> absentSince.putIfAbsent(cluster, now));
    return absent.stream()
        .filter(cluster -> !now.isBefore(absentSince.getOrDefault(cluster, now).plus(LOST_AFTER)))
        .collect(Collectors.toSet());
  }

  @Override
  public ComponentHealth health() {
    List<String> wrong = new ArrayList<>(kindSettings.complaints());
    kindChanges.trouble().ifPresent(wrong::add);
    calls
        .troubles()
        .forEach(
            (detector, how) ->
                wrong.add(
                    "The detector " + detector + " " + how + "; its problems stay as they are."));
    if (reconciliation.isFull()) {
      wrong.add(
          "There are " + Reconciliation.MOST_OPEN + " open problems; no further one is raised.");
    }
    if (detectors.watching().isEmpty()) {
      wrong.add("No detector is running. Look at the bundle " + DetectorRegistry.BUILT_IN + ".");
    }
    return wrong.isEmpty()
        ? new ComponentHealth(
            NAME, ComponentHealth.Status.UP, detectors.kinds().size() + " kinds are watched.")
        : new ComponentHealth(NAME, ComponentHealth.Status.DEGRADED, String.join(" ", wrong));
  }

  /** Ends following the events. */
  @Override
  public void close() {
    stops.close();
  }
}
