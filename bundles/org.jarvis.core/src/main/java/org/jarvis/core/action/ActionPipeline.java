package org.jarvis.core.action;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.tool.Impact;
import org.jarvis.core.action.ActionLedger.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The one gate. Whoever asks - a click, a token, later a chat, an MCP client or a runbook - comes
 * through {@link #submit}, and every write goes this way:
 *
 * <pre>
 * resolve - validate - decide - (approve) - intend - execute - follow - verify - record
 * \____ {@link Preparation} ____/ \_{@link Approvals}_/ \ begin / \____ {@link ActionExecutor} ____/
 * </pre>
 *
 * <p>What is decided is recorded before it is done, what is done is recorded before it is told, and
 * where anything is in doubt the answer is no.
 */
public final class ActionPipeline implements ActionGate {
  private static final int MAX_WAITING = 200;

  private final Clock clock;
  private final Supplier<String> ids;
  private final Duration approvalTime;
  private final Preparation preparation;
  private final ActionLedger ledger;
  private final TargetClaims claims;
  private final ActionExecutor executor;
  private final ObservationAudit observations;
  private final Approvals approvals;

  /**
   * Put together by {@link GateAssembly}.
   *
   * @param ids gives every action and approval its own, unguessable id
   * @param approvalTime how long a request waits for a person
   */
  ActionPipeline(
      Clock clock,
      Supplier<String> ids,
      Duration approvalTime,
      Preparation preparation,
      ActionLedger ledger,
      TargetClaims claims,
      ActionExecutor executor,
      ObservationAudit observations) {
    this.clock = clock;
    this.ids = ids;
    this.approvalTime = approvalTime;
    this.preparation = preparation;
    this.ledger = ledger;
    this.claims = claims;
    this.executor = executor;
    this.observations = observations;
    this.approvals = new Approvals(clock, preparation, ledger, claims, executor, this::submit);
  }

  @Override
  public Action preview(ActionRequest request) {
    Prepared prepared = preparation.prepare(request);
    if (prepared.ruling().denied()) {
      return refused(prepared, "");
    }
    if (prepared.obstacle().isPresent()) {
      return hindered(prepared, "");
    }
    return prepared.ruling().needsPerson()
        ? action(
            prepared,
            "",
            ActionState.AWAITING_APPROVAL,
            "would ask a person",
            approval(prepared, ""))
        : action(prepared, "", ActionState.RUNNING, "would run", null);
  }

  @Override
  public Action submit(ActionRequest request) {
    Prepared prepared = preparation.prepare(request);
    String id = ids.get();
    if (prepared.ruling().denied()) {
      return ledger.open(refused(prepared, id)).action();
    }
    if (!ActionExecutor.changes(prepared)) {
      return observe(prepared, id);
    }
    if (prepared.obstacle().isPresent()) {
      return ledger.open(hindered(prepared, id)).action();
    }
    if (prepared.ruling().needsPerson()) {
      return askPerson(prepared, id);
    }
    return begin(prepared, id);
  }

  private Action observe(Prepared prepared, String id) {
    Action ended =
        executor.observe(action(prepared, id, ActionState.RUNNING, "observing", null), prepared);
    ledger.hold(ended);
    observations.observed(prepared.request());
    return ended;
  }

  private Action askPerson(Prepared prepared, String id) {
    if (ledger.inState(ActionState.AWAITING_APPROVAL).size() >= MAX_WAITING) {
      throw new JarvisException(
          ErrorCode.THROTTLED,
          MAX_WAITING + " requests wait for a person already. Answer some of them first.");
    }
    return ledger
        .open(
            action(
                prepared,
                id,
                ActionState.AWAITING_APPROVAL,
                "waiting for a person",
                approval(prepared, ids.get())))
        .action();
  }

  /** Intend, then execute: the intent is durable before the first side effect. */
  private Action begin(Prepared prepared, String id) {
    Action intent =
        ActionSteps.running(
            action(prepared, id, ActionState.RUNNING, "starting", null), null, clock.instant());
    Optional<Action> inTheWay = claims.claim(intent);
    if (inTheWay.isPresent()) {
      return ledger.open(busy(intent, inTheWay.get())).action();
    }
    Entry entry = orRelease(intent, () -> ledger.open(intent));
    executor.start(entry, prepared);
    return entry.action();
  }

  private Entry orRelease(Action intent, Supplier<Entry> recording) {
    boolean recorded = false;
    try {
      Entry entry = recording.get();
      recorded = true;
      return entry;
    } finally {
      if (!recorded) {
        claims.release(intent);
      }
    }
  }

  @Override
  public Action answer(String approvalId, ApprovalAnswer answer, Principal answering) {
    return approvals.answer(approvalId, answer, answering);
  }

  /** Ends the requests that nobody answered in time. Called by a timer. */
  void expireOverdue() {
    approvals.expireOverdue();
  }

  @Override
  public Action await(String actionId, Duration patience) throws InterruptedException {
    return ledger
        .await(
            actionId,
            action -> action.state().ended() || action.state() == ActionState.AWAITING_APPROVAL,
            patience)
        .orElseThrow(ActionPipeline::noSuchAction);
  }

  @Override
  public Optional<Action> find(String actionId) {
    return ledger.find(actionId);
  }

  @Override
  public List<Action> recent(int limit) {
    return ledger.recent(limit);
  }

  @Override
  public List<Action> awaitingApproval() {
    return ledger.inState(ActionState.AWAITING_APPROVAL).stream().map(Entry::action).toList();
  }

  @Override
  public Action cancel(String actionId, Principal principal) {
    Entry entry = ledger.entry(actionId).orElseThrow(ActionPipeline::noSuchAction);
    Action action = entry.action();
    Approval approval = action.approval();
    if (action.state() == ActionState.AWAITING_APPROVAL && approval != null) {
      Action cancelled =
          ActionSteps.ended(
              ActionSteps.withApproval(action, approval.in(Approval.State.LAPSED)),
              ActionState.CANCELLED,
              ErrorCode.CONFLICT,
              principal.name() + " withdrew it.",
              clock.instant());
      return approvals.stepOrTell(entry, cancelled, Event.ActionChanged.Step.ENDED).action();
    }
    return executor
        .cancel(actionId)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.CONFLICT,
                    action.state().ended()
                        ? "This action has ended; there is nothing to cancel."
                        : "This action is just beginning or ending. Try again in a moment."));
  }

  @Override
  public Action undo(String actionId, Principal principal, Origin origin) {
    Action.Undo undo = find(actionId).orElseThrow(ActionPipeline::noSuchAction).undo();
    if (undo == null) {
      throw new JarvisException(ErrorCode.CONFLICT, "This action cannot be undone.");
    }
    return submit(new ActionRequest(undo.tool(), undo.arguments(), principal, origin));
  }

  private static JarvisException noSuchAction() {
    return new JarvisException(ErrorCode.NOT_FOUND, "There is no such action.");
  }

  private Approval approval(Prepared prepared, String id) {
    return new Approval(
        id,
        Approval.State.PENDING,
        prepared.ruling().consent(),
        prepared.fingerprint(),
        clock.instant().plus(approvalTime),
        null,
        null);
  }

  private Action refused(Prepared prepared, String id) {
    return ActionSteps.ended(
        action(prepared, id, ActionState.REFUSED, "refused", null),
        ActionState.REFUSED,
        ErrorCode.REFUSED,
        prepared.ruling().strictest().reason(),
        clock.instant());
  }

  private Action hindered(Prepared prepared, String id) {
    var obstacle = prepared.obstacle().orElseThrow();
    return ActionSteps.ended(
        action(prepared, id, ActionState.FAILED, "not possible", null),
        ActionState.FAILED,
        obstacle.code(),
        obstacle.reason(),
        clock.instant());
  }

  private Action busy(Action intent, Action inTheWay) {
    return ActionSteps.ended(
        intent,
        ActionState.FAILED,
        ErrorCode.TARGET_BUSY,
        TargetClaims.busyWords(inTheWay),
        clock.instant());
  }

  private Action action(
      Prepared prepared, String id, ActionState state, String phase, @Nullable Approval approval) {
    ActionRequest request = prepared.request();
    return new Action(
        id,
        request.tool(),
        prepared.use().title(),
        request.arguments(),
        CanonicalJson.hash(List.of(request.tool(), request.arguments().values())),
        prepared.actionTargets(),
        state,
        prepared.ruling().tier(),
        prepared.ruling().consent(),
        prepared.ruling().verdicts(),
        request.principal(),
        request.origin(),
        clock.instant(),
        null,
        null,
        phase,
        null,
        List.of(),
        impact(prepared),
        approval,
        null,
        null,
        null);
  }

  private static @Nullable Impact impact(Prepared prepared) {
    return ActionExecutor.changes(prepared)
        ? prepared.tool().impact(prepared.request().arguments(), prepared.resources())
        : null;
  }
}
