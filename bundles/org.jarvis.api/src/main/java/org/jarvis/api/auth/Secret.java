package org.jarvis.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that must not be seen: a password, a token, a cookie. It prints as a mask, so that it
 * cannot slip into a log or an error.
 */
public final class Secret {
  private static final String MASK = "••••";

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a value. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The value itself, for the one place that needs it. */
  public String reveal() {
    return value;
  }

  /** Whether both are the same, in a time that does not tell where they differ. */
  public boolean matches(Secret other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && matches(secret);
  }

  @Override
  public int hashCode() {
    // All secrets alike: a hash of the value could be printed and tell something about it.
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
