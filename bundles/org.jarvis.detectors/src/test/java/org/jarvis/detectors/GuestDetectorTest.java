package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of guests that stopped, or are held. */
class GuestDetectorTest extends DetectorContract {
  @Override
  protected ProblemDetector detector() {
    return new GuestDetector();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(
        stopped(Cause.Kind.CRASH, "it crashed; the journal of its node says: oom-kill").build(),
        stopped(Cause.Kind.UNEXPLAINED, "unexplained: nothing tells").build(),
        House.well().with(House.locked(House.MEDIA, "backup")).build());
  }

  private static FakeSituation.Builder stopped(Cause.Kind kind, String explanation) {
    return House.well()
        .with(House.MEDIA.withStatus(Guest.Status.STOPPED))
        .stopped(House.MEDIA.id(), House.NOW.minusSeconds(150), House.cause(kind, explanation));
  }

  @Test
  void tellsACrashWithItsReason() {
    assertThat(
            detector()
                .detect(
                    stopped(
                            Cause.Kind.CRASH,
                            "it crashed; the journal of its node says: Out of memory: Killed")
                        .build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary())
                  .isEqualTo(
                      "media (VM 101) crashed 2 minutes ago: killed by the kernel for want of"
                          + " memory.");
              assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("start_vm {cluster=home, node=pve1, vmid=101}");
            });
  }

  @Test
  void warnsOfWhatNothingExplains() {
    assertThat(
            detector()
                .detect(stopped(Cause.Kind.UNEXPLAINED, "unexplained: no task stopped it").build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.evidence().toString()).contains("no task stopped it");
            });
  }

  @ParameterizedTest
  @EnumSource(
      value = Cause.Kind.class,
      names = {"CRASH", "UNEXPLAINED", "NODE_DEATH"},
      mode = EnumSource.Mode.EXCLUDE)
  void isSilentOfWhatWasMeant(Cause.Kind kind) {
    assertThat(detector().detect(stopped(kind, "somehow").build())).isEmpty();
  }

  @Test
  void isSilentOfWhatStoppedBeforeJarvisWatched() {
    assertThat(
            detector()
                .detect(House.well().with(House.MEDIA.withStatus(Guest.Status.STOPPED)).build()))
        .isEmpty();
  }

  @Test
  void missesAGuestWhoseNodeCameBackWithoutIt() {
    FakeSituation.Builder dead = stopped(Cause.Kind.NODE_DEATH, "its node went down");

    assertThat(detector().detect(dead.build()))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
    dead.with(House.node("pve1", Node.Status.OFFLINE, 0, 1, 1, House.NOW));
    assertThat(detector().detect(dead.build())).isEmpty();
  }

  @Test
  void takesALockAwayThatNoTaskHolds() {
    FakeSituation.Builder locked = House.well().with(House.locked(House.MAIL, "snapshot"));

    assertThat(detector().detect(locked.build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary())
                  .isEqualTo("mail (CT 102) is locked for snapshot, but no task is at work on it.");
              assertThat(ToolForms.call(finding.remedies().get(0)))
                  .isEqualTo("unlock_container {cluster=home, node=pve1, vmid=102}");
            });
  }

  @ParameterizedTest
  @CsvSource({"vzdump,''", "vzdump,101", "qmigrate,101"})
  void leavesALockToItsTask(String type, String subject) {
    FakeSituation.Builder locked =
        House.well()
            .with(House.locked(House.MEDIA, "backup"))
            .with(
                House.CLUSTER,
                new RecentTasks(List.of(House.task(House.PVE1, type, subject, House.NOW, null))));

    assertThat(detector().detect(locked.build())).isEmpty();
  }

  @Test
  void leavesASleepingGuestItsLock() {
    assertThat(detector().detect(House.well().with(House.locked(House.MEDIA, "suspended")).build()))
        .isEmpty();
  }
}
