package org.jarvis.tools;

import java.time.Clock;
import java.time.Duration;
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
              """
              "storage": {
                "type": "string",
                "minLength": 1,
                "maxLength": 100,
                "description": "Only the storages of this name, such as local-lvm."
              }""",
              InputSchema.LIMIT),
          ResourceKind.STORAGE,
          Effect.OBSERVES,
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
    return new ToolUse(
        TITLE,
        Effect.OBSERVES,
        Tier.GREEN,
        Consent.NONE,
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
    ResultRows rows = new ResultRows(clock.instant());
    return new ToolResult(
        Words.count(storages.size(), "storage") + ".",
        BoundedList.of(storages, arguments).data(views -> rows.storage(best(views), nodes(views))));
  }

  private static Predicate<Storage> wanted(Arguments arguments) {
    return storage ->
        arguments.text("node").map(storage.node().value()::equals).orElse(true)
            && arguments.text("storage").map(storage.name()::equals).orElse(true);
  }

  /** Views that belong to the same storage have the same identity. */
  private static List<String> identity(Storage view) {
    return view.shared()
        ? List.of(view.cluster().value(), view.name())
        : List.of(view.cluster().value(), view.name(), view.node().value());
  }

  /** The view that tells most. */
  private static Storage best(List<Storage> views) {
    return views.stream()
        .filter(view -> view.status() == Storage.Status.AVAILABLE && view.total() != null)
        .findFirst()
        .orElse(views.get(0));
  }

  private static List<String> nodes(List<Storage> views) {
    return views.stream().map(view -> view.node().value()).toList();
  }
}
