package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of ZFS pools. */
class ZfsDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new ZfsDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(
        pool("DEGRADED", 0L, 1).build(),
        pool("ONLINE", 4L, 1).build(),
        pool("ONLINE", 0L, 60).build());
  }

  private static FakeSituation.Builder pool(String state, Long errors, int scrubbedDaysAgo) {
    return House.well()
        .with(
            House.NODE1,
            new ZfsPools(
                List.of(
                    new ZfsPools.Pool(
                        "tank",
                        "ONLINE",
                        null,
                        null,
                        null,
                        null,
                        state,
                        "scrub repaired 0B",
                        House.NOW.minus(Duration.ofDays(scrubbedDaysAgo)),
                        errors))));
  }

  @Test
  void tellsTheStatusBeforeTheList() {
    assertThat(detector().detect(pool("DEGRADED", 0L, 1).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo("zfs-degraded");
              assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            });
  }

  @Test
  void errorsOfABrokenPoolHaveItsCause() {
    assertThat(House.find(detector(), ZfsDetector.ERRORS, pool("DEGRADED", 7L, 1)))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.consequenceOf())
                    .isEqualTo(new Finding.Identity("zfs-degraded", House.NODE1, "tank")));
  }

  @Test
  void scrubs() {
    assertThat(detector().detect(pool("ONLINE", 0L, 60).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.INFO);
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("start_zfs_scrub {cluster=home, node=pve1, pool=tank}");
            });
    assertThat(detector().detect(pool("ONLINE", 0L, 120).build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    assertThat(detector().detect(pool("ONLINE", 0L, 35).build())).isEmpty();
  }
}
