package org.jarvis.console.command;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.console.Parts;

/** The newest actions in columns: when, how each stands, its tier, who asked, and what for. */
final class ActionsReport {
  private static final int MOST = 200;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String FORM = "%-19s  %-17s  %-6s  %-24s  %s";

  private final Parts parts;

  ActionsReport(Parts parts) {
    this.parts = parts;
  }

  void write(int limit, Lines lines) {
    if (limit < 1 || limit > MOST) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT, "--limit is a number from 1 to " + MOST + ".");
    }
    List<Action> actions = parts.gate().require().recent(limit);
    if (actions.isEmpty()) {
      lines.add("Nothing was asked for yet.");
      return;
    }
    lines.add(FORM.formatted("ASKED (UTC)", "STATE", "TIER", "BY", "WHAT"));
    for (Action action : actions) {
      lines.add(
          FORM.formatted(
              TIME.format(action.requestedAt()),
              action.state(),
              action.tier(),
              action.principal().name() + " (" + action.origin().word() + ")",
              action.tool() + ": " + action.summary() + " [" + action.id() + "]"));
    }
  }
}
