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

  /**
   * By what templates of models tell who speaks. A server may take them for that wherever they
   * stand, so that a text with them would end the data that it is part of. Most begin with an angle
   * bracket; these are Mistral's.
   */
  private static final Pattern SPEAKER =
      Pattern.compile(
          "\\[(?=/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT"
              + "|CALL_ID|ARGS|THINK)\\])");

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
    String plain = SPEAKER.matcher(text(text)).replaceAll("(");
    String line = plain.replaceAll("\\s+", " ").replace('<', '‹').replace('>', '›').strip();
    return line.length() <= most ? line : cut(line, most - 1) + "…";
  }

  /** JSON that means the same, and in which nothing can be taken for a mark of who speaks. */
  static String json(String json) {
    // Neither bracket is anything of the JSON itself where it stands like that.
    return SPEAKER.matcher(json).replaceAll("\\\\u005b").replace("<", "\\u003c");
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
      default -> isUnseen(character);
    };
  }

  /** What Unicode has nothing drawn for, though it counts as a letter or a mark. */
  private static boolean isUnseen(int character) {
    return character == 0x034F
        || character == 0x115F
        || character == 0x1160
        || character == 0x17B4
        || character == 0x17B5
        || (character >= 0x180B && character <= 0x180F)
        || character == 0x3164
        || (character >= 0xFE00 && character <= 0xFE0F)
        || character == 0xFFA0
        || (character >= 0xE0000 && character <= 0xE0FFF);
  }
}
