package org.jarvis.tools.read;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
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
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.ResultRows;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/** {@code get_cluster_resources}: everything that has an address, in the order of its address. */
final class ClusterResourcesTool implements Tool {
  private static final String TITLE = "List resources";
  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "get_cluster_resources",
          TITLE,
          "Lists everything that the clusters have - nodes, guests, storages - with address and"
              + " status, page by page. Narrow it by kind, status or text. Use it to find something"
              + " by name; get_vms, get_containers, get_node_status and get_storage tell more about"
              + " each kind.",
          InputSchema.of(
              List.of(),
              InputSchema.CLUSTER,
              InputSchema.choice(
                  "kind",
                  Arrays.stream(ResourceKind.values()).map(ResourceKind::word).toList(),
                  "Only resources of this kind."),
              InputSchema.text(
                  "status",
                  "^[a-z-]{1,30}$",
                  "Only those in this state, such as running, stopped, online, offline, available."),
              InputSchema.words(
                  "text",
                  100,
                  "Only those whose name, number or a tag contains this, in upper or lower case."),
              InputSchema.words(
                  "after",
                  600,
                  "Only those after this address; take it from next of the page before."),
              InputSchema.LIMIT),
          columns(new ResultRows(Instant.EPOCH)).resultSchema(),
          ResourceKind.CLUSTER,
          Effect.OBSERVES,
          Tier.GREEN,
          true,
          Duration.ofSeconds(10),
          null);

  private final Clock clock;

  ClusterResourcesTool(Clock clock) {
    this.clock = clock;
  }

  private record Page(BoundedList list, @Nullable String next) {}

  private static Columns<Page> columns(ResultRows rows) {
    return BoundedList.<Page>columns(rows.resource(), "Each resource.", Page::list)
        .text("next", "Send it as after for the next page; null at the end.", Page::next);
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
    // Whoever sees the screen sees all this already.
    return List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Arguments arguments = context.arguments();
    String after = arguments.text("after").orElse("");
    List<Resource> left =
        ClusterChoice.of(context).stream()
            .flatMap(ClusterSnapshot::resources)
            .filter(resource -> wanted(resource, arguments))
            .filter(resource -> resource.ref().toString().compareTo(after) > 0)
            .sorted(Comparator.comparing(Resource::ref))
            .toList();
    ResultRows rows = new ResultRows(clock.instant());
    BoundedList list = BoundedList.of(left, arguments, rows.resource()::row);
    int listed = list.items().size();
    String next = listed < left.size() ? left.get(listed - 1).ref().toString() : null;
    return new ToolResult(
        Words.count(left.size(), "resource") + (after.isEmpty() ? "." : " after " + after + "."),
        columns(rows).row(new Page(list, next)));
  }

  private static boolean wanted(Resource resource, Arguments arguments) {
    return arguments.text("kind").map(resource.ref().kind().word()::equals).orElse(true)
        && arguments.text("status").map(resource.statusWord()::equals).orElse(true)
        && arguments.text("text").map(text -> mentions(resource, text)).orElse(true);
  }

  private static boolean mentions(Resource resource, String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return contains(resource.name(), word)
        || (resource instanceof Guest guest
            && (guest.id().toString().contains(word)
                || guest.tags().stream().anyMatch(tag -> contains(tag, word))));
  }

  private static boolean contains(String text, String word) {
    return text.toLowerCase(Locale.ROOT).contains(word);
  }
}
