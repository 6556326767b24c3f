package org.jarvis.llm.offline.house;

import org.jarvis.api.text.InertText;

/**
 * Names, notes and errors of others as words of an answer, in which nothing of them is Markdown.
 */
public final class Inert {
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_LINE = 300;
  private static final int LONGEST_SENTENCE = 2_000;
  private static final String MARKDOWN = "\\`*_[]<>|~#&!";

  private Inert() {}

  /** A name. */
  public static String name(String hostile) {
    return plain(hostile, LONGEST_NAME);
  }

  /** A sentence, or a value with its unit. */
  public static String line(String hostile) {
    return plain(hostile, LONGEST_LINE);
  }

  /** What the gate says, cut only where it is no sentence any more. */
  public static String sentence(String hostile) {
    return plain(hostile, LONGEST_SENTENCE);
  }

  private static String plain(String hostile, int longest) {
    String line = InertText.line(hostile, longest);
    StringBuilder plain = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char character = line.charAt(i);
      // A link that the page would make of an address needs its two slashes side by side.
      boolean slashes = character == '/' && i > 0 && line.charAt(i - 1) == '/';
      if (slashes || MARKDOWN.indexOf(character) >= 0) {
        plain.append('\\');
      }
      plain.append(character);
    }
    return plain.toString();
  }
}
