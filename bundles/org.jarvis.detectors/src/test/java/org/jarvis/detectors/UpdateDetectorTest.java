package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.detail.NodeUpdates;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of updates. */
class UpdateDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new UpdateDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(updates(1).build());
  }

  private static FakeSituation.Builder updates(int fixes) {
    List<NodeUpdates.Pack> packages = new ArrayList<>();
    packages.add(new NodeUpdates.Pack("pve-manager", null, "9.2.1", "9.2.2", "Proxmox"));
    packages.add(new NodeUpdates.Pack("tzdata", null, "2026a-1", "2026b-1", "Debian"));
    for (int i = 0; i < fixes; i++) {
      packages.add(
          new NodeUpdates.Pack("openssl" + i, null, "3.5.1-1", "3.5.1-1+deb13u1", "Debian"));
    }
    return House.well().with(House.NODE1, new NodeUpdates(packages));
  }

  @Test
  void saysThatItLooksLikeOne() {
    assertThat(detector().detect(updates(1).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.INFO);
              assertThat(finding.summary())
                  .isEqualTo("1 update for pve1 looks like a security fix: openssl0.");
            });
  }

  @Test
  void warnsWhereManyWait() {
    assertThat(detector().detect(updates(40).build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
  }

  @Test
  void isSilentOfOtherUpdates() {
    assertThat(detector().detect(updates(0).build())).isEmpty();
  }
}
