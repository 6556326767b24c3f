package org.jarvis.tools.form;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a log, bounded in number and size.
 *
 * @param lines the lines, oldest first
 * @param note what was left out, {@code null} for nothing
 */
public record LogLines(List<String> lines, @Nullable String note) {
  /** The form of a task's id on Proxmox VE. */
  public static final String TASK_FORM =
      "^UPID:[A-Za-z0-9-]{1,63}:[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}:[A-Za-z0-9_-]{1,64}:[^: ]{0,200}:[^: ]{1,200}:$";

  private static final int MAX_BYTES = 56 * 1024;

  /** Keeps the list from changing. */
  public LogLines {
    lines = List.copyOf(lines);
  }

  /** The first lines of what was read from the beginning. */
  public static LogLines first(List<String> read, int limit) {
    List<String> lines = bounded(read, limit);
    boolean more = lines.size() < read.size() || read.size() >= limit;
    return new LogLines(
        lines,
        more
            ? "There may be more lines. Read on with start raised by " + lines.size() + "."
            : null);
  }

  /** The last lines of what was read up to now. */
  public static LogLines last(List<String> read, int limit) {
    List<String> backwards = new ArrayList<>(read);
    Collections.reverse(backwards);
    List<String> lines = new ArrayList<>(bounded(backwards, limit));
    Collections.reverse(lines);
    int left = read.size() - lines.size();
    return new LogLines(
        lines,
        left == 0
            ? null
            : left + " earlier lines were left out. Narrow the time, or say what they contain.");
  }

  private static List<String> bounded(List<String> read, int limit) {
    List<String> lines = new ArrayList<>();
    int left = MAX_BYTES;
    for (String line : read.subList(0, Math.min(read.size(), limit))) {
      String said = Words.said(line);
      left -= said.getBytes(StandardCharsets.UTF_8).length + 8;
      if (left < 0) {
        break;
      }
      lines.add(said);
    }
    return lines;
  }

  /** The members of a result. */
  public static Columns<LogLines> columns() {
    return new Columns<LogLines>()
        .words("lines", "The lines, oldest first.", LogLines::lines)
        .text("note", "What was left out.", LogLines::note);
  }
}
