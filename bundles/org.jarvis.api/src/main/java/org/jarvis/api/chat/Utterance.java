package org.jarvis.api.chat;

/**
 * What a person says.
 *
 * @param text the words, not empty, at most {@value #MAX_TEXT} characters
 * @param typed whether all of it was typed by hand. Only such words can stand for consent to a
 *     small change; what was pasted, prefilled or sent by a program never does
 */
public record Utterance(String text, boolean typed) {
  /** The longest text, in characters. */
  public static final int MAX_TEXT = 16_000;

  /** Refuses what is empty or too long. */
  public Utterance {
    if (text.isBlank() || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("What is said has from 1 to " + MAX_TEXT + " characters.");
    }
  }
}
