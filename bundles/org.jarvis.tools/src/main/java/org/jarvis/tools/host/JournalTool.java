package org.jarvis.tools.host;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.LogLines;
import org.jarvis.tools.form.Words;

/** {@code get_journal}. */
final class JournalTool extends HostReader {
  private static final String UNIT = "unit";
  private static final int MOST_LINES = 500;
  private static final int USUAL_LINES = 100;
  private static final List<String> PRIORITIES =
      List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");
  private static final Columns<Told<LogLines>> RESULT =
      Told.<LogLines>columns().within(LogLines.columns(), Told::value);

  JournalTool(Commands commands, Clock clock) {
    super(
        new Look(
            "get_journal",
            "Show journal",
            "Reads the last lines of the journal of a node or another host, of one service or of all,"
                + " maybe only those of a time, a severity or with a text in them. Use it to find out"
                + " why something failed. It reads at most 500 lines."),
        Commands.schema(
            List.of(),
            InputSchema.text(
                UNIT, InputSchema.SERVICE_FORM, "Only this unit's lines, such as pveproxy."),
            InputSchema.text(
                "since",
                "^([0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}(:[0-9]{2})?)?|[0-9]{1,4}"
                    + " (minutes?|hours?|days?) ago|today|yesterday)$",
                "From when: 1 hour ago, today, or 2026-05-01 12:00 by the host's clock."),
            InputSchema.whole(
                "lines", 1, MOST_LINES, USUAL_LINES, "How many lines to list at most."),
            InputSchema.text(
                "grep",
                "^[A-Za-z0-9 _.,:@%/-]{1,100}$",
                "Only lines that contain this, in upper or lower case."),
            InputSchema.choice("priority", PRIORITIES, "Only lines at least as severe as this.")),
        RESULT,
        commands,
        clock);
  }

  @Override
  boolean offered() {
    return true;
  }

  @Override
  ToolResult read(ToolContext context, Exchange exchange) {
    Arguments arguments = context.arguments();
    int lines = arguments.integer("lines").orElse(USUAL_LINES);
    List<String> words = new ArrayList<>(List.of("journalctl", "--no-pager", "-o", "short-iso"));
    add(words, "-u", arguments.text(UNIT));
    add(words, "--since", arguments.text("since"));
    add(words, "-p", arguments.text("priority"));
    // The program takes a regular expression; a dot in it still finds the dot.
    add(words, "-g", arguments.text("grep"));
    add(words, "-n", Optional.of(Integer.toString(lines)));
    CommandResult result = exchange.commands().run(new CommandText.Words(words), Exchange.PATIENCE);
    exchange.requireEnd(result, words.get(0));
    // It ends with 1 where no line fits.
    if (!Exchange.isZero(result) && !result.errors().isBlank()) {
      throw exchange.failed(result, words.get(0));
    }
    List<String> read = result.output().lines().filter(line -> !line.startsWith("-- ")).toList();
    return new ToolResult(
        exchange.host().id() + ": " + Words.count(read.size(), "line") + ".",
        RESULT.row(told(exchange, LogLines.last(read, lines))));
  }

  private static void add(List<String> words, String option, Optional<String> value) {
    value.ifPresent(
        given -> {
          words.add(option);
          words.add(given);
        });
  }
}
