package org.jarvis.safety.command.grammar;

import java.util.regex.Pattern;

/** Reads the text of a small program, character by character. */
final class ScriptText {
  private final String text;
  private int at;

  ScriptText(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The next character, which stays; NUL at the end. */
  char peek() {
    return atEnd() ? '\0' : text.charAt(at);
  }

  /** The next character, which is taken; NUL at the end. */
  char take() {
    return atEnd() ? '\0' : text.charAt(at++);
  }

  boolean take(String expected) {
    boolean there = text.startsWith(expected, at);
    if (there) {
      at += expected.length();
    }
    return there;
  }

  /** Whether all that is left has this form. */
  boolean continuesWith(Pattern form) {
    return form.matcher(text).region(at, text.length()).matches();
  }

  void skipBlanks() {
    while (peek() == ' ') {
      at++;
    }
  }

  /** Takes what consists of letters, digits and underscores. */
  String takeName() {
    int start = at;
    while (Character.isLetterOrDigit(peek()) || peek() == '_') {
      at++;
    }
    return text.substring(start, at);
  }

  /**
   * Takes everything up to an unescaped delimiter, and the delimiter. Implementations differ on a
   * delimiter between brackets, so one is not accepted.
   *
   * @return whether it is there, with every bracket before it closed
   */
  boolean takeUntil(char delimiter, boolean brackets) {
    int open = 0;
    while (!atEnd()) {
      char character = take();
      if (character == '\\') {
        take();
      } else if (character == delimiter) {
        return open == 0;
      } else if (brackets && character == '[') {
        open = 1;
      } else if (brackets && character == ']') {
        open = 0;
      }
    }
    return false;
  }
}
