package org.jarvis.api.llm;

import java.time.Duration;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer.
 *
 * @param kind what kind of failure
 * @param message what happened and what to do, for people; at most {@value #MAX_MESSAGE} characters
 *     on one line, and without secrets
 * @param retriable whether the same request may succeed later
 * @param retryAfter how long the server wants to be left alone; {@code null} where it did not say
 * @param requestId by what the server knows the exchange; {@code null} where it did not tell
 */
public record ModelFailure(
    Kind kind,
    String message,
    boolean retriable,
    @Nullable Duration retryAfter,
    @Nullable String requestId) {
  /** The longest message, in characters. */
  public static final int MAX_MESSAGE = 500;

  private static final int MAX_REQUEST_ID = 128;

  /** What kind of failure. */
  public enum Kind {
    /** The server refused the key, or what the key may do. */
    CREDENTIALS_REFUSED(false, "Its server refuses the key."),
    /** The account has no money left. */
    BILLING(false, "Its account is out of credit."),
    /** Too much was asked in too little time. */
    RATE_LIMITED(true, "Its server limits how much may be asked."),
    /** The server has too much to do, or is not ready yet. */
    OVERLOADED(true, "Its server is overloaded or not ready yet."),
    /** The server does not take such a request. */
    INVALID_REQUEST(false, "Its server does not take the requests."),
    /** The conversation is too long for the model. */
    TOO_LARGE(false, "A conversation was too long for it."),
    /** The server does not know the model. */
    MODEL_MISSING(false, "Its server does not know the model."),
    /** The server failed. */
    SERVER_ERROR(true, "Its server failed."),
    /** The server cannot be reached. */
    UNREACHABLE(true, "Its server cannot be reached."),
    /** The server was silent for too long, or took too long in all. */
    TIMED_OUT(true, "Its server did not answer in time."),
    /** The answer broke off, or makes no sense. */
    BROKEN_ANSWER(true, "An answer of its server broke off."),
    /** Somebody who could ended it. */
    CANCELLED(false, "An answer was stopped."),
    /** The provider is leaving. Another one may answer. */
    PROVIDER_LEFT(false, "It is leaving.");

    private final boolean retriable;
    private final String sentence;

    Kind(boolean retriable, String sentence) {
      this.retriable = retriable;
      this.sentence = sentence;
    }

    /** Whether the same request may succeed later, as a rule. */
    public boolean retriable() {
      return retriable;
    }

    /** A sentence about it that anybody may read. */
    public String sentence() {
      return sentence;
    }
  }

  /** Makes the texts fit. */
  public ModelFailure {
    message = InertText.line(message, MAX_MESSAGE);
    requestId = requestId == null ? null : InertText.line(requestId, MAX_REQUEST_ID);
  }

  /** A failure as its kind is as a rule, of which the server told no more. */
  public static ModelFailure of(Kind kind, String message) {
    return new ModelFailure(kind, message, kind.retriable(), null, null);
  }
}
