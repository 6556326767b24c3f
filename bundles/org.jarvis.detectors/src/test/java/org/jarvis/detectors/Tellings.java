package org.jarvis.detectors;

import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.testkit.problem.FakeSituation;

/** The situations in which the detectors' own tests see each kind, for tests of the whole. */
public final class Tellings {
  private Tellings() {}

  /** All built-in detectors. */
  public static List<ProblemDetector> detectors() {
    return BuiltInDetectors.detectors();
  }

  /** A cluster in which all is well. */
  public static FakeSituation well() {
    return House.well().build();
  }

  /** What clusters are like in which something is wrong; together they show every kind. */
  public static List<FakeSituation> ofClusters() {
    return Situations.TESTS.stream()
        .flatMap(contract -> contract.situations().stream())
        .map(FakeSituation.class::cast)
        .toList();
  }
}
