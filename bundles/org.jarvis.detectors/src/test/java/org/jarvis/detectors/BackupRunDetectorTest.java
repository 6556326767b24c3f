package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of backups that failed. */
class BackupRunDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new BackupRunDetector();
  }

  private static final Instant NIGHT = House.NOW.minus(Duration.ofHours(9));

  @Override
  protected List<Situation> telling() {
    return List.of(tasks(failed("101")).build(), tasks(failed("")).build());
  }

  private static TaskState failed(String subject) {
    return House.task(House.PVE1, "vzdump", subject, NIGHT, "job errors");
  }

  private static FakeSituation.Builder tasks(TaskState... tasks) {
    return House.well().with(House.CLUSTER, new RecentTasks(List.of(tasks)));
  }

  @Test
  void tellsWhatFailedAndBacksUpAgain() {
    assertThat(detector().detect(tasks(failed("101")).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo(House.MEDIA.ref());
              assertThat(finding.summary())
                  .isEqualTo("The backup of media (VM 101) failed 8 hours ago: job errors.");
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("backup_vm {cluster=home, node=pve1, vmid=101, storage=nas}");
            });
  }

  @Test
  void isContentWithALaterGoodOne() {
    TaskState good = House.task(House.PVE1, "vzdump", "101", House.NOW.minusSeconds(600), "OK");

    assertThat(detector().detect(tasks(good, failed("101")).build())).isEmpty();
    assertThat(
            detector()
                .detect(
                    tasks(failed("101"))
                        .with(
                            ResourceRef.storage(House.ID, House.PVE1, "nas"),
                            House.backups(House.NOW.minusSeconds(900), 101, 102, 201))
                        .build()))
        .isEmpty();
  }

  @Test
  void ofAJobItNamesThoseWithoutANewBackup() {
    assertThat(detector().detect(tasks(failed("")).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.subject()).isEqualTo(House.NODE1);
              assertThat(finding.affected()).containsExactly(House.MEDIA.ref(), House.MAIL.ref());
              assertThat(finding.remedies().get(0).steps()).hasSize(2);
            });
  }

  @Test
  void outlivesTheListOfTasks() {
    FakeSituation.Builder forgotten =
        tasks()
            .with(
                ResourceRef.storage(House.ID, House.PVE1, "nas"),
                House.backups(House.NOW.minus(Duration.ofHours(30)), 101, 102, 201));

    assertThat(detector().detect(forgotten.build())).isEmpty();
    assertThat(detector().detect(forgotten.open("backup-failed", House.MEDIA.ref()).build()))
        .hasSize(1);
  }
}
