package org.jarvis.api.error;

import java.util.Objects;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field's name, or a JSON pointer for a nested one
 * @param message what is expected there
 */
public record FieldError(String field, String message) {
  /** Refuses missing parts. */
  public FieldError {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(message, "message");
  }
}
