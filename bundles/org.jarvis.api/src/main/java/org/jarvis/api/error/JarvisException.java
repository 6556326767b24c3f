package org.jarvis.api.error;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Jarvis. Its message says what happened, to what, and what to do; it is shown
 * to people as it is, so it never holds a secret.
 */
public final class JarvisException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient List<FieldError> fields;
  private final @Nullable Duration retryAfter;

  /** An error with neither cause nor fields. */
  public JarvisException(ErrorCode code, String message) {
    this(code, message, List.of(), null, null);
  }

  /** An error that another one caused. */
  public JarvisException(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, List.of(), cause, null);
  }

  /** An error in certain fields of a request. */
  public JarvisException(ErrorCode code, String message, List<FieldError> fields) {
    this(code, message, fields, null, null);
  }

  private JarvisException(
      ErrorCode code,
      String message,
      List<FieldError> fields,
      @Nullable Throwable cause,
      @Nullable Duration retryAfter) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.code = Objects.requireNonNull(code, "code");
    this.fields = List.copyOf(fields);
    this.retryAfter = retryAfter;
  }

  /** An error that passes by itself: the same request may succeed after this time. */
  public static JarvisException retryAfter(ErrorCode code, String message, Duration wait) {
    return new JarvisException(code, message, List.of(), null, wait);
  }

  /** What kind of failure it is. */
  public ErrorCode code() {
    return code;
  }

  /** What is wrong with which field; empty where no field is to blame. */
  public List<FieldError> fields() {
    // A deserialised exception has lost its transient fields.
    return fields == null ? List.of() : fields;
  }

  /** How long to wait before asking again; empty where waiting is no known cure. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The message, never null. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
