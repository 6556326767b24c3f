package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of votes. */
class QuorumDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new QuorumDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(lost().build(), atRisk().build());
  }

  private static FakeSituation.Builder lost() {
    return House.well()
        .with(House.cluster(Cluster.Connection.LIVE, false, 1, 3, House.NOW))
        .with(offline("pve2"))
        .with(offline("pve3"));
  }

  private static FakeSituation.Builder atRisk() {
    return House.well()
        .with(House.cluster(Cluster.Connection.LIVE, true, 2, 3, House.NOW))
        .with(offline("pve3"));
  }

  private static Node offline(String name) {
    return House.node(name, Node.Status.OFFLINE, 0, 1, 1, House.NOW);
  }

  @Test
  void offersToWakeWhatIsOffline() {
    assertThat(House.find(detector(), QuorumDetector.LOST, lost()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary())
                  .isEqualTo("homelab has lost quorum: 1 of 3 votes, 2 are needed.");
              assertThat(finding.remedies())
                  .extracting(ToolForms::call)
                  .containsExactly(
                      "wake_node {cluster=home, node=pve2}", "wake_node {cluster=home, node=pve3}");
            });
  }

  @Test
  void saysWhatToDoWhereNothingIsOff() {
    FakeSituation.Builder partition =
        House.well().with(House.cluster(Cluster.Connection.LIVE, false, 1, 3, House.NOW));

    assertThat(House.find(detector(), QuorumDetector.LOST, partition))
        .singleElement()
        .satisfies(finding -> assertThat(finding.withoutRemedy()).contains("corosync"));
  }

  @Test
  void warnsBeforeTheNextVoteIsLost() {
    assertThat(House.find(detector(), QuorumDetector.AT_RISK, atRisk()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
  }

  @Test
  void onlyMentionsWhatWasShutDownInOrder() {
    FakeSituation.Builder night =
        atRisk()
            .with(
                House.CLUSTER,
                new RecentTasks(
                    List.of(
                        House.task(
                            House.PVE3,
                            "stopall",
                            "",
                            House.NOW.minus(Duration.ofHours(1)),
                            "OK"))));

    assertThat(House.find(detector(), QuorumDetector.AT_RISK, night))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
  }

  @Test
  void onlyMentionsThatTwoNodesCanLoseNone() {
    FakeSituation.Builder two =
        House.well().with(House.cluster(Cluster.Connection.LIVE, true, 2, 2, House.NOW));

    assertThat(House.find(detector(), QuorumDetector.AT_RISK, two))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.INFO);
              assertThat(finding.withoutRemedy()).contains("QDevice");
            });
  }
}
