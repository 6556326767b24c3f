package org.jarvis.core.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.core.state.Connections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out from the cluster's own task list, and from the target itself, what became of an action
 * whose end nobody saw - because Jarvis was killed, the connection broke, or a tool failed halfway.
 * It never does anything again; what it cannot settle is UNKNOWN, and a person has to look.
 */
final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** How far the clocks of Jarvis and of a node may be apart. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

  private static final int KNOWN_ACTIONS = 200;

  private final Clock clock;
  private final Pauses pauses;
  private final Connections connections;
  private final ActionLedger ledger;

  Reconciler(Clock clock, Pauses pauses, Connections connections, ActionLedger ledger) {
    this.clock = clock;
    this.pauses = pauses;
    this.connections = connections;
    this.ledger = ledger;
  }

  /** Reads back whether the effect of an action is there. */
  @FunctionalInterface
  interface EffectReading {
    /** What is there instead of the effect, in words; empty when the effect can be seen. */
    Optional<String> missing();
  }

  /**
   * Settles an action that runs as far as anybody knows. Blocks until the cluster could tell, at
   * most for {@link #PATIENCE}.
   *
   * @param why what is known of the reason why its end was not seen
   * @param effect what a task that ended well has to be borne out by
   * @return the ended action; empty when Jarvis ends first, and then the intent stays as recorded
   */
  Optional<Action> settle(Action action, String why, EffectReading effect) {
    Instant deadline = clock.instant().plus(PATIENCE);
    String obstacle = why;
    while (clock.instant().isBefore(deadline)) {
      if (Thread.currentThread().isInterrupted()) {
        return Optional.empty();
      }
      try {
        Optional<Action> settled = look(action, why, effect);
        if (settled.isPresent()) {
          return settled;
        }
      } catch (JarvisException unsettled) {
        obstacle = why + ". " + unsettled.getMessage();
      } catch (RuntimeException | LinkageError failure) {
        LOG.warn("What became of action {} could not be looked at", action.id(), failure);
        obstacle = why + ". Looking what became of it failed; Jarvis's log tells how";
      }
      try {
        pauses.pause(INTERVAL);
      } catch (InterruptedException shutdown) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.of(unknown(action, obstacle));
  }

  private Optional<Action> look(Action action, String why, EffectReading effect) {
    ClusterConnection connection = connections.require(ActionExecutor.cluster(action));
    Optional<TaskState> task =
        action.task() == null ? findTask(action, connection) : state(action.task(), connection);
    if (task.isEmpty()) {
      return Optional.of(
          action.task() == null
              ? withoutTask(action, why)
              : unknown(action, why + ". The cluster does not know its task any more"));
    }
    return task.filter(TaskState::ended).map(ended -> outcome(action, ended, effect));
  }

  private static Optional<TaskState> state(TaskId task, ClusterConnection connection) {
    return connection.reader().task(task);
  }

  /** The task that this action may have begun: Jarvis's own, on its target, no other action's. */
  private Optional<TaskState> findTask(Action action, ClusterConnection connection) {
    Set<TaskId> others =
        ledger.recent(KNOWN_ACTIONS).stream()
            .filter(other -> !other.id().equals(action.id()))
            .flatMap(other -> Optional.ofNullable(other.task()).stream())
            .collect(Collectors.toSet());
    Instant since =
        (action.startedAt() == null ? action.requestedAt() : action.startedAt())
            .minus(CLOCK_TOLERANCE);
    return guestOf(action).stream()
        .flatMap(guest -> tasksOf(guest, connection, since).stream())
        .filter(task -> task.user().equals(connection.account()))
        .filter(task -> !others.contains(task.id()))
        .max(Comparator.comparing(TaskState::startedAt));
  }

  private static Optional<GuestId> guestOf(Action action) {
    return action.targets().get(0).ref().guestId();
  }

  private static List<TaskState> tasksOf(
      GuestId guest, ClusterConnection connection, Instant since) {
    return connection
        .reader()
        .guest(guest)
        .map(found -> connection.reader().tasksOf(found.guest().node(), guest, since))
        .orElse(List.of());
  }

  private Action outcome(Action action, TaskState task, EffectReading effect) {
    Action followed = ActionSteps.following(action, task.id());
    if (task.succeeded()) {
      effect
          .missing()
          .ifPresent(
              seen -> {
                throw new JarvisException(
                    ErrorCode.EFFECT_MISSING,
                    "The cluster's task "
                        + task.id()
                        + " ended well, but its effect cannot be seen: "
                        + seen);
              });
      return ActionSteps.succeeded(
          followed,
          new ToolResult(
              "The cluster's task ended well (" + task.exitStatus() + "), and its effect is there.",
              Map.of("exitStatus", String.valueOf(task.exitStatus()))),
          null,
          clock.instant());
    }
    return ActionSteps.ended(
        followed,
        ActionState.FAILED,
        ErrorCode.TASK_FAILED,
        "The cluster's task failed: " + task.exitStatus(),
        clock.instant());
  }

  private Action withoutTask(Action action, String why) {
    if (guestOf(action).isEmpty()) {
      // Only of guests there is a list that can be looked into.
      return unknown(action, why);
    }
    return ActionSteps.ended(
        action,
        ActionState.UNKNOWN,
        ErrorCode.TIMED_OUT,
        why
            + ". The cluster's list shows no task of it, so most likely nothing was done; look at the"
            + " target before you ask again.",
        clock.instant());
  }

  /** What cannot be settled, such as what became of a command on a host: no list tells of it. */
  Action unknown(Action action, String why) {
    String task = action.task() == null ? "" : " Its task is " + action.task().value() + ".";
    return ActionSteps.ended(
        action,
        ActionState.UNKNOWN,
        ErrorCode.TIMED_OUT,
        why + ". Whether it had an effect cannot be told: look at the target." + task,
        clock.instant());
  }
}
