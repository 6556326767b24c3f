package org.jarvis.core.action;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.core.CanonicalJson;
import org.jarvis.core.action.ActionLedger.Entry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans: several actions with one consent. A plan goes through the same gate as what it is made of;
 * here is only what is particular to it, namely that a later step is decided on what the earlier
 * ones are to leave.
 */
final class Plans implements PlanGate {
  private static final Logger LOG = LoggerFactory.getLogger(Plans.class);
  private static final int MAX_TITLE = 200;

  private final Clock clock;
  private final Supplier<String> ids;
  private final Drafts drafts;
  private final Preparation preparation;
  private final ActionLedger ledger;
  private final TargetClaims claims;
  private final ActionExecutor executor;
  private final RequestBudget budget;
  private final ExecutorService workers;
  private final Map<String, PlanRun> runs = new ConcurrentHashMap<>();

  Plans(
      Clock clock,
      Supplier<String> ids,
      Drafts drafts,
      Preparation preparation,
      ActionLedger ledger,
      TargetClaims claims,
      ActionExecutor executor,
      RequestBudget budget,
      ExecutorService workers) {
    this.clock = clock;
    this.ids = ids;
    this.drafts = drafts;
    this.preparation = preparation;
    this.ledger = ledger;
    this.claims = claims;
    this.executor = executor;
    this.budget = budget;
    this.workers = workers;
  }

  @Override
  public Action preview(PlanRequest request) {
    PreparedPlan plan = prepare(request);
    return judged(plan, "").orElseGet(() -> accepted(plan, "", plan.needsPerson()));
  }

  @Override
  public Action submit(PlanRequest request) {
    PreparedPlan plan = prepare(request);
    return submit(plan, plan.needsPerson());
  }

  /** Asks a person, also where nobody would have to be: something did not go as foreseen. */
  private Action ask(PlanRequest request) {
    return submit(prepare(request), true);
  }

  private Action submit(PreparedPlan plan, boolean needsPerson) {
    PlanRequest request = plan.request();
    request.steps().forEach(step -> budget.spend(request.principal()));
    String id = ids.get();
    Optional<Action> ended = judged(plan, id);
    if (ended.isPresent()) {
      return ledger.open(ended.get()).action();
    }
    Action accepted = accepted(plan, id, needsPerson);
    if (accepted.state() == ActionState.AWAITING_APPROVAL) {
      ledger.checkWaiting(request.principal());
      return ledger.open(accepted).action();
    }
    Entry intent = ledger.open(ActionSteps.running(accepted, null, clock.instant()));
    begin(intent, plan);
    return intent.action();
  }

  private PreparedPlan prepare(PlanRequest request) {
    check(request);
    List<Prepared> steps = new ArrayList<>();
    Foresight foresight = Foresight.NONE;
    for (PlanRequest.Step step : request.steps()) {
      Prepared prepared =
          preparation.prepare(
              new ActionRequest(
                  step.tool(), step.arguments(), request.principal(), request.origin()),
              foresight);
      if (!ActionExecutor.changes(prepared)) {
        throw invalid(
            "steps/" + steps.size(), step.tool() + " only observes; plans are made of changes");
      }
      steps.add(prepared);
      foresight = foresight.after(prepared);
    }
    return new PreparedPlan(request, steps);
  }

  private static void check(PlanRequest request) {
    int size = request.steps().size();
    if (size == 0 || size > MAX_STEPS) {
      throw invalid("steps", "must be 1 to " + MAX_STEPS + " steps");
    }
    if (request.title().length() > MAX_TITLE) {
      throw invalid("title", "must have at most " + MAX_TITLE + " characters");
    }
  }

  private static JarvisException invalid(String field, String message) {
    return new JarvisException(
        ErrorCode.INVALID_ARGUMENTS,
        "The plan does not fit: " + field + " - " + message + ".",
        List.of(new FieldError(field, message)));
  }

