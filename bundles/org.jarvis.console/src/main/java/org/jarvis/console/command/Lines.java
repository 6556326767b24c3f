package org.jarvis.console.command;

import java.time.Duration;

/** Takes what a command has to say, line by line. */
@FunctionalInterface
interface Lines {
  /** Adds a line. */
  void add(String line);

  /** Adds a line with a caption in a column of its own. */
  default void add(String caption, String text) {
    add("%-12s %s".formatted(caption, text));
  }

  /** A length of time in the two units that matter. */
  static String words(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    if (seconds < 86_400) {
      return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
    return seconds / 86_400 + " d " + seconds / 3600 % 24 + " h";
  }
}
