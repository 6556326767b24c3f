package org.jarvis.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.Home;
import org.jarvis.tools.Run;
import org.jarvis.tools.SampleDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotToolsTest {
  private static final Guest RUNNING = Run.vm(Guest.Status.RUNNING);

  @Test
  void takesASnapshotAndSeesIt() {
    Run run = Run.of("create_snapshot", Map.of("description", "why", "withMemory", true), RUNNING);
    run.context.reads(SampleDetails.snapshots(null), SampleDetails.snapshots("before", "before"));

    assertThat(run.result().data()).containsEntry("snapshot", "before");
    assertThat(run.context.calls.get(0))
        .contains("name=before", "description=why", "withMemory=true");
    assertThat(run.tool.use(run.arguments).targets().get(0).touch()).isEqualTo(Touch.TENDS);
    assertThat(run.tool.definition().inverseName()).isEmpty();
    assertThat(run.undo()).isEmpty();
  }

  @Test
  void saysThatASnapshotIsNotThereThoughItsTaskEndedWell() {
    Run run = Run.of("create_snapshot", Map.of(), RUNNING);
    run.context.reads(SampleDetails.snapshots(null));

    assertThat(run.failure().code()).isEqualTo(ErrorCode.EFFECT_MISSING);
  }

  @Test
  void takesNoNameTwiceAndAsksTheClusterForNothing() {
    Run run = Run.of("create_snapshot", Map.of(), RUNNING);
    run.context.reads(SampleDetails.snapshots("before", "before"));

    assertThat(run.failure().code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(run.context.calls).isEmpty();
  }

  @Test
  void saysWhatStandsAgainstTakingOne() {
    Run known = Run.of("create_snapshot", Map.of(), RUNNING);
    known.home.knows(RUNNING, SampleDetails.snapshots("before", "before"));
    assertThat(known.obstacle()).startsWith("CONFLICT").contains("already");
    assertThat(
            Run.of(
                    "create_snapshot",
                    Map.of("withMemory", true),
                    Run.container(Guest.Status.RUNNING))
                .obstacle())
        .contains("is a container");
    assertThat(
            Run.of("create_snapshot", Map.of("withMemory", true), Run.vm(Guest.Status.STOPPED))
                .obstacle())
        .contains("does not run");
    assertThat(Run.of("create_snapshot", Map.of(), RUNNING).obstacle()).isEqualTo("nothing");
    assertThat(Run.of("create_snapshot", Map.of(), template()).obstacle()).contains("template");
  }

  @Test
  void deletesASnapshotWithTheGuestsNameTyped() {
    Run run = Run.of("delete_snapshot", Map.of(), RUNNING);
    run.context.reads(SampleDetails.snapshots("before", "before"), SampleDetails.snapshots(null));

    assertThat(run.tool.use(run.arguments).effect()).isEqualTo(Effect.DESTROYS);
    assertThat(run.tool.use(run.arguments).consent()).isEqualTo(Consent.TYPED);
    assertThat(run.tool.use(run.arguments).targets().get(0).touch()).isEqualTo(Touch.RECONFIGURES);
    run.result();
    assertThat(run.context.calls).contains("delete snapshot 101 before");
  }

  @Test
  void saysThatASnapshotIsStillThere() {
    Run run = Run.of("delete_snapshot", Map.of(), RUNNING);
    run.context.reads(SampleDetails.snapshots("before", "before"));

    assertThat(run.failure().code()).isEqualTo(ErrorCode.EFFECT_MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete_snapshot", "rollback_snapshot"})
  void findsNoSnapshotOfThatName(String tool) {
    Run run = Run.of(tool, Map.of(), RUNNING);
    run.context.reads(SampleDetails.snapshots(null));
    assertThat(run.failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(run.context.calls).isEmpty();

    run.home.knows(RUNNING, SampleDetails.snapshots(null));
    assertThat(run.obstacle()).startsWith("NOT_FOUND").contains("get_guest_snapshots");
  }

  @Test
  void goesBackToASnapshotAndStartsTheGuest() {
    Run run = Run.of("rollback_snapshot", Map.of("start", true), RUNNING);
    run.context.reads(SampleDetails.snapshots("before", "before"));
    run.home.knows(RUNNING, SampleDetails.snapshots("before", "before"));

    run.result();
    assertThat(run.context.calls).contains("rollback 101 before and start");
    assertThat(run.tool.use(run.arguments).targets().get(0).touch()).isEqualTo(Touch.TAKES_DOWN);
    assertThat(run.impact()).contains("since 2026-05-01T02:00:00Z is lost", "cut off at once");
    assertThat(run.tool.verify(run.arguments, List.of(Run.vm(Guest.Status.STOPPED)))).isFalse();
  }

  @Test
  void saysThatTheGuestIsNotBackAtTheSnapshot() {
    Run run = Run.of("rollback_snapshot", Map.of(), RUNNING);
    run.context.reads(SampleDetails.snapshots("later", "before", "later"));

    assertThat(run.failure().code()).isEqualTo(ErrorCode.EFFECT_MISSING);
  }

  @Test
  void passesOnWhyATaskFailed() {
    Run run = Run.of("rollback_snapshot", Map.of(), RUNNING);
    run.context.reads(SampleDetails.snapshots("before", "before"));
    run.context.exitStatus = "VM is locked (snapshot)";

    assertThat(run.failure().code()).isEqualTo(ErrorCode.LOCKED);
  }

  private static Guest template() {
    return new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.STOPPED).template().build();
  }
}
