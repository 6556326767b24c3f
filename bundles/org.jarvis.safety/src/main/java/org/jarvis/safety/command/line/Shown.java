package org.jarvis.safety.command.line;

import java.util.Locale;

/**
 * What somebody wrote, as part of a sentence for people. It is hostile, so it is cut and cleaned.
 */
public final class Shown {
  private static final int LONGEST = 60;

  private Shown() {}

  /** The text in quotes; what is not printable ASCII is shown by its code. */
  public static String word(String text) {
    StringBuilder shown = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      if (shown.length() > LONGEST) {
        return shown.append("…'").toString();
      }
      char character = text.charAt(i);
      shown.append(isPlain(character) ? String.valueOf(character) : code(character));
    }
    return shown.append('\'').toString();
  }

  /** A word that was found to be printable, whole. */
  public static String exactly(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** A character in a sentence. */
  static String character(char character) {
    return isPlain(character) ? "'" + character + "'" : "the character " + code(character);
  }

  static boolean isPlain(char character) {
    return character >= ' ' && character <= '~';
  }

  private static String code(char character) {
    return "U+" + Integer.toHexString(0x10000 | character).substring(1).toUpperCase(Locale.ROOT);
  }
}
