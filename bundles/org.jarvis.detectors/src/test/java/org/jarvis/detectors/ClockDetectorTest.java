package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of clocks. */
class ClockDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new ClockDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(offsets(0, 90, 0).build(), offsets(-90, -91, -89).build());
  }

  private static FakeSituation.Builder offsets(int... seconds) {
    List<ConnectionDetail.Member> members = new ArrayList<>();
    for (int i = 0; i < seconds.length; i++) {
      members.add(
          new ConnectionDetail.Member(
              "https://pve" + (i + 1) + ":8006",
              new NodeName("pve" + (i + 1)),
              true,
              ConnectionDetail.Member.State.ANSWERING,
              House.NOW,
              null,
              null,
              Duration.ofSeconds(seconds[i])));
    }
    return House.well()
        .with(
            House.CLUSTER,
            new ConnectionDetail(members, new ConnectionDetail.Traffic(0, 0, 0, 0, null, 0, 0)));
  }

  @Test
  void blamesTheNodeThatIsOff() {
    assertThat(detector().detect(offsets(0, 90, 1).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary())
                  .isEqualTo("The clock of pve2 is 1 minute ahead of that of Jarvis.");
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("restart_service {cluster=home, node=pve2, service=chrony}");
            });
  }

  @Test
  void blamesJarvisWhereAllAgree() {
    assertThat(detector().detect(offsets(-90, -91, -89).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo("jarvis-clock-wrong");
              assertThat(finding.summary())
                  .isEqualTo("The clock of Jarvis is 1 minute ahead of all 3 members of homelab.");
            });
  }

  @Test
  void mindsNoFewSeconds() {
    assertThat(detector().detect(offsets(1, -2, 3).build())).isEmpty();
  }
}
