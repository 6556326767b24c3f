package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.detail.NodeTemperatures;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of temperatures. */
class TemperatureDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new TemperatureDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(at(88, null, null).build());
  }

  private static FakeSituation.Builder at(double celsius, Double high, Double critical) {
    return House.well()
        .with(
            House.NODE1,
            new NodeTemperatures(
                List.of(
                    new NodeTemperatures.Reading(
                        "coretemp-isa-0000",
                        "Package id 0",
                        NodeTemperatures.Kind.PROCESSOR,
                        celsius,
                        high,
                        critical))));
  }

  @Test
  void goesByTheSensorsOwnLimits() {
    assertThat(detector().detect(at(88, 90.0, 100.0).build())).isEmpty();
    assertThat(detector().detect(at(92, 90.0, 100.0).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.summary())
                  .isEqualTo(
                      "Package id 0 (coretemp-isa-0000) in pve1 is at 92 °C; the limit is 90 °C.");
            });
    assertThat(detector().detect(at(101, 90.0, 100.0).build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.CRITICAL));
  }

  @Test
  void goesByUsualLimitsWhereTheSensorsMeanNothing() {
    assertThat(detector().detect(at(86, 0.0, 65_261.0).build())).hasSize(1);
    assertThat(detector().detect(at(70, 0.0, null).build())).isEmpty();
  }

  @Test
  void letsGoOnlyAtSomeDistance() {
    FakeSituation.Builder warm = at(82, null, null);
    assertThat(detector().detect(warm.build())).isEmpty();
    warm.open("temperature-high", House.NODE1, "coretemp-isa-0000");
    assertThat(detector().detect(warm.build())).hasSize(1);
  }
}
