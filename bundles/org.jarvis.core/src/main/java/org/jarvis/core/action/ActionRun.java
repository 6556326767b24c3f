package org.jarvis.core.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.resource.TaskId;
import org.jarvis.core.state.ClusterStates;
import org.jspecify.annotations.Nullable;

/**
 * One action while it runs: its newest recorded step, and what the cluster's task tells of itself.
 */
final class ActionRun implements TaskFollower {
  private static final Duration BETWEEN_LOG_STEPS = Duration.ofSeconds(1);

  private final ActionLedger ledger;
  private final ClusterStates states;
  private final Clock clock;
  private final Thread thread;
  private ActionLedger.Entry entry;
  private Instant lastStep;
  private boolean cancelled;
  private boolean outOfTime;
  private boolean over;

  ActionRun(
      ActionLedger ledger,
      ClusterStates states,
      Clock clock,
      ActionLedger.Entry entry,
      Thread thread) {
    this.ledger = ledger;
    this.states = states;
    this.clock = clock;
    this.entry = entry;
    this.thread = thread;
    this.lastStep = clock.instant();
  }

  synchronized Action action() {
    return entry.action();
  }

  synchronized ActionLedger.Entry entry() {
    return entry;
  }

  @Override
  public synchronized void began(TaskId task) {
    states.taskBegan(task, entry.action().id());
    record(ActionSteps.following(entry.action(), task));
  }

  @Override
  public synchronized void logged(List<String> lines) {
    Action next = ActionSteps.logged(entry.action(), lines);
    if (clock.instant().isBefore(lastStep.plus(BETWEEN_LOG_STEPS))) {
      entry = entry.with(next);
    } else {
      record(next);
    }
  }

  private void record(Action next) {
    lastStep = clock.instant();
    // Known from here on, also where it cannot be recorded: the task has begun all the same.
    entry = entry.with(next);
    entry =
        ledger
            .step(entry, next, Event.ActionChanged.Step.PROGRESS, Actor.JARVIS)
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.INTERNAL,
                        "Two runs record steps of the action " + next.id() + "."));
  }

  /**
   * Somebody's wish to end it is recorded; the thread is woken unless a task has to be ended first.
   */
  synchronized @Nullable TaskId cancel(Principal principal) {
    Action next = ActionSteps.cancelling(entry.action(), principal.name());
    entry =
        ledger
            .step(entry, next, Event.ActionChanged.Step.DECIDED, Actor.of(principal))
            .orElseThrow(
                () -> new JarvisException(ErrorCode.CONFLICT, "This action is just ending."));
    cancelled = true;
    TaskId task = entry.action().task();
    if (task == null && !over) {
      thread.interrupt();
    }
    return task;
  }

  /** The cluster did not take the wish to end its task, which goes on. */
  synchronized void goesOn() {
    cancelled = false;
  }

  /** Its time is up. */
  synchronized void timeUp() {
    if (!over) {
      outOfTime = true;
      thread.interrupt();
    }
  }

  /**
   * Neither a wish to cancel nor the time limit interrupts its thread any more, and one that did is
   * answered. Called by that thread.
   */
  synchronized void finish() {
    over = true;
    boolean unused = Thread.interrupted();
  }

  synchronized boolean cancelled() {
    return cancelled;
  }

  synchronized boolean outOfTime() {
    return outOfTime;
  }
}
