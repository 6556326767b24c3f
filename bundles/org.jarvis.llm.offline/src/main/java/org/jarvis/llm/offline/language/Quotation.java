package org.jarvis.llm.offline.language;

/**
 * Parts what a person says from what they quote.
 *
 * @param rest their own words
 * @param quotes whether there was anything else
 */
record Quotation(String rest, boolean quotes) {
  private static final String OPENING = "\"“„«`‘";
  private static final String CLOSING = "\"””»`’";

  static Quotation without(String text) {
    StringBuilder own = new StringBuilder();
    boolean quotes = false;
    for (String line : text.split("\\R", -1)) {
      // Mail and Markdown quote by the line.
      if (line.stripLeading().startsWith(">")) {
        quotes = true;
      } else {
        own.append(line).append('\n');
      }
    }
    StringBuilder rest = new StringBuilder();
    int at = 0;
    while (at < own.length()) {
      int end = end(own, at);
      if (end < 0) {
        rest.append(own.charAt(at++));
      } else {
        quotes = true;
        rest.append(' ');
        at = end;
      }
    }
    return new Quotation(rest.toString(), quotes);
  }

  /** Where the quotation that begins here ends; below zero where none begins. */
  private static int end(CharSequence text, int at) {
    char mark = text.charAt(at);
    if (mark == '\'') {
      return opensApostrophes(text, at) ? closingApostrophe(text, at) : -1;
    }
    int kind = OPENING.indexOf(mark);
    if (kind < 0) {
      return -1;
    }
    char closing = CLOSING.charAt(kind);
    for (int i = at + 1; i < text.length(); i++) {
      if (text.charAt(i) == closing || (mark == '„' && text.charAt(i) == '“')) {
        return i + 1;
      }
    }
    // What is opened and never closed may be anything: all of it counts as quoted.
    return text.length();
  }

  private static boolean opensApostrophes(CharSequence text, int at) {
    return (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
        && at + 1 < text.length()
        && !Character.isWhitespace(text.charAt(at + 1));
  }

  private static int closingApostrophe(CharSequence text, int at) {
    for (int i = at + 1; i < text.length(); i++) {
      boolean ends = i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1));
      if (text.charAt(i) == '\'' && ends) {
        return i + 1;
      }
    }
    return -1;
  }
}
