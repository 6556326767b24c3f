package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.event.Cause;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of nodes that are not there. */
class NodeDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new NodeDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(
        House.well().with(node(Node.Status.OFFLINE, House.NOW)).build(),
        House.well().with(node(Node.Status.UNKNOWN, House.NOW)).build(),
        House.well().with(node(Node.Status.ONLINE, House.NOW.minusSeconds(120))).build());
  }

  private static Node node(Node.Status status, Instant at) {
    return House.node("pve1", status, 0, 1, 1, at);
  }

  @Test
  void aDeadNodeSpeaksForItsGuests() {
    assertThat(detector().detect(House.well().with(node(Node.Status.OFFLINE, House.NOW)).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary())
                  .isEqualTo("pve1 is offline, and with it media and mail.");
              assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(finding.affected()).containsExactly(House.MEDIA.ref(), House.MAIL.ref());
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("wake_node {cluster=home, node=pve1}");
            });
  }

  @Test
  void oneThatWasShutDownInOrderIsNoAlarm() {
    FakeSituation.Builder situation =
        House.well()
            .with(node(Node.Status.OFFLINE, House.NOW))
            .with(
                House.CLUSTER,
                new RecentTasks(
                    List.of(
                        House.task(
                            House.PVE1, "stopall", "", House.NOW.minus(Duration.ofHours(2)), "OK"),
                        House.task(
                            House.PVE1,
                            "vzdump",
                            "",
                            House.NOW.minus(Duration.ofHours(9)),
                            "OK"))));

    assertThat(detector().detect(situation.build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.INFO);
              assertThat(finding.summary()).contains("in order 2 hours ago");
            });
  }

  @Test
  void oneThatCameBackAndDiedThenIsAnAlarm() {
    FakeSituation.Builder situation =
        House.well()
            .with(node(Node.Status.OFFLINE, House.NOW))
            .with(
                House.CLUSTER,
                new RecentTasks(
                    List.of(
                        House.task(
                            House.PVE1, "startall", "", House.NOW.minus(Duration.ofHours(1)), "OK"),
                        House.task(
                            House.PVE1,
                            "stopall",
                            "",
                            House.NOW.minus(Duration.ofHours(2)),
                            "OK"))));

    assertThat(detector().detect(situation.build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.CRITICAL));
  }

  @Test
  void remembersThatItWasShuttingDownWhenItWasSeenLast() {
    ProblemDetector detector = detector();
    FakeSituation.Builder going =
        House.well()
            .with(
                House.CLUSTER,
                new RecentTasks(
                    List.of(
                        House.task(House.PVE3, "stopall", "", House.NOW.minusSeconds(20), "OK"))));
    assertThat(detector.detect(going.build())).isEmpty();
    Node gone = House.node("pve3", Node.Status.OFFLINE, 0, 1, 1, House.NOW);

    assertThat(detector.detect(House.well().with(gone).build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
    assertThat(detector.detect(House.well().build())).as("it is back").isEmpty();
    assertThat(detector.detect(House.well().with(gone).build()))
        .as("gone again, without a word")
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.CRITICAL));
  }

  @Test
  void guestsTellThatItWentInOrderWhereItsTasksAreForgotten() {
    FakeSituation.Builder situation =
        House.well()
            .with(node(Node.Status.OFFLINE, House.NOW))
            .with(House.MEDIA.withStatus(Guest.Status.UNKNOWN))
            .stopped(
                House.MEDIA.id(),
                House.NOW.minus(Duration.ofHours(3)),
                House.cause(Cause.Kind.NODE_SHUTDOWN, "its node was shut down"));

    assertThat(detector().detect(situation.build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
  }

  @Test
  void aMemberWithoutFiguresDoesNotReport() {
    assertThat(detector().detect(House.well().with(bare("pve1")).build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(NodeDetector.UNKNOWN.id()));
    assertThat(
            detector()
                .detect(
                    House.well().with(bare("pve1")).with(bare("pve2")).with(bare("pve3")).build()))
        .as("the account may not see how nodes are")
        .isEmpty();
  }

  private static Node bare(String name) {
    Node told = House.node(name, House.NOW);
    return new Node(
        told.cluster(),
        told.node(),
        told.status(),
        null,
        told.cpus(),
        null,
        told.memoryTotal(),
        null,
        told.diskTotal(),
        null,
        told.observation());
  }
}
