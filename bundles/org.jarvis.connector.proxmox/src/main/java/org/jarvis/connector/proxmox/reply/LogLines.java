package org.jarvis.connector.proxmox.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.text.InertText;

/**
 * Part of a task's log.
 *
 * @param lines its lines, in order
 * @param next where to go on reading
 */
public record LogLines(List<String> lines, long next) {
  // As many as are asked for at once.
  private static final int LINES_LIMIT = 5000;
  private static final int LINE_LIMIT = 2000;
  // For an empty log Proxmox VE invents this line (PVE::Tools::dump_logfile).
  private static final String NOTHING = "no content";

  /** Keeps the lines from changing. */
  public LogLines {
    lines = List.copyOf(lines);
  }

  /**
   * Reads the data of a log.
   *
   * @param start the number of lines that were read before
   */
  public static LogLines read(JsonNode data, long start) {
    List<String> lines = new ArrayList<>();
    for (JsonNode element : data) {
      if (lines.size() >= LINES_LIMIT) {
        break;
      }
      lines.add(InertText.marked(element.path("t").asText(""), LINE_LIMIT));
    }
    if (start == 0 && lines.equals(List.of(NOTHING))) {
      return new LogLines(List.of(), 0);
    }
    return new LogLines(lines, start + lines.size());
  }
}
