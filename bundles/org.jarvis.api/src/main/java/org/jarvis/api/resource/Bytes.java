package org.jarvis.api.resource;

/**
 * An amount of data.
 *
 * @param value bytes, not negative
 */
public record Bytes(long value) {
  /** Refuses negative amounts. */
  public Bytes {
    if (value < 0) {
      throw new IllegalArgumentException("An amount of data is not negative; got " + value + ".");
    }
  }
}
