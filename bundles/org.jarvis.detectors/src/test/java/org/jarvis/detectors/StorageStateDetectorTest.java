package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of storages that cannot be used. */
class StorageStateDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new StorageStateDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(away("nas", List.of("images", "backup")).build());
  }

  private static FakeSituation.Builder away(String name, List<String> content) {
    FakeSituation.Builder builder = House.well();
    for (NodeName node : List.of(House.PVE1, House.PVE2)) {
      builder.with(
          House.unavailable(House.storage(node, name, "nfs", true, content, 1, 2, House.NOW)));
    }
    return builder;
  }

  @Test
  void isOneProblemForAllNodesThatMissIt() {
    assertThat(detector().detect(away("nas", List.of("images", "backup")).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary())
                  .isEqualTo("The storage nas cannot be used on pve1 and pve2.");
              assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(finding.affected()).hasSize(1);
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("restart_service {cluster=home, node=pve1, service=pvestatd}");
            });
  }

  @Test
  void isMilderWhereNoDisksLie() {
    assertThat(detector().detect(away("pbs", List.of("backup")).build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
  }

  @Test
  void saysNothingOfANodeThatIsOff() {
    FakeSituation.Builder builder = away("nas", List.of("images"));
    builder.with(House.node("pve1", Node.Status.OFFLINE, 0, 1, 1, House.NOW));
    builder.with(House.node("pve2", Node.Status.UNKNOWN, 0, 1, 1, House.NOW));

    assertThat(detector().detect(builder.build())).isEmpty();
  }
}
