package org.jarvis.tools.read;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.StorageContent;
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

/**
 * {@code get_backups}. What is known of each storage is taken as it is, with its age; only a named
 * storage, and some of which nothing is known yet, are read now, so that a question about all of
 * them costs the cluster little.
 */
final class BackupListTool implements Tool {
  private static final String TITLE = "List backups";
  private static final int MOST_READ_NOW = 8;
  private static final int MOST_STORAGES = 50;
  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "get_backups",
          TITLE,
          "Lists the backups that exist, newest first, with guest, storage, size, notes and whether"
              + " they were verified. Narrow it by guest or storage. Use it before anything that"
              + " could lose data. The jobs that make them are listed by get_backup_jobs.",
          InputSchema.of(
              List.of(),
              InputSchema.CLUSTER,
              InputSchema.vmid("Only backups of the guest of this number."),
              InputSchema.storage("Only backups on the storages of this name; read now."),
              InputSchema.node("node", "Only backups that this node sees."),
              InputSchema.LIMIT),
          columns(new ResultRows(Instant.EPOCH)).resultSchema(),
          ResourceKind.STORAGE,
          Effect.OBSERVES,
          Tier.GREEN,
          true,
          AspectTool.TIME_LIMIT,
          null);

  private final Clock clock;

  BackupListTool(Clock clock) {
    this.clock = clock;
  }

  /** A storage, and what is known to lie on it. */
  private record Shelf(
      Storage storage,
      List<StorageContent.Volume> volumes,
      @Nullable Observation observation,
      @Nullable String missing) {}

  private record Kept(Shelf shelf, StorageContent.Volume volume) {}

  private record Told(BoundedList list, List<Shelf> shelves) {}

  private static Columns<Told> columns(ResultRows rows) {
    Columns<Shelf> shelf =
        new Columns<Shelf>()
            .text("storage", "Its name.", of -> of.storage().name())
            .text("node", "The node that it was read through.", of -> of.storage().node())
            .text("missing", "Why it was not read now.", Shelf::missing)
            .and(rows.observed(Shelf::observation));
    return BoundedList.<Told>columns(row(), "Each backup.", Told::list)
        .rows("storages", "The storages that were looked at.", shelf, Told::shelves);
  }

  private static Columns<Kept> row() {
    return new Columns<Kept>()
        .text("cluster", "Its cluster.", of -> of.shelf().storage().cluster())
        .text("storage", "Where it lies.", of -> of.shelf().storage().name())
        .text("node", "A node that sees it.", of -> of.shelf().storage().node())
        .within(StorageReads.volume(), Kept::volume);
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
            .stream()
            .toList());
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    // Without the node: a shared storage has the same backups, seen from wherever.
    return resource instanceof Storage storage && storage.content().contains("backup")
        ? List.of(
            new ToolOffer(
                new Arguments(
                    Map.of("cluster", storage.cluster().value(), "storage", storage.name()))))
        : List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Arguments arguments = context.arguments();
    List<Shelf> shelves = new ArrayList<>();
    int readNow = 0;
    for (Storage storage : storages(context)) {
      boolean named = arguments.text("storage").isPresent();
      Optional<Shelf> known = named ? Optional.empty() : known(context, storage);
      if (known.isPresent()) {
        shelves.add(known.get());
      } else {
        shelves.add(
            readNow++ < MOST_READ_NOW
                ? read(context, storage)
                : new Shelf(storage, List.of(), null, "Not read yet. Name the storage."));
      }
    }
    List<Kept> backups =
        shelves.stream()
            .flatMap(shelf -> shelf.volumes().stream().map(volume -> new Kept(shelf, volume)))
            .filter(kept -> wanted(kept.volume(), arguments))
            .sorted(
                Comparator.comparing(
                    (Kept kept) -> created(kept.volume()), Comparator.reverseOrder()))
            .toList();
    BoundedList list = BoundedList.of(backups, arguments, row()::row);
    return new ToolResult(
        Words.count(backups.size(), "backup")
            + " on "
            + Words.count(shelves.size(), "storage")
            + ".",
        columns(new ResultRows(clock.instant())).row(new Told(list, shelves)));
  }

  private static boolean wanted(StorageContent.Volume volume, Arguments arguments) {
    return volume.content().equals("backup")
        && arguments
            .integer("vmid")
            .map(vmid -> volume.guest() != null && volume.guest().value() == vmid)
            .orElse(true);
  }

  private static Instant created(StorageContent.Volume volume) {
    Instant at = volume.createdAt();
    return at == null ? Instant.EPOCH : at;
  }

  /** One view of each storage that may hold backups. */
  private static List<Storage> storages(ToolContext context) {
    Arguments arguments = context.arguments();
    return ClusterChoice.of(context).stream()
        .flatMap(cluster -> cluster.storages().values().stream())
        .filter(storage -> storage.content().contains("backup"))
        .filter(
            storage ->
                arguments.text("storage").map(storage.name()::equals).orElse(true)
                    && arguments.text("node").map(storage.node().value()::equals).orElse(true))
        .sorted(Comparator.comparing(Storage::ref))
        .collect(
            Collectors.groupingBy(
                StorageListTool::identity, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(views -> StorageListTool.bestFirst(views).get(0))
        .limit(MOST_STORAGES)
        .toList();
  }

  private static Optional<Shelf> known(ToolContext context, Storage storage) {
    return context
        .liveState()
        .cluster(storage.cluster())
        .flatMap(snapshot -> snapshot.details(storage.ref()).state(Aspect.CONTENT))
        .filter(state -> state.detail() instanceof StorageContent)
        .map(state -> shelf(storage, state));
  }

  private static Shelf shelf(Storage storage, AspectState state) {
    List<StorageContent.Volume> volumes =
        state.detail() instanceof StorageContent content ? content.volumes() : List.of();
    AspectState.Failure failure = state.failure();
    return new Shelf(
        storage, volumes, state.observation(), failure == null ? null : failure.reason());
  }

  private static Shelf read(ToolContext context, Storage storage) {
    try {
      Reading<StorageContent> reading =
          Reading.of(context, storage, Aspect.CONTENT, StorageContent.class);
      return new Shelf(
          storage, reading.detail().volumes(), reading.observation(), reading.failure());
    } catch (JarvisException unreadable) {
      return new Shelf(storage, List.of(), null, unreadable.getMessage());
    }
  }
}
