package org.jarvis.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeClocksTest {
  private static final ClusterId HOME = new ClusterId("home");
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Observation NOW = new Observation("pve:home", NOON, Duration.ofSeconds(10));

  private final NodeClocks clocks = new NodeClocks();

  private static TaskState task(String node, int begun, @Nullable Integer ended) {
    return new TaskState(
        new TaskId(new NodeName(node), "UPID:" + node + ":" + begun),
        "qmstart",
        "101",
        "anna@pam",
        NOON.plusSeconds(begun),
        ended == null ? null : NOON.plusSeconds(ended),
        ended == null ? null : "OK");
  }

  private void clockOf(String node, Duration ahead) {
    AspectState connection =
        AspectState.read(
            new ConnectionDetail(
                List.of(
                    new ConnectionDetail.Member(
                        "https://10.0.0.1:8006",
                        new NodeName(node),
                        true,
                        ConnectionDetail.Member.State.ANSWERING,
                        NOON,
                        null,
                        null,
                        ahead)),
                new ConnectionDetail.Traffic(0, 0, 0, 0, null, 0, 0)),
            NOW);
    assertThat(clocks.byOurs(HOME, connection)).isSameAs(connection);
  }

  private static AspectState listed(TaskState... tasks) {
    return AspectState.readPartly(new RecentTasks(List.of(tasks)), NOW, "Sys.Audit is missing.");
  }

  private List<TaskState> byOurs(TaskState... tasks) {
    AspectState told = clocks.byOurs(HOME, listed(tasks));
    assertThat(told.incomplete()).isEqualTo("Sys.Audit is missing.");
    return told.detail() instanceof RecentTasks recent ? recent.tasks() : List.of();
  }

  @Test
  void rightClocksChangeNothing() {
    clockOf("pve1", Duration.ofSeconds(3));
    AspectState told = listed(task("pve1", -20, -10), task("pve2", -5, null));

    assertThat(clocks.byOurs(HOME, told)).isSameAs(told);
  }

  @Test
  void timesOfAWrongClockAreToldByOurs() {
    clockOf("pve1", Duration.ofHours(1));

    List<TaskState> told =
        byOurs(task("pve1", 3580, 3590), task("pve1", 3595, null), task("pve2", -20, -10));

    assertThat(told.get(0).startedAt()).isEqualTo(NOON.minusSeconds(20));
    assertThat(told.get(0).endedAt()).isEqualTo(NOON.minusSeconds(10));
    assertThat(told.get(1).startedAt()).isEqualTo(NOON.minusSeconds(5));
    assertThat(told.get(1).endedAt()).isNull();
    assertThat(told.get(2)).as("another node's").isEqualTo(task("pve2", -20, -10));
  }

  @Test
  void whatIsWrittenDownCountsByTheClockOfThen() {
    byOurs(task("pve1", -100, -90), task("pve1", -50, null));
    clockOf("pve1", Duration.ofHours(-1));

    List<TaskState> wrong =
        byOurs(task("pve1", -100, -90), task("pve1", -50, -3600 + 10), task("pve1", -3600, null));
    assertThat(wrong)
        .extracting(TaskState::startedAt)
        .containsExactly(NOON.minusSeconds(100), NOON.minusSeconds(50), NOON);
    assertThat(wrong.get(1).endedAt())
        .as("it ended by the wrong clock")
        .isEqualTo(NOON.plusSeconds(10));

    clockOf("pve1", Duration.ZERO);
    List<TaskState> again =
        byOurs(task("pve1", -50, -3600 + 10), task("pve1", -3600, 30), task("pve1", 40, null));
    assertThat(again)
        .extracting(TaskState::startedAt)
        .containsExactly(NOON.minusSeconds(50), NOON, NOON.plusSeconds(40));
    assertThat(again.get(0).endedAt()).isEqualTo(NOON.plusSeconds(10));
    assertThat(again.get(1).endedAt())
        .as("it ended by the right one")
        .isEqualTo(NOON.plusSeconds(30));
  }

  @Test
  void whatIsListedAgainUnchangedStaysTheSame() {
    clockOf("pve1", Duration.ofHours(1));
    List<TaskState> once = byOurs(task("pve1", 3580, 3590));
    clockOf("pve1", Duration.ofMinutes(30));

    assertThat(byOurs(task("pve1", 3580, 3590))).isSameAs(once);
  }

  @Test
  void clocksOfAnotherClusterAreOthers() {
    clockOf("pve1", Duration.ofHours(1));
    AspectState told = listed(task("pve1", -20, -10));

    assertThat(clocks.byOurs(new ClusterId("cabin"), told)).isSameAs(told);
  }
}