  /** The plan as it ends before it begins; empty where nothing stands against it. */
  private Optional<Action> judged(PreparedPlan plan, String id) {
    return plan.denial()
        .map(
            reason ->
                ActionSteps.ended(
                    draft(plan, id, ActionState.REFUSED, "refused", null),
                    ActionState.REFUSED,
                    ErrorCode.REFUSED,
                    reason,
                    clock.instant()))
        .or(
            () ->
                plan.obstacle()
                    .map(
                        obstacle ->
                            ActionSteps.ended(
                                draft(plan, id, ActionState.FAILED, "not possible", null),
                                ActionState.FAILED,
                                obstacle.code(),
                                obstacle.reason(),
                                clock.instant())));
  }

  private Action accepted(PreparedPlan plan, String id, boolean needsPerson) {
    return needsPerson
        ? draft(
            plan,
            id,
            ActionState.AWAITING_APPROVAL,
            "waiting for a person",
            drafts.approval(
                atLeastAClick(plan.consent()), plan.fingerprint(), id.isEmpty() ? "" : ids.get()))
        : draft(plan, id, ActionState.RUNNING, "starting", null);
  }

  private static Consent atLeastAClick(Consent consent) {
    return consent == Consent.NONE ? Consent.CLICK : consent;
  }

  private Action draft(
      PreparedPlan plan, String id, ActionState state, String phase, @Nullable Approval approval) {
    PlanRequest request = plan.request();
    Arguments arguments = arguments(request);
    return new Action(
        id,
        TOOL,
        request.title(),
        arguments,
        CanonicalJson.hash(List.of(TOOL, arguments.values())),
        targets(plan),
        state,
        plan.tier(),
        plan.consent(),
        verdicts(plan),
        request.principal(),
        request.origin(),
        clock.instant(),
        null,
        null,
        phase,
        null,
        List.of(),
        impact(plan),
        approval,
        null,
        null,
        null,
        null,
        steps(plan));
  }

  private static Arguments arguments(PlanRequest request) {
    List<Object> steps = new ArrayList<>();
    for (PlanRequest.Step step : request.steps()) {
      steps.add(Map.of("tool", step.tool(), "arguments", step.arguments().values()));
    }
    return new Arguments(Map.of("title", request.title(), "steps", steps));
  }

  /** The wish that was written down in the arguments of a plan's action. */
  private static PlanRequest request(Action plan) {
    List<PlanRequest.Step> steps =
        plan.steps().stream()
            .map(step -> new PlanRequest.Step(step.tool(), step.arguments()))
            .toList();
    return new PlanRequest(plan.title(), steps, plan.principal(), plan.origin());
  }

  /** Each target once, as the first step that touches it meets it. */
  private static List<Action.Target> targets(PreparedPlan plan) {
    Map<String, Action.Target> targets = new LinkedHashMap<>();
    for (Prepared step : plan.steps()) {
      step.actionTargets().forEach(target -> targets.putIfAbsent(target.ref().toString(), target));
    }
    return List.copyOf(targets.values());
  }

