package org.jarvis.lab.shell;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Shell patterns: {@code *}, {@code ?} and {@code [a-z]}. */
final class Globs {

  private Globs() {}

  static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
  }

  /** A pattern that only this text matches. */
  static String literally(String text) {
    return text.replaceAll("([*?\\[\\]\\\\])", "\\\\$1");
  }

  /** The pattern as a regular expression; a slash is matched only where {@code acrossSlashes}. */
  static Pattern compiled(String glob, boolean acrossSlashes) {
    String any = acrossSlashes ? "." : "[^/]";
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(any).append('*');
        case '?' -> regex.append(any);
        case '[' -> {
          int end = glob.indexOf(']', i + 2);
          if (end < 0) {
            regex.append("\\[");
          } else {
            String inside = glob.substring(i + 1, end).replace("\\", "\\\\").replace("[", "\\[");
            regex
                .append('[')
                .append(inside.startsWith("!") ? "^" + inside.substring(1) : inside)
                .append(']');
            i = end;
          }
        }
        case '\\' -> {
          if (i + 1 < glob.length()) {
            i++;
            regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
          }
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException unusable) {
      return Pattern.compile(Pattern.quote(glob));
    }
  }
}
