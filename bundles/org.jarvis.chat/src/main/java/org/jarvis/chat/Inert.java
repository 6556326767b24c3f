package org.jarvis.chat;

import java.util.regex.Pattern;

/**
 * Strings of clusters and models without what could mean something else than it looks like: control
 * characters, sequences for terminals, marks that turn the direction of writing, and characters
 * that nobody sees.
 */
final class Inert {
  private static final Pattern TERMINAL_SEQUENCE =
      Pattern.compile(
          "\\x1B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)?|[@-Z\\\\-_])");
  private static final char ESCAPE = '\u001B';

  private Inert() {}

  /** Text of several lines. */
  static String text(String text) {
    String plain = text.indexOf(ESCAPE) < 0 ? text : TERMINAL_SEQUENCE.matcher(text).replaceAll("");
    if (plain.codePoints().noneMatch(Inert::isUnfit)) {
      return plain;
    }
    StringBuilder fit = new StringBuilder(plain.length());
    plain.codePoints().filter(c -> !isUnfit(c)).forEach(fit::appendCodePoint);
    return fit.toString();
  }

  /** A name or a sentence: on one line, of at most this many characters, and never a tag. */
  static String line(String text, int most) {
    String line = text(text).replaceAll("\\s+", " ").replace('<', '‹').replace('>', '›').strip();
    return line.length() <= most ? line : cut(line, most - 1) + "…";
  }

  /** The beginning, without half of a character at its end. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean halved = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, halved ? most - 1 : most);
  }

  private static boolean isUnfit(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character != '\n' && character != '\t';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
