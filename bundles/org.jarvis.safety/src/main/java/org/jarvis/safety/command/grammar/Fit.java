package org.jarvis.safety.command.grammar;

import java.util.List;

/**
 * How the words of a call fitted a form.
 *
 * @param hits the operands, and what stood there
 * @param commandAt the index of the argument where a wrapped command begins; -1 without one
 * @param place where the wrapped command runs
 */
public record Fit(List<Hit> hits, int commandAt, Place place) {
  /** Keeps the list from changing. */
  public Fit {
    hits = List.copyOf(hits);
  }
}
