package org.jarvis.tools.read;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
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
import org.jarvis.tools.form.GuestAddress;
import org.jarvis.tools.form.GuestTools;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.ResultRows;
import org.jarvis.tools.form.Words;

/** {@code get_vms} and {@code get_containers}. */
final class GuestListTool implements Tool {
  private final GuestType type;
  private final Clock clock;
  private final ToolDefinition definition;

  GuestListTool(GuestType type, Clock clock) {
    this.type = type;
    this.clock = clock;
    String noun = Words.noun(type);
    this.definition =
        new ToolDefinition(
            GuestTools.list(type),
            "List " + noun + "s",
            "Lists "
                + noun
                + "s with their node, status, tags, lock, processor and memory use and uptime."
                + " Narrow it by cluster, node, number, status, tag or a part of the name. It does"
                + " not look inside them.",
            schema(noun),
            BoundedList.schema(new ResultRows(Instant.EPOCH).guest(), "Each " + noun + "."),
            ResourceKind.GUEST,
            Effect.OBSERVES,
            Tier.GREEN,
            true,
            Duration.ofSeconds(10),
            null);
  }

  private static String schema(String noun) {
    return InputSchema.of(
        List.of(),
        InputSchema.CLUSTER,
        InputSchema.NODE,
        InputSchema.vmid("Only the " + noun + " of this number."),
        InputSchema.choice(
            "status",
            List.of("running", "stopped", "paused", "unknown"),
            "Only those in this state."),
        InputSchema.words("tag", 128, "Only those with exactly this tag."),
        InputSchema.words(
            "name", 128, "Only those whose name contains this, in upper or lower case."),
        InputSchema.LIMIT);
  }

  @Override
  public ToolDefinition definition() {
    return definition;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    boolean single = arguments.integer("vmid").isPresent();
    return ToolUse.observing(single ? "Show details" : definition.title(), targets(arguments));
  }

  private List<TargetSelector> targets(Arguments arguments) {
    String cluster = arguments.text("cluster").orElse(null);
    String node = arguments.text("node").orElse(null);
    if (arguments.integer("vmid").isPresent()) {
      int vmid = arguments.integer("vmid").orElseThrow();
      return List.of(new TargetSelector.OfGuest(cluster, node, vmid, Set.of(type)));
    }
    return node == null ? List.of() : List.of(new TargetSelector.OfNode(cluster, node));
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    if (resource instanceof Guest guest) {
      return guest.type() == type
          ? List.of(new ToolOffer(GuestAddress.of(guest).arguments()))
          : List.of();
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
    List<Guest> guests =
        ClusterChoice.of(context).stream()
            .flatMap(cluster -> cluster.guests().values().stream())
            .filter(wanted(context.arguments()))
            .sorted(Comparator.comparing(Guest::cluster).thenComparing(Guest::id))
            .toList();
    int running =
        (int) guests.stream().filter(guest -> guest.status() == Guest.Status.RUNNING).count();
    return new ToolResult(
        Words.count(guests.size(), Words.noun(type)) + ", " + running + " running.",
        BoundedList.of(guests, context.arguments(), new ResultRows(clock.instant()).guest()::row)
            .data());
  }

  private Predicate<Guest> wanted(Arguments arguments) {
    return guest ->
        guest.type() == type
            && arguments.text("node").map(guest.node().value()::equals).orElse(true)
            && arguments.integer("vmid").map(vmid -> vmid == guest.id().value()).orElse(true)
            && arguments.text("status").map(guest.statusWord()::equals).orElse(true)
            && arguments.text("tag").map(guest.tags()::contains).orElse(true)
            && arguments.text("name").map(part -> contains(guest.name(), part)).orElse(true);
  }

  private static boolean contains(String name, String part) {
    return name.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
