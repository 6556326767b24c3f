package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jarvis.api.text.InertText;

/** What {@code journal} and {@code syslog} tell. */
public final class JournalLines {
  /** How many lines are kept, the latest ones. */
  private static final int LINES_LIMIT = 500;

  private static final int LINE_LIMIT = 2000;
  // As in systemd's journal-fields: the first and the last line of a part tell where it lies.
  private static final Pattern CURSOR = Pattern.compile("s=[0-9a-f]{32};i=[0-9a-f]+;.*");
  private static final String NOTHING = "-- No entries --";

  private JournalLines() {}

  /** Reads the data of {@code journal}: plain texts, oldest first, the latest 500 at most. */
  public static List<String> journal(JsonNode data) {
    Deque<String> lines = new ArrayDeque<>();
    if (data.isArray()) {
      for (JsonNode element : data) {
        String line = InertText.marked(element.asText(""), LINE_LIMIT);
        if (element.isTextual() && !CURSOR.matcher(line).matches()) {
          add(line, lines);
        }
      }
    }
    return List.copyOf(lines);
  }

  /** Reads the data of {@code syslog}: numbered lines, oldest first, the latest 500 at most. */
  public static List<String> syslog(JsonNode data) {
    Deque<String> lines = new ArrayDeque<>();
    if (data.isArray()) {
      for (JsonNode element : data) {
        add(InertText.marked(element.path("t").asText(""), LINE_LIMIT), lines);
      }
    }
    return List.copyOf(lines);
  }

  private static void add(String line, Deque<String> lines) {
    if (!line.isEmpty() && !line.equals(NOTHING)) {
      lines.addLast(line);
      if (lines.size() > LINES_LIMIT) {
        lines.removeFirst();
      }
    }
  }
}
