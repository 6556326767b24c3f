package org.jarvis.tools.read;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
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
import org.jarvis.tools.form.ClusterChoice;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.ResultRows;
import org.jarvis.tools.form.Words;

/** {@code get_cluster_status}. */
final class ClusterStatusTool implements Tool {
  private static final String TITLE = "Show cluster status";
  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "get_cluster_status",
          TITLE,
          "Tells how the clusters are as a whole: whether they answer, quorum and votes, nodes"
              + " online, how many guests run. Start here for any question about general health."
              + " It does not list nodes, guests or storages one by one.",
          InputSchema.of(List.of(), InputSchema.CLUSTER, InputSchema.LIMIT),
          BoundedList.schema(new ResultRows(Instant.EPOCH).cluster(), "Each cluster."),
          ResourceKind.CLUSTER,
          Effect.OBSERVES,
          Tier.GREEN,
          true,
          Duration.ofSeconds(10),
          null);

  private final Clock clock;

  ClusterStatusTool(Clock clock) {
    this.clock = clock;
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
    return resource instanceof Cluster cluster
        ? List.of(new ToolOffer(new Arguments(Map.of("cluster", cluster.id().value()))))
        : List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    List<ClusterSnapshot> clusters = ClusterChoice.of(context);
    return new ToolResult(
        summary(clusters),
        BoundedList.of(
                clusters, context.arguments(), new ResultRows(clock.instant()).cluster()::row)
            .data());
  }

  private static String summary(List<ClusterSnapshot> clusters) {
    return clusters.isEmpty()
        ? "No cluster is configured."
        : clusters.stream()
            .map(ClusterSnapshot::cluster)
            .map(ClusterStatusTool::sentence)
            .collect(Collectors.joining(" "));
  }

  private static String sentence(Cluster cluster) {
    return "Cluster "
        + cluster.id()
        + " is "
        + cluster.status().word()
        + ", connection "
        + cluster.connection().word()
        + ": "
        + cluster.nodesOnline()
        + " of "
        + Words.count(cluster.nodesTotal(), "node")
        + " online.";
  }
}
