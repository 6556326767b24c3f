package org.jarvis.tools.read;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.Detail;
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
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/**
 * Reads one aspect of one resource, straight from the cluster, and tells it as an object, as a list
 * of rows, or both.
 */
final class AspectTool<D extends Detail, T> implements Tool {
  static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  private final Subject subject;
  private final Aspect aspect;
  private final Class<D> type;
  private final Columns<D> own;
  private final @Nullable Items<D, T> items;
  private final boolean offered;
  private final Clock clock;
  private final ToolDefinition definition;

  private AspectTool(
      Look look,
      Subject subject,
      Aspect aspect,
      Class<D> type,
      Columns<D> own,
      @Nullable Items<D, T> items,
      boolean offered,
      Clock clock) {
    this.subject = subject;
    this.aspect = aspect;
    this.type = type;
    this.own = own;
    this.items = items;
    this.offered = offered;
    this.clock = clock;
    this.definition =
        new ToolDefinition(
            look.name(),
            look.title(),
            look.description(),
            subject.schema(List.of(), properties(items)),
            columns().resultSchema(),
            subject.kind(),
            Effect.OBSERVES,
            Tier.GREEN,
            true,
            TIME_LIMIT,
            null);
  }

  /** What the tool is called. */
  record Look(String name, String title, String description) {}

  /**
   * The rows that a detail holds.
   *
   * @param noun what one row is
   * @param of where they are found
   * @param columns what is told of each
   * @param filters by which further arguments they can be narrowed
   */
  record Items<D, T>(
      String noun, Function<D, List<T>> of, Columns<T> columns, List<Filter<T>> filters) {
    Items(String noun, Function<D, List<T>> of, Columns<T> columns) {
      this(noun, of, columns, List.of());
    }
  }

  /**
   * An argument that narrows the list.
   *
   * @param property its schema
   * @param test whether a row fits the arguments, which need not hold it
   */
  record Filter<T>(String property, Test<T> test) {}

  /** Whether a row fits. */
  interface Test<T> {
    boolean fits(T row, Arguments arguments);
  }

  /** A tool that tells an object. */
  static <D extends Detail> Tool ofObject(
      Look look,
      Subject subject,
      Aspect aspect,
      Class<D> type,
      Columns<D> own,
      boolean offered,
      Clock clock) {
    return new AspectTool<D, Object>(look, subject, aspect, type, own, null, offered, clock);
  }

  /** A tool that tells a list. */
  static <D extends Detail, T> Tool ofList(
      Look look,
      Subject subject,
      Aspect aspect,
      Class<D> type,
      Items<D, T> items,
      boolean offered,
      Clock clock) {
    return ofListWithin(look, subject, aspect, type, new Columns<>(), items, offered, clock);
  }

  /** A tool that tells a list, and something about it as a whole. */
  static <D extends Detail, T> Tool ofListWithin(
      Look look,
      Subject subject,
      Aspect aspect,
      Class<D> type,
      Columns<D> own,
      Items<D, T> items,
      boolean offered,
      Clock clock) {
    return new AspectTool<>(look, subject, aspect, type, own, items, offered, clock);
  }

  private static <D, T> List<String> properties(@Nullable Items<D, T> items) {
    if (items == null) {
      return List.of();
    }
    List<String> properties = new ArrayList<>();
    items.filters().forEach(filter -> properties.add(filter.property()));
    properties.add(InputSchema.TEXT);
    properties.add(InputSchema.LIMIT);
    return properties;
  }

  private record Told<D extends Detail>(Reading<D> reading, BoundedList list) {}

  private Columns<Told<D>> columns() {
    Columns<Told<D>> columns =
        new Columns<Told<D>>()
            .within(Reading.<D>columns(clock), Told::reading)
            .within(own, told -> told.reading().detail());
    if (items != null) {
      columns.and(BoundedList.columns(items.columns(), "Each " + items.noun() + ".", Told::list));
    }
    return columns;
  }

  @Override
  public ToolDefinition definition() {
    return definition;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return ToolUse.observing(definition.title(), subject.selector(arguments).stream().toList());
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return offered ? subject.naming(resource).map(ToolOffer::new).stream().toList() : List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Resource resource = subject.of(context);
    Reading<D> reading = Reading.of(context, resource, aspect, type);
    BoundedList list = list(reading, context.arguments());
    String what = items == null ? aspect.word() : Words.count(list.total(), items.noun());
    String said = Subject.label(resource) + ": " + what;
    return new ToolResult(
        said.substring(0, 1).toUpperCase(Locale.ROOT)
            + said.substring(1)
            + (reading.failure() == null
                ? "."
                : ", as read before; it cannot be read now: " + Words.said(reading.failure())),
        columns().row(new Told<>(reading, list)));
  }

  private BoundedList list(Reading<D> reading, Arguments arguments) {
    Items<D, T> rows = items;
    if (rows == null) {
      return new BoundedList(List.of(), 0);
    }
    String text = arguments.text("text").map(word -> word.toLowerCase(Locale.ROOT)).orElse("");
    List<T> wanted =
        rows.of().apply(reading.detail()).stream()
            .filter(row -> rows.filters().stream().allMatch(one -> one.test().fits(row, arguments)))
            .filter(row -> text.isEmpty() || contains(rows.columns().row(row), text))
            .toList();
    return BoundedList.of(wanted, arguments, rows.columns()::row);
  }

  private static boolean contains(@Nullable Object value, String text) {
    if (value instanceof Map<?, ?> object) {
      return object.values().stream().anyMatch(member -> contains(member, text));
    }
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(element -> contains(element, text));
    }
    return value != null && value.toString().toLowerCase(Locale.ROOT).contains(text);
  }
}
