package org.jarvis.api.action;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.Touch;
import org.jspecify.annotations.Nullable;

/**
 * A request to run a tool, with its whole life. Immutable; each step of its life is a new value.
 *
 * @param id its id; empty in a preview, which is not recorded
 * @param tool the tool's name
 * @param title what it does, in words, such as {@code Shut down}
 * @param arguments the tool's arguments
 * @param argumentsHash SHA-256, in hex, of the canonical tool name and arguments
 * @param targets what it touches
 * @param state where it stands
 * @param tier the tier that it was judged at
 * @param consent the gesture that it needs
 * @param verdicts what each policy said
 * @param principal who asked
 * @param origin by which way
 * @param requestedAt when it was asked for
 * @param startedAt when it began to run
 * @param endedAt when it ended
 * @param phase what it is doing, in words
 * @param task the cluster's task, once there is one
 * @param log the lines of the task's log, bounded; hostile strings
 * @param impact what it means, for the person who is asked
 * @param approval the consent it waits for or got
 * @param result what came of it
 * @param failure why it failed
 * @param undo how to undo it
 * @param plan the id of the plan that it is a step of, {@code null} where it stands alone
 * @param steps of a plan: what it does, in this order; of anything else empty
 */
public record Action(
    String id,
    String tool,
    String title,
    Arguments arguments,
    String argumentsHash,
    List<Target> targets,
    ActionState state,
    Tier tier,
    Consent consent,
    List<Verdict> verdicts,
    Principal principal,
    Origin origin,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    String phase,
    @Nullable TaskId task,
    List<String> log,
    @Nullable Impact impact,
    @Nullable Approval approval,
    @Nullable ToolResult result,
    @Nullable Failure failure,
    @Nullable Undo undo,
    @Nullable String plan,
    List<PlanStep> steps) {
  /** Keeps the lists from changing. */
  @SuppressWarnings("NullAway") // The record of a Jarvis without plans says nothing of steps.
  public Action {
    targets = List.copyOf(targets);
    verdicts = List.copyOf(verdicts);
    log = List.copyOf(log);
    steps = steps == null ? List.of() : List.copyOf(steps);
  }

  /** Whether it is a plan. */
  public boolean isPlan() {
    return !steps.isEmpty();
  }

  /** One sentence on how it stands, for people. */
  public String summary() {
    String what =
        title
            + (targets.isEmpty() ? "" : ": ")
            + String.join(", ", targets.stream().map(Target::label).toList());
    return switch (state) {
      case AWAITING_APPROVAL -> what + " - waits for a person.";
      case RUNNING -> what + " - " + phase + ".";
      case REFUSED, FAILED, UNKNOWN -> what + " - " + (failure == null ? phase : failure.message());
      case SUCCEEDED -> what + " - " + (result == null ? phase : result.summary());
      case REJECTED -> what + " - rejected.";
      case EXPIRED -> what + " - expired.";
      case CANCELLED -> what + " - cancelled.";
    };
  }

  /**
   * What it touches, and the state in which it was decided.
   *
   * @param ref its address
   * @param name its name; what a person types where the name must be typed
   * @param label how people call it, such as {@code media (VM 101)}
   * @param touch what becomes of it; {@code null} in the record of a Jarvis that did not note it
   * @param fingerprint SHA-256, in hex, of incarnation, node, status, lock, configuration digest,
   *     tags, HA state and protection
   */
  public record Target(
      ResourceRef ref, String name, String label, @Nullable Touch touch, String fingerprint) {}

  /**
   * What one policy said.
   *
   * @param policy its name
   * @param verdict its decision's word
   * @param reason why
   */
  public record Verdict(String policy, String verdict, String reason) {}

  /**
   * Why it failed, was refused, or cannot be told.
   *
   * @param code what kind of failure
   * @param message what happened, to what, and what to do
   */
  public record Failure(ErrorCode code, String message) {}

  /**
   * How to undo it.
   *
   * @param tool the inverse tool
   * @param arguments its arguments, taken from the recorded state before
   * @param doneBy the action that did this since, {@code null} where none has: what was undone is
   *     not undone twice
   */
  public record Undo(String tool, Arguments arguments, @Nullable String doneBy) {
    /** How to undo what stands. */
    public Undo(String tool, Arguments arguments) {
      this(tool, arguments, null);
    }
  }

  /**
   * One step of a plan.
   *
   * @param tool the tool's name
   * @param title what it does, in words
   * @param arguments the tool's arguments
   * @param tier the tier that it was judged at
   * @param targets what it touches
   * @param summary what it means, in one sentence
   * @param effect what it does to its targets; {@code null} in the record of a Jarvis that did not
   *     note it, which then knows neither {@code undo} nor {@code atMost}
   * @param undo how it can be undone, in one sentence; {@code null} where it cannot
   * @param atMost how long it may take in all
   * @param action the action that it became, {@code null} until its turn comes
   * @param state how that action stands, {@code null} until its turn comes
   */
  public record PlanStep(
      String tool,
      String title,
      Arguments arguments,
      Tier tier,
      List<Target> targets,
      String summary,
      @Nullable Effect effect,
      @Nullable String undo,
      @Nullable Duration atMost,
      @Nullable String action,
      @Nullable ActionState state) {
    /** Keeps the list from changing. */
    public PlanStep {
      targets = List.copyOf(targets);
    }

    /** The same step, whose turn has not come. */
    public PlanStep notBegun() {
      return with(null, null);
    }

    /** The same step as this action. */
    public PlanStep as(String id, ActionState now) {
      return with(id, now);
    }

    private PlanStep with(@Nullable String became, @Nullable ActionState stands) {
      return new PlanStep(
          tool, title, arguments, tier, targets, summary, effect, undo, atMost, became, stands);
    }
  }
}
