package org.jarvis.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.tools.FakeContext;
import org.jarvis.tools.Home;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Facts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StartGuestToolTest {
  private static final Arguments ARGUMENTS = new Arguments(Map.of("node", "pve1", "vmid", 101));

  private final StartGuestTool tool =
      new StartGuestTool(
          GuestType.QEMU,
          new Facts(new Home(), Home.CLOCK),
          new EffectWatch(Home.CLOCK, duration -> {}));

  @Test
  void isASmallChangeThatAClickConsentsTo() {
    ToolUse use = tool.use(ARGUMENTS);

    assertThat(use.tier()).isEqualTo(Tier.YELLOW);
    assertThat(use.effect()).isEqualTo(Effect.CHANGES);
    assertThat(use.consent()).isEqualTo(Consent.CLICK);
    assertThat(use.targets()).hasSize(1);
  }

  @Test
  void meansOnlyItsOwnKindOfGuest() {
    assertThat(
            tool.use(ARGUMENTS)
                .targets()
                .get(0)
                .selector()
                .matches(Home.guest(101, GuestType.LXC, Guest.Status.STOPPED)))
        .isFalse();
    assertThat(tool.offers(Home.guest(101, GuestType.LXC, Guest.Status.STOPPED))).isEmpty();
  }

  @Test
  void findsNothingInTheWayOfAStoppedGuest() {
    assertThat(tool.obstacle(ARGUMENTS, List.of(vm(Guest.Status.STOPPED)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING,ALREADY_RUNNING,already runs",
    "PAUSED,CONFLICT,is suspended",
    "UNKNOWN,UNREACHABLE,Nobody can tell"
  })
  void saysWhyTheStateStandsInTheWay(Guest.Status status, ErrorCode code, String words) {
    Obstacle obstacle = tool.obstacle(ARGUMENTS, List.of(vm(status))).orElseThrow();

    assertThat(obstacle.code()).isEqualTo(code);
    assertThat(obstacle.reason()).contains("guest101 (VM 101)").contains(words);
  }

  @Test
  void saysThatAGuestIsLockedAndByWhat() {
    Guest locked =
        new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.STOPPED).locked("backup").build();

    Obstacle obstacle = tool.obstacle(ARGUMENTS, List.of(locked)).orElseThrow();

    assertThat(obstacle.code()).isEqualTo(ErrorCode.LOCKED);
    assertThat(obstacle.reason()).contains("is locked (backup)");
  }

  @Test
  void wakesAGuestThatIsSuspendedToDiskInSpiteOfThatLock() {
    Guest asleep =
        new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.STOPPED)
            .locked("suspended")
            .build();

    assertThat(tool.obstacle(ARGUMENTS, List.of(asleep))).isEmpty();
  }

  @Test
  void saysThatATemplateNeverRuns() {
    Guest template =
        new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.STOPPED).template().build();

    assertThat(tool.obstacle(ARGUMENTS, List.of(template)).orElseThrow().reason())
        .contains("is a template");
  }

  @Test
  void offersItselfWithTheReasonAgainstIt() {
    List<ToolOffer> offers = tool.offers(vm(Guest.Status.RUNNING));

    assertThat(offers).hasSize(1);
    assertThat(offers.get(0).reason()).hasValue("guest101 (VM 101) already runs.");
    assertThat(offers.get(0).arguments().values())
        .containsEntry("cluster", "home")
        .containsEntry("node", "pve1")
        .containsEntry("vmid", 101);
  }

  @Test
  void startsAndTellsTheTask() {
    FakeContext context = context("OK");

    ToolResult result = tool.run(context);

    assertThat(context.calls).containsExactly("start 101", "began UPID:pve1:1");
    assertThat(result.summary()).isEqualTo("guest101 (VM 101) was started.");
    assertThat(result.data())
        .containsEntry("ref", "pve:home:guest:101")
        .containsEntry("task", "UPID:pve1:1")
        .containsEntry("exitStatus", "OK")
        .containsEntry("note", null);
  }

  @Test
  void countsWarningsAsSuccessWithANote() {
    ToolResult result = tool.run(context("WARNINGS: 2"));

    assertThat(result.summary()).contains("was started").contains("WARNINGS: 2");
    assertThat((String) result.data().get("note")).contains("WARNINGS: 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "VM 101 already running|ALREADY_RUNNING|already running",
        "VM is locked (backup)|LOCKED|it is locked (backup)",
        "CT is locked (snapshot)|LOCKED|it is locked (snapshot)",
        "cluster not ready - no quorum?|NO_QUORUM|no quorum",
        "unable to find configuration file for VM 101 on node 'pve1'|VANISHED|does not exist any"
            + " more",
        "interrupted by signal|TASK_FAILED|ended the task",
        "start failed: QEMU exited with code 1|TASK_FAILED|QEMU exited with code 1"
      })
  void saysExactlyWhatTheTaskSaid(String exit, ErrorCode code, String words) {
    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> tool.run(context(exit)))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure.getMessage())
                  .startsWith("guest101 (VM 101) did not start: ")
                  .contains(words)
                  .contains(exit);
            });
  }

  @Test
  void saysThatTheGuestVanishedWhenItsConfigurationIsGone() {
    assertFailure(
        "Configuration file 'nodes/pve1/qemu-server/101.conf' does not exist", ErrorCode.VANISHED);
  }

  @Test
  void doesNotTakeAMissingDiskForAMissingGuest() {
    assertFailure("disk 'scsi0' does not exist", ErrorCode.TASK_FAILED);
  }

  @Test
  void doesNotTakeATaskWithoutAnEndForASuccess() {
    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> tool.run(context(null)))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT));
  }

  @Test
  void boundsAndFlattensWhatAHostileTaskSays() {
    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> tool.run(context("\u202e\n\u0007" + "x".repeat(5_000))))
        .satisfies(
            failure ->
                assertThat(failure.getMessage())
                    .hasSizeLessThan(600)
                    .doesNotContain("\n", "\u0007", "\u202e"));
  }

  @Test
  void waitsForTheGuestWhereHighAvailabilityOnlyNotedTheWish() {
    FakeContext context = context("OK");
    context.taskType = "hastart";
    context.statusesToCome.addAll(List.of(Guest.Status.STOPPED, Guest.Status.RUNNING));

    tool.run(context);

    assertThat(context.calls)
        .containsExactly("start 101", "began UPID:pve1:1", "look at 101", "look at 101");
  }

  @ParameterizedTest
  @EnumSource(Guest.Status.class)
  void seesItsEffectOnlyInARunningGuest(Guest.Status status) {
    assertThat(tool.verify(ARGUMENTS, List.of(vm(status))))
        .isEqualTo(status == Guest.Status.RUNNING);
  }

  @Test
  void seesNoEffectInAGuestThatIsGone() {
    assertThat(tool.verify(ARGUMENTS, List.<Resource>of())).isFalse();
  }

  @Test
  void tellsWhatItMeansAndHowToUndoIt() {
    Impact impact =
        tool.impact(
            ARGUMENTS,
            List.of(
                new Home.GuestBuilder(101, GuestType.QEMU, Guest.Status.STOPPED)
                    .ha("stopped")
                    .build()));

    assertThat(impact.summary()).isEqualTo("Starts guest101 (VM 101) on node pve1.");
    assertThat(impact.effects())
        .anyMatch(effect -> effect.contains("4.0 GiB of memory"))
        .anyMatch(effect -> effect.contains("High availability"));
    assertThat(impact.undo()).isNotNull();
  }

  @Test
  void isUndoneByStoppingTheSameGuestCleanly() {
    assertThat(tool.definition().inverseName()).hasValue("stop_vm");
    assertThat(tool.undo(ARGUMENTS, List.of(vm(Guest.Status.STOPPED))).orElseThrow().values())
        .containsOnly(
            Map.entry("cluster", "home"), Map.entry("node", "pve1"), Map.entry("vmid", 101));
  }

  private void assertFailure(String exit, ErrorCode code) {
    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> tool.run(context(exit)))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private static FakeContext context(String exit) {
    FakeContext context = new FakeContext(ARGUMENTS, new Home(), vm(Guest.Status.STOPPED));
    context.exitStatus = exit;
    return context;
  }

  private static Guest vm(Guest.Status status) {
    return Home.guest(101, GuestType.QEMU, status);
  }
}
