package org.jarvis.testkit.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.api.event.Cause;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.OwnSituation;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.testkit.resource.SampleCluster;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ProblemDetector} has to do: define its kinds well, find only those, explain
 * what it finds, and judge whatever is known - much, little, nothing, or what is old - from memory,
 * without effect, the same way each time.
 */
public abstract class ProblemDetectorContract {
  /** Far more than an answer from memory takes on the busiest machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LONG_AGO = Duration.ofDays(2);
  private static final int LONGEST_SUMMARY = 300;
  private static final int LONGEST_VALUE = 500;
  private static final int MOST_EVIDENCE = 20;
  private static final int MOST_REMEDIES = 5;
  private static final int MOST_STEPS = 20;

  /** The detector under test; a new one each time. */
  protected abstract ProblemDetector detector();

  /**
   * Situations in which it finds something, of the implementation's choice: each kind should occur
   * in one of them at least.
   */
  protected List<Situation> telling() {
    return List.of();
  }

  /** The same of Jarvis itself. */
  protected List<OwnSituation> tellingHere() {
    return List.of();
  }

  @Test
  void definesItsKindsOnceAndForAll() {
    ProblemDetector detector = detector();
    List<ProblemKind> kinds = detector.kinds();

    assertThat(kinds).isNotEmpty().doesNotHaveDuplicates();
    assertThat(kinds).extracting(ProblemKind::id).doesNotHaveDuplicates();
    everything().forEach(detector::detect);
    assertThat(detector.kinds()).isEqualTo(kinds);
    assertThat(detector().kinds()).isEqualTo(kinds);
  }

  @Test
  void saysOfEachKindInAFewWordsWhatItIs() {
    assertThat(detector().kinds())
        .allSatisfy(
            kind -> {
              assertThat(kind.title()).hasSizeLessThanOrEqualTo(60).isNotBlank();
              assertThat(kind.explanation()).hasSizeLessThanOrEqualTo(500).endsWith(".");
              assertThat(kind.limits()).allSatisfy(limit -> assertThat(limit.title()).isNotBlank());
            });
  }

  @Test
  void findsSomethingInWhatItWasGiven() {
    ProblemDetector detector = detector();

    assertThat(telling()).allSatisfy(told -> assertThat(detector.detect(told)).isNotEmpty());
    assertThat(tellingHere())
        .allSatisfy(told -> assertThat(detector.detectHere(told)).isNotEmpty());
  }

  @Test
  void findsOnlyItsOwnKindsAndExplainsEach() {
    ProblemDetector detector = detector();
    Map<String, ProblemKind> kinds =
        detector.kinds().stream().collect(Collectors.toMap(ProblemKind::id, Function.identity()));

    assertThat(findings(detector))
        .allSatisfy(
            finding -> {
              assertThat(kinds).containsKey(finding.kind());
              mustBeExplained(finding, Objects.requireNonNull(kinds.get(finding.kind())));
              mustBeBounded(finding);
            });
  }

  @Test
  void findsEachProblemOnce() {
    ProblemDetector detector = detector();

    assertThat(everything())
        .allSatisfy(
            situation ->
                assertThat(detector.detect(situation))
                    .extracting(Finding::identity)
                    .doesNotHaveDuplicates());
  }

  @Test
  void findsInAClusterOnlyWhatIsOfIt() {
    ProblemDetector detector = detector();

    assertThat(everything())
        .allSatisfy(
            situation ->
                assertThat(detector.detect(situation))
                    .allSatisfy(
                        finding ->
                            assertThat(
                                    situation
                                        .cluster()
                                        .find(Objects.requireNonNull(finding.subject())))
                                .as("the subject of %s", finding.summary())
                                .isPresent()));
    assertThat(everythingHere().stream().flatMap(here -> detector.detectHere(here).stream()))
        .allSatisfy(finding -> assertThat(finding.subject()).isNull());
  }

  @Test
  void judgesTheSameTheSameEachTime() {
    ProblemDetector detector = detector();
    List<Finding> first = findings(detector);

    assertThat(findings(detector)).isEqualTo(first);
    assertThat(findings(detector())).isEqualTo(first);
  }

  @Test
  void judgesThousandsOfGuestsFromMemory() {
    ProblemDetector detector = detector();
    ClusterSnapshot large = SampleCluster.large().clusters().get(0);
    FakeSituation.Builder stopped = FakeSituation.of(large);
    large
        .guests()
        .values()
        .forEach(
            guest ->
                stopped
                    .with(guest.withStatus(Guest.Status.STOPPED))
                    .stopped(guest.id(), SampleCluster.SEEN, crash()));
    Situation storm = stopped.build();

    assertTimeoutPreemptively(PATIENCE, () -> detector.detect(storm));
  }

