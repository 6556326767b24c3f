package org.jarvis.tools.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.command.Affected;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.Host;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Words;

/** {@code restart_docker_container}. */
final class RestartContainerTool implements Tool {
  private static final String TITLE = "Restart Docker container";
  private static final String CONTAINER = "container";
  private static final Duration UNTIL_UP = Duration.ofSeconds(60);
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .text("host", "The host, as cluster/name.", of -> of.more("host"))
          .text(CONTAINER, "The Docker container.", of -> of.more(CONTAINER))
          .text("state", "What it does now.", of -> of.more("state"));

  private final Commands commands;
  private final EffectWatch watch;
  private final ToolDefinition definition;

  RestartContainerTool(Commands commands, EffectWatch watch) {
    this.commands = commands;
    this.watch = watch;
    this.definition =
        Severity.DISRUPTING.definition(
            new Severity.Look(
                "restart_docker_container",
                TITLE,
                "Restarts one Docker container on a node or another host and sees that it runs again."
                    + " Whoever uses it is interrupted, so a person has to approve. It pulls no newer"
                    + " image and changes nothing of its settings."),
            Commands.schema(
                List.of(CONTAINER),
                InputSchema.text(
                    CONTAINER,
                    "^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$",
                    "The container's name; list_docker_containers has them.")),
            RESULT,
            ResourceKind.NODE,
            false,
            Duration.ofMinutes(3),
            null);
  }

  private static String container(Arguments arguments) {
    return arguments.text(CONTAINER).orElseThrow();
  }

  @Override
  public ToolDefinition definition() {
    return definition;
  }

  @Override
  public Optional<String> unavailable() {
    return commands.unavailable();
  }

  @Override
  public ToolUse use(Arguments arguments) {
    if (unavailable().isPresent()) {
      return Severity.DISRUPTING.use(TITLE, List.of(Commands.unreached(arguments)));
    }
    Host host = commands.named(arguments);
    String part =
        new Affected(Affected.Kind.CONTAINER, container(arguments), Touch.INTERRUPTS).part();
    return Severity.DISRUPTING.use(
        TITLE + " " + container(arguments),
        List.of(new Target(Commands.place(host), Touch.INTERRUPTS, part)));
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    return new Impact(
        "Restarts the Docker container "
            + container(arguments)
            + " on "
            + commands.named(arguments).id()
            + ".",
        List.of("Whoever uses it is interrupted until it is up again."),
        null);
  }

  @Override
  public ToolResult run(ToolContext context) {
    unavailable()
        .ifPresent(
            reason -> {
              throw new JarvisException(ErrorCode.PART_MISSING, reason);
            });
    String name = container(context.arguments());
    Exchange exchange = Exchange.with(context, commands.named(context.arguments()));
    find(exchange, name);
    exchange.answer("docker", "restart", name);
    boolean up =
        watch.until(
            () -> find(exchange, name).runs(),
            UNTIL_UP,
            "The Docker container " + name + " was restarted; what came of it was not seen.");
    DockerContainer now = find(exchange, name);
    if (!up) {
      throw new JarvisException(
          ErrorCode.EFFECT_MISSING,
          "Docker restarted "
              + name
              + " on "
              + exchange.host().id()
              + ", but it does not run: "
              + Words.said(now.status()));
    }
    return new Outcome(
            context.targets().get(0),
            null,
            null,
            Map.of("host", exchange.host().id().toString(), CONTAINER, name, "state", now.state()))
        .result(
            "The Docker container "
                + name
                + " on "
                + exchange.host().id()
                + " was restarted and runs.",
            RESULT);
  }

  private static DockerContainer find(Exchange exchange, String name) {
    return DockerContainer.list(exchange).stream()
        .filter(container -> container.isNamed(name))
        .findFirst()
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND,
                    exchange.host().id()
                        + " has no Docker container "
                        + name
                        + ". list_docker_containers has those there are."));
  }
}
