package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of tasks. */
class TaskDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new TaskDetector();
  }

  private static final Instant LATELY = House.NOW.minus(Duration.ofHours(3));

  @Override
  protected List<Situation> telling() {
    return List.of(
        tasks(House.task(House.PVE1, "qmsnapshot", "101", LATELY, "snapshot failed")).build(),
        tasks(House.task(House.PVE1, "qmdelsnapshot", "101", LATELY, null)).build());
  }

  private static FakeSituation.Builder tasks(TaskState... tasks) {
    return House.well().with(House.CLUSTER, new RecentTasks(List.of(tasks)));
  }

  @Test
  void tellsWhatFailed() {
    assertThat(
            detector()
                .detect(
                    tasks(House.task(House.PVE1, "qmsnapshot", "101", LATELY, "no space left"))
                        .build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary())
                  .isEqualTo(
                      "The task qmsnapshot of media (VM 101) failed on pve1 2 hours ago: no space"
                          + " left.");
              assertThat(finding.part()).isEqualTo("qmsnapshot 101");
            });
  }

  @Test
  void isContentWithALaterSuccess() {
    assertThat(
            detector()
                .detect(
                    tasks(
                            House.task(
                                House.PVE1, "qmsnapshot", "101", House.NOW.minusSeconds(99), "OK"),
                            House.task(House.PVE1, "qmsnapshot", "101", LATELY, "no space left"))
                        .build()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "qmstart,101,start failed",
    "vncproxy,101,connection timed out",
    "qmclone,101,interrupted by signal",
    "qmdestroy,999,it is gone",
    "vzdump,101,job errors",
    "qmsnapshot,101,WARNINGS: 1"
  })
  void isSilentOfWhatNobodyMisses(String type, String subject, String exit) {
    assertThat(
            detector().detect(tasks(House.task(House.PVE1, type, subject, LATELY, exit)).build()))
        .isEmpty();
  }

  @Test
  void forgetsAfterADay() {
    assertThat(
            detector()
                .detect(
                    tasks(
                            House.task(
                                House.PVE1,
                                "qmsnapshot",
                                "101",
                                House.NOW.minus(Duration.ofHours(25)),
                                "x"))
                        .build()))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"vzdump,23,0", "vzdump,25,1", "qmigrate,3,0", "qmstart,3,1", "vncproxy,90,0"})
  void tellsWhatHangs(String type, int hours, int problems) {
    TaskState task =
        House.task(House.PVE1, type, "101", House.NOW.minus(Duration.ofHours(hours)), null);

    assertThat(House.find(detector(), TaskDetector.HANGING, tasks(task)))
        .hasSize(problems)
        .allSatisfy(
            finding ->
                assertThat(ToolForms.call(finding.remedies().get(0)))
                    .isEqualTo(
                        "stop_task {cluster=home, node=pve1, task=" + task.id().value() + "}"));
  }
}
