package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.HighAvailability;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of replication and high availability. */
class AvailabilityDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new AvailabilityDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(replication(2).build(), ha("error").build());
  }

  private static FakeSituation.Builder replication(int failures) {
    return House.well()
        .with(
            House.NODE1,
            new ReplicationJobs(
                List.of(
                    new ReplicationJobs.Job(
                        "101-0",
                        House.MEDIA.id(),
                        House.PVE2,
                        "*/15",
                        true,
                        House.NOW.minus(Duration.ofHours(3)),
                        null,
                        null,
                        failures,
                        failures == 0 ? null : "no route to host"))));
  }

  private static FakeSituation.Builder ha(String state) {
    return House.well()
        .with(
            House.CLUSTER,
            new HighAvailability(
                true,
                "pve1",
                List.of(
                    new HighAvailability.Service(
                        "vm:101", House.MEDIA.id(), House.PVE1, state, "started", null))));
  }

  @Test
  void runsAFailingReplicationAgain() {
    assertThat(detector().detect(replication(2).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.part()).isEqualTo("101-0");
              assertThat(finding.summary())
                  .isEqualTo(
                      "Replication of media (VM 101) from pve1 to pve2 has failed 2 times: no route"
                          + " to host.");
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("run_replication {cluster=home, node=pve1, job=101-0}");
            });
    assertThat(detector().detect(replication(0).build())).isEmpty();
  }

  @Test
  void isAConsequenceWhereItsTargetIsOff() {
    assertThat(
            detector()
                .detect(
                    replication(2)
                        .with(House.node("pve2", Node.Status.OFFLINE, 0, 1, 1, House.NOW))
                        .build()))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.consequenceOf())
                    .isEqualTo(
                        new Finding.Identity(
                            "node-offline", ResourceRef.node(House.ID, House.PVE2), "")));
  }

  @Test
  void resetsWhatHighAvailabilityGaveUp() {
    assertThat(detector().detect(ha("error").build()))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(ToolForms.call(finding.remedies().get(0)))
                    .isEqualTo("reset_ha_service {cluster=home, node=pve1, vmid=101}"));
    assertThat(detector().detect(ha("stopped").build())).isEmpty();
  }
}
