package org.jarvis.api.panel;

import java.util.List;

/**
 * Text that is shown: one line, without characters that control a terminal or turn the direction of
 * writing, and bounded. Names from a cluster may be hostile, and one that is too long must not take
 * a whole panel away: it is cut, not refused.
 */
final class ShownText {
  private static final char REPLACEMENT = ' ';
  private static final String CUT = "…";

  private ShownText() {}

  /** The text in at most so many characters. */
  static String of(String text, int most) {
    // What is far too long is cut first, so that no text costs more than what is shown of it.
    String start = text.length() > 4 * most ? text.substring(0, 4 * most) : text;
    StringBuilder fit = new StringBuilder(start.length());
    start.chars().forEach(c -> fit.append(isUnfit(c) ? REPLACEMENT : (char) c));
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

  /** The same of what must not be empty. */
  static String named(String what, String text, int most) {
    String fit = of(text, most);
    if (fit.isEmpty()) {
      throw new IllegalArgumentException("It leaves " + what + " empty.");
    }
    return fit;
  }

  /** A list that cannot change, and holds no more than it may. */
  static <T> List<T> atMost(String what, List<T> all, int most) {
    if (all.size() > most) {
      throw new IllegalArgumentException(
          "It has " + all.size() + " " + what + "; at most " + most + " are shown.");
    }
    return List.copyOf(all);
  }

  private static boolean isUnfit(int character) {
    return Character.isISOControl(character)
        || character == 0x061C
        || character == 0x200E
        || character == 0x200F
        || character == 0x2028
        || character == 0x2029
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }
}
