package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.problem.OwnSituation;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.Bytes;
import org.jarvis.testkit.problem.FakeOwnSituation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of Jarvis itself. */
class OwnDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new OwnDetector();
  }

  @Override
  protected List<OwnSituation> tellingHere() {
    return List.of(
        space(100),
        well().with(new ComponentHealth("storage", ComponentHealth.Status.DOWN, "It is locked.")));
  }

  private static FakeOwnSituation well() {
    return FakeOwnSituation.at(House.NOW);
  }

  private static FakeOwnSituation space(long mib) {
    return well().withDisk(new Bytes(mib << 20), new Bytes(100 * House.GIB));
  }

  @ParameterizedTest
  @CsvSource({"2000,0,", "900,1,WARNING", "100,1,CRITICAL"})
  void minds(long mib, int problems, Severity severity) {
    assertThat(detector().detectHere(space(mib)))
        .hasSize(problems)
        .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(severity));
  }

  @Test
  void letsGoOnlyAtSomeDistance() {
    assertThat(detector().detectHere(space(1_100))).isEmpty();
    assertThat(detector().detectHere(space(1_100).open("jarvis-disk-low", ""))).hasSize(1);
  }

  @Test
  void tellsOfAPartThatIsNotWell() {
    assertThat(
            detector()
                .detectHere(
                    well()
                        .with(
                            new ComponentHealth("a", ComponentHealth.Status.UP, "Fine."),
                            new ComponentHealth(
                                "storage", ComponentHealth.Status.DEGRADED, "It is slow."))))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.part()).isEqualTo("storage");
              assertThat(finding.summary())
                  .isEqualTo("The part storage of Jarvis is not well: It is slow.");
            });
  }
}
