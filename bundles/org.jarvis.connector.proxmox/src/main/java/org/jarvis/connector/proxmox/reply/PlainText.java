package org.jarvis.connector.proxmox.reply;

/** Takes the teeth out of text from a cluster before people read it. */
public final class PlainText {
  private static final int REPLACEMENT = 0xFFFD;

  private PlainText() {}

  /**
   * The text without surrounding space, on one line, at most so long, and with a replacement for
   * every character that could make it look like something else: controls, and those that turn the
   * direction of writing.
   */
  public static String of(String text, int limit) {
    return clean(text, limit, false);
  }

  /** The same for text of several lines, which stay apart. */
  public static String lines(String text, int limit) {
    return clean(text.replace("\r\n", "\n"), limit, true);
  }

  private static String clean(String text, int limit, boolean lines) {
    String stripped = text.strip();
    if (stripped.length() <= limit && isPlain(stripped)) {
      return stripped;
    }
    StringBuilder clean = new StringBuilder();
    int length = 0;
    for (int i = 0; i < stripped.length(); ) {
      int character = stripped.codePointAt(i);
      i += Character.charCount(character);
      if (++length > limit) {
        return clean.append('…').toString();
      }
      clean.appendCodePoint(lines && character == '\n' ? character : harmless(character));
    }
    return clean.toString();
  }

  /** Whether it is printable ASCII throughout, as nearly everything is that a cluster sends. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static int harmless(int character) {
    if (character == '\n' || character == '\t') {
      return ' ';
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          REPLACEMENT;
      default -> character;
    };
  }
}
