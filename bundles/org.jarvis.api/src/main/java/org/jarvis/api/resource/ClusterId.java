package org.jarvis.api.resource;

import java.util.regex.Pattern;

/**
 * The operator's short name for a cluster, such as {@code home}. It is part of every address in
 * that cluster, so it stays the same for good.
 *
 * @param value a lower-case letter, then at most 31 lower-case letters, digits or hyphens
 */
public record ClusterId(String value) implements Comparable<ClusterId> {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /** Refuses any other form. */
  public ClusterId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A cluster's name is a lower-case letter followed by at most 31 lower-case letters,"
              + " digits or hyphens.");
    }
  }

  @Override
  public int compareTo(ClusterId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
