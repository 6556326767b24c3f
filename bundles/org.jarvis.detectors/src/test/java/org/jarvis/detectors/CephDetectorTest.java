package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.detail.CephStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of Ceph. */
class CephDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new CephDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(ceph("HEALTH_WARN", "1 osds down"));
  }

  private static Situation ceph(String health, String check) {
    return House.well()
        .with(House.CLUSTER, new CephStatus(health, List.of(check), 3, 2, 3, 3, null, null))
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "HEALTH_WARN,1 osds down,WARNING",
    "HEALTH_ERR,1 full osd(s),CRITICAL",
    "HEALTH_WARN,noout flag(s) set,INFO"
  })
  void isAsBadAsCephSays(String health, String check, Severity severity) {
    assertThat(detector().detect(ceph(health, check)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(severity));
  }
}
