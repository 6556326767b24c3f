package org.jarvis.api.llm;

/**
 * Text of others on one line, for people and logs: without characters that control a terminal or
 * turn the direction of writing, and cut where it is too long.
 */
final class PlainText {
  private static final String CUT = "…";

  private PlainText() {}

  static String line(String text, int most) {
    // What is far too long is cut first, so that no text costs more than what is shown of it.
    String start = text.length() > 4 * most ? text.substring(0, 4 * most) : text;
    StringBuilder fit = new StringBuilder(start.length());
    start.codePoints().forEach(c -> fit.appendCodePoint(isUnfit(c) ? ' ' : c));
    String line = fit.toString().strip();
    if (line.length() <= most && start.length() == text.length()) {
      return line;
    }
    int end = Math.min(line.length(), most - CUT.length());
    // Half of a surrogate pair is no text.
    return line.substring(
            0, end > 0 && Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end)
        + CUT;
  }

  private static boolean isUnfit(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
