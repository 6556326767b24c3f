package org.jarvis.tools.host;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.NodeTemperatures;
import org.jarvis.api.resource.detail.NodeTemperatures.Reading;
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
import org.jarvis.tools.form.ResultRows;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/**
 * {@code get_node_temperature}: what the live state knows of it, with its age. The hosts are asked
 * all the time, so asking once more would tell nothing newer.
 */
final class TemperatureTool implements Tool {
  private static final String TITLE = "Show temperature";

  private final Clock clock;
  private final ToolDefinition definition;

  TemperatureTool(Clock clock) {
    this.clock = clock;
    this.definition =
        new ToolDefinition(
            "get_node_temperature",
            TITLE,
            "Tells how warm a node's processors, disks, memory and board are, with the limits that its"
                + " sensors name, and how old the readings are. Only the node itself tells that, over"
                + " SSH; where nothing is known it says why.",
            Subject.NODE.schema(List.of(), List.of()),
            columns().resultSchema(),
            ResourceKind.NODE,
            Effect.OBSERVES,
            Tier.GREEN,
            true,
            Duration.ofSeconds(10),
            null);
  }

  private record Told(
      Resource node, List<Reading> readings, Observation observation, AspectState state) {
    @Nullable Reading warmest() {
      return readings.stream().max(Comparator.comparingDouble(Reading::celsius)).orElse(null);
    }

    @Nullable Reading processor() {
      return readings.stream()
          .filter(reading -> reading.kind() == NodeTemperatures.Kind.PROCESSOR)
          .max(Comparator.comparingDouble(Reading::celsius))
          .orElse(null);
    }
  }

  private Columns<Told> columns() {
    return new Columns<Told>()
        .text("ref", "The node's address.", told -> told.node().ref())
        .text("name", "The node.", told -> told.node().name())
        .and(new ResultRows(clock.instant()).observed(Told::observation))
        .number("celsius", "The warmest sensor, in degrees.", told -> degrees(told.warmest()))
        .number(
            "processorCelsius",
            "The warmest sensor of its processors.",
            told -> degrees(told.processor()))
        .rows(
            "sensors",
            "Each sensor.",
            24 * 1024,
            new Columns<Reading>()
                .text("source", "The chip, zone or device.", Reading::source)
                .text("label", "What it is called there.", Reading::label)
                .text("kind", "What it measures.", reading -> reading.kind().word())
                .number("celsius", "Its degrees.", Reading::celsius)
                .number("high", "Where it gets too warm by its own account.", Reading::high)
                .number("critical", "Where it gets dangerous.", Reading::critical),
            Told::readings)
        .text(
            "incomplete", "What is left out, why, and the cure.", told -> told.state().incomplete())
        .text("failure", "Why it is not read afresh.", told -> failure(told.state()));
  }

  private static @Nullable Double degrees(@Nullable Reading reading) {
    return reading == null ? null : reading.celsius();
  }

  private static @Nullable String failure(AspectState state) {
    return state.failure() == null ? null : state.failure().reason();
  }

  @Override
  public ToolDefinition definition() {
    return definition;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return ToolUse.observing(TITLE, Subject.NODE.selector(arguments).stream().toList());
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public ToolResult run(ToolContext context) {
    Resource node = context.targets().get(0);
    AspectState state =
        context
            .liveState()
            .cluster(node.ref().cluster())
            .flatMap(snapshot -> snapshot.details(node.ref()).state(Aspect.TEMPERATURES))
            .orElseThrow(
                () ->
                    new JarvisException(
                        ErrorCode.NOT_PRESENT,
                        "Nothing is known yet of the temperatures of node " + node.name() + "."));
    Observation observation = state.observation();
    if (observation == null || !(state.detail() instanceof NodeTemperatures temperatures)) {
      AspectState.Failure failure = state.failure();
      throw failure == null
          ? new JarvisException(ErrorCode.BAD_REPLY, "The temperatures cannot be told.")
          : new JarvisException(failure.code(), failure.reason());
    }
    Told told = new Told(node, temperatures.readings(), observation, state);
    return new ToolResult(sentence(told), columns().row(told));
  }

  private String sentence(Told told) {
    return "Node "
        + told.node().name()
        + ": "
        + Optional.ofNullable(told.warmest())
            .map(
                warmest ->
                    warmest.celsius()
                        + " °C at the warmest ("
                        + Words.said(warmest.source() + " " + warmest.label())
                        + "), read "
                        + Words.ago(told.observation().at(), clock.instant()))
            .orElse("no sensor tells a temperature")
        + ".";
  }
}
