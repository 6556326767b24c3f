package org.jarvis.api.auth;

import java.util.Locale;

/** What credentials cover. None of them stands for a person. */
public enum Scope {
  /** To see everything. */
  READ,
  /** To run tools as well. */
  OPERATE,
  /** To administer Jarvis as well. */
  ADMIN;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word at the edges. */
  public String word() {
    return word;
  }
}
