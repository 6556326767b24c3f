package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.testkit.problem.FakeSituation;
import org.junit.jupiter.api.Test;

/** What is said of backups that are not there. */
class BackupCoverDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new BackupCoverDetector();
  }

  private static final ResourceRef NAS = ResourceRef.storage(House.ID, House.PVE1, "nas");

  @Override
  protected List<Situation> telling() {
    return List.of(
        House.well().with(NAS, House.backups(House.NOW.minusSeconds(60), 101)).build(),
        House.well()
            .with(NAS, House.backups(House.NOW.minus(Duration.ofDays(20)), 101, 102, 201))
            .build(),
        House.well().with(House.CLUSTER, House.jobs(List.of(102))).build());
  }

  @Test
  void manyGuestsWithoutABackupAreOneProblem() {
    FakeSituation.Builder many = House.well();
    for (int i = 0; i < 500; i++) {
      many.with(House.guest(1_000 + i, GuestType.QEMU, "guest" + i, House.PVE1));
    }

    assertThat(detector().detect(many.build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo("backup-missing");
              assertThat(finding.summary()).startsWith("500 guests have no backup at all: guest0");
              assertThat(finding.affected()).hasSize(500);
              assertThat(finding.remedies().get(0).steps()).hasSize(20);
              assertThat(finding.remedies().get(0).separable()).isTrue();
            });
  }

  @Test
  void namesTheAgeOfOldOnes() {
    assertThat(
            detector()
                .detect(
                    House.well()
                        .with(NAS, House.backups(House.NOW.minus(Duration.ofDays(20)), 101))
                        .without(House.MAIL.ref())
                        .without(House.DATABASE.ref())
                        .build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary())
                  .isEqualTo("The newest backup of media is from 20 days ago.");
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("backup_vm {cluster=home, node=pve1, vmid=101, storage=nas}");
            });
  }

  @Test
  void claimsNothingMissingWhereAStorageWasNotRead() {
    FakeSituation.Builder unread =
        House.well()
            .with(NAS, House.backups(House.NOW.minusSeconds(60), 101))
            .with(
                House.storage(House.PVE2, "usb", "dir", false, List.of("backup"), 1, 9, House.NOW));

    assertThat(detector().detect(unread.build())).isEmpty();
  }

  @Test
  void blamesNobodyForTheTimeInWhichTheStorageWasAway() {
    FakeSituation.Builder away =
        House.well()
            .with(
                ResourceRef.storage(House.ID, House.PVE2, "nas"),
                AspectState.read(
                    House.backups(House.NOW.minus(Duration.ofDays(10)), 101, 102, 201),
                    House.seen(House.NOW.minus(Duration.ofDays(5)))))
            .without(NAS);

    assertThat(detector().detect(away.build())).isEmpty();
  }

  @Test
  void leavesOutWhatAJobLeavesOutByName() {
    FakeSituation.Builder meant =
        House.well()
            .with(NAS, House.backups(House.NOW.minusSeconds(60), 101, 201))
            .with(House.CLUSTER, House.jobs(List.of(102), 102));

    assertThat(detector().detect(meant.build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo("backup-uncovered");
              assertThat(finding.severity()).isEqualTo(Severity.INFO);
            });
  }

  @Test
  void givesANewGuestTime() {
    GuestConfiguration usual = House.configuration(House.MEDIA);
    FakeSituation.Builder young =
        House.well().with(NAS, House.backups(House.NOW.minusSeconds(60), 102, 201));
    for (Duration age : List.of(Duration.ofHours(5), Duration.ofDays(5))) {
      young.with(
          House.MEDIA.ref(),
          new GuestConfiguration(
              "d",
              "",
              null,
              true,
              false,
              true,
              null,
              1,
              2,
              null,
              usual.disks(),
              List.of(),
              Map.of("meta", "creation-qemu=9.2,ctime=" + House.NOW.minus(age).getEpochSecond()),
              List.of()));
      assertThat(detector().detect(young.build())).hasSize(age.toDays() > 2 ? 1 : 0);
    }
  }
}
