package org.jarvis.tools.read;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
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

/** {@code get_task_log}. */
final class TaskLogTool implements Tool {
  private static final String TITLE = "Show a task's log";
  private static final int MOST_LINES = 500;
  private static final int USUAL_LINES = 200;
  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "get_task_log",
          TITLE,
          "Tells how one task of a node stands and what its log says, so why it failed."
              + " get_recent_tasks lists the tasks with their ids. A long log is read in parts; it"
              + " does not wait for a running task.",
          Subject.NODE.schema(
              List.of("task"),
              List.of(
                  InputSchema.text(
                      "task",
                      LogLines.TASK_FORM,
                      "The id of the task, as UPID:… of get_recent_tasks."),
                  InputSchema.whole(
                      "start", 0, 1_000_000, 0, "How many lines to leave out at the beginning."),
                  InputSchema.whole(
                      "limit", 1, MOST_LINES, USUAL_LINES, "How many lines to read at most."))),
          columns().resultSchema(),
          ResourceKind.NODE,
          Effect.OBSERVES,
          Tier.GREEN,
          true,
          AspectTool.TIME_LIMIT,
          null);

  private final Clock clock;

  TaskLogTool(Clock clock) {
    this.clock = clock;
  }

  private record Told(Node node, TaskState task, LogLines lines, int start, Instant at) {}

  private static Columns<Told> columns() {
    return new Columns<Told>()
        .text("task", "Its id.", told -> told.task().id())
        .text("node", "Where it runs or ran.", told -> told.task().id().node())
        .text("type", "What it does, such as qmstart.", told -> told.task().type())
        .text("subject", "What it is about.", told -> told.task().subject())
        .text("user", "Who asked for it.", told -> told.task().user())
        .text("state", "running, succeeded or failed.", told -> ClusterReads.state(told.task()))
        .text("exitStatus", "How it ended.", told -> told.task().exitStatus())
        .time("startedAt", "When it began.", told -> told.task().startedAt())
        .time("endedAt", "When it ended.", told -> told.task().endedAt())
        .text("source", "Who said so.", told -> told.node().observation().source())
        .time("observedAt", "When it was read.", Told::at)
        .whole("start", "How many lines were left out at the beginning.", Told::start)
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
    return List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Node node = (Node) Subject.NODE.of(context);
    Arguments arguments = context.arguments();
    TaskId id = new TaskId(node.node(), arguments.text("task").orElseThrow());
    TaskState task =
        context
            .reader(node.cluster())
            .task(id)
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.NOT_FOUND,
                        "Node "
                            + node.name()
                            + " knows no such task. get_recent_tasks lists those it knows."));
    int start = arguments.integer("start").orElse(0);
    int limit = arguments.integer("limit").orElse(USUAL_LINES);
    LogLines lines =
        LogLines.first(context.reader(node.cluster()).taskLog(id, start, limit), limit);
    return new ToolResult(
        "The task "
            + Words.said(task.type())
            + " on node "
            + node.name()
            + " "
            + switch (ClusterReads.state(task)) {
              case "running" -> "still runs.";
              case "succeeded" -> "succeeded.";
              default -> "failed: " + Words.said(String.valueOf(task.exitStatus())) + ".";
            },
        columns().row(new Told(node, task, lines, start, clock.instant())));
  }
}
