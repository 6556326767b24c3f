package org.jarvis.tools;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.api.safety.Consent;
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
          ResourceKind.NODE,
          Effect.OBSERVES,
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
    return new ToolUse(
        TITLE,
        Effect.OBSERVES,
        Tier.GREEN,
        Consent.NONE,
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

  @Override
  public ToolResult run(ToolContext context) {
    ResultRows rows = new ResultRows(clock.instant());
    return context.targets().isEmpty()
        ? all(context, rows)
        : one(context, rows, (Node) context.targets().get(0));
  }

  private static ToolResult all(ToolContext context, ResultRows rows) {
    List<Node> nodes =
        ClusterChoice.of(context).stream()
            .flatMap(cluster -> cluster.nodes().values().stream())
            .sorted(Comparator.comparing(Node::ref))
            .toList();
    long online = nodes.stream().filter(node -> node.status() == Node.Status.ONLINE).count();
    return new ToolResult(
        online + " of " + Words.count(nodes.size(), "node") + " online.",
        BoundedList.of(nodes, context.arguments()).data(rows::node));
  }

  private static ToolResult one(ToolContext context, ResultRows rows, Node node) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>(rows.node(node));
    try {
      AspectState state = context.reader(node.cluster()).detail(node.ref(), Aspect.SYSTEM);
      if (state.detail() instanceof NodeSystem system && state.observation() != null) {
        row.put("details", rows.details(system, state.observation()));
      } else {
        row.put("details", null);
      }
      if (state.failure() != null) {
        row.put("detailsMissing", state.failure().reason());
      }
    } catch (JarvisException unavailable) {
      row.put("details", null);
      row.put("detailsMissing", unavailable.getMessage());
    }
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("items", List.of(row));
    data.put("total", 1);
    data.put("note", null);
    return new ToolResult("Node " + node.name() + " is " + node.statusWord() + ".", data);
  }
}
