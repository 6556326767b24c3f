package org.jarvis.tools.read;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.LogLines;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;

/** {@code get_node_syslog}. */
final class NodeSyslogTool implements Tool {
  private static final String TITLE = "Show system log";
  private static final int MOST_LINES = 500;
  private static final int USUAL_LINES = 200;
  private static final int USUAL_MINUTES = 60;
  private static final int MOST_MINUTES = 7 * 24 * 60;
  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "get_node_syslog",
          TITLE,
          "Reads the last lines of a node's system journal, the last hour unless told otherwise. Use"
              + " it to find out why a service failed or a node rebooted. Narrow it by text or a"
              + " time that ended earlier. It reads at most the 500 latest lines of that time.",
          Subject.NODE.schema(
              List.of(),
              List.of(
                  InputSchema.whole(
                      "minutes", 1, MOST_MINUTES, USUAL_MINUTES, "How many minutes to look back."),
                  InputSchema.text(
                      "until",
                      "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
                      "The end of the time to look at, as in 2026-05-01T12:00:00Z; now unless given."),
                  InputSchema.words(
                      "text", 100, "Only lines that contain this, in upper or lower case."),
                  InputSchema.whole(
                      "limit", 1, MOST_LINES, USUAL_LINES, "How many lines to list at most."))),
          columns().resultSchema(),
          ResourceKind.NODE,
          Effect.OBSERVES,
          Tier.GREEN,
          true,
          AspectTool.TIME_LIMIT,
          null);

  private final Clock clock;

  NodeSyslogTool(Clock clock) {
    this.clock = clock;
  }

  private record Told(Node node, Instant since, Instant until, Instant at, LogLines lines) {}

  private static Columns<Told> columns() {
    return new Columns<Told>()
        .text("ref", "The node's address.", told -> told.node().ref())
        .text("name", "The node.", told -> told.node().name())
        .time("since", "From when.", Told::since)
        .time("until", "Until when.", Told::until)
        .text("source", "Who said so.", told -> told.node().observation().source())
        .time("observedAt", "When it was read.", Told::at)
        .within(LogLines.columns(), Told::lines);
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return ToolUse.observing(TITLE, Subject.NODE.selector(arguments).stream().toList());
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return Subject.NODE.naming(resource).map(ToolOffer::new).stream().toList();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Node node = (Node) Subject.NODE.of(context);
    Arguments arguments = context.arguments();
    Instant now = clock.instant();
    Instant until = arguments.text("until").map(text -> moment(text)).orElse(now);
    Instant since =
        until.minus(Duration.ofMinutes(arguments.integer("minutes").orElse(USUAL_MINUTES)));
    String text = arguments.text("text").map(word -> word.toLowerCase(Locale.ROOT)).orElse("");
    List<String> lines =
        context.reader(node.cluster()).journal(node.node(), since, until).stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).contains(text))
            .toList();
    LogLines listed = LogLines.last(lines, arguments.integer("limit").orElse(USUAL_LINES));
    return new ToolResult(
        "Node " + node.name() + ": " + Words.count(lines.size(), "line") + ".",
        columns().row(new Told(node, since, until, now, listed)));
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException impossible) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "until is no moment that there is. Give it as in 2026-05-01T12:00:00Z.",
          impossible);
    }
  }
}
