package org.jarvis.core.action;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.tool.ToolResult;
import org.jspecify.annotations.Nullable;

/** The steps of an action's life, as new values: what changes in each, and nothing else. */
final class ActionSteps {
  private static final int LOG_LINES = 500;
  private static final int LOG_LINE_LENGTH = 1_000;

  private ActionSteps() {}

  /** It runs from now on; with an approval, that one is used up. */
  static Action running(Action action, @Nullable Approval approval, Instant now) {
    return running(action, approval, "starting", now);
  }

  /** The same, doing this. */
  static Action running(Action action, @Nullable Approval approval, String phase, Instant now) {
    return copy(
        action,
        ActionState.RUNNING,
        now,
        null,
        phase,
        action.task(),
        action.log(),
        approval,
        null,
        null,
        action.undo());
  }

  /** The cluster made a task for it. */
  static Action following(Action action, TaskId task) {
    return copy(
        action,
        action.state(),
        action.startedAt(),
        null,
        "following the cluster's task",
        task,
        action.log(),
        action.approval(),
        null,
        null,
        action.undo());
  }

  /** One step of a plan goes on or has ended. */
  static Action planned(Action plan, String phase, List<Action.PlanStep> steps) {
    return new Action(
        plan.id(),
        plan.tool(),
        plan.title(),
        plan.arguments(),
        plan.argumentsHash(),
        plan.targets(),
        plan.state(),
        plan.tier(),
        plan.consent(),
        plan.verdicts(),
        plan.principal(),
        plan.origin(),
        plan.requestedAt(),
        plan.startedAt(),
        plan.endedAt(),
        phase,
        plan.task(),
        plan.log(),
        plan.impact(),
        plan.approval(),
        plan.result(),
        plan.failure(),
        plan.undo(),
        plan.plan(),
        steps);
  }

  /** Somebody asked for its end. */
  static Action cancelling(Action action, String who) {
    return copy(
        action,
        action.state(),
        action.startedAt(),
        null,
        "being cancelled, as " + who + " asked",
        action.task(),
        action.log(),
        action.approval(),
        null,
        null,
        action.undo());
  }

  /** The task wrote these lines. */
  static Action logged(Action action, List<String> lines) {
    List<String> log = new ArrayList<>(action.log());
    for (String line : lines) {
      log.add(line.length() > LOG_LINE_LENGTH ? line.substring(0, LOG_LINE_LENGTH) + "…" : line);
    }
    if (log.size() > LOG_LINES) {
      int cut = log.size() - LOG_LINES + 1;
      log.subList(0, cut).clear();
      log.add(0, "… earlier lines left out");
    }
    return copy(
        action,
        action.state(),
        action.startedAt(),
        null,
        action.phase(),
        action.task(),
        log,
        action.approval(),
        null,
        null,
        action.undo());
  }

  /** It did what it should, and the effect was seen. */
  static Action succeeded(
      Action action, ToolResult result, Action.@Nullable Undo undo, Instant now) {
    return copy(
        action,
        ActionState.SUCCEEDED,
        action.startedAt(),
        now,
        "done",
        action.task(),
        action.log(),
        action.approval(),
        result,
        null,
        undo);
  }

  /** What it did was taken back by this action. */
  static Action undone(Action action, Action.Undo undo, String by) {
    return copy(
        action,
        action.state(),
        action.startedAt(),
        action.endedAt(),
        action.phase(),
        action.task(),
        action.log(),
        action.approval(),
        action.result(),
        action.failure(),
        new Action.Undo(undo.tool(), undo.arguments(), by));
  }

  /** It ended in another way. */
  static Action ended(
      Action action, ActionState state, ErrorCode code, String message, Instant now) {
    return copy(
        action,
        state,
        action.startedAt(),
        now,
        "ended",
        action.task(),
        action.log(),
        action.approval(),
        null,
        new Action.Failure(code, message),
        null);
  }

  /** The same, with its approval in this state, if it has one. */
  static Action withApprovalIn(Approval.State state, Action action) {
    Approval approval = action.approval();
    return approval == null ? action : withApproval(action, approval.in(state));
  }

  /** The same, with another approval. */
  static Action withApproval(Action action, Approval approval) {
    return copy(
        action,
        action.state(),
        action.startedAt(),
        action.endedAt(),
        action.phase(),
        action.task(),
        action.log(),
        approval,
        action.result(),
        action.failure(),
        action.undo());
  }

  private static Action copy(
      Action action,
      ActionState state,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      String phase,
      @Nullable TaskId task,
      List<String> log,
      @Nullable Approval approval,
      @Nullable ToolResult result,
      Action.@Nullable Failure failure,
      Action.@Nullable Undo undo) {
    return new Action(
        action.id(),
        action.tool(),
        action.title(),
        action.arguments(),
        action.argumentsHash(),
        action.targets(),
        state,
        action.tier(),
        action.consent(),
        action.verdicts(),
        action.principal(),
        action.origin(),
        action.requestedAt(),
        startedAt,
        endedAt,
        phase,
        task,
        log,
        action.impact(),
        approval,
        result,
        failure,
        undo,
        action.plan(),
        action.steps());
  }
}
