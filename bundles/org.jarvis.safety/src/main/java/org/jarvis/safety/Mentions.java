package org.jarvis.safety;

import java.util.Locale;

/** Finds the names of things in words whose meaning nobody knows. */
final class Mentions {
  /** A name that is shorter has to stand alone: {@code db} is in too many words. */
  private static final int DISTINCT = 4;

  private Mentions() {}

  /** Whether the word has this number in it, however many zeros before it. */
  static boolean number(String word, String number) {
    int at = 0;
    while (at < word.length()) {
      if (!isDigit(word.charAt(at))) {
        at++;
        continue;
      }
      int start = at;
      while (at < word.length() && isDigit(word.charAt(at))) {
        at++;
      }
      while (start < at - 1 && word.charAt(start) == '0') {
        start++;
      }
      if (word.substring(start, at).equals(number)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the word has this name in it. */
  static boolean name(String word, String name) {
    String text = word.toLowerCase(Locale.ROOT);
    String wanted = name.toLowerCase(Locale.ROOT);
    int at = text.indexOf(wanted);
    while (at >= 0) {
      int end = at + wanted.length();
      boolean alone =
          (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
              && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
      if (alone || wanted.length() >= DISTINCT) {
        return true;
      }
      at = text.indexOf(wanted, at + 1);
    }
    return false;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
