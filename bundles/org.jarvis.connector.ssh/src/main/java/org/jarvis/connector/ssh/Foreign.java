package org.jarvis.connector.ssh;

import org.jspecify.annotations.Nullable;

/** Text that a host sent, for a sentence of ours. */
final class Foreign {
  private static final int LONGEST = 200;

  private Foreign() {}

  /** The text without anything but printable ASCII, and not too long. */
  static String text(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String start = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return start.replaceAll("[^\\x20-\\x7E]", "?").strip();
  }
}
