package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.core.MemoryJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeModeTest {
  private final MemoryJournal journal = new MemoryJournal();
  private final GateFixture safe = new GateFixture(journal, OperatingMode.SAFE);

  @AfterEach
  void close() {
    safe.close();
  }

  @ParameterizedTest
  @EnumSource(value = Tier.class, mode = EnumSource.Mode.EXCLUDE, names = "GREEN")
  void refusesAWriteOfEveryTier(Tier tier) {
    Touch tool = new Touch(Effect.CHANGES, tier);
    safe.tools.add(tool, "org.jarvis.tools");

    assertRefused(safe.gate().submit(request()));
    assertRefused(safe.gate().preview(request()));
    assertThat(tool.ran).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = Effect.class, mode = EnumSource.Mode.EXCLUDE, names = "OBSERVES")
  void refusesEveryEffectThatIsNotObserving(Effect effect) {
    Touch tool = new Touch(effect, Tier.RED);
    safe.tools.add(tool, "org.jarvis.tools");

    assertRefused(safe.gate().submit(request()));
    assertThat(tool.ran).isFalse();
  }

  @Test
  void goesOnObserving() throws Exception {
    Touch tool = new Touch(Effect.OBSERVES, Tier.GREEN);
    safe.tools.add(tool, "org.jarvis.tools");

    assertThat(safe.ended(safe.gate().submit(request())).state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(tool.ran).isTrue();
  }

  @Test
  void refusesWhatAPersonApprovesThatWasAskedForBefore() {
    Action waiting;
    try (GateFixture before = new GateFixture(journal)) {
      waiting = before.submit("stop_vm", 102);
    }

    Action answered = safe.approve(waiting);

    assertRefused(answered);
    assertThat(safe.cluster.done()).isEmpty();
    assertThat(safe.cluster.status(102)).isEqualTo(Guest.Status.RUNNING);
  }

  @Test
  void letsAPersonRejectWhatWasAskedForBefore() {
    Action waiting;
    try (GateFixture before = new GateFixture(journal)) {
      waiting = before.submit("stop_vm", 102);
    }

    Action rejected =
        safe.gate()
            .answer(
                GateFixture.approvalId(waiting),
                new ApprovalAnswer(false, null, null),
                GateFixture.PERSON);

    assertThat(rejected.state()).isEqualTo(ActionState.REJECTED);
  }

  @Test
  void refusesToUndo() throws Exception {
    Action started;
    try (GateFixture before = new GateFixture(journal)) {
      started = before.ended(before.submit("start_vm", 101));
    }

    assertRefused(safe.gate().undo(started.id(), GateFixture.PERSON, Origin.BROWSER));
    assertThat(safe.cluster.done()).isEmpty();
  }

  @Test
  void settlesWhatAnEarlierLifeBeganWithoutRepeatingIt() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch forever = new CountDownLatch(1);
    GateFixture killed = new GateFixture(journal);
    killed.cluster.beforeTask(
        () -> {
          asked.countDown();
          while (forever.getCount() > 0) {
            Thread.onSpinWait();
          }
        });
    Action begun = killed.submit("start_vm", 101);
    asked.await();

    try {
      safe.assembly().lookAfterOpenActions();

      assertThat(safe.ended(begun).state()).isEqualTo(ActionState.UNKNOWN);
      assertThat(safe.cluster.done()).isEmpty();
      assertThat(safe.cluster.status(101)).isEqualTo(Guest.Status.STOPPED);
    } finally {
      forever.countDown();
      killed.close();
    }
  }

  @Test
  void asksNoPolicyThatMayBeTheReasonForIt() {
    CountDownLatch asked = new CountDownLatch(1);
    safe.policies.add(
        GateFixture.policy(
            "curious",
            request -> {
              asked.countDown();
              return new Decision.Allow("Go on.");
            }),
        "org.example");

    Action refused = safe.submit("start_vm", 101);

    assertThat(GateFixture.reasons(refused))
        .singleElement()
        .asString()
        .contains("safe mode")
        .contains("jarvis leave-safe-mode");
    assertThat(asked.getCount()).isOne();
  }

  @Test
  void saysSoInTheMenuOfAResource() {
    Resource guest =
        safe.states
            .clusters()
            .get(0)
            .resources()
            .filter(Guest.class::isInstance)
            .findFirst()
            .orElseThrow();

    List<ToolCatalogue.MenuEntry> menu =
        safe.assembly().catalogue().menu(guest.ref(), GateFixture.PERSON, Origin.BROWSER);

    assertThat(menu)
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.refusal()).contains("safe mode"));
  }

  @Test
  void isDegradedAndTellsTheCure() {
    assertThat(OperatingMode.SAFE.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
    assertThat(OperatingMode.SAFE.health().detail())
        .contains("safe mode", "jarvis leave-safe-mode", "without --safe")
        .hasSizeLessThan(300);
    assertThat(OperatingMode.NORMAL.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "TRUE", " true ", "yes", "1", "treu"})
  void isEnteredByEveryValueThatIsNotPlainlyNo(String value) {
    assertThat(OperatingMode.of(value)).isEqualTo(OperatingMode.SAFE);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "false", "False"})
  void isNotEnteredWithoutBeingAskedFor(String value) {
    assertThat(OperatingMode.of(value)).isEqualTo(OperatingMode.NORMAL);
  }

  private static ActionRequest request() {
    return new ActionRequest(
        "touch_guest", new Arguments(Map.of()), GateFixture.PERSON, Origin.BROWSER);
  }

  private static void assertRefused(Action action) {
    assertThat(action.state()).isEqualTo(ActionState.REFUSED);
    Action.Failure failure = Objects.requireNonNull(action.failure());
    assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED);
    assertThat(failure.message()).contains("safe mode");
  }

  /** Has an effect and a tier that a test says, and notes whether it ran. */
  private static final class Touch implements Tool {
    private final Effect effect;
    private final Tier tier;
    private volatile boolean ran;

    Touch(Effect effect, Tier tier) {
      this.effect = effect;
      this.tier = tier;
    }

    @Override
    public ToolDefinition definition() {
      return new ToolDefinition(
          "touch_guest",
          "Touch",
          "For tests.",
          "{\"type\": \"object\", \"additionalProperties\": false}",
          null,
          ResourceKind.GUEST,
          effect,
          tier,
          true,
          Duration.ofSeconds(10),
          null);
    }

    @Override
    public ToolUse use(Arguments arguments) {
      return new ToolUse(
          "Touch", effect, tier, tier == Tier.GREEN ? Consent.NONE : Consent.TYPED, List.of());
    }

    @Override
    public List<ToolOffer> offers(Resource resource) {
      return List.of();
    }

    @Override
    public ToolResult run(ToolContext context) {
      ran = true;
      return new ToolResult("Done.", Map.of());
    }
  }
}
