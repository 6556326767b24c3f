package org.jarvis.llm.offline.language;

/**
 * A word of what was said, or a phrase that counts as one.
 *
 * @param text in lower case, without punctuation around it
 * @param concept what it stands for; empty where the lexicon does not know
 */
public record Word(String text, String concept) {
  /** Whether it stands for this. */
  public boolean is(String other) {
    return concept.equals(other);
  }

  /** Whether the lexicon knows it. */
  public boolean known() {
    return !concept.isEmpty();
  }
}
