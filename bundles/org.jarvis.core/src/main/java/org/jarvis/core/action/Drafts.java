package org.jarvis.core.action;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.tool.Impact;
import org.jarvis.core.CanonicalJson;
import org.jspecify.annotations.Nullable;

/** Writes down what was decided, as the first value of an action's life. */
final class Drafts {
  private final Clock clock;
  private final Duration approvalTime;

  /**
   * Writes drafts.
   *
   * @param approvalTime how long a request waits for a person
   */
  Drafts(Clock clock, Duration approvalTime) {
    this.clock = clock;
    this.approvalTime = approvalTime;
  }

  /** The approval that a request waits for. */
  Approval approval(Prepared prepared, String id) {
    return approval(prepared.ruling().consent(), prepared.fingerprint(), id);
  }

  Approval approval(Consent consent, String fingerprint, String id) {
    return new Approval(
        id,
        Approval.State.PENDING,
        consent,
        fingerprint,
        clock.instant().plus(approvalTime),
        null,
        null);
  }

  /** An action on its own. */
  Action action(
      Prepared prepared, String id, ActionState state, String phase, @Nullable Approval approval) {
    return action(prepared, id, state, phase, approval, null);
  }

  /** The action that a step of a plan becomes: consented to with the whole plan. */
  Action step(Prepared prepared, String id, String plan) {
    return action(prepared, id, ActionState.RUNNING, "starting", null, plan);
  }

  private Action action(
      Prepared prepared,
      String id,
      ActionState state,
      String phase,
      @Nullable Approval approval,
      @Nullable String plan) {
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
        null,
        plan,
        List.of());
  }

  private static @Nullable Impact impact(Prepared prepared) {
    return ActionExecutor.changes(prepared)
        ? prepared.tool().impact(prepared.request().arguments(), prepared.resources())
        : null;
  }
}
