package org.jarvis.tools.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.host.Host;
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
import org.jarvis.tools.form.Columns;

/** What the tools that look at something on one host have in common. */
abstract class HostReader implements Tool {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

  final Commands commands;
  final Clock clock;
  private final ToolDefinition definition;

  HostReader(Look look, String schema, Columns<?> result, Commands commands, Clock clock) {
    this.commands = commands;
    this.clock = clock;
    this.definition =
        new ToolDefinition(
            look.name(),
            look.title(),
            look.description(),
            schema,
            result.resultSchema(),
            ResourceKind.NODE,
            Effect.OBSERVES,
            Tier.GREEN,
            true,
            TIME_LIMIT,
            null);
  }

  /** What a tool is called, and what it does in words. */
  record Look(String name, String title, String description) {}

  /**
   * What was told by a host.
   *
   * @param host which
   * @param at when
   * @param value what
   */
  record Told<T>(Host host, Instant at, T value) {
    /** The members that all such results have. */
    static <T> Columns<Told<T>> columns() {
      return new Columns<Told<T>>()
          .text("host", "The host, as cluster/name.", told -> told.host().id())
          .text("ref", "The address of what it stands for.", told -> told.host().place())
          .text("source", "Who said so.", told -> "ssh:" + told.host().id())
          .time("observedAt", "When it was read.", Told::at);
    }
  }

  @Override
  public final ToolDefinition definition() {
    return definition;
  }

  @Override
  public final Optional<String> unavailable() {
    return commands.unavailable();
  }

  @Override
  public final ToolUse use(Arguments arguments) {
    TargetSelector about =
        unavailable().isPresent()
            ? Commands.unreached(arguments).selector()
            : Commands.place(commands.named(arguments));
    return ToolUse.observing(definition.title(), List.of(about));
  }

  /** Whether menus of nodes with a host have it. */
  boolean offered() {
    return false;
  }

  @Override
  public final List<ToolOffer> offers(Resource resource) {
    return offered()
        ? commands.of(resource).map(Commands::naming).map(ToolOffer::new).stream().toList()
        : List.of();
  }

  @Override
  public final ToolResult run(ToolContext context) {
    requireAvailable();
    return read(context, Exchange.with(context, commands.named(context.arguments())));
  }

  private void requireAvailable() {
    unavailable()
        .ifPresent(
            reason -> {
              throw new org.jarvis.api.error.JarvisException(
                  org.jarvis.api.error.ErrorCode.PART_MISSING, reason);
            });
  }

  /** Reads it. */
  abstract ToolResult read(ToolContext context, Exchange exchange);

  /** What was told just now. */
  final <T> Told<T> told(Exchange exchange, T value) {
    return new Told<>(exchange.host(), clock.instant(), value);
  }
}