  private static List<Action.Verdict> verdicts(PreparedPlan plan) {
    List<Action.Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      for (Action.Verdict verdict : plan.steps().get(i).ruling().verdicts()) {
        verdicts.add(
            new Action.Verdict(
                verdict.policy(), verdict.verdict(), "Step " + (i + 1) + ": " + verdict.reason()));
      }
    }
    return verdicts;
  }

  private static Impact impact(PreparedPlan plan) {
    List<String> effects = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      Impact impact = impact(plan.steps().get(i));
      effects.add("Step " + (i + 1) + ": " + impact.summary());
      effects.addAll(impact.effects());
    }
    return new Impact(
        "Does "
            + (plan.steps().size() == 1 ? "one thing" : plan.steps().size() + " things in turn")
            + ", and stops where one does not go as foreseen.",
        effects,
        null);
  }

  private static Impact impact(Prepared step) {
    return step.tool().impact(step.request().arguments(), step.resources());
  }

  private static List<Action.PlanStep> steps(PreparedPlan plan) {
    return plan.steps().stream().map(Plans::step).toList();
  }

  private static Action.PlanStep step(Prepared step) {
    Impact impact = impact(step);
    return new Action.PlanStep(
        step.request().tool(),
        step.use().title(),
        step.request().arguments(),
        step.ruling().tier(),
        step.actionTargets(),
        impact.summary(),
        step.use().effect(),
        undo(step.tool().definition(), impact),
        step.tool().definition().timeLimit(),
        null,
        null);
  }

  /** A tool that says nothing of its impact still has an inverse, or has none. */
  private static @Nullable String undo(ToolDefinition definition, Impact impact) {
    return impact.equals(Impact.none())
        ? definition.inverseName().map(inverse -> inverse + " undoes it.").orElse(null)
        : impact.undo();
  }

  /** What a person is asked about, decided afresh. */
  Agreement agreement(Action asked) {
    PreparedPlan plan = prepare(request(asked));
    return new Agreement() {
      @Override
      public Optional<String> denial() {
        return plan.denial();
      }

      @Override
      public Optional<Obstacle> obstacle() {
        return plan.obstacle();
      }

      @Override
      public String fingerprint() {
        return plan.fingerprint();
      }

      @Override
      public Consent consent() {
        return plan.consent();
      }

      @Override
      public void begin(Entry intent) {
        // Each step claims what it touches; what others do in between is seen by its fingerprint.
        claims.release(intent.action());
        Plans.this.begin(intent, plan);
      }

      @Override
      public void askAnew() {
        ask(plan.request());
      }
    };
  }

  private void begin(Entry intent, PreparedPlan plan) {
    PlanRun run =
        new PlanRun(
            clock, ids, drafts, preparation, ledger, claims, executor, this::ask, intent, plan);
    runs.put(intent.action().id(), run);
    try {
      workers.execute(
          () -> {
            try {
              run.run();
            } catch (RuntimeException failure) {
              // Its recorded intent is settled by the next start at the latest.
              LOG.error("The plan {} broke off", intent.action().id(), failure);
            } finally {
              runs.remove(intent.action().id());
            }
          });
    } catch (RejectedExecutionException shuttingDown) {
      runs.remove(intent.action().id());
    }
  }

  /** Asks a running plan to end; empty when it does not run here. */
  Optional<Action> cancel(Entry entry, Principal principal) {
    return Optional.ofNullable(runs.get(entry.action().id())).map(run -> run.cancel(principal));
  }

  /** Whether a plan runs at present. */
  boolean runs(Action plan) {
    return runs.containsKey(plan.id());
  }

  /**
   * Ends a plan that an earlier life of Jarvis began: what its steps did is told by their own
   * records, and nothing more is done.
   */
  void settle(Entry entry) {
    Action plan = entry.action();
    List<Action> begun =
        plan.steps().stream()
            .flatMap(step -> Optional.ofNullable(step.action()).stream())
            .flatMap(id -> ledger.find(id).stream())
            .toList();
    if (begun.stream().anyMatch(step -> !step.state().ended())) {
      throw new JarvisException(ErrorCode.CONFLICT, "A step of it is not settled yet.");
    }
    List<Action.PlanStep> steps =
        plan.steps().stream().map(step -> PlanRun.asItStands(step, begun)).toList();
    List<String> done =
        steps.stream()
            .filter(step -> step.state() == ActionState.SUCCEEDED)
            .map(step -> PlanRun.words(step.title(), step.targets()))
            .toList();
    Action ended =
        ActionSteps.ended(
            ActionSteps.planned(plan, "ended", steps),
            begun.stream().anyMatch(step -> step.state() == ActionState.UNKNOWN)
                ? ActionState.UNKNOWN
                : ActionState.FAILED,
            ErrorCode.CONFLICT,
            "Jarvis was restarted while it ran. "
                + done.size()
                + " of "
                + steps.size()
                + " steps were done"
                + PlanRun.named(done)
                + "; nothing more is. Look at each, and ask again for the rest.",
            clock.instant());
    ledger.step(entry, ended, Event.ActionChanged.Step.ENDED, Actor.JARVIS);
    LOG.info("Settled after the restart: {}", ended.summary());
  }
}
