package org.jarvis.api.llm.provider;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.util.Locale;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A reply that is no stream of events: an error, or a page of something that stands in between.
 *
 * @param status its HTTP status
 * @param headers its headers
 * @param body its beginning, at most {@value #MOST_BYTES} bytes
 * @param clock what a date in it is compared with
 */
public record HttpRefusal(int status, HttpHeaders headers, String body, Clock clock) {
  /** How much of a body is looked at. */
  public static final int MOST_BYTES = 64 << 10;

  /** Whether the body claims to be JSON. Proxies answer with pages of their own, or nothing. */
  public boolean isJson() {
    return headers
        .firstValue("content-type")
        .map(type -> type.toLowerCase(Locale.ROOT))
        .filter(type -> type.startsWith("application/json") || type.contains("+json"))
        .isPresent();
  }

  /** What the status alone means. */
  public Kind kind() {
    return kindOf(status);
  }

  /** What a status alone means. */
  public static Kind kindOf(int status) {
    return switch (status) {
      case 400, 405, 406, 415, 422 -> Kind.INVALID_REQUEST;
      case 401, 403, 407 -> Kind.CREDENTIALS_REFUSED;
      case 402 -> Kind.BILLING;
      case 404, 410 -> Kind.MODEL_MISSING;
      case 408, 504, 524 -> Kind.TIMED_OUT;
      case 413 -> Kind.TOO_LARGE;
      case 429 -> Kind.RATE_LIMITED;
      case 503, 529 -> Kind.OVERLOADED;
      default -> status < 400 ? Kind.BROKEN_ANSWER : otherKind(status);
    };
  }

  private static Kind otherKind(int status) {
    // 409: somebody else was at it; asking again is what servers of models mean by it.
    return status >= 500 || status == 409 ? Kind.SERVER_ERROR : Kind.INVALID_REQUEST;
  }

  /** The failure that it is, of a kind that is known better, with what the server says of it. */
  public ModelFailure failure(Kind kind, String said) {
    String message =
        said.isBlank()
            ? "The server answered with HTTP status " + status + " and no reason."
            : "The server answered with HTTP status " + status + ": " + said;
    return new ModelFailure(
        kind,
        message,
        RetryAdvice.told(headers).orElse(kind.retriable()),
        RetryAdvice.of(headers, clock).orElse(null),
        requestId());
  }

  /** The failure that it is where the body tells nothing, such as a page of a proxy. */
  public ModelFailure failure() {
    boolean page = !body.isBlank() && !isJson();
    return failure(kind(), page ? "not its own answer, but a page of something in between." : "");
  }

  /** By what the server knows the exchange. */
  public @Nullable String requestId() {
    return headers
        .firstValue("request-id")
        .or(() -> headers.firstValue("x-request-id"))
        .orElse(null);
  }
}
