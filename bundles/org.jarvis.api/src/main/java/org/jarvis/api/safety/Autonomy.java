package org.jarvis.api.safety;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far Jarvis may go without being asked. Ordered from the most restrictive. */
public enum Autonomy {
  /** It only shows. */
  OBSERVE,
  /** It proposes, and a person decides about each action. */
  ASK,
  /** It runs what a person allowed it to run by itself. */
  ACT;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word at the edges. */
  public String word() {
    return word;
  }

  /** The level of this word. */
  public static Optional<Autonomy> of(String word) {
    return Arrays.stream(values()).filter(level -> level.word.equals(word)).findFirst();
  }
}
