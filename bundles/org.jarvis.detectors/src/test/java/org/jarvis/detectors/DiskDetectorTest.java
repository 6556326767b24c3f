package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.detail.NodeDisks;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of disks. */
class DiskDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new DiskDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(disk("FAILED", 80).build(), disk("PASSED", 7).build());
  }

  private static FakeSituation.Builder disk(String health, int lifeLeft) {
    return House.well()
        .with(
            House.NODE1,
            new NodeDisks(
                List.of(
                    new NodeDisks.Disk(
                        "/dev/sda",
                        "WD Red",
                        "S1",
                        "ssd",
                        null,
                        "ZFS",
                        health,
                        lifeLeft,
                        40,
                        List.of()))));
  }

  @Test
  void tellsAFailingDisk() {
    assertThat(detector().detect(disk("FAILED!", 80).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.part()).isEqualTo("/dev/sda");
              assertThat(finding.summary())
                  .isEqualTo("The disk /dev/sda of pve1 (WD Red) is failing: SMART says FAILED!.");
            });
  }

  @ParameterizedTest
  @CsvSource({"PASSED,11,0", "UNKNOWN,100,0", "OK,10,1"})
  void tellsAWornDisk(String health, int left, int problems) {
    assertThat(detector().detect(disk(health, left).build())).hasSize(problems);
  }
}
