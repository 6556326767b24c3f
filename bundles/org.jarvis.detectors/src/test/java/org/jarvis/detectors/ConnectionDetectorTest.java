package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of a cluster that does not answer, or not as a whole. */
class ConnectionDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new ConnectionDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(
        House.well().with(failing()).build(),
        House.well().with(House.CLUSTER, members(ConnectionDetail.Member.State.RESTING)).build());
  }

  private static Cluster failing() {
    return House.cluster(Cluster.Connection.FAILING, true, 3, 3, House.NOW);
  }

  private static ConnectionDetail members(ConnectionDetail.Member.State second) {
    return new ConnectionDetail(
        List.of(member("pve1", ConnectionDetail.Member.State.ANSWERING), member("pve2", second)),
        new ConnectionDetail.Traffic(0, 0, 0, 0, null, 0, 0));
  }

  private static ConnectionDetail.Member member(String node, ConnectionDetail.Member.State state) {
    return new ConnectionDetail.Member(
        "https://" + node + ":8006",
        new NodeName(node),
        true,
        state,
        House.NOW,
        null,
        "it is mute.");
  }

  @Test
  void tellsWhyAClusterDoesNotAnswer() {
    assertThat(House.find(detector(), ConnectionDetector.UNREACHABLE, House.well().with(failing())))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary())
                  .isEqualTo(
                      "The cluster homelab does not answer: pve1: the connection was refused.");
              assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
            });
  }

  @Test
  void isSilentWhileTheFirstAnswerIsAwaited() {
    FakeSituation.Builder restarted =
        House.well()
            .with(House.cluster(Cluster.Connection.CONNECTING, true, 3, 3, House.NOW))
            .now(House.NOW.plus(Duration.ofHours(3)));

    assertThat(detector().detect(restarted.build())).isEmpty();
  }

  @Test
  void saysNothingOfAMemberWhoseNodeIsOffline() {
    FakeSituation.Builder situation =
        House.well().with(House.CLUSTER, members(ConnectionDetail.Member.State.RESTING));

    assertThat(House.find(detector(), ConnectionDetector.DEGRADED, situation))
        .singleElement()
        .satisfies(finding -> assertThat(finding.summary()).contains("1 member of 2", "pve2"));
    situation.with(House.node("pve2", Node.Status.OFFLINE, 0, 1, 1, House.NOW));
    assertThat(detector().detect(situation.build())).isEmpty();
  }
}
