package org.jarvis.core.action;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.core.action.ActionLedger.Entry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One plan while it runs: step by step, each decided afresh and compared with what was foreseen
 * when a person consented.
 */
final class PlanRun implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PlanRun.class);

  /** A step ends by itself after its tool's time limit and what it takes to settle it. */
  private static final Duration SETTLING = Duration.ofMinutes(5);

  private static final int MOST_NAMED = 5;

  private final Clock clock;
  private final Supplier<String> ids;
  private final Drafts drafts;
  private final Preparation preparation;
  private final ActionLedger ledger;
  private final TargetClaims claims;
  private final ActionExecutor executor;
  private final Function<PlanRequest, Action> askAnew;
  private final PreparedPlan plan;
  private Entry entry;
  private @Nullable Entry running;
  private @Nullable String cancelledBy;

  PlanRun(
      Clock clock,
      Supplier<String> ids,
      Drafts drafts,
      Preparation preparation,
      ActionLedger ledger,
      TargetClaims claims,
      ActionExecutor executor,
      Function<PlanRequest, Action> askAnew,
      Entry intent,
      PreparedPlan plan) {
    this.clock = clock;
    this.ids = ids;
    this.drafts = drafts;
    this.preparation = preparation;
    this.ledger = ledger;
    this.claims = claims;
    this.executor = executor;
    this.askAnew = askAnew;
    this.entry = intent;
    this.plan = plan;
  }

  /** Why a plan stops before its end, and whether the rest is worth asking for. */
  private record Stop(ActionState state, ErrorCode code, String reason, boolean askAnew) {}

  @Override
  public void run() {
    Foresight done = Foresight.NONE;
    for (int i = 0; i < plan.steps().size(); i++) {
      Optional<Stop> stop = step(i, done);
      if (stop.isPresent()) {
        stop(i, stop.get());
        return;
      }
      done = done.done(plan.steps().get(i));
    }
    end(
        ActionSteps.succeeded(
            entry.action(),
            new ToolResult("All " + plan.steps().size() + " steps were done.", Map.of()),
            null,
            clock.instant()));
  }

  private Optional<Stop> step(int index, Foresight done) {
    Prepared foreseen = plan.steps().get(index);
    try {
      if (cancelled() != null) {
        return Optional.of(cancelledStop());
      }
      Prepared met = preparation.prepare(request(foreseen), done);
      Optional<Stop> against = against(foreseen, met);
      return against.isPresent() ? against : run(index, met);
    } catch (JarvisException failure) {
      return Optional.of(new Stop(ActionState.FAILED, failure.code(), failure.getMessage(), false));
    } catch (InterruptedException shutdown) {
      // The recorded intent remains, and is settled at the next start.
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Jarvis ends before the plan does.", shutdown);
    }
  }

  private static ActionRequest request(Prepared step) {
    return step.request();
  }

  private static Optional<Stop> against(Prepared foreseen, Prepared met) {
    if (met.denial().isPresent()) {
      return Optional.of(
          new Stop(ActionState.FAILED, ErrorCode.REFUSED, met.denial().get(), false));
    }
    if (met.obstacle().isPresent()) {
      return Optional.of(
          new Stop(
              ActionState.FAILED,
              met.obstacle().get().code(),
              met.obstacle().get().reason(),
              false));
    }
    if (!met.fingerprint().equals(foreseen.fingerprint())
        || met.ruling().consent().compareTo(foreseen.ruling().consent()) > 0) {
      return Optional.of(
          new Stop(
              ActionState.FAILED,
              ErrorCode.APPROVAL_LAPSED,
              "its target is not as it was foreseen when the plan was consented to",
              true));
    }
    return Optional.empty();
  }

  private Optional<Stop> run(int index, Prepared met) throws InterruptedException {
    Action intent =
        ActionSteps.running(
            drafts.step(met, ids.get(), entry.action().id()), null, clock.instant());
    Optional<Action> inTheWay = claims.claim(intent);
    if (inTheWay.isPresent()) {
      return Optional.of(
          new Stop(
              ActionState.FAILED,
              ErrorCode.TARGET_BUSY,
              TargetClaims.busyWords(inTheWay.get()),
              true));
    }
    CountDownLatch free = new CountDownLatch(1);
    boolean handedOver = false;
    try {
      // First here: after a crash the plan's own record has to lead to its steps.
      note(index, intent.id(), ActionState.RUNNING);
      Entry begun = ledger.open(intent);
      running(begun);
      handedOver = true;
      executor.start(begun, met, free::countDown);
    } finally {
      if (!handedOver) {
        claims.release(intent);
      }
    }
    Action ended =
        ledger
            .await(
                intent.id(),
                action -> action.state().ended(),
                met.tool().definition().timeLimit().plus(SETTLING))
            .orElseThrow();
    // Its end is told before it lets go of its targets, which the next step may need.
    if (!free.await(SETTLING.toSeconds(), TimeUnit.SECONDS)) {
      LOG.warn("Step {} of the plan {} holds its targets", index + 1, entry.action().id());
    }
    running(null);
    note(index, ended.id(), ended.state());
    return ended.state() == ActionState.SUCCEEDED
        ? Optional.empty()
        : Optional.of(cancelled() != null ? cancelledStop() : failed(ended));
  }

  private static Stop failed(Action step) {
    return new Stop(
        step.state() == ActionState.UNKNOWN ? ActionState.UNKNOWN : ActionState.FAILED,
        step.failure() == null ? ErrorCode.TASK_FAILED : step.failure().code(),
        step.failure() == null ? step.phase() : step.failure().message(),
        step.state() == ActionState.FAILED);
  }

  private Stop cancelledStop() {
    return new Stop(
        ActionState.CANCELLED, ErrorCode.CONFLICT, cancelled() + " cancelled the plan", false);
  }

  private synchronized void running(@Nullable Entry step) {
    running = step;
  }

  private synchronized @Nullable String cancelled() {
    return cancelledBy;
  }

  /** Somebody's wish that it ends: no further step begins, and the one that runs is cancelled. */
  Action cancel(Principal principal) {
    Entry step;
    synchronized (this) {
      record(
          ActionSteps.cancelling(entry.action(), principal.name()),
          Event.ActionChanged.Step.DECIDED,
          Actor.of(principal));
      cancelledBy = principal.name();
      step = running;
    }
    if (step != null) {
      executor.cancel(step, principal);
    }
    return entry.action();
  }

  private synchronized void note(int index, String id, ActionState state) {
    List<Action.PlanStep> steps = new ArrayList<>(entry.action().steps());
    steps.set(index, steps.get(index).as(id, state));
    record(
        ActionSteps.planned(
            entry.action(),
            "step " + (index + 1) + " of " + steps.size() + ": " + steps.get(index).title(),
            steps),
        Event.ActionChanged.Step.PROGRESS,
        Actor.JARVIS);
  }

  private synchronized void record(Action next, Event.ActionChanged.Step step, Actor actor) {
    entry =
        ledger
            .step(entry, next, step, actor)
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.CONFLICT, "The plan " + next.id() + " was recorded elsewhere."));
  }

  private void stop(int index, Stop stop) {
    int size = plan.steps().size();
    StringBuilder words = new StringBuilder();
    words
        .append("Step ")
        .append(index + 1)
        .append(" of ")
        .append(size)
        .append(" (")
        .append(plan.steps().get(index).use().title())
        .append("): ")
        .append(stop.reason())
        .append(stop.reason().endsWith(".") ? " " : ". ")
        .append(
            index == 0
                ? "Nothing was done before it"
                : "Done before it: " + index + named(words(0, index)))
        .append(
            index + 1 < size
                ? "; not done after it: " + (size - index - 1) + named(words(index + 1, size)) + "."
                : ".");
    if (stop.state() == ActionState.UNKNOWN) {
      words.append(" Whether it was done itself is not known: look at it.");
    }
    if (stop.askAnew() && isAskedForTheRest(index)) {
      words.append(" The rest is asked for anew.");
    }
    end(
        ActionSteps.ended(
            entry.action(), stop.state(), stop.code(), words.toString(), clock.instant()));
  }

  private List<String> words(int from, int to) {
    return plan.steps().subList(from, to).stream()
        .map(step -> words(step.use().title(), step.actionTargets()))
        .toList();
  }

  /** What a step does to what, for people. */
  static String words(String title, List<Action.Target> targets) {
    return targets.isEmpty()
        ? title
        : title + " " + String.join(", ", targets.stream().map(Action.Target::label).toList());
  }

  /** Steps in brackets, as far as a sentence can hold them. */
  static String named(List<String> steps) {
    if (steps.isEmpty()) {
      return "";
    }
    int named = Math.min(steps.size(), MOST_NAMED);
    return " ("
        + String.join("; ", steps.subList(0, named))
        + (named < steps.size() ? "; and " + (steps.size() - named) + " more)" : ")");
  }

  private boolean isAskedForTheRest(int index) {
    PlanRequest request = plan.request();
    try {
      Action rest =
          askAnew.apply(
              new PlanRequest(
                  request.title(),
                  request.steps().subList(index, request.steps().size()),
                  request.principal(),
                  request.origin()));
      return rest.state() == ActionState.AWAITING_APPROVAL;
    } catch (JarvisException impossible) {
      LOG.info(
          "The rest of the plan {} is not asked for anew: {}",
          entry.action().id(),
          impossible.getMessage());
      return false;
    }
  }

  /** Records the end; one that cannot be recorded is settled by the next start. */
  private void end(Action ended) {
    record(ended, Event.ActionChanged.Step.ENDED, Actor.JARVIS);
    LOG.info("{}", ended.summary());
  }

  /** A step as its own action's record tells it; one without such a record did not begin. */
  static Action.PlanStep asItStands(Action.PlanStep step, List<Action> begun) {
    return begun.stream()
        .filter(action -> action.id().equals(step.action()))
        .findFirst()
        .map(action -> step.as(action.id(), action.state()))
        .orElseGet(step::notBegun);
  }
}
