package org.jarvis.safety.command.line;

import java.util.List;

/**
 * One program with its arguments, as written.
 *
 * @param join how it is joined to the one before
 * @param words the program and its arguments; at least one
 * @param redirections where its output goes, in the order written
 */
public record Call(Join join, List<Word> words, List<Redirection> redirections) {
  /** Refuses a call of nothing. */
  public Call {
    words = List.copyOf(words);
    redirections = List.copyOf(redirections);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("A call names a program.");
    }
  }
}
