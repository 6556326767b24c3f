package org.jarvis.tools.read;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.tools.form.BoundedList;
import org.jarvis.tools.form.ClusterChoice;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.ResultRows;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/** {@code get_node_status}. */
final class NodeStatusTool implements Tool {
  private static final String TITLE = "Show node status";
  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "get_node_status",
          TITLE,
          "Tells how nodes are: online or not, processor, memory, root disk, uptime. With a node"
              + " named, it also asks that node for load, swap, kernel and version. It does not"
              + " list the node's guests; get_vms and get_containers do.",
          InputSchema.of(List.of(), InputSchema.CLUSTER, InputSchema.NODE, InputSchema.LIMIT),
          BoundedList.schema(row(new ResultRows(Instant.EPOCH)), "Each node."),
          ResourceKind.NODE,
          Effect.OBSERVES,
          Tier.GREEN,
          true,
          Duration.ofSeconds(30),
          null);

  private final Clock clock;

  NodeStatusTool(Clock clock) {
    this.clock = clock;
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return ToolUse.observing(
        TITLE,
        arguments
            .text("node")
            .<TargetSelector>map(
                node -> new TargetSelector.OfNode(arguments.text("cluster").orElse(null), node))
            .map(List::of)
            .orElse(List.of()));
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    if (resource instanceof Cluster cluster) {
      return List.of(new ToolOffer(new Arguments(Map.of("cluster", cluster.id().value()))));
    }
    return resource instanceof Node node
        ? List.of(
            new ToolOffer(
                new Arguments(Map.of("cluster", node.cluster().value(), "node", node.name()))))
        : List.of();
  }

  /** A node with what only it tells itself, where that was asked for. */
  private record Told(Node node, @Nullable Reading<NodeSystem> reading, @Nullable String missing) {}

  private static Columns<Told> row(ResultRows rows) {
    return new Columns<Told>()
        .within(rows.node(), Told::node)
        .object(
            "details",
            "What the node itself tells, where one was named.",
            new Columns<Reading<NodeSystem>>()
                .within(NodeReads.systemColumns(), Reading::detail)
                .and(rows.observed(Reading::observation)),
            Told::reading)
        .text("detailsMissing", "Why the node does not tell more.", Told::missing);
  }

  @Override
  public ToolResult run(ToolContext context) {
    List<Told> nodes =
        context.targets().isEmpty()
            ? all(context)
            : List.of(one(context, (Node) context.targets().get(0)));
    BoundedList list =
        BoundedList.of(nodes, context.arguments(), row(new ResultRows(clock.instant()))::row);
    return new ToolResult(summary(context, nodes), list.data());
  }

  private static String summary(ToolContext context, List<Told> nodes) {
    if (!context.targets().isEmpty()) {
      Node node = nodes.get(0).node();
      return "Node " + node.name() + " is " + node.statusWord() + ".";
    }
    long online = nodes.stream().filter(told -> told.node().status() == Node.Status.ONLINE).count();
    return online + " of " + Words.count(nodes.size(), "node") + " online.";
  }

  private static List<Told> all(ToolContext context) {
    return ClusterChoice.of(context).stream()
        .flatMap(cluster -> cluster.nodes().values().stream())
        .sorted(Comparator.comparing(Node::ref))
        .map(node -> new Told(node, null, null))
        .toList();
  }

  private static Told one(ToolContext context, Node node) {
    try {
      Reading<NodeSystem> reading = Reading.of(context, node, Aspect.SYSTEM, NodeSystem.class);
      return new Told(node, reading, reading.failure());
    } catch (JarvisException unavailable) {
      return new Told(node, null, unavailable.getMessage());
    }
  }
}
