package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of load, memory and the root disk. */
class NodeLoadDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new NodeLoadDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(
        busy(0.97).build(),
        House.well().with(House.NODE1, House.system(95, 2)).build(),
        House.well().with(House.node("pve1", Node.Status.ONLINE, 0.1, 30, 97, House.NOW)).build());
  }

  private static FakeSituation.Builder busy(double cpu) {
    return House.well()
        .with(House.node("pve1", Node.Status.ONLINE, cpu, 30, 20, House.NOW))
        .with(House.busy(House.MEDIA, 0.9));
  }

  @Test
  void offersToMoveTheHeaviestGuestToWhereItFits() {
    assertThat(House.find(detector(), NodeLoadDetector.CPU, busy(0.97)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary())
                  .isEqualTo(
                      "The processors of pve1 are 97 % busy, most of all by media (VM 101).");
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .startsWith("migrate_vm {cluster=home, node=pve1, vmid=101, target=pve");
            });
  }

  @Test
  void saysSoWhereNothingCanMove() {
    FakeSituation.Builder crowded = busy(0.97);
    crowded.with(House.node("pve2", Node.Status.ONLINE, 0.1, 60, 20, House.NOW));
    crowded.with(House.node("pve3", Node.Status.ONLINE, 0.1, 60, 20, House.NOW));

    assertThat(House.find(detector(), NodeLoadDetector.CPU, crowded))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.remedies()).isEmpty();
              assertThat(finding.withoutRemedy()).contains("No guest was found");
            });
  }

  @Test
  void isSilentWhileABackupRunsThere() {
    FakeSituation.Builder night =
        busy(0.99)
            .with(
                House.CLUSTER,
                new RecentTasks(
                    List.of(
                        House.task(House.PVE1, "vzdump", "", House.NOW.minusSeconds(600), null))));

    assertThat(detector().detect(night.build())).isEmpty();
    night.open("node-cpu-high", House.NODE1);
    assertThat(detector().detect(night.build())).hasSize(1);
  }

  @Test
  void letsGoOnlyAtSomeDistance() {
    assertThat(detector().detect(busy(0.88).build())).isEmpty();
    assertThat(detector().detect(busy(0.88).open("node-cpu-high", House.NODE1).build())).hasSize(1);
    assertThat(detector().detect(busy(0.80).open("node-cpu-high", House.NODE1).build())).isEmpty();
  }

  @Test
  void doesNotCountTheCacheOfZfs() {
    assertThat(detector().detect(House.well().with(House.NODE1, House.system(50, 48)).build()))
        .isEmpty();
  }

  @Test
  void clearsTheCacheOfPackages() {
    FakeSituation.Builder full =
        House.well()
            .with(House.node("pve1", Node.Status.ONLINE, 0.1, 30, 97, House.NOW))
            .growth(House.NODE1, House.GIB);

    assertThat(House.find(detector(), NodeLoadDetector.ROOT, full))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(finding.summary()).contains("97 % full: 3.0 GiB");
              assertThat(finding.evidence().toString()).contains("full in 3 days");
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("clean_package_cache {cluster=home, node=pve1}");
            });
  }
}
