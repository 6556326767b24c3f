package org.jarvis.tools.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/**
 * {@code run_replication}. The node's scheduler runs the job without a task that could be followed,
 * so what came of it is seen by the job alone.
 */
final class RunReplicationTool extends NodeWriter {
  private static final String TITLE = "Run replication";
  private static final String JOB = "job";
  private static final Duration UNTIL_RUN = Duration.ofMinutes(10);
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .text(JOB, "The replication job.", of -> of.more(JOB))
          .text("lastSync", "When it last went well.", of -> of.more("lastSync"));

  private final EffectWatch watch;

  RunReplicationTool(EffectWatch watch) {
    super(
        Severity.SMALL.definition(
            new Severity.Look(
                "run_replication",
                TITLE,
                "Runs a replication job now and waits until it went well or failed. Use it for a job"
                    + " that failed, once what hindered it is gone; the guest runs on meanwhile. Where"
                    + " the cause is still there it fails again, and the error says why."),
            Subject.NODE.schema(
                List.of(JOB),
                List.of(
                    InputSchema.text(
                        JOB,
                        "^[1-9][0-9]{2,8}-[0-9]{1,9}$",
                        "The job's id, such as 101-0; get_replication_jobs lists those of a node."))),
            RESULT,
            ResourceKind.NODE,
            true,
            UNTIL_RUN.plus(Duration.ofMinutes(2)),
            null));
    this.watch = watch;
  }

  private static String job(Arguments arguments) {
    return arguments.text(JOB).orElseThrow();
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.SMALL.use(
        TITLE + " " + job(arguments), targets(arguments, Touch.TENDS, job(arguments)));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    return new Impact(
        "Runs the replication job " + job(arguments) + " of node " + node(targets).name() + " now.",
        List.of("It takes as much of the network as the job allows. No guest is interrupted."),
        null);
  }

  @Override
  public ToolResult run(ToolContext context) {
    Node node = node(context.targets());
    String id = job(context.arguments());
    ReplicationJobs.Job before = find(context, node, id);
    if (!before.enabled()) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          "The replication job " + id + " is switched off. Switch it on in Proxmox VE first.");
    }
    context.operations(node.cluster()).replicate(node, id);
    boolean ran =
        watch.until(
            () -> {
              ReplicationJobs.Job now = find(context, node, id);
              return wentWell(before, now) || failed(before, now);
            },
            UNTIL_RUN,
            "The replication job " + id + " was asked to run; what came of it was not seen.");
    ReplicationJobs.Job now = find(context, node, id);
    if (!ran) {
      throw missing(
          "The replication job "
              + id
              + " was asked to run, but did not within "
              + UNTIL_RUN.toMinutes()
              + " minutes. Look whether pvescheduler runs on node "
              + node.name()
              + ".");
    }
    if (!wentWell(before, now)) {
      throw new JarvisException(
          ErrorCode.REMOTE_ERROR,
          "The replication job "
              + id
              + " ran and failed: "
              + Words.said(String.valueOf(now.error())));
    }
    return new Outcome(
            node, null, null, Map.of(JOB, id, "lastSync", String.valueOf(now.lastSync())))
        .result("The replication job " + id + " ran and went well.", RESULT);
  }

  private static boolean wentWell(ReplicationJobs.Job before, ReplicationJobs.Job now) {
    Instant last = now.lastSync();
    Instant then = before.lastSync();
    return last != null && (then == null || last.isAfter(then)) && count(now.failures()) == 0;
  }

  private static boolean failed(ReplicationJobs.Job before, ReplicationJobs.Job now) {
    return count(now.failures()) > count(before.failures());
  }

  private static int count(@Nullable Integer failures) {
    return failures == null ? 0 : failures;
  }

  private static ReplicationJobs.Job find(ToolContext context, Node node, String id) {
    return Reading.fresh(context, node, Aspect.REPLICATION, ReplicationJobs.class).jobs().stream()
        .filter(job -> job.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND,
                    "Node "
                        + node.name()
                        + " has no replication job "
                        + id
                        + ". get_replication_jobs lists those it has."));
  }
}
