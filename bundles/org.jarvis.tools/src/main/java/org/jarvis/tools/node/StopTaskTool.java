package org.jarvis.tools.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.LogLines;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;

/** {@code stop_task}. */
final class StopTaskTool extends NodeWriter {
  private static final String TITLE = "Stop task";
  private static final String TASK = "task";
  private static final Duration UNTIL_ENDED = Duration.ofMinutes(2);

  private final EffectWatch watch;

  StopTaskTool(EffectWatch watch) {
    super(
        Severity.DISRUPTING.definition(
            new Severity.Look(
                "stop_task",
                TITLE,
                "Ends a running task of a node, whoever began it, and sees that it has ended. Use it"
                    + " for a task that hangs, such as a backup to a storage that is away. What it did"
                    + " so far stays half done, and a lock may stay behind, so a person has to"
                    + " approve."),
            Subject.NODE.schema(
                List.of(TASK),
                List.of(
                    InputSchema.text(
                        TASK,
                        LogLines.TASK_FORM,
                        "The id of the task, as UPID:… of get_recent_tasks."))),
            Outcome.columns(),
            ResourceKind.NODE,
            false,
            UNTIL_ENDED.plus(Duration.ofMinutes(1)),
            null));
    this.watch = watch;
  }

  private static String task(Arguments arguments) {
    return arguments.text(TASK).orElseThrow();
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.DISRUPTING.use(TITLE, targets(arguments, Touch.INTERRUPTS, task(arguments)));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    return new Impact(
        "Ends the task " + Words.said(task(arguments)) + " of node " + node(targets).name() + ".",
        List.of(
            "What it did so far stays half done.",
            "The guest that it works on may stay locked, which only root on the node can mend."),
        null);
  }

  @Override
  public ToolResult run(ToolContext context) {
    Node node = node(context.targets());
    TaskId id = new TaskId(node.node(), task(context.arguments()));
    TaskState before = find(context, node, id);
    if (before.ended()) {
      throw new JarvisException(
          ErrorCode.NOT_RUNNING,
          "The task has ended already: " + Words.said(String.valueOf(before.exitStatus())) + ".");
    }
    context.operations(node.cluster()).cancel(id);
    boolean ended =
        watch.until(
            () -> find(context, node, id).ended(),
            UNTIL_ENDED,
            "The task was asked to end; whether it did was not seen.");
    if (!ended) {
      throw missing(
          "The task was asked to end, but still runs. It may be waiting for a storage that does not"
              + " answer.");
    }
    return new Outcome(node, find(context, node, id), null, Map.of())
        .result(
            "The task " + Words.said(before.type()) + " on node " + node.name() + " was ended.",
            Outcome.columns());
  }

  private static TaskState find(ToolContext context, Node node, TaskId id) {
    return context
        .reader(node.cluster())
        .task(id)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND, "Node " + node.name() + " knows no such task."));
  }
}
