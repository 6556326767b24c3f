package org.jarvis.api.problem;

import java.util.Locale;

/** How bad a problem is. Ordered, the mildest first. */
public enum Severity {
  /** Worth knowing; nothing is at risk. */
  INFO,
  /** Something will break, or works worse than it should. */
  WARNING,
  /** Something is broken, or data are at risk now. */
  CRITICAL;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word at the edges. */
  public String word() {
    return word;
  }
}
