package org.jarvis.api.action;

/** The states of an action, as they appear at the edges. */
public enum ActionState {
  /** A person is asked. */
  AWAITING_APPROVAL(false),
  /** It runs. */
  RUNNING(false),
  /** A policy refused it. */
  REFUSED(true),
  /** It was done, and its effect was seen. */
  SUCCEEDED(true),
  /** It failed; the error says how. */
  FAILED(true),
  /** A person said no. */
  REJECTED(true),
  /** Nobody decided, or used the approval, in time. */
  EXPIRED(true),
  /** It was cancelled. */
  CANCELLED(true),
  /** Whether it had an effect cannot be told; a person has to look. */
  UNKNOWN(true);

  private final boolean ended;

  ActionState(boolean ended) {
    this.ended = ended;
  }

  /** Whether it stays like this for good. */
  public boolean ended() {
    return ended;
  }
}
