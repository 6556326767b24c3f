package org.jarvis.tools.read;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.Storage;
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
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.ResultRows;
import org.jarvis.tools.form.Words;

/** {@code get_storage}. A shared storage is one entry, however many nodes see it. */
final class StorageListTool implements Tool {
  private static final String TITLE = "List storages";
  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "get_storage",
          TITLE,
          "Lists storages with the nodes that see them, their type, what may lie on them, and used"
              + " and total space. A shared storage is listed once. It does not list what lies on"
              + " them.",
          InputSchema.of(
              List.of(),
              InputSchema.CLUSTER,
              InputSchema.NODE,
              InputSchema.storage("Only the storages of this name, such as local-lvm."),
              InputSchema.LIMIT),
          BoundedList.schema(new ResultRows(Instant.EPOCH).storage(), "Each storage."),
          ResourceKind.STORAGE,
          Effect.OBSERVES,
          Tier.GREEN,
          true,
          Duration.ofSeconds(10),
          null);

  private final Clock clock;

  StorageListTool(Clock clock) {
    this.clock = clock;
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    String cluster = arguments.text("cluster").orElse(null);
    return ToolUse.observing(
        TITLE,
        arguments
            .text("node")
            .<TargetSelector>map(
                node ->
                    arguments
                        .text("storage")
                        .<TargetSelector>map(
                            name -> new TargetSelector.OfStorage(cluster, node, name))
                        .orElseGet(() -> new TargetSelector.OfNode(cluster, node)))
            .map(List::of)
            .orElse(List.of()));
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    if (resource instanceof Storage storage) {
      return List.of(
          new ToolOffer(
              new Arguments(
                  Map.of(
                      "cluster",
                      storage.cluster().value(),
                      "node",
                      storage.node().value(),
                      "storage",
                      storage.name()))));
    }
    if (resource instanceof Node node) {
      return List.of(
          new ToolOffer(
              new Arguments(Map.of("cluster", node.cluster().value(), "node", node.name()))));
    }
    return resource instanceof Cluster cluster
        ? List.of(new ToolOffer(new Arguments(Map.of("cluster", cluster.id().value()))))
        : List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Arguments arguments = context.arguments();
    List<List<Storage>> storages =
        List.copyOf(
            ClusterChoice.of(context).stream()
                .flatMap(cluster -> cluster.storages().values().stream())
                .filter(wanted(arguments))
                .sorted(Comparator.comparing(Storage::ref))
                .collect(
                    Collectors.groupingBy(
                        StorageListTool::identity, LinkedHashMap::new, Collectors.toList()))
                .values());
    return new ToolResult(
        Words.count(storages.size(), "storage") + ".",
        BoundedList.of(
                storages,
                arguments,
                views -> new ResultRows(clock.instant()).storage().row(bestFirst(views)))
            .data());
  }

  private static Predicate<Storage> wanted(Arguments arguments) {
    return storage ->
        arguments.text("node").map(storage.node().value()::equals).orElse(true)
            && arguments.text("storage").map(storage.name()::equals).orElse(true);
  }

  /** Views that belong to the same storage have the same identity. */
  static List<String> identity(Storage view) {
    return view.shared()
        ? List.of(view.cluster().value(), view.name())
        : List.of(view.cluster().value(), view.name(), view.node().value());
  }

  /** The view that tells most comes first. */
  static List<Storage> bestFirst(List<Storage> views) {
    return views.stream()
        .sorted(
            Comparator.comparing(
                view -> view.status() != Storage.Status.AVAILABLE || view.total() == null))
        .toList();
  }
}
