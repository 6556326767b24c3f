package org.jarvis.api.panel;

import java.util.List;
import org.jarvis.api.text.InertText;

/**
 * What is refused of a panel: names with nothing to be seen in them, and too much of anything. A
 * name that is hostile or too long is not: it must not take a whole panel away.
 */
final class ShownText {
  private ShownText() {}

  /** The text as a line in at most so many characters; it must not be empty. */
  static String named(String what, String text, int most) {
    String fit = InertText.line(text, most);
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
}
