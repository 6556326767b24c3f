package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionPipelineTest {
  private final GateFixture fixture = new GateFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void startsAGuestAndSaysSoOnlyOnceItRuns() throws Exception {
    Action ended = fixture.ended(fixture.submit("start_vm", 101));

    assertThat(ended.state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(fixture.cluster.status(101)).isEqualTo(Guest.Status.RUNNING);
    assertThat(ended.log()).containsExactly("doing start", "done");
    assertThat(fixture.states.find(ended.targets().get(0).ref()))
        .hasValueSatisfying(guest -> assertThat(guest.statusWord()).isEqualTo("running"));
  }

  @Test
  void recordsTheIntentBeforeTheClusterIsAsked() throws Exception {
    List<String> auditedBefore = new ArrayList<>();
    fixture.cluster.beforeTask(
        () ->
            fixture.journal.audit().stream().map(AuditEntry::activity).forEach(auditedBefore::add));

    fixture.ended(fixture.submit("start_vm", 101));

    assertThat(auditedBefore).contains("action.requested");
  }

  @Test
  void neverCallsATaskThatFailedASuccess() throws Exception {
    fixture.cluster.exitsWith("VM is locked (backup)");

    Action ended = fixture.ended(fixture.submit("start_vm", 101));

    assertThat(ended.state()).isEqualTo(ActionState.FAILED);
    assertThat(failure(ended).message()).isEqualTo("VM is locked (backup)");
  }

  @Test
  void neverCallsATaskWithoutEffectASuccess() throws Exception {
    fixture.cluster.hasNoEffect();

    Action ended = fixture.ended(fixture.submit("start_vm", 101));

    assertThat(ended.state()).isEqualTo(ActionState.FAILED);
    assertThat(failure(ended).code()).isEqualTo(ErrorCode.EFFECT_MISSING);
  }

  @Test
  void saysThatAGuestRunsAlready() {
    Action ended = fixture.submit("start_vm", 102);

    assertThat(ended.state()).isEqualTo(ActionState.FAILED);
    assertThat(failure(ended).code()).isEqualTo(ErrorCode.ALREADY_RUNNING);
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void saysThatAGuestVanished() {
    fixture.cluster.remove(101);

    assertThatThrownBy(() -> fixture.submit("start_vm", 101))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.VANISHED))
        .hasMessageContaining("vanished");
  }

  @Test
  void refusesWhatItKnowsToBeForbiddenWithoutAskingTheCluster() {
    fixture.policies.add(
        GateFixture.policy("quorum-lost", new Decision.Deny("The cluster has no quorum.")),
        "org.example");
    fixture.cluster.fallSilent();

    Action refused = fixture.submit("start_vm", 101);

    assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
    assertThat(failure(refused).message()).isEqualTo("The cluster has no quorum.");
  }

  @Test
  void stopsNothingWithoutAPerson() {
    Action waiting = fixture.submit("stop_vm", 102);

    assertThat(waiting.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(fixture.gate().awaitingApproval()).extracting(Action::id).contains(waiting.id());
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void stopsOnceAPersonApproved() throws Exception {
    Action waiting = fixture.submit("stop_vm", 102);

    Action ended = fixture.ended(fixture.approve(waiting));

    assertThat(ended.state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(fixture.cluster.done()).containsExactly("shutdown 102");
    assertThat(Objects.requireNonNull(ended.approval()).decidedBy()).isEqualTo("ada");
  }

  @Test
  void takesNoTokenForAPerson() {
    String approval = GateFixture.approvalId(fixture.submit("stop_vm", 102));

    assertCode(
        ErrorCode.PERSON_REQUIRED,
        () ->
            fixture
                .gate()
                .answer(approval, new ApprovalAnswer(true, null, null), GateFixture.TOKEN));
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void usesAnApprovalOnce() throws Exception {
    Action waiting = fixture.submit("stop_vm", 102);
    fixture.ended(fixture.approve(waiting));

    assertCode(ErrorCode.APPROVAL_USED, () -> fixture.approve(waiting));
    assertThat(fixture.cluster.done()).containsExactly("shutdown 102");
  }

  @Test
  void acceptsOneOfAHundredSimultaneousApprovals() throws Exception {
    Action waiting = fixture.submit("stop_vm", 102);
    CountDownLatch together = new CountDownLatch(1);
    ExecutorService crowd = Executors.newFixedThreadPool(100);
    List<Future<Boolean>> answers = new ArrayList<>();
    Callable<Boolean> approve =
        () -> {
          together.await();
          try {
            fixture.approve(waiting);
            return true;
          } catch (JarvisException tooLate) {
            return false;
          }
        };
    for (int i = 0; i < 100; i++) {
      answers.add(crowd.submit(approve));
    }
    together.countDown();
    int accepted = 0;
    for (Future<Boolean> answer : answers) {
      accepted += answer.get() ? 1 : 0;
    }
    crowd.shutdown();
    fixture.ended(waiting);

    assertThat(accepted).isEqualTo(1);
    assertThat(fixture.cluster.done()).containsExactly("shutdown 102");
  }

  @Test
  void withdrawsOrBeginsWhicheverComesFirst() throws Exception {
    Action waiting = fixture.submit("stop_vm", 102);
    CountDownLatch together = new CountDownLatch(1);
    ExecutorService crowd = Executors.newFixedThreadPool(40);
    List<Future<Boolean>> tries = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      boolean approves = i % 2 == 0;
      tries.add(
          crowd.submit(
              () -> {
                together.await();
                try {
                  Action after =
                      approves
                          ? fixture.approve(waiting)
                          : fixture.gate().withdraw(waiting.id(), GateFixture.PERSON);
                  return approves || after.state() == ActionState.CANCELLED;
                } catch (JarvisException tooLate) {
                  return false;
                }
              }));
    }
    together.countDown();
    int counted = 0;
    for (Future<Boolean> one : tries) {
      counted += one.get() ? 1 : 0;
    }
    crowd.shutdown();

    assertThat(counted).isEqualTo(1);
    if (fixture.ended(waiting).state() == ActionState.CANCELLED) {
      assertThat(fixture.cluster.done()).isEmpty();
    } else {
      assertThat(state(waiting)).isEqualTo(ActionState.SUCCEEDED);
      assertThat(fixture.cluster.done()).containsExactly("shutdown 102");
    }
  }

  @Test
  void withdrawsNothingThatRuns() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    fixture.cluster.beforeTask(() -> waitFor(looked));
    Action runs = fixture.approve(fixture.submit("stop_vm", 102));

    assertCode(ErrorCode.CONFLICT, () -> fixture.gate().withdraw(runs.id(), GateFixture.PERSON));
    looked.countDown();

    assertThat(fixture.ended(runs).state()).isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void letsNobodyElsesTokenWithdraw() {
    Action waiting = fixture.submit("stop_vm", 102);

    assertCode(
        ErrorCode.PERSON_REQUIRED, () -> fixture.gate().withdraw(waiting.id(), GateFixture.TOKEN));
    assertThat(state(waiting)).isEqualTo(ActionState.AWAITING_APPROVAL);
  }

  @Test
  void endsARejectedRequest() {
    Action waiting = fixture.submit("stop_vm", 102);

    Action rejected =
        fixture
            .gate()
            .answer(
                GateFixture.approvalId(waiting),
                new ApprovalAnswer(false, null, null),
                GateFixture.PERSON);

    assertThat(rejected.state()).isEqualTo(ActionState.REJECTED);
    assertCode(ErrorCode.APPROVAL_DECIDED, () -> fixture.approve(waiting));
  }

  @Test
  void lapsesWhenTheTargetChangedAndAsksAnew() {
    Action waiting = fixture.submit("stop_vm", 102);
    fixture.cluster.put(102, Guest.Status.RUNNING, "snapshot", 0.1, List.of());

    assertCode(ErrorCode.APPROVAL_LAPSED, () -> fixture.approve(waiting));

    assertThat(state(waiting)).isEqualTo(ActionState.EXPIRED);
    assertThat(fixture.gate().awaitingApproval())
        .hasSize(1)
        .allSatisfy(anew -> assertThat(anew.id()).isNotEqualTo(waiting.id()));
    assertCode(ErrorCode.APPROVAL_LAPSED, () -> fixture.approve(waiting));
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void lapsesWhenTheGuestWasMadeAnewUnderItsNumber() {
    Action waiting = fixture.submit("stop_vm", 102);
    fixture.cluster.isMadeAnew();

    assertCode(ErrorCode.APPROVAL_LAPSED, () -> fixture.approve(waiting));
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void keepsARequestWhileItsToolOrItsClusterIsAway() throws Exception {
    Action waiting = fixture.submit("stop_vm", 102);
    Tool tool = fixture.tools.require("stop_vm").tool();
    fixture.tools.remove(tool);
    assertCode(ErrorCode.UNKNOWN_TOOL, () -> fixture.approve(waiting));
    fixture.tools.add(tool, "org.jarvis.tools");
    fixture.attachment.detach(Attachment.DetachReason.CONFIGURATION_REMOVED);
    assertCode(ErrorCode.NOT_FOUND, () -> fixture.approve(waiting));

    Attachment back = fixture.states.attach(fixture.cluster.connection());
    back.observed(fixture.cluster.observation());

    assertThat(fixture.ended(fixture.approve(waiting)).state()).isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void keepsARequestWaitingWhileItsClusterIsOnlyRemembered() throws Exception {
    fixture.policies.add(
        GateFixture.policy(
            "current",
            request ->
                request.clusters().stream()
                        .allMatch(known -> known.cluster().connection() == Cluster.Connection.LIVE)
                    ? new Decision.Allow("It is seen.")
                    : new Decision.Deny("It is not seen.")),
        "org.jarvis.safety");
    Action waiting = fixture.submit("stop_vm", 102);
    fixture.attachment.failed(ErrorCode.UNREACHABLE, "No route to host.");

    assertCode(ErrorCode.UNREACHABLE, () -> fixture.approve(waiting));
    assertThat(state(waiting)).isEqualTo(ActionState.AWAITING_APPROVAL);

    fixture.observe();
    assertThat(fixture.ended(fixture.approve(waiting)).state()).isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void letsNoOtherActionAtTheTargetBetweenDecisionAndAct() throws Exception {
    Action first = fixture.submit("stop_vm", 102);
    Action second = fixture.submit("stop_vm", 102);
    AtomicBoolean deciding = new AtomicBoolean();
    fixture.policies.add(
        GateFixture.policy(
            "meanwhile",
            request -> {
              if (deciding.compareAndSet(true, false)) {
                try {
                  fixture.ended(fixture.approve(second));
                } catch (JarvisException busy) {
                  return new Decision.Allow(busy.code().code());
                } catch (InterruptedException interrupted) {
                  Thread.currentThread().interrupt();
                }
              }
              return new Decision.Allow("fine");
            }),
        "org.example");
    deciding.set(true);

    fixture.ended(fixture.approve(first));

    assertThat(fixture.cluster.done()).containsExactly("shutdown 102");
    assertThat(state(first)).isEqualTo(ActionState.SUCCEEDED);
    assertThat(state(second)).isEqualTo(ActionState.AWAITING_APPROVAL);
  }

  @Test
  void doesNotLapseBecauseFiguresMove() throws Exception {
    Action waiting = fixture.submit("stop_vm", 102);
    fixture.cluster.put(102, Guest.Status.RUNNING, null, 0.97, List.of());

    assertThat(fixture.ended(fixture.approve(waiting)).state()).isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void refusesAConsentGivenToSomethingElseThanWasShown() {
    Action waiting = fixture.submit("stop_vm", 102);

    assertCode(
        ErrorCode.CONFLICT,
        () ->
            fixture
                .gate()
                .answer(
                    GateFixture.approvalId(waiting),
                    new ApprovalAnswer(true, null, "another fingerprint"),
                    GateFixture.PERSON));
    assertThat(state(waiting)).isEqualTo(ActionState.AWAITING_APPROVAL);
  }

  @Test
  void wantsTheNameTypedWhereTheToolSaysSo() throws Exception {
    fixture.tools.remove(fixture.tools.require("stop_vm").tool());
    fixture.tools.add(PowerTool.stoppingWhatIsTyped(), "org.jarvis.tools");
    Action waiting = fixture.submit("stop_vm", 102);
    String approval = GateFixture.approvalId(waiting);

    assertCode(ErrorCode.TYPED_NAME_WRONG, () -> fixture.approve(waiting));
    assertCode(
        ErrorCode.TYPED_NAME_WRONG,
        () ->
            fixture
                .gate()
                .answer(approval, new ApprovalAnswer(true, "guest-101", null), GateFixture.PERSON));
    assertThat(fixture.cluster.done()).isEmpty();

    fixture
        .gate()
        .answer(approval, new ApprovalAnswer(true, "guest-102", null), GateFixture.PERSON);
    assertThat(fixture.ended(waiting).state()).isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void decidesAfreshWhenAPersonApproves() {
    Action waiting = fixture.submit("stop_vm", 102);
    fixture.policies.add(
        GateFixture.policy("quiet", new Decision.Deny("It is protected now.")), "org.example");

    Action answered = fixture.approve(waiting);

    assertThat(answered.state()).isEqualTo(ActionState.REFUSED);
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void expiresWhatNobodyAnswers() {
    Action waiting = fixture.submit("stop_vm", 102);
    fixture.clock.advance(Duration.ofHours(25));

    assertCode(ErrorCode.APPROVAL_EXPIRED, () -> fixture.approve(waiting));
    assertThat(state(waiting)).isEqualTo(ActionState.EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirmed", "approved", "override", "force_approve", "principal"})
  void refusesArgumentsThatTheSchemaDoesNotKnow(String smuggled) {
    Arguments arguments = new Arguments(Map.of("vmid", 102, smuggled, true));

    assertCode(
        ErrorCode.INVALID_ARGUMENTS,
        () ->
            fixture
                .gate()
                .submit(
                    new ActionRequest("stop_vm", arguments, GateFixture.PERSON, Origin.BROWSER)));
  }

  @Test
  void givesARequestThatARestartInterruptedToTheNextLife() throws Exception {
    Action waiting = fixture.submit("stop_vm", 102);

    try (GateFixture restarted = new GateFixture(fixture.journal)) {
      assertThat(restarted.ended(restarted.approve(waiting)).state())
          .isEqualTo(ActionState.SUCCEEDED);
      assertThat(restarted.cluster.done()).containsExactly("shutdown 102");
    }
    assertCode(ErrorCode.APPROVAL_USED, () -> fixture.approve(waiting));
  }

  @Test
  void undoesAStartByANewActionThatIsDecidedAfresh() throws Exception {
    Action started = fixture.ended(fixture.submit("start_vm", 101));

    Action undo = fixture.gate().undo(started.id(), GateFixture.PERSON, Origin.BROWSER);

    assertThat(undo.tool()).isEqualTo("stop_vm");
    assertThat(undo.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
  }

  @Test
  void offersNoUndoOfWhatWasUndone() throws Exception {
    Action started = fixture.ended(fixture.submit("start_vm", 101));
    Action undo = fixture.gate().undo(started.id(), GateFixture.PERSON, Origin.BROWSER);
    assertThat(undoOf(started).doneBy()).isNull();

    Action stopped = fixture.ended(fixture.approve(undo));
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (undoOf(started).doneBy() == null && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }

    assertThat(undoOf(started).doneBy()).isEqualTo(stopped.id());
    assertThat(undoOf(stopped).doneBy()).isNull();
    assertThat(fixture.journal.after(0, 100))
        .last()
        .satisfies(
            told -> {
              assertThat(told.type()).isEqualTo("action.progress");
              assertThat(told.data()).contains(started.id());
            });
    assertThatThrownBy(() -> fixture.gate().undo(started.id(), GateFixture.PERSON, Origin.BROWSER))
        .hasMessage("This action has been undone already.");
  }

  @Test
  void offersAnUndoAgainThatFailed() throws Exception {
    Action started = fixture.ended(fixture.submit("start_vm", 101));
    Action undo = fixture.gate().undo(started.id(), GateFixture.PERSON, Origin.BROWSER);
    fixture.cluster.exitsWith("VM is locked (backup)");

    assertThat(fixture.ended(fixture.approve(undo)).state()).isEqualTo(ActionState.FAILED);

    assertThat(undoOf(started).doneBy()).isNull();
  }

  private Action.Undo undoOf(Action action) {
    return Objects.requireNonNull(fixture.gate().find(action.id()).orElseThrow().undo());
  }

  @Test
  void refusesASecondActionOnATargetThatIsBusy() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    fixture.cluster.beforeTask(
        () -> {
          running.countDown();
          waitFor(goOn);
        });
    Action first = fixture.submit("start_vm", 101);
    running.await();

    Action second = fixture.submit("start_vm", 101);
    goOn.countDown();

    assertThat(failure(second).code()).isEqualTo(ErrorCode.TARGET_BUSY);
    assertThat(fixture.ended(first).state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(fixture.cluster.done()).containsExactly("start 101");
  }

  @Test
  void writesNothingWhenNothingCanBeRecorded() {
    fixture.journal.breakDown(true);

    assertCode(ErrorCode.STORAGE_UNAVAILABLE, () -> fixture.submit("start_vm", 101));
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void recordsAnOutcomeAsSoonAsTheDiskIsBack() throws Exception {
    CountDownLatch broken = new CountDownLatch(1);
    fixture.cluster.afterTask(
        () -> {
          fixture.journal.breakDown(true);
          broken.countDown();
        });
    Action started = fixture.submit("start_vm", 101);
    broken.await();
    fixture.journal.breakDown(false);

    assertThat(fixture.ended(started).state()).isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void settlesABrokenConnectionFromTheTaskList() throws Exception {
    fixture.cluster.afterTask(
        () -> {
          throw new JarvisException(ErrorCode.UNREACHABLE, "The connection broke");
        });

    Action ended = fixture.ended(fixture.submit("start_vm", 101));

    assertThat(ended.state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(Objects.requireNonNull(ended.task()).value()).startsWith("UPID:1:start");
    assertThat(fixture.cluster.done()).containsExactly("start 101");
  }

  @Test
  void neverCallsATaskOfTheListASuccessWhileItsEffectIsMissing() throws Exception {
    fixture.cluster.hasNoEffect();
    fixture.cluster.afterTask(
        () -> {
          throw new JarvisException(ErrorCode.UNREACHABLE, "The connection broke");
        });

    Action ended = fixture.ended(fixture.submit("start_vm", 101));

    assertThat(ended.state()).isEqualTo(ActionState.UNKNOWN);
    assertThat(failure(ended).message()).contains("guest-101 is stopped");
  }

  @Test
  void recordsAnOutcomeAlsoWhereAToolBreaksWithAnError() throws Exception {
    // What an earlier life left is settled from here on, so nobody else ends it.
    fixture.assembly().lookAfterOpenActions();
    fixture.cluster.beforeTask(
        () -> {
          throw new StackOverflowError();
        });

    Action ended = fixture.ended(fixture.submit("start_vm", 101));

    assertThat(ended.state()).isEqualTo(ActionState.UNKNOWN);
  }

  @Test
  void leavesAnIntentToTheNextStartWhenJarvisEnds() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    fixture.cluster.beforeTask(
        () -> {
          running.countDown();
          waitFor(new CountDownLatch(1));
          throw new JarvisException(ErrorCode.UNREACHABLE, "Told to stop.");
        });
    Action started = fixture.submit("start_vm", 101);
    running.await();

    fixture.close();

    assertThat(fixture.isQuiet()).isTrue();
    assertThat(state(started)).isEqualTo(ActionState.RUNNING);
  }

  @Test
  void endsAnObservationThatTakesLongerThanItsToolMay() {
    fixture.tools.add(new HangingTool(), "org.example");

    Action ended =
        fixture
            .gate()
            .submit(
                new ActionRequest(
                    HangingTool.NAME, Arguments.none(), GateFixture.PERSON, Origin.BROWSER));

    assertThat(ended.state()).isEqualTo(ActionState.FAILED);
    assertThat(failure(ended).code()).isEqualTo(ErrorCode.TIMED_OUT);
  }

  @Test
  void callsUnknownWhatTheTaskListDoesNotTell() throws Exception {
    fixture.cluster.beforeTask(
        () -> {
          throw new JarvisException(ErrorCode.TIMED_OUT, "No answer came");
        });

    Action ended = fixture.ended(fixture.submit("start_vm", 101));

    assertThat(ended.state()).isEqualTo(ActionState.UNKNOWN);
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void previewsWithoutRecordingOrDoingAnything() {
    Action preview = fixture.gate().preview(GateFixture.request("stop_vm", 102));

    assertThat(preview.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(preview.id()).isEmpty();
    assertThat(fixture.gate().recent(10)).isEmpty();
    assertThat(fixture.journal.audit()).isEmpty();
  }

  @Test
  void previewsTheFingerprintThatTheRequestWillHave() {
    Action preview = fixture.gate().preview(GateFixture.request("stop_vm", 102));
    Action waiting = fixture.submit("stop_vm", 102);

    assertThat(Objects.requireNonNull(preview.approval()).fingerprint())
        .isEqualTo(Objects.requireNonNull(waiting.approval()).fingerprint());
  }

  @Test
  void recordsRefusals() {
    fixture.policies.add(
        GateFixture.policy("quiet", new Decision.Deny("Not at night.")), "org.example");

    Action refused = fixture.submit("start_vm", 101);

    assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
    assertThat(fixture.journal.audit())
        .last()
        .satisfies(entry -> assertThat(entry.detail()).contains("Not at night.", "REFUSED"));
  }

  @Test
  void keepsEveryApprovalStateReadableAfterwards() {
    Action waiting = fixture.submit("stop_vm", 102);
    fixture.gate().cancel(waiting.id(), GateFixture.PERSON);

    assertThat(state(waiting)).isEqualTo(ActionState.CANCELLED);
    assertThat(fixture.gate().find(waiting.id()))
        .map(Action::approval)
        .hasValueSatisfying(
            approval -> assertThat(approval.state()).isEqualTo(Approval.State.LAPSED));
  }

  private ActionState state(Action action) {
    return fixture.gate().find(action.id()).orElseThrow().state();
  }

  private static Action.Failure failure(Action action) {
    return Objects.requireNonNull(action.failure(), () -> "no failure: " + action);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertCode(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JarvisException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
