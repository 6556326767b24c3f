package org.jarvis.console.client;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Words in one line and back. Words are parted by spaces; single quotes keep everything in them as
 * it is, double quotes too save a backslash before a quote or another backslash. Nothing else means
 * anything: no variables, no pipes, no scripts.
 */
public final class Quoting {
  private Quoting() {}

  /** One line that {@link #split} takes apart into these words. */
  public static String join(List<String> words) {
    return words.stream().map(Quoting::quote).collect(Collectors.joining(" "));
  }

  private static String quote(String word) {
    if (!word.isEmpty()
        && word.chars().noneMatch(c -> c == ' ' || c == '\t' || c == '\'' || c == '"')) {
      return word;
    }
    return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * The words of a line.
   *
   * @throws IllegalArgumentException when a quote is left open or the line holds control characters
   */
  public static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (Character.isISOControl(c) && c != '\t') {
        throw new IllegalArgumentException("A command is plain text without control characters.");
      }
      if (quote == 0 && (c == ' ' || c == '\t')) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        begun = true;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == '"'
          && c == '\\'
          && i + 1 < line.length()
          && escapes(line.charAt(i + 1))) {
        word.append(line.charAt(++i));
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("A quote is left open.");
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean escapes(char next) {
    return next == '"' || next == '\\';
  }
}
