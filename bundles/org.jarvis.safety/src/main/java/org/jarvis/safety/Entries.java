package org.jarvis.safety;

import java.util.Arrays;
import java.util.List;

/** The entries of a setting that is a list. */
final class Entries {
  private Entries() {}

  /** They are separated by commas, in one value or in several; empty ones do not count. */
  static List<String> of(String[] values) {
    return Arrays.stream(values)
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }
}