  private static void mustBeExplained(Finding finding, ProblemKind kind) {
    assertThat(finding.severity())
        .as("the severity of %s", finding.summary())
        .isLessThanOrEqualTo(kind.worst());
    if (kind.hasRemedy()) {
      assertThat(!finding.remedies().isEmpty() || finding.withoutRemedy() != null)
          .as("%s carries remedies, or says why there are none", finding.summary())
          .isTrue();
    } else {
      assertThat(finding.remedies())
          .as("the kind of %s says that there are none", finding.summary())
          .isEmpty();
    }
    assertThat(finding.evidence()).as("the evidence of %s", finding.summary()).isNotEmpty();
    assertThat(finding.remedies()).extracting(Remedy::id).doesNotHaveDuplicates();
    assertThat(finding.identity()).isNotEqualTo(finding.consequenceOf());
  }

  private static void mustBeBounded(Finding finding) {
    assertThat(finding.summary()).isNotBlank().hasSizeLessThanOrEqualTo(LONGEST_SUMMARY);
    assertThat(finding.evidence()).hasSizeLessThanOrEqualTo(MOST_EVIDENCE);
    assertThat(finding.evidence())
        .extracting(Evidence::value)
        .allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(LONGEST_VALUE));
    assertThat(finding.remedies()).hasSizeLessThanOrEqualTo(MOST_REMEDIES);
    assertThat(finding.remedies())
        .allSatisfy(remedy -> assertThat(remedy.steps()).hasSizeLessThanOrEqualTo(MOST_STEPS));
  }

  private List<Finding> findings(ProblemDetector detector) {
    return Stream.concat(
            everything().stream().flatMap(situation -> detector.detect(situation).stream()),
            everythingHere().stream().flatMap(here -> detector.detectHere(here).stream()))
        .toList();
  }

  private List<Situation> everything() {
    List<Situation> situations = new ArrayList<>(telling());
    ClusterSnapshot small = SampleCluster.small().clusters().get(0);
    situations.add(FakeSituation.of(small).build());
    situations.add(FakeSituation.of(empty(small)).build());
    situations.add(FakeSituation.of(small).now(SampleCluster.SEEN.plus(LONG_AGO)).build());
    situations.add(FakeSituation.of(small).with(silent(small.cluster())).build());
    FakeSituation.Builder crashed = FakeSituation.of(small);
    small
        .guests()
        .values()
        .forEach(guest -> crashed.stopped(guest.id(), SampleCluster.SEEN, crash()));
    situations.add(crashed.build());
    // Each told again a good while later, when all of it is stale.
    telling().stream().map(ProblemDetectorContract::later).forEach(situations::add);
    return situations;
  }

  private List<OwnSituation> everythingHere() {
    List<OwnSituation> situations = new ArrayList<>(tellingHere());
    FakeOwnSituation well = FakeOwnSituation.at(SampleCluster.SEEN);
    situations.add(well);
    situations.add(
        well.with(new ComponentHealth("storage", ComponentHealth.Status.DOWN, "The disk is full."))
            .withDisk(new Bytes(0), new Bytes(1)));
    situations.add(well.withDisk(new Bytes(0), new Bytes(0)));
    return situations;
  }

  private static Situation later(Situation told) {
    return FakeSituation.of(told.cluster()).now(told.now().plus(LONG_AGO)).build();
  }

  private static ClusterSnapshot empty(ClusterSnapshot small) {
    return new ClusterSnapshot(
        silent(small.cluster()), new HashMap<>(), Map.of(), Map.of(), Map.of(), Map.of());
  }

  private static Cluster silent(Cluster cluster) {
    return new Cluster(
        cluster.id(),
        cluster.name(),
        Cluster.Status.UNREACHABLE,
        Cluster.Connection.FAILING,
        "No member answers.",
        null,
        null,
        null,
        null,
        0,
        0,
        cluster.whereabouts(),
        cluster.observation());
  }

  private static Cause crash() {
    return new Cause(Cause.Kind.CRASH, "it crashed");
  }

  /** The moment at which the sample cluster was seen. */
  protected static Instant seen() {
    return SampleCluster.SEEN;
  }
}
