package org.jarvis.tools.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Impact;
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

class StopGuestToolTest {
  private static final Arguments CLEAN = arguments(Map.of());
  private static final Arguments HARD = arguments(Map.of("hard", true));

  private final StopGuestTool tool = tool(Home.CLOCK, duration -> {});

  @Test
  void disruptsAndNeedsAHeldButton() {
    ToolUse use = tool.use(CLEAN);

    assertThat(use.title()).isEqualTo("Shut down");
    assertThat(use.tier()).isEqualTo(Tier.RED);
    assertThat(use.effect()).isEqualTo(Effect.DISRUPTS);
    assertThat(use.consent()).isEqualTo(Consent.HOLD);
  }

  @Test
  void needsTheNameTypedForAHardStop() {
    ToolUse use = tool.use(HARD);

    assertThat(use.title()).isEqualTo("Hard stop");
    assertThat(use.tier()).isEqualTo(Tier.RED);
    assertThat(use.consent()).isEqualTo(Consent.TYPED);
  }

  @Test
  void offersACleanAndAHardStop() {
    List<ToolOffer> offers = tool.offers(ct(Guest.Status.RUNNING));

    assertThat(offers.stream().map(offer -> tool.use(offer.arguments()).title()))
        .containsExactly("Shut down", "Hard stop");
    assertThat(offers).allSatisfy(offer -> assertThat(offer.reason()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "STOPPED,false,NOT_RUNNING,does not run",
    "STOPPED,true,NOT_RUNNING,does not run",
    "PAUSED,false,CONFLICT,is suspended",
    "UNKNOWN,true,UNREACHABLE,Nobody can tell"
  })
  void saysWhyTheStateStandsInTheWay(
      Guest.Status status, boolean hard, ErrorCode code, String words) {
    assertThat(tool.obstacle(hard ? HARD : CLEAN, List.of(ct(status))))
        .hasValueSatisfying(
            obstacle -> {
              assertThat(obstacle.code()).isEqualTo(code);
              assertThat(obstacle.reason()).contains("guest201 (CT 201)").contains(words);
            });
  }

  @Test
  void stopsASuspendedGuestHard() {
    assertThat(tool.obstacle(HARD, List.of(ct(Guest.Status.PAUSED)))).isEmpty();
  }

  @Test
  void saysThatAGuestIsLocked() {
    Guest locked =
        new Home.GuestBuilder(201, GuestType.LXC, Guest.Status.RUNNING).locked("backup").build();

    assertThat(tool.obstacle(CLEAN, List.of(locked)).orElseThrow().code())
        .isEqualTo(ErrorCode.LOCKED);
    assertThat(tool.offers(locked))
        .allSatisfy(offer -> assertThat(offer.reason().orElseThrow()).contains("locked (backup)"));
  }

  @Test
  void shutsDownCleanlyUnlessToldOtherwise() {
    FakeContext context = context(CLEAN);

    ToolResult result = tool.run(context);

    assertThat(context.calls).first().isEqualTo("shutdown 201 within 180 s");
    assertThat(result.summary()).isEqualTo("guest201 (CT 201) was shut down.");
  }

  @Test
  void givesTheGuestTheTimeThatWasAskedFor() {
    FakeContext context = context(arguments(Map.of("timeoutSeconds", 30)));
    tool.run(context);
    assertThat(context.calls).first().isEqualTo("shutdown 201 within 30 s");
  }

  @Test
  void cutsOffOnlyWhenToldTo() {
    FakeContext context = context(HARD);

    ToolResult result = tool.run(context);

    assertThat(context.calls).first().isEqualTo("stop 201");
    assertThat(result.summary()).isEqualTo("guest201 (CT 201) was stopped hard.");
  }

  @Test
  void tellsWhatToDoAboutAGuestThatIgnoresTheShutdown() {
    FakeContext context = context(CLEAN);
    context.exitStatus = "VM quit/powerdown failed - got timeout";

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> tool.run(context))
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.TASK_FAILED);
              assertThat(failure.getMessage())
                  .contains("did not shut down: VM quit/powerdown failed - got timeout.")
                  .contains("timeoutSeconds")
                  .contains("stop it hard");
            });
  }

  @Test
  void saysThatTheGuestWasNotRunning() {
    FakeContext context = context(HARD);
    context.exitStatus = "CT 201 not running";

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> tool.run(context))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_RUNNING));
  }

  @Test
  void waitsNoLongerForHighAvailabilityThanTheTimeGiven() {
    PatientClock clock = new PatientClock();
    FakeContext context = context(arguments(Map.of("timeoutSeconds", 10)));
    context.taskType = "hastop";
    for (int i = 0; i < 1_000; i++) {
      context.statusesToCome.add(Guest.Status.RUNNING);
    }

    tool(clock, clock::pass).run(context);

    assertThat(clock.waited()).isEqualTo(Duration.ofSeconds(70));
  }

  @Test
  void tellsThatItWasInterruptedWhileWaitingForHighAvailability() {
    FakeContext context = context(CLEAN);
    context.taskType = "hastop";
    context.statusesToCome.add(Guest.Status.RUNNING);
    StopGuestTool interrupted =
        tool(
            Home.CLOCK,
            duration -> {
              throw new InterruptedException();
            });

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> interrupted.run(context))
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT));
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Guest.Status.class)
  void seesItsEffectOnlyInAStoppedGuest(Guest.Status status) {
    assertThat(tool.verify(CLEAN, List.of(ct(status)))).isEqualTo(status == Guest.Status.STOPPED);
  }

  @Test
  void tellsWhoLosesWhat() {
    Impact impact = tool.impact(CLEAN, List.of(ct(Guest.Status.RUNNING)));

    assertThat(impact.summary()).isEqualTo("Shuts down guest201 (CT 201) on node pve1.");
    assertThat(impact.effects())
        .containsExactly(
            "Whoever uses guest201 loses it until it is started again.",
            "It has been running for 3 d 4 h.",
            "Its system is asked to shut down and has 180 s; if it does not, it goes on running.");
    assertThat(impact.undo()).isEqualTo("Start it again.");
  }

  @Test
  void warnsOfLostDataBeforeAHardStopAndPromisesNoUndoOfIt() {
    Impact impact = tool.impact(HARD, List.of(ct(Guest.Status.RUNNING)));

    assertThat(impact.summary()).startsWith("Cuts off");
    assertThat(impact.effects()).anyMatch(effect -> effect.contains("not written to disk is lost"));
    assertThat(impact.undo()).contains("lost data does not come back");
  }

  @Test
  void tellsWhatHighAvailabilityMakesOfIt() {
    Guest managed =
        new Home.GuestBuilder(201, GuestType.LXC, Guest.Status.RUNNING).ha("started").build();

    assertThat(tool.impact(CLEAN, List.of(managed)).effects())
        .anyMatch(effect -> effect.contains("High availability manages it (state started)"));
  }

  @Test
  void isUndoneByStartingTheSameGuest() {
    assertThat(tool.definition().inverseName()).hasValue("start_container");
    assertThat(tool.undo(HARD, List.of(ct(Guest.Status.RUNNING))).orElseThrow().values())
        .containsOnly(
            Map.entry("cluster", "home"), Map.entry("node", "pve1"), Map.entry("vmid", 201));
  }

  private static StopGuestTool tool(Clock clock, EffectWatch.Pause pause) {
    return new StopGuestTool(
        GuestType.LXC, new Facts(new Home(), Home.CLOCK), new EffectWatch(clock, pause));
  }

  private static FakeContext context(Arguments arguments) {
    return new FakeContext(arguments, new Home(), ct(Guest.Status.RUNNING));
  }

  private static Guest ct(Guest.Status status) {
    return Home.guest(201, GuestType.LXC, status);
  }

  private static Arguments arguments(Map<String, Object> more) {
    Map<String, Object> values = new HashMap<>(Map.of("node", "pve1", "vmid", 201));
    values.putAll(more);
    return new Arguments(new HashMap<>(values));
  }

  /** A clock that moves only while somebody waits. */
  private static final class PatientClock extends Clock {
    private Instant now = Home.NOW;

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    Duration waited() {
      return Duration.between(Home.NOW, now);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
