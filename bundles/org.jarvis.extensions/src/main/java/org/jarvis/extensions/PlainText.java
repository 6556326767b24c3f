package org.jarvis.extensions;

/**
 * Text from a jar as it may be shown: one line, of bounded length, without control characters and
 * without the invisible marks that make a text read differently from what it is.
 */
final class PlainText {
  private static final String MORE = "…";

  private PlainText() {}

  /** The text, at most so many characters long. */
  static String of(String text, int longest) {
    StringBuilder plain = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
        gap = plain.length() > 0;
      } else if (visible(character)) {
        if (gap) {
          plain.append(' ');
          gap = false;
        }
        if (plain.length() + Character.charCount(character) > longest - MORE.length()
            && i < text.length()) {
          return plain.append(MORE).toString();
        }
        plain.appendCodePoint(character);
      }
    }
    return plain.toString();
  }

  private static boolean visible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
