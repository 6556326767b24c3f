package org.jarvis.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.detail.GuestRuntime;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.Home;
import org.jarvis.tools.Run;
import org.jarvis.tools.SteppingClock;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Facts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restart, suspend and resume. */
class PowerToolsTest {
  private static final Guest RUNNING = Run.vm(Guest.Status.RUNNING);

  @Test
  void takesAGuestDownToRestartIt() {
    Run run = Run.of("restart_vm", Map.of(), RUNNING);
    ToolUse use = run.tool.use(run.arguments);

    assertThat(use.consent()).isEqualTo(Consent.HOLD);
    assertThat(use.targets().get(0).touch()).isEqualTo(Touch.TAKES_DOWN);
    assertThat(
            run.tool.use(Run.of("restart_vm", Map.of("hard", true), RUNNING).arguments).consent())
        .isEqualTo(Consent.TYPED);
  }

  @Test
  void restartsAGuestAndSeesThatItStartedAnew() {
    Run run = Run.of("restart_vm", Map.of("timeoutSeconds", 60), RUNNING);
    run.context.guestsToCome.addAll(
        List.of(RUNNING, Run.vm(Guest.Status.STOPPED), up(Duration.ofSeconds(2))));

    assertThat(run.result().summary()).isEqualTo("guest101 (VM 101) was restarted.");
    assertThat(run.context.calls)
        .startsWith("reboot 101 within 60 s", "began UPID:pve1:1")
        .endsWith("look at 101", "look at 101", "look at 101");
  }

  @Test
  void knowsANewLifeByItsProcess() {
    Run run = Run.of("restart_vm", Map.of(), RUNNING);
    run.context.reads(runtime(4711), runtime(4711), runtime(4812));
    run.context.guestsToCome.addAll(List.of(RUNNING, RUNNING));

    assertThat(run.result().summary()).contains("was restarted");
    assertThat(run.context.guestsToCome).isEmpty();
  }

  private static GuestRuntime runtime(long process) {
    return new GuestRuntime(
        "running", process, null, null, null, null, null, null, null, null, null, null);
  }

  @Test
  void isNotDeceivedByAGuestThatNeverWentDown() {
    SteppingClock clock = new SteppingClock();
    RestartGuestTool tool =
        new RestartGuestTool(
            GuestType.QEMU, new Facts(new Home(), clock), new EffectWatch(clock, clock::advance));
    Run run = Run.of("restart_vm", Map.of(), RUNNING);
    for (int i = 0; i < 200; i++) {
      run.context.guestsToCome.add(RUNNING);
    }

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> tool.run(run.context))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.EFFECT_MISSING));
  }

  @Test
  void resetsWithoutLookingForWhatCannotBeSeen() {
    Run run = Run.of("restart_vm", Map.of("hard", true), RUNNING);

    assertThat(run.result().summary()).isEqualTo("guest101 (VM 101) was reset.");
    assertThat(run.context.calls).containsExactly("reset 101", "began UPID:pve1:1");
    assertThat(run.impact()).contains("may be damaged", "backup");
  }

  @ParameterizedTest
  @CsvSource({
    "restart_vm,STOPPED,NOT_RUNNING",
    "restart_vm,PAUSED,CONFLICT",
    "restart_vm,UNKNOWN,UNREACHABLE",
    "restart_vm,RUNNING,nothing",
    "suspend_vm,STOPPED,NOT_RUNNING",
    "suspend_vm,PAUSED,CONFLICT",
    "suspend_vm,RUNNING,nothing",
    "resume_vm,STOPPED,NOT_RUNNING",
    "resume_vm,RUNNING,ALREADY_RUNNING",
    "resume_vm,UNKNOWN,UNREACHABLE",
    "resume_vm,PAUSED,nothing"
  })
  void saysWhatStandsInTheWay(String tool, Guest.Status status, String obstacle) {
    assertThat(Run.of(tool, Map.of(), Run.vm(status)).obstacle()).startsWith(obstacle);
  }

  @ParameterizedTest
  @CsvSource({"restart_vm,RUNNING", "suspend_vm,RUNNING", "resume_vm,PAUSED"})
  void doesNothingWithALockedGuest(String tool, Guest.Status status) {
    Guest locked = new Home.GuestBuilder(101, GuestType.QEMU, status).locked("backup").build();

    assertThat(Run.of(tool, Map.of(), locked).obstacle()).startsWith("LOCKED").contains("backup");
  }

  @Test
  void suspendsInMemoryAndIsUndoneByResuming() {
    Run run = Run.of("suspend_vm", Map.of(), RUNNING);
    run.result();

    assertThat(run.context.calls).contains("suspend 101");
    assertThat(run.undo()).containsEntry("vmid", 101);
    assertThat(run.tool.verify(run.arguments, List.of(Run.vm(Guest.Status.PAUSED)))).isTrue();
    assertThat(run.tool.verify(run.arguments, List.of(RUNNING))).isFalse();
  }

  @Test
  void suspendsToDiskAndIsOffAfterwards() {
    Run run = Run.of("suspend_vm", Map.of("toDisk", true), RUNNING);
    run.result();

    assertThat(run.context.calls).contains("suspend 101 to disk");
    assertThat(run.undo()).isEmpty();
    assertThat(run.tool.verify(run.arguments, List.of(Run.vm(Guest.Status.STOPPED)))).isTrue();
  }

  @Test
  void resumesAndSaysWhatTheTaskWarnedOf() {
    Run run = Run.of("resume_vm", Map.of(), Run.vm(Guest.Status.PAUSED));
    run.context.exitStatus = "WARNINGS: 1";

    assertThat(run.result().summary()).contains("goes on", "WARNINGS: 1");
    assertThat(run.tool.verify(run.arguments, List.of(RUNNING))).isTrue();
  }

  @Test
  void offersOnlyWhatTheStateAllowsToThinkOf() {
    Run suspend = Run.of("suspend_vm", Map.of(), RUNNING);
    Run resume = Run.of("resume_vm", Map.of(), RUNNING);

    assertThat(suspend.tool.offers(RUNNING)).hasSize(1);
    assertThat(suspend.tool.offers(Run.vm(Guest.Status.PAUSED))).isEmpty();
    assertThat(resume.tool.offers(RUNNING)).isEmpty();
    assertThat(resume.tool.offers(Run.vm(Guest.Status.PAUSED))).hasSize(1);
  }

  private static Guest up(Duration uptime) {
    return new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.RUNNING).up(uptime).build();
  }
}
