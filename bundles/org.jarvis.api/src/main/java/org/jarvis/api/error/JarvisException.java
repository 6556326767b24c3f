package org.jarvis.api.error;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Jarvis. Its message says what happened, to what, and what to do; it is shown
 * to people as it is, so it never holds a secret.
 */
public final class JarvisException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient List<FieldError> fields;

  /** An error with neither cause nor fields. */
  public JarvisException(ErrorCode code, String message) {
    this(code, message, List.of(), null);
  }

  /** An error that another one caused. */
  public JarvisException(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, List.of(), cause);
  }

  /** An error in certain fields of a request. */
  public JarvisException(ErrorCode code, String message, List<FieldError> fields) {
    this(code, message, fields, null);
  }

  private JarvisException(
      ErrorCode code, String message, List<FieldError> fields, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.code = Objects.requireNonNull(code, "code");
    this.fields = List.copyOf(fields);
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

  /** The message, never null. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
