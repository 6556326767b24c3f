package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.StoredAction;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlansTest {
  private final GateFixture fixture = new GateFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private PlanGate plans() {
    return fixture.assembly().plans();
  }

  private static PlanRequest plan(String... steps) {
    return plan(GateFixture.PERSON, Origin.BROWSER, steps);
  }

  private static PlanRequest plan(Principal principal, Origin origin, String... steps) {
    return new PlanRequest(
        "Restart it",
        Stream.of(steps)
            .map(step -> step.split(" ", -1))
            .map(
                words ->
                    new PlanRequest.Step(
                        words[0], new Arguments(Map.of("vmid", Integer.parseInt(words[1])))))
            .toList(),
        principal,
        origin);
  }

  private Action ended(Action plan) throws InterruptedException {
    return fixture.ended(plan);
  }

  private void set(boolean halted) {
    fixture.setGuardrails(new Guardrails(halted, Autonomy.ACT));
  }

  private List<ActionState> states(Action plan) {
    return plan.steps().stream().map(Action.PlanStep::state).toList();
  }

  @Test
  void runsAllStepsWithOneConsentEachOnWhatTheOneBeforeLeft() throws InterruptedException {
    Action waiting = plans().submit(plan("stop_vm 102", "start_vm 102"));
    assertThat(waiting.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(waiting.tier()).isEqualTo(Tier.RED);
    assertThat(fixture.cluster.done()).isEmpty();

    Action done = ended(fixture.approve(waiting));

    assertThat(done.state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(fixture.cluster.done()).containsExactly("shutdown 102", "start 102");
    assertThat(states(done)).containsExactly(ActionState.SUCCEEDED, ActionState.SUCCEEDED);
    assertThat(done.steps())
        .allSatisfy(
            step ->
                assertThat(fixture.gate().find(String.valueOf(step.action())).orElseThrow().plan())
                    .isEqualTo(done.id()));
  }

  @Test
  void runsAtOnceWhereNoStepNeedsAPerson() throws InterruptedException {
    Action done = ended(plans().submit(plan("start_vm 101")));

    assertThat(done.state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(done.approval()).isNull();
  }

  @Test
  void recordsNothingForAPreview() {
    Action preview = plans().preview(plan("stop_vm 102", "start_vm 102"));

    assertThat(preview.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(preview.id()).isEmpty();
    assertThat(fixture.gate().recent(10)).isEmpty();
  }

  @Test
  void saysOfEachStepWhatItDoesHowItIsUndoneAndHowLongItMayTake() {
    Action preview = plans().preview(plan("stop_vm 102", "start_vm 102"));

    assertThat(preview.steps())
        .extracting(Action.PlanStep::effect)
        .containsExactly(Effect.DISRUPTS, Effect.CHANGES);
    assertThat(preview.steps())
        .extracting(Action.PlanStep::undo)
        .containsExactly("start_vm undoes it.", "stop_vm undoes it.");
    assertThat(preview.steps())
        .extracting(Action.PlanStep::atMost)
        .containsOnly(Duration.ofSeconds(30));
  }

  @Test
  void keepsThatWithThePlan() throws InterruptedException {
    Action done = ended(plans().submit(plan("start_vm 101")));

    assertThat(fixture.gate().find(done.id()).orElseThrow().steps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.effect()).isEqualTo(Effect.CHANGES);
              assertThat(step.undo()).isEqualTo("stop_vm undoes it.");
              assertThat(step.atMost()).isEqualTo(Duration.ofSeconds(30));
              assertThat(step.state()).isEqualTo(ActionState.SUCCEEDED);
            });
  }

  @Test
  void readsPlansThatWereKeptWithoutThat() throws InterruptedException {
    Action done = ended(plans().submit(plan("start_vm 101")));
    StoredAction kept = fixture.journal.find(done.id()).orElseThrow();
    String document = kept.document().replaceAll("\"(effect|undo|atMost)\":\"[^\"]*\",", "");
    assertThat(document).doesNotContain("atMost", "stop_vm undoes it");

    Action read =
        ActionDocument.read(
            new StoredAction(kept.id(), 1, kept.state(), null, kept.requestedAt(), document));

    assertThat(read.steps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.effect()).isNull();
              assertThat(step.undo()).isNull();
              assertThat(step.atMost()).isNull();
              assertThat(step.tool()).isEqualTo("start_vm");
              assertThat(step.state()).isEqualTo(ActionState.SUCCEEDED);
            });
  }

  @Test
  void refusesAllWhereOneStepIsDenied() {
    fixture.policies.add(
        GateFixture.policy(
            "one",
            request ->
                request.arguments().values().get("vmid").equals(101)
                    ? new Decision.Deny("Not this one.")
                    : new Decision.Allow("Fine.")),
        "org.example");

    Action refused = plans().submit(plan("stop_vm 102", "start_vm 101"));

    assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
    assertThat(refused.summary()).contains("Step 2: Not this one.");
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void makesNoSenseWhereALaterStepMakesNone() {
    Action hindered = plans().submit(plan("start_vm 101", "start_vm 101"));

    assertThat(hindered.state()).isEqualTo(ActionState.FAILED);
    assertThat(hindered.summary()).contains("Step 2");
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void stopsWhereAStepIsNotMetAsForeseenAndAsksAnewForTheRest() throws InterruptedException {
    Action waiting = plans().submit(plan("stop_vm 102", "start_vm 102"));
    fixture.cluster.afterTask(
        () -> fixture.cluster.put(102, Guest.Status.STOPPED, null, 0.1, List.of("somebody")));

    Action stopped = ended(fixture.approve(waiting));

    assertThat(stopped.state()).isEqualTo(ActionState.FAILED);
    assertThat(stopped.summary())
        .contains("Step 2 of 2")
        .contains("Done before it: 1 (Shut down guest-102 (VM 102)).")
        .contains("The rest is asked for anew.");
    assertThat(states(stopped)).containsExactly(ActionState.SUCCEEDED, null);
    assertThat(fixture.cluster.done()).containsExactly("shutdown 102");
    Action rest =
        fixture.gate().recent(10).stream()
            .filter(Action::isPlan)
            .filter(plan -> !plan.id().equals(stopped.id()))
            .findFirst()
            .orElseThrow();
    assertThat(rest.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(rest.steps()).extracting(Action.PlanStep::tool).containsExactly("start_vm");
  }

  @Test
  void stopsWhereAStepFails() throws InterruptedException {
    Action waiting = plans().submit(plan("stop_vm 102", "start_vm 101"));
    fixture.cluster.exitsWith("VM is locked (backup)");

    Action failed = ended(fixture.approve(waiting));

    assertThat(failed.state()).isEqualTo(ActionState.FAILED);
    assertThat(failed.summary())
        .contains("Step 1 of 2 (Shut down): VM is locked (backup)")
        .contains("Nothing was done before it; not done after it: 1 (Start guest-101 (VM 101)).");
    assertThat(states(failed)).containsExactly(ActionState.FAILED, null);
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void saysSoWhereNobodyKnowsWhetherAStepWasDone() throws InterruptedException {
    Action waiting = plans().submit(plan("start_vm 101", "stop_vm 102"));
    fixture.cluster.beforeTask(
        () -> {
          throw new JarvisException(ErrorCode.TIMED_OUT, "No answer came");
        });

    Action stopped = ended(fixture.approve(waiting));

    assertThat(stopped.state()).isEqualTo(ActionState.UNKNOWN);
    assertThat(stopped.summary())
        .contains("Step 1 of 2", "not done after it: 1 (Shut down guest-102 (VM 102))")
        .endsWith("Whether it was done itself is not known: look at it.");
    assertThat(states(stopped)).containsExactly(ActionState.UNKNOWN, null);
  }

  @Test
  void lapsesWhereATargetChangedBeforeTheAnswer() {
    Action waiting = plans().submit(plan("start_vm 101", "stop_vm 102"));
    fixture.cluster.put(102, Guest.Status.RUNNING, null, 0.1, List.of("other"));

    assertRefused(ErrorCode.APPROVAL_LAPSED, () -> fixture.approve(waiting));
    assertThat(fixture.cluster.done()).isEmpty();
    assertThat(fixture.gate().awaitingApproval())
        .singleElement()
        .satisfies(anew -> assertThat(anew.id()).isNotEqualTo(waiting.id()));
  }

  @Test
  void isNotVoidedByFigures() throws InterruptedException {
    Action waiting = plans().submit(plan("stop_vm 102", "start_vm 102"));
    fixture.cluster.put(102, Guest.Status.RUNNING, null, 0.9, List.of());

    assertThat(ended(fixture.approve(waiting)).state()).isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void takesOneAnswerAndOnlyAPersons() throws InterruptedException {
    Action waiting = plans().submit(plan("stop_vm 102", "start_vm 102"));
    String approval = GateFixture.approvalId(waiting);

    assertRefused(
        ErrorCode.PERSON_REQUIRED,
        () ->
            fixture
                .gate()
                .answer(approval, new ApprovalAnswer(true, null, null), GateFixture.TOKEN));
    ended(fixture.approve(waiting));
    assertRefused(ErrorCode.APPROVAL_USED, () -> fixture.approve(waiting));
    assertThat(fixture.cluster.done()).hasSize(2);
  }

  @Test
  void takesNoFurtherStepOnceTheKillSwitchIsOn() throws InterruptedException {
    Principal client = new Principal("ada", PrincipalKind.MCP, "token-1");
    set(false);
    Action waiting = plans().submit(plan(client, Origin.MCP, "stop_vm 102", "start_vm 102"));
    fixture.cluster.afterTask(() -> set(true));

    Action stopped = ended(fixture.approve(waiting));

    assertThat(stopped.state()).isEqualTo(ActionState.FAILED);
    assertThat(stopped.summary()).contains("kill switch");
    assertThat(fixture.cluster.done()).containsExactly("shutdown 102");
  }

  @Test
  void beginsNoFurtherStepOnceItIsCancelled() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Action waiting = plans().submit(plan("stop_vm 102", "start_vm 102"));
    fixture.cluster.afterTask(
        () -> {
          running.countDown();
          while (goOn.getCount() > 0) {
            Thread.onSpinWait();
          }
        });
    Action begun = fixture.approve(waiting);
    running.await();

    fixture.gate().cancel(begun.id(), GateFixture.PERSON);
    goOn.countDown();

    assertThat(ended(begun).state()).isEqualTo(ActionState.CANCELLED);
    assertThat(fixture.cluster.done()).containsExactly("shutdown 102");
  }

  @Test
  void isSettledAfterARestartAndDoesNothingMore() throws Exception {
    CountDownLatch forever = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    Action waiting = plans().submit(plan("stop_vm 102", "start_vm 102"));
    fixture.cluster.beforeTask(
        () -> {
          running.countDown();
          while (forever.getCount() > 0) {
            Thread.onSpinWait();
          }
        });
    Action begun = fixture.approve(waiting);
    running.await();

    try (GateFixture restarted = new GateFixture(fixture.journal)) {
      Action step =
          restarted.gate().recent(10).stream()
              .filter(action -> begun.id().equals(action.plan()))
              .findFirst()
              .orElseThrow();
      restarted.ended(step);
      restarted.assembly().lookAfterOpenActions();

      Action settled = restarted.ended(begun);

      assertThat(settled.state()).isEqualTo(ActionState.UNKNOWN);
      assertThat(settled.summary()).contains("0 of 2 steps were done");
      assertThat(restarted.cluster.done()).isEmpty();
    } finally {
      forever.countDown();
    }
  }

  @Test
  void refusesWhatIsNoPlan() {
    assertRefused(ErrorCode.INVALID_ARGUMENTS, () -> plans().submit(plan()));
    assertRefused(
        ErrorCode.INVALID_ARGUMENTS,
        () ->
            plans()
                .submit(
                    plan(
                        Stream.generate(() -> "start_vm 101")
                            .limit(PlanGate.MAX_STEPS + 1L)
                            .toArray(String[]::new))));
    assertRefused(ErrorCode.UNKNOWN_TOOL, () -> plans().submit(plan("run_plan 101")));
  }

  @Test
  void isNoToolThatAnybodyCouldCall() {
    assertRefused(
        ErrorCode.UNKNOWN_TOOL,
        () ->
            fixture
                .gate()
                .submit(
                    new ActionRequest(
                        PlanGate.TOOL, Arguments.none(), GateFixture.PERSON, Origin.BROWSER)));
  }

  @Test
  void expiresLikeAnyRequest() {
    Action waiting = plans().submit(plan("stop_vm 102"));
    fixture.clock.advance(Duration.ofHours(25));

    assertRefused(ErrorCode.APPROVAL_EXPIRED, () -> fixture.approve(waiting));
    assertThat(fixture.gate().find(waiting.id()).orElseThrow().approval())
        .extracting(Approval::state)
        .isEqualTo(Approval.State.EXPIRED);
  }

  private static void assertRefused(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JarvisException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
