package org.jarvis.core.terminal;

import org.jarvis.api.action.ActionState;
import org.jarvis.api.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * How a terminal ended.
 *
 * @param state what becomes of its action
 * @param code what kind of failure, where that is none of success
 * @param exitStatus of what ran in it, {@code null} when that is not known
 * @param reason why, for people
 */
record Ending(ActionState state, ErrorCode code, @Nullable Integer exitStatus, String reason) {
  /** It came to its end by itself, or by whoever opened it. */
  static Ending ordinary(@Nullable Integer exitStatus, String reason) {
    return new Ending(ActionState.SUCCEEDED, ErrorCode.CONFLICT, exitStatus, reason);
  }

  /** It was cut short. */
  static Ending cut(ErrorCode code, String reason) {
    return new Ending(ActionState.CANCELLED, code, null, reason);
  }

  /** It never came to stand. */
  static Ending failed(ErrorCode code, String reason) {
    return new Ending(ActionState.FAILED, code, null, reason);
  }
}
