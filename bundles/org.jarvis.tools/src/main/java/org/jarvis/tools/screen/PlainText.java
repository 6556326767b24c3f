package org.jarvis.tools.screen;

import java.util.regex.Pattern;

/** Takes from a text whatever is not seen where it is drawn, or makes the rest seem otherwise. */
final class PlainText {
  /** What colours and moves text on a terminal; without its first character it would be litter. */
  private static final Pattern TERMINAL =
      Pattern.compile(
          "\\x1B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)|[@-Z\\\\^_])");

  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

  /**
   * Marks of direction, joiners, tags; private, unassigned and half characters; and what counts as
   * a letter or a mark though Unicode has nothing drawn for it.
   */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164"
              + "\\uFE00-\\uFE0F\\uFFA0\\x{E0000}-\\x{E0FFF}]+");

  private PlainText() {}

  /** One line of it, without blanks around it. */
  static String line(String text) {
    return logLine(text).strip();
  }

  /** One line of a log, in which blanks at the beginning mean something. */
  static String logLine(String text) {
    String bare = TERMINAL.matcher(text).replaceAll("");
    return UNSEEN.matcher(BREAKS.matcher(bare).replaceAll(" ")).replaceAll("").stripTrailing();
  }
}
