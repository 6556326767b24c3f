package org.jarvis.api.command;

import java.util.List;

/** A command as somebody wrote it. Hostile until it was analysed. */
public sealed interface CommandText {
  /**
   * A line for a shell, such as {@code journalctl -u pveproxy | grep -i error}.
   *
   * @param line the line
   */
  record Line(String line) implements CommandText {}

  /**
   * One program with its arguments, each a word of its own that no shell looks into.
   *
   * @param words the program first
   */
  record Words(List<String> words) implements CommandText {
    /** Keeps the words from changing. */
    public Words {
      words = List.copyOf(words);
    }
  }
}
