package org.jarvis.lab.shell;

import java.util.List;

/**
 * A command line after parsing.
 *
 * @param steps in their order
 */
record CommandLine(List<Step> steps) {

  /** When a step runs, by what became of the one before it. */
  enum When {
    ALWAYS,
    AFTER_SUCCESS,
    AFTER_FAILURE
  }

  /**
   * Commands that feed each other.
   *
   * @param when whether it runs
   * @param negated whether its status is turned around
   * @param commands at least one
   */
  record Step(When when, boolean negated, List<Command> commands) {}

  /**
   * One program with its words.
   *
   * @param words the first one names the program
   * @param assignments {@code NAME=value} in front of it
   * @param redirections in their order
   */
  record Command(List<Word> words, List<Word> assignments, List<Redirection> redirections) {}

  /**
   * Where a stream goes.
   *
   * @param descriptor 0, 1 or 2
   * @param kind how
   * @param target a file, or {@code 1} and {@code 2} where a stream follows another
   */
  record Redirection(int descriptor, Kind kind, Word target) {
    enum Kind {
      READ,
      WRITE,
      APPEND,
      DUPLICATE
    }
  }
}
