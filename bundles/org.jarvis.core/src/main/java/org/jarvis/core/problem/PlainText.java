package org.jarvis.core.problem;

import org.jspecify.annotations.Nullable;

/** Text of others, made fit to be kept: one line, without control characters, and bounded. */
final class PlainText {
  private static final char REPLACEMENT = ' ';
  private static final String CUT = "…";

  private PlainText() {}

  /** The text in at most so many characters. */
  static String of(String text, int most) {
    String line = text;
    if (text.chars().anyMatch(PlainText::isUnfit)) {
      StringBuilder fit = new StringBuilder(text.length());
      text.chars().forEach(c -> fit.append(isUnfit(c) ? REPLACEMENT : (char) c));
      line = fit.toString().strip();
    }
    if (line.length() <= most) {
      return line;
    }
    int end = most - CUT.length();
    // Half of a surrogate pair is no text.
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + CUT;
  }

  /** The same of what may be absent. */
  static @Nullable String ofNullable(@Nullable String text, int most) {
    return text == null ? null : of(text, most);
  }

  /** Also what turns the direction of writing, which could make a name look like another. */
  private static boolean isUnfit(int character) {
    return Character.isISOControl(character)
        || character == 0x2028
        || character == 0x2029
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }
}
