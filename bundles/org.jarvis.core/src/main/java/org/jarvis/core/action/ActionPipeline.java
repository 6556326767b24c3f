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
import org.jarvis.api.safety.Consent;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.core.action.ActionLedger.Entry;

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
  private final Clock clock;
  private final Supplier<String> ids;
  private final RequestBudget budget;
  private final Drafts drafts;
  private final Preparation preparation;
  private final ActionLedger ledger;
  private final TargetClaims claims;
  private final ActionExecutor executor;
  private final ObservationAudit observations;
  private final Approvals approvals;
  private final Plans plans;
  private final TerminalLedger terminals;

  /**
   * Put together by {@link GateAssembly}.
   *
   * @param ids gives every action and approval its own, unguessable id
   * @param drafts writes down what was decided
   */
  ActionPipeline(
      Clock clock,
      Supplier<String> ids,
      RequestBudget budget,
      Drafts drafts,
      Preparation preparation,
      ActionLedger ledger,
      TargetClaims claims,
      ActionExecutor executor,
      ObservationAudit observations,
      Plans plans,
      TerminalLedger terminals) {
    this.clock = clock;
    this.ids = ids;
    this.budget = budget;
    this.drafts = drafts;
    this.preparation = preparation;
    this.ledger = ledger;
    this.claims = claims;
    this.executor = executor;
    this.observations = observations;
    this.plans = plans;
    this.terminals = terminals;
    this.approvals = new Approvals(clock, preparation, ledger, claims, this::agreement);
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
        ? drafts.action(
            prepared,
            "",
            ActionState.AWAITING_APPROVAL,
            "would ask a person",
            drafts.approval(prepared, ""))
        : drafts.action(prepared, "", ActionState.RUNNING, "would run", null);
  }

  @Override
  public Action submit(ActionRequest request) {
    Prepared prepared = preparation.prepare(request);
    String id = ids.get();
    if (!onlyObserves(prepared)) {
      budget.spend(request.principal());
    }
    if (prepared.ruling().denied()) {
      return ledger.open(refused(prepared, id)).action();
    }
    if (prepared.obstacle().isPresent()) {
      return ledger.open(hindered(prepared, id)).action();
    }
    if (prepared.ruling().needsPerson()) {
      return askPerson(prepared, id);
    }
    return ActionExecutor.changes(prepared) ? begin(prepared, id) : observe(prepared, id);
  }

  /** Whether nothing of it is recorded for good but that it was asked for. */
  private static boolean onlyObserves(Prepared prepared) {
    return !ActionExecutor.changes(prepared)
        && !prepared.ruling().denied()
        && !prepared.ruling().needsPerson()
        && prepared.obstacle().isEmpty();
  }

  private Action observe(Prepared prepared, String id) {
    Action ended =
        executor.observe(
            drafts.action(prepared, id, ActionState.RUNNING, "observing", null), prepared);
    ledger.hold(ended);
    observations.observed(prepared.request());
    return ended;
  }

  private Action askPerson(Prepared prepared, String id) {
    ledger.checkWaiting(prepared.request().principal());
    return ledger
        .open(
            drafts.action(
                prepared,
                id,
                ActionState.AWAITING_APPROVAL,
                "waiting for a person",
                drafts.approval(prepared, ids.get())))
        .action();
  }

  /** Intend, then execute: the intent is durable before the first side effect. */
  private Action begin(Prepared prepared, String id) {
    Action intent =
        ActionSteps.running(
            drafts.action(prepared, id, ActionState.RUNNING, "starting", null),
            null,
            clock.instant());
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

  /** What was asked for, decided afresh. */
  private Agreement agreement(Action asked) {
    if (asked.isPlan()) {
      return plans.agreement(asked);
    }
    // Nothing typed goes with it: what a person was asked about is theirs to answer.
    ActionRequest request =
        new ActionRequest(asked.tool(), asked.arguments(), asked.principal(), asked.origin());
    Prepared prepared = preparation.prepare(request);
    return new Agreement() {
      @Override
      public Optional<String> denial() {
        return prepared.denial();
      }

      @Override
      public Optional<Obstacle> obstacle() {
        return prepared.obstacle();
      }

      @Override
      public String fingerprint() {
        return prepared.fingerprint();
      }

      @Override
      public Consent consent() {
        return prepared.ruling().consent();
      }

      @Override
      public void begin(Entry intent) {
        executor.start(intent, prepared);
      }

      @Override
      public void askAnew() {
        submit(request);
      }
    };
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
    Entry entry = entryOf(actionId, principal);
    Action action = entry.action();
    if (action.state() == ActionState.AWAITING_APPROVAL) {
      return withdrawn(entry, principal);
    }
    return cancelRunning(entry, principal)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.CONFLICT,
                    action.state().ended()
                        ? "This action has ended; there is nothing to cancel."
                        : "This action is just beginning or ending. Try again in a moment."));
  }

  @Override
  public Action withdraw(String actionId, Principal principal) {
    Entry entry = entryOf(actionId, principal);
    if (entry.action().state() != ActionState.AWAITING_APPROVAL) {
      throw new JarvisException(
          ErrorCode.CONFLICT, "This action waits for nobody; there is nothing to withdraw.");
    }
    return withdrawn(entry, principal);
  }

  private Entry entryOf(String actionId, Principal principal) {
    Entry entry = ledger.entry(actionId).orElseThrow(ActionPipeline::noSuchAction);
    if (!principal.isPerson()
        && !principal.credential().equals(entry.action().principal().credential())) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only whoever asked for it, or a person signed in with a browser, can cancel this.");
    }
    return entry;
  }

  /** Recorded only if nobody answered since the entry was read. */
  private Action withdrawn(Entry entry, Principal principal) {
    Action cancelled =
        ActionSteps.ended(
            ActionSteps.withApprovalIn(Approval.State.LAPSED, entry.action()),
            ActionState.CANCELLED,
            ErrorCode.CONFLICT,
            principal.name() + " withdrew it.",
            clock.instant());
    return approvals
        .stepOrTell(entry, cancelled, Event.ActionChanged.Step.ENDED, Actor.of(principal))
        .action();
  }

  private Optional<Action> cancelRunning(Entry entry, Principal principal) {
    if (TerminalLedger.isTerminal(entry.action())) {
      return terminals.cancel(entry, principal);
    }
    return entry.action().isPlan()
        ? plans.cancel(entry, principal)
        : executor.cancel(entry, principal);
  }

  @Override
  public Action undo(String actionId, Principal principal, Origin origin) {
    Action.Undo undo = find(actionId).orElseThrow(ActionPipeline::noSuchAction).undo();
    if (undo == null) {
      throw new JarvisException(ErrorCode.CONFLICT, "This action cannot be undone.");
    }
    if (undo.doneBy() != null) {
      throw new JarvisException(ErrorCode.CONFLICT, "This action has been undone already.");
    }
    return submit(new ActionRequest(undo.tool(), undo.arguments(), principal, origin));
  }

  private static JarvisException noSuchAction() {
    return new JarvisException(ErrorCode.NOT_FOUND, "There is no such action.");
  }

  private Action refused(Prepared prepared, String id) {
    return ActionSteps.ended(
        drafts.action(prepared, id, ActionState.REFUSED, "refused", null),
        ActionState.REFUSED,
        ErrorCode.REFUSED,
        prepared.ruling().strictest().reason(),
        clock.instant());
  }

  private Action hindered(Prepared prepared, String id) {
    var obstacle = prepared.obstacle().orElseThrow();
    return ActionSteps.ended(
        drafts.action(prepared, id, ActionState.FAILED, "not possible", null),
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
}
