package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.OwnSituation;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Situation;
import org.jarvis.testkit.problem.ProblemDetectorContract;
import org.junit.jupiter.api.Test;

/** What holds for every built-in detector, beyond what holds for any. */
abstract class DetectorContract extends ProblemDetectorContract {
  @Test
  void tellsOfEveryKindOfItsOwn() {
    Set<String> found = new HashSet<>();
    for (Situation situation : telling()) {
      detector().detect(situation).forEach(finding -> found.add(finding.kind()));
    }
    for (OwnSituation situation : tellingHere()) {
      detector().detectHere(situation).forEach(finding -> found.add(finding.kind()));
    }
    assertThat(found).containsAll(detector().kinds().stream().map(ProblemKind::id).toList());
  }

  @Test
  void callsToolsByTheirNamesAndArguments() {
    for (Situation situation : telling()) {
      detector().detect(situation).forEach(ToolForms::check);
    }
  }

  @Test
  void findsNothingWhereAllIsWell() {
    assertThat(detector().detect(House.well().build())).isEmpty();
  }

  @Test
  void leavesEverySummaryOneSentence() {
    for (Situation situation : telling()) {
      List<Finding> findings = detector().detect(situation);
      assertThat(findings)
          .allSatisfy(
              finding ->
                  assertThat(finding.summary()).endsWith(".").doesNotContain("null", "\n", ".."));
    }
  }

  /** The situations of its test. */
  List<Situation> situations() {
    return telling();
  }

  /** All that it finds in the situations of its test. */
  List<Finding> findings() {
    return Stream.concat(
            telling().stream().flatMap(situation -> detector().detect(situation).stream()),
            tellingHere().stream().flatMap(here -> detector().detectHere(here).stream()))
        .toList();
  }
}
