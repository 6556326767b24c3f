package org.jarvis.tools.read;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.connector.Examination;
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
import org.jarvis.tools.form.BoundedList;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;

/** {@code test_cluster}. */
final class ClusterTestTool implements Tool {
  private static final String TITLE = "Test connection";
  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "test_cluster",
          TITLE,
          "Tries everything that Jarvis needs of a cluster - addresses, certificates, token,"
              + " privileges - and says what works and how to mend what does not. Use it after setting"
              + " a cluster up, or when something is refused. It changes nothing there.",
          Subject.CLUSTER.schema(List.of(), List.of(InputSchema.LIMIT)),
          columns().resultSchema(),
          ResourceKind.CLUSTER,
          Effect.OBSERVES,
          Tier.GREEN,
          true,
          Duration.ofSeconds(60),
          null);

  private final Clock clock;

  ClusterTestTool(Clock clock) {
    this.clock = clock;
  }

  private record Told(Resource cluster, Examination examination, BoundedList checks, Instant at) {}

  private static Columns<Told> columns() {
    return new Columns<Told>()
        .text("ref", "The cluster's address.", told -> told.cluster().ref())
        .text("source", "Who was asked.", told -> told.cluster().observation().source())
        .time("observedAt", "When.", Told::at)
        .flag(
            "passed",
            "Whether everything works that Jarvis needs in order to watch it.",
            told -> told.examination().passed())
        .and(BoundedList.columns(check(), "Each thing that was tried, in order.", Told::checks));
  }

  private static Columns<Examination.Check> check() {
    return new Columns<Examination.Check>()
        .text("check", "What was tried.", Examination.Check::name)
        .text("outcome", "passed, limited or failed.", check -> check.outcome().word())
        .text("detail", "What was found.", Examination.Check::detail)
        .note("cure", "What to do, ready to be copied.", Examination.Check::cure);
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return ToolUse.observing(TITLE, List.of());
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return Subject.CLUSTER.naming(resource).map(ToolOffer::new).stream().toList();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Resource cluster = Subject.CLUSTER.of(context);
    Examination examination = context.reader(cluster.ref().cluster()).examine();
    long ill =
        examination.checks().stream()
            .filter(check -> check.outcome() != Examination.Outcome.PASSED)
            .count();
    return new ToolResult(
        "Cluster "
            + cluster.ref().cluster()
            + (examination.passed() ? " can be watched" : " cannot be watched")
            + ": "
            + Words.count(examination.checks().size(), "check")
            + ", "
            + ill
            + " with something to mend.",
        columns()
            .row(
                new Told(
                    cluster,
                    examination,
                    BoundedList.of(examination.checks(), context.arguments(), check()::row),
                    clock.instant())));
  }
}
