package org.jarvis.core.problem;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event.ProblemChanged.Change;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.text.InertText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the gate for remedies, as whoever wants them, and notes that. The gate alone decides.
 *
 * <p>Where a problem ends by itself, what was asked for because of it and still waits for a person
 * is withdrawn: nobody should start a guest an hour later because of a crash that is long over. In
 * the audit log that is a step of Jarvis. What runs is left alone. Safe from any thread.
 */
final class Mending {
  private static final Logger LOG = LoggerFactory.getLogger(Mending.class);

  private final Clock clock;
  private final ProblemBook book;
  private final ActionGate gate;
  private final PlanGate plans;
  private final PersonsAudit audit;

  Mending(Clock clock, ProblemBook book, ActionGate gate, PlanGate plans, PersonsAudit audit) {
    this.clock = clock;
    this.book = book;
    this.gate = gate;
    this.plans = plans;
    this.audit = audit;
  }

  Action preview(
      String id, String remedy, boolean firstStepOnly, Principal principal, Origin origin) {
    Remedy wanted = remedy(book.require(id), remedy);
    List<PlanRequest.Step> steps = steps(wanted, firstStepOnly);
    return steps.size() == 1
        ? gate.preview(single(steps.get(0), principal, origin))
        : plans.preview(new PlanRequest(wanted.title(), steps, principal, origin));
  }

  Action mend(String id, String remedy, boolean firstStepOnly, Principal principal, Origin origin) {
    Remedy wanted = remedy(book.require(id), remedy);
    List<PlanRequest.Step> steps = steps(wanted, firstStepOnly);
    Action asked =
        steps.size() == 1
            ? gate.submit(single(steps.get(0), principal, origin))
            : plans.submit(new PlanRequest(wanted.title(), steps, principal, origin));
    Problem.Attempt attempt =
        new Problem.Attempt(remedy, asked.id(), principal.name(), clock.instant());
    Problem noted =
        book.note(id, problem -> Revision.attempted(problem, attempt), Change.ATTEMPTED);
    if (!noted.isOpen()) {
      // It ended while the gate was deciding.
      withdraw(noted);
    }
    return asked;
  }

  /** Withdraws what waits for a person because of a problem that has ended. */
  void withdraw(Problem ended) {
    for (Problem.Attempt attempt : ended.attempts()) {
      try {
        gate.find(attempt.action())
            .filter(action -> action.state() == ActionState.AWAITING_APPROVAL)
            .ifPresent(action -> withdraw(action, ended));
      } catch (RuntimeException failure) {
        // Its fingerprint is checked all the same before it runs.
        LOG.info(
            "Action {} was not withdrawn though its problem is over: {}",
            attempt.action(),
            failure.toString());
      }
    }
  }

  /** Only whoever asked, or a person, may withdraw it: done as whoever asked, and said so. */
  private void withdraw(Action action, Problem ended) {
    audit.appendOwn("problem.withdrew-remedy", action.id(), Map.of("problem", ended.id()));
    gate.withdraw(action.id(), action.principal());
  }

  private static ActionRequest single(PlanRequest.Step step, Principal principal, Origin origin) {
    return new ActionRequest(step.tool(), step.arguments(), principal, origin);
  }

  private static Remedy remedy(Problem problem, String id) {
    if (!problem.isOpen()) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND, "This problem is over; there is nothing to mend.");
    }
    return problem.remedies().stream()
        .filter(remedy -> remedy.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND,
                    "This problem has no remedy " + InertText.line(id, 64) + " now."));
  }

  private static List<PlanRequest.Step> steps(Remedy remedy, boolean firstStepOnly) {
    if (firstStepOnly && remedy.isPlan() && !remedy.separable()) {
      throw new JarvisException(
          ErrorCode.INVALID_ARGUMENTS,
          "The first step of " + remedy.title() + " makes no sense without the others.");
    }
    return firstStepOnly ? remedy.steps().subList(0, 1) : remedy.steps();
  }
}
