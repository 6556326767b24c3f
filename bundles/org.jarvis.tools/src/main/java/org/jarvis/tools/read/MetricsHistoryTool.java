package org.jarvis.tools.read;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;

/** {@code get_metrics_history}: of a node, or of a guest or storage on it. */
final class MetricsHistoryTool implements Tool {
  private static final String TITLE = "Show history";
  private static final int MOST_POINTS = 60;
  private static final int MOST_FIGURES = 20;
  private static final int MOST_BYTES = 44 * 1024;
  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "get_metrics_history",
          TITLE,
          "Tells the course of a node's figures, or of a guest or storage when one is named on it, as"
              + " the cluster recorded them: least, mean, greatest, latest of each figure, and a"
              + " thinned-out course. Use it to see whether something grows or when it peaked.",
          Subject.NODE.schema(
              List.of(),
              List.of(
                  InputSchema.vmid("The number of a guest on the node, for the guest's figures."),
                  InputSchema.storage("The name of a storage, for the storage's figures."),
                  InputSchema.choice(
                      "timeframe",
                      Arrays.stream(Timeframe.values()).map(Timeframe::word).toList(),
                      "How far back; the farther, the coarser. A day unless given."))),
          columns().resultSchema(),
          ResourceKind.NODE,
          Effect.OBSERVES,
          Tier.GREEN,
          true,
          AspectTool.TIME_LIMIT,
          null);

  private final Clock clock;

  MetricsHistoryTool(Clock clock) {
    this.clock = clock;
  }

  private record Told(Resource resource, RecordedCourse course, Instant at) {
    private List<Figure> figures() {
      return course.points().stream()
          .flatMap(point -> point.figures().keySet().stream())
          .distinct()
          .sorted()
          .limit(MOST_FIGURES)
          .map(name -> new Figure(name, course.points()))
          .toList();
    }
  }

  /** One figure over the whole time. */
  private record Figure(String name, List<RecordedCourse.Point> points) {
    private DoubleStream values() {
      return points.stream()
          .filter(point -> point.figures().containsKey(name))
          .mapToDouble(point -> point.figures().getOrDefault(name, 0.0));
    }
  }

  private static Columns<Told> columns() {
    Columns<Figure> figure =
        new Columns<Figure>()
            .text("figure", "Its name in the cluster, such as cpu or memused.", Figure::name)
            .number("least", "The least value.", of -> of.values().min().orElse(0))
            .number("mean", "The mean.", of -> of.values().average().orElse(0))
            .number("greatest", "The greatest value.", of -> of.values().max().orElse(0))
            .number(
                "latest",
                "The latest value.",
                of -> of.values().reduce((first, second) -> second).orElse(0))
            .numbers(
                "course",
                "The values at the moments of the course, oldest first; 0 where not recorded.",
                of ->
                    thinned(of.points()).stream()
                        .map(point -> point.figures().getOrDefault(of.name(), 0.0))
                        .toList());
    return new Columns<Told>()
        .text("ref", "Whose figures.", told -> told.resource().ref())
        .text("name", "Its name.", told -> told.resource().name())
        .text("timeframe", "How far back.", told -> told.course().timeframe().word())
        .text("source", "Who recorded them.", told -> told.resource().observation().source())
        .time("observedAt", "When they were read.", Told::at)
        .whole("points", "How many moments were recorded.", told -> told.course().points().size())
        .moments(
            "moments",
            "The moments of the thinned-out course.",
            told -> thinned(told.course().points()).stream().map(RecordedCourse.Point::at).toList())
        .rows(
            "figures",
            "Each figure: shares, bytes, bytes per second.",
            MOST_BYTES,
            figure,
            Told::figures);
  }

  /** Evenly taken, the latest among them. */
  private static List<RecordedCourse.Point> thinned(List<RecordedCourse.Point> points) {
    int every = Math.max(1, (points.size() + MOST_POINTS - 1) / MOST_POINTS);
    return IntStream.range(0, points.size())
        .filter(index -> (points.size() - 1 - index) % every == 0)
        .mapToObj(points::get)
        .toList();
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    if (arguments.integer("vmid").isPresent()) {
      return ToolUse.observing(TITLE, Subject.GUEST.selector(arguments).stream().toList());
    }
    return ToolUse.observing(
        TITLE,
        arguments.text("storage").isPresent()
            ? Subject.STORAGE.selector(arguments).stream().toList()
            : Subject.NODE.selector(arguments).stream().toList());
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    // The screen draws the history by itself.
    return List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Arguments arguments = context.arguments();
    if (arguments.integer("vmid").isPresent() && arguments.text("storage").isPresent()) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "Name a guest or a storage, not both: each has its own history.");
    }
    Resource resource = context.targets().get(0);
    ResourceRef ref = resource.ref();
    Timeframe timeframe =
        Timeframe.valueOf(arguments.text("timeframe").orElse("day").toUpperCase(Locale.ROOT));
    RecordedCourse course = context.reader(ref.cluster()).course(ref, timeframe);
    return new ToolResult(
        "The last "
            + timeframe.word()
            + " of "
            + Subject.label(resource)
            + ": "
            + Words.count(course.points().size(), "moment")
            + ".",
        columns().row(new Told(resource, course, clock.instant())));
  }
}
