package org.jarvis.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.detectors.PlannedStates;
import org.jarvis.detectors.PlannedStates.Planned;
import org.jarvis.detectors.Tellings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is planned is no problem, for every kind, through the whole engine. */
class PlannedStatesIT {
  /** Its measure is the disk that this runs on; OwnProblemsIT fills one. */
  private static final String BY_ITS_OWN_DISK = "jarvis-disk-low";

  private static List<ProblemKind> kinds() {
    return Tellings.detectors().stream().flatMap(detector -> detector.kinds().stream()).toList();
  }

  /** What is wrong counts at once here. */
  private static Map<String, String> hasty() {
    Map<String, String> settings = new HashMap<>();
    kinds().forEach(kind -> settings.put(kind.id() + ".after", "0s"));
    return settings;
  }

  private static List<Problem> look(Situation situation) {
    try (WatchedHome home = new WatchedHome(Tellings.well(), hasty())) {
      assertThat(home.look(Tellings.well())).isEmpty();
      return home.look(situation);
    }
  }

  @Test
  void everyKindIsRaisedWhereNothingIsPlanned() {
    Set<String> raised = new HashSet<>();
    for (Situation situation : Tellings.ofClusters()) {
      look(situation).forEach(problem -> raised.add(problem.kind().id()));
    }
    try (WatchedHome home = new WatchedHome(Tellings.well(), hasty())) {
      home.has(() -> new ComponentHealth("storage", ComponentHealth.Status.DEGRADED, "Slow."));
      home.look(Tellings.well()).forEach(problem -> raised.add(problem.kind().id()));
    }

    assertThat(raised)
        .containsExactlyInAnyOrderElementsOf(
            kinds().stream()
                .map(ProblemKind::id)
                .filter(kind -> !kind.equals(BY_ITS_OWN_DISK))
                .toList());
  }

  static List<Planned> planned() {
    return PlannedStates.all();
  }

  @ParameterizedTest
  @MethodSource("planned")
  void isNoProblemWhereItIsMeant(Planned state) {
    assertThat(look(state.unplanned()))
        .as("the same where nobody meant it")
        .anyMatch(problem -> isOne(problem, state) && problem.severity() != Severity.INFO);

    List<Problem> open = look(state.planned());

    assertThat(open)
        .filteredOn(problem -> isOne(problem, state))
        .extracting(Problem::severity)
        .containsExactlyElementsOf(state.told() ? List.of(Severity.INFO) : List.of());
  }

  private static boolean isOne(Problem problem, Planned state) {
    return problem.kind().id().equals(state.kind());
  }

  @Test
  void nothingIsRaisedOfWhatIsBeingWorkedOn() {
    for (Situation situation : Tellings.ofClusters()) {
      assertThat(look(new WorkedOn(situation)))
          .as("%s", look(situation).stream().map(problem -> problem.kind().id()).toList())
          .isEmpty();
    }
  }

  /** The same, with somebody at work on every node. */
  private record WorkedOn(Situation otherwise) implements Situation {
    @Override
    public Instant now() {
      return otherwise.now();
    }

    @Override
    public ClusterSnapshot cluster() {
      return otherwise.cluster();
    }

    @Override
    public boolean isFresh(Resource resource) {
      return otherwise.isFresh(resource);
    }

    @Override
    public <T extends Detail> Optional<T> fresh(ResourceRef resource, Class<T> type) {
      return otherwise.fresh(resource, type);
    }

    @Override
    public double limit(ProblemKind kind, String name) {
      return otherwise.limit(kind, name);
    }

    @Override
    public boolean isOpen(Finding.Identity problem) {
      return otherwise.isOpen(problem);
    }

    @Override
    public Optional<Stop> stop(Guest guest) {
      return otherwise.stop(guest);
    }

    @Override
    public Optional<Double> growth(ResourceRef resource) {
      return otherwise.growth(resource);
    }

    @Override
    public boolean isMaintained(NodeName node) {
      return true;
    }
  }
}
