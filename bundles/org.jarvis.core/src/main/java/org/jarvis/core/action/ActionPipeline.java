package org.jarvis.core.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.core.action.ActionLedger.Entry;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.tool.RegisteredTool;
import org.jarvis.core.tool.ToolRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The one gate. Whoever asks - a click, a token, later a chat, an MCP client or a runbook - comes
 * through {@link #submit}, and every write goes this way:
 *
 * <pre>
 * resolve - validate - decide - (approve) - intend - execute - follow - verify - record
 * \__________ prepare __________/ \_ answer _/ \ begin / \____ {@link ActionExecutor} ____/
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
  private final ClusterStates states;
  private final ToolRegistry tools;
  private final TargetResolver resolver;
  private final Decider decider;
  private final ActionLedger ledger;
  private final TargetClaims claims;
  private final ActionExecutor executor;
  private final ObservationAudit observations;

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
      ClusterStates states,
      ToolRegistry tools,
      TargetResolver resolver,
      Decider decider,
      ActionLedger ledger,
      TargetClaims claims,
      ActionExecutor executor,
      ObservationAudit observations) {
    this.clock = clock;
    this.ids = ids;
    this.approvalTime = approvalTime;
    this.states = states;
    this.tools = tools;
    this.resolver = resolver;
    this.decider = decider;
    this.ledger = ledger;
    this.claims = claims;
    this.executor = executor;
    this.observations = observations;
  }

  @Override
  public Action preview(ActionRequest request) {
    Prepared prepared = prepare(request);
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
    Prepared prepared = prepare(request);
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

  /** Resolve, validate, decide: all that precedes any effect, and all that a preview does. */
  private Prepared prepare(ActionRequest request) {
    RegisteredTool tool = tools.require(request.tool());
    ToolUse use = tool.use(request.arguments());
    List<ResolvedTarget> known = resolver.known(use);
    Ruling first = decide(request, use, known);
    // What is refused by what is known needs no answer from a cluster that may have none to give.
    if (first.denied() || use.effect() == Effect.OBSERVES) {
      return new Prepared(request, tool, use, known, first, Optional.empty());
    }
    List<ResolvedTarget> fresh = resolver.fresh(use);
    return new Prepared(
        request,
        tool,
        use,
        fresh,
        decide(request, use, fresh),
        tool.obstacle(request.arguments(), resources(fresh)));
  }

  private Ruling decide(ActionRequest request, ToolUse use, List<ResolvedTarget> targets) {
    return decider.decide(policyRequest(request, use, resources(targets)));
  }

  private static List<Resource> resources(List<ResolvedTarget> targets) {
    return targets.stream().map(ResolvedTarget::resource).toList();
  }

  private PolicyRequest policyRequest(
      ActionRequest request, ToolUse use, List<Resource> resources) {
    List<ClusterSnapshot> clusters =
        resources.stream()
            .map(resource -> resource.ref().cluster())
            .distinct()
            .flatMap(cluster -> states.cluster(cluster).stream())
            .collect(Collectors.toList());
    return new PolicyRequest(
        request.tool(),
        request.arguments(),
        use,
        request.principal(),
        request.origin(),
        resources,
        clusters);
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

  @Override
  public Action answer(String approvalId, ApprovalAnswer answer, Principal answering) {
    if (!answering.isPerson()) {
      throw new JarvisException(
          ErrorCode.PERSON_REQUIRED,
          "Only a person signed in with a browser can answer this. No token can.");
    }
    Entry entry =
        ledger
            .entryOfApproval(approvalId)
            .orElseThrow(
                () -> new JarvisException(ErrorCode.NOT_FOUND, "There is no such approval."));
    Approval approval = open(entry);
    if (!answer.approve()) {
      return reject(entry, approval, answering);
    }
    checkGesture(entry.action(), approval, answer);
    return approve(entry, approval, answering);
  }

  /** The approval of this action, if it can still be answered. */
  private Approval open(Entry entry) {
    Approval approval = entry.action().approval();
    if (approval == null) {
      throw new JarvisException(ErrorCode.NOT_FOUND, "There is no such approval.");
    }
    if (approval.state() == Approval.State.PENDING
        && !approval.expiresAt().isAfter(clock.instant())) {
      expire(entry);
      throw closed(Approval.State.EXPIRED);
    }
    if (approval.state() != Approval.State.PENDING) {
      throw closed(approval.state());
    }
    return approval;
  }

  private static JarvisException closed(Approval.State state) {
    return switch (state) {
      case CONSUMED, APPROVED ->
          new JarvisException(ErrorCode.APPROVAL_USED, "This approval was used; it works once.");
      case REJECTED ->
          new JarvisException(ErrorCode.APPROVAL_DECIDED, "This request was rejected before.");
      case EXPIRED ->
          new JarvisException(
              ErrorCode.APPROVAL_EXPIRED, "This request was not answered in time. Ask again.");
      case LAPSED ->
          new JarvisException(
              ErrorCode.APPROVAL_LAPSED,
              "The target changed after this was asked for, so it lapsed. Look at the new request.");
      case PENDING -> new JarvisException(ErrorCode.CONFLICT, "This request is being answered.");
    };
  }

  private static void checkGesture(Action action, Approval approval, ApprovalAnswer answer) {
    if (answer.fingerprint() != null && !answer.fingerprint().equals(approval.fingerprint())) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "What you were shown has changed since. Look at the request again before you answer.");
    }
    if (approval.consent() == Consent.TYPED) {
      boolean typedRight =
          action.targets().stream().allMatch(target -> target.name().equals(answer.typed()));
      if (!typedRight) {
        throw new JarvisException(
            ErrorCode.TYPED_NAME_WRONG, "Type the target's name exactly as it is shown.");
      }
    }
  }

  private Action reject(Entry entry, Approval approval, Principal answering) {
    Action rejected =
        ActionSteps.ended(
            ActionSteps.withApproval(
                entry.action(), decided(approval, Approval.State.REJECTED, answering)),
            ActionState.REJECTED,
            ErrorCode.REFUSED,
            answering.name() + " rejected it.",
            clock.instant());
    return stepOrTell(entry, rejected, Event.ActionChanged.Step.DECIDED).action();
  }

  /**
   * Everything is decided afresh; only what is exactly as it was shown uses the approval up. The
   * targets are held meanwhile, so that no other action changes them between decision and act.
   */
  private Action approve(Entry entry, Approval approval, Principal answering) {
    Action asked = entry.action();
    ActionRequest request =
        new ActionRequest(asked.tool(), asked.arguments(), asked.principal(), asked.origin());
    Optional<Action> inTheWay = claims.claim(asked);
    if (inTheWay.isPresent()) {
      throw inTheWay.get().id().equals(asked.id())
          ? answeredBefore(asked)
          : new JarvisException(ErrorCode.TARGET_BUSY, busyWords(inTheWay.get()));
    }
    boolean handedOver = false;
    try {
      Prepared prepared = prepareAgain(entry, request);
      if (prepared.ruling().denied()) {
        String reason = prepared.ruling().strictest().reason();
        return lapse(entry, ActionState.REFUSED, ErrorCode.REFUSED, reason);
      }
      if (prepared.obstacle().isPresent()) {
        var obstacle = prepared.obstacle().get();
        return lapse(entry, ActionState.FAILED, obstacle.code(), obstacle.reason());
      }
      if (isAsShown(prepared, approval)) {
        Action intent =
            ActionSteps.running(
                asked, decided(approval, Approval.State.CONSUMED, answering), clock.instant());
        Entry begun = stepOrTell(entry, intent, Event.ActionChanged.Step.DECIDED);
        handedOver = true;
        executor.start(begun, prepared);
        return begun.action();
      }
      lapse(
          entry,
          ActionState.EXPIRED,
          ErrorCode.APPROVAL_LAPSED,
          "The target changed after this was asked for, so it is asked for anew.");
    } finally {
      if (!handedOver) {
        claims.release(asked);
      }
    }
    submit(request);
    throw closed(Approval.State.LAPSED);
  }

  private static boolean isAsShown(Prepared prepared, Approval approval) {
    return prepared.fingerprint().equals(approval.fingerprint())
        && prepared.ruling().consent().compareTo(approval.consent()) <= 0;
  }

  private Prepared prepareAgain(Entry entry, ActionRequest request) {
    try {
      return prepare(request);
    } catch (JarvisException failure) {
      boolean forGood =
          switch (failure.code()) {
            case VANISHED, INVALID_ARGUMENTS, AMBIGUOUS_TARGET -> true;
            // After a restart, or without its connector, a cluster is just not seen yet.
            case NOT_FOUND -> seesTargetsOf(entry.action());
            // It may work in a moment, when the tool or the cluster is back.
            default -> false;
          };
      if (forGood) {
        lapse(entry, ActionState.FAILED, failure.code(), failure.getMessage());
      }
      throw failure;
    }
  }

  private boolean seesTargetsOf(Action action) {
    return action.targets().stream()
        .allMatch(
            target ->
                states
                    .cluster(target.ref().cluster())
                    .filter(known -> known.cluster().connection() == Cluster.Connection.LIVE)
                    .isPresent());
  }

  private Action lapse(Entry entry, ActionState state, ErrorCode code, String message) {
    Action asked = entry.action();
    Approval approval = asked.approval();
    Action lapsed =
        ActionSteps.ended(
            approval == null
                ? asked
                : ActionSteps.withApproval(asked, approval.in(Approval.State.LAPSED)),
            state,
            code,
            message,
            clock.instant());
    return stepOrTell(entry, lapsed, Event.ActionChanged.Step.DECIDED).action();
  }

  /** Records a step; when somebody else's answer came first, says what it was. */
  private Entry stepOrTell(Entry before, Action next, Event.ActionChanged.Step step) {
    return ledger.step(before, next, step).orElseThrow(() -> answeredBefore(next));
  }

  private JarvisException answeredBefore(Action action) {
    return ledger
        .entry(action.id())
        .map(now -> now.action().approval())
        .map(now -> closed(now.state()))
        .orElseGet(() -> closed(Approval.State.PENDING));
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

  /** Ends the requests that nobody answered in time. Called by a timer. */
  void expireOverdue() {
    Instant now = clock.instant();
    for (Entry entry : ledger.inState(ActionState.AWAITING_APPROVAL)) {
      Approval approval = entry.action().approval();
      if (approval == null || !approval.expiresAt().isAfter(now)) {
        expire(entry);
      }
    }
  }

  private void expire(Entry entry) {
    Approval approval = entry.action().approval();
    Action expired =
        ActionSteps.ended(
            approval == null
                ? entry.action()
                : ActionSteps.withApproval(entry.action(), approval.in(Approval.State.EXPIRED)),
            ActionState.EXPIRED,
            ErrorCode.APPROVAL_EXPIRED,
            "Nobody answered in time. Ask again if it is still wanted.",
            clock.instant());
    // Another answer may have come first; then that one counts.
    ledger.step(entry, expired, Event.ActionChanged.Step.ENDED);
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
      return stepOrTell(entry, cancelled, Event.ActionChanged.Step.ENDED).action();
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

  private Approval decided(Approval approval, Approval.State state, Principal answering) {
    return new Approval(
        approval.id(),
        state,
        approval.consent(),
        approval.fingerprint(),
        approval.expiresAt(),
        answering.name(),
        clock.instant());
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
        intent, ActionState.FAILED, ErrorCode.TARGET_BUSY, busyWords(inTheWay), clock.instant());
  }

  private static String busyWords(Action inTheWay) {
    return "Another action is running on this target: "
        + inTheWay.title()
        + ", asked for by "
        + inTheWay.principal().name()
        + ". Wait until it has ended.";
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
