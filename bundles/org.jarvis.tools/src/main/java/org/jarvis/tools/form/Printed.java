package org.jarvis.tools.form;

import java.nio.charset.StandardCharsets;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/** What a program printed, as text that a result can hold: its strings are hostile. */
public final class Printed {
  private static final int LONGEST_LINE = 2_000;

  private Printed() {}

  /**
   * As many lines as fit, from the beginning and from the end; in between a line says how much was
   * left out.
   *
   * @param most bytes that it may take as JSON
   */
  public static @Nullable String bounded(@Nullable String text, int most) {
    if (text == null || text.isEmpty()) {
      return text;
    }
    String[] lines = text.stripTrailing().split("\n", -1);
    StringBuilder head = new StringBuilder();
    StringBuilder tail = new StringBuilder();
    int left = most;
    int first = 0;
    int last = lines.length;
    while (first < last) {
      boolean atHead = head.length() <= tail.length();
      String line = said(lines[atHead ? first : last - 1]);
      left -= JsonSize.of(line) + 2;
      if (left < 0) {
        break;
      }
      if (atHead) {
        head.append(line).append('\n');
        first++;
      } else {
        tail.insert(0, line + '\n');
        last--;
      }
    }
    int gap = 0;
    for (int i = first; i < last; i++) {
      gap += lines[i].getBytes(StandardCharsets.UTF_8).length + 1;
    }
    String omission = gap == 0 ? "" : "… " + gap + " bytes left out …\n";
    return (head + omission + tail).stripTrailing();
  }

  private static String said(String line) {
    return InertText.logLine(line.replace("\t", "    "), LONGEST_LINE);
  }
}
