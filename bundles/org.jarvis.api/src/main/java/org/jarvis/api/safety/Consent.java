package org.jarvis.api.safety;

import java.util.Locale;

/** The gesture by which a person consents, in proportion to the danger. Ordered by effort. */
public enum Consent {
  /** None is needed. */
  NONE,
  /** One click; undo is offered. */
  CLICK,
  /** A held button. */
  HOLD,
  /** The target's name, typed; the server checks it. */
  TYPED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word at the edges. */
  public String word() {
    return word;
  }
}
