package org.jarvis.safety.command.line;

import java.util.List;

/**
 * A program that is to run, its name resolved.
 *
 * @param join how it is joined to the one before
 * @param vector the program, by its absolute path where it is known, and its arguments
 * @param root whether it is run with {@code sudo}
 * @param redirections where its output goes
 */
public record Rendered(
    Join join, List<String> vector, boolean root, List<Redirection> redirections) {
  /** Keeps the lists from changing. */
  public Rendered {
    vector = List.copyOf(vector);
    redirections = List.copyOf(redirections);
  }
}
