package org.jarvis.tools.host;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jarvis.api.command.CommandAnalysis;
import org.jarvis.api.command.CommandText;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.CommandResult;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.HostState;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Printed;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/**
 * {@code execute_ssh}. What a command is - its tier, its targets, the gesture that it takes - is
 * what its analysis says; the gate analyses it once more before it runs.
 */
final class ExecuteSshTool implements Tool {
  private static final String TITLE = "Run a command";
  private static final String COMMAND = "command";
  private static final String ARGV = "argv";
  private static final String TIMEOUT = "timeout_seconds";
  private static final int USUAL_SECONDS = 30;
  private static final int MOST_SECONDS = 300;
  private static final int LONGEST = 8_000;
  private static final int MOST_WORDS = 200;
  private static final int OUTPUT_BYTES = 36 * 1024;
  private static final int ERROR_BYTES = 12 * 1024;
  private static final int TOLD_BYTES = 3 * 1024;
  private static final ToolDefinition DEFINITION =
      new ToolDefinition(
          "execute_ssh",
          TITLE,
          "Runs one command on a node or another host by SSH and tells what it printed. What only"
              + " looks at something runs at once; what changes something needs a person, and what"
              + " is not understood never runs. Pipes and && are fine; no substitution, no"
              + " redirection, no scripts. Use it only for what no other tool does.",
          Commands.schema(
              List.of(),
              InputSchema.words(
                  COMMAND,
                  LONGEST,
                  "The command as one line, such as journalctl -u pveproxy | tail. Either this or"
                      + " argv."),
              InputSchema.wordList(
                  ARGV,
                  MOST_WORDS,
                  LONGEST,
                  "The program and its arguments, each a word of its own that no shell looks into."
                      + " Either this or command."),
              InputSchema.whole(
                  TIMEOUT, 1, MOST_SECONDS, USUAL_SECONDS, "How many seconds it may take.")),
          columns().resultSchema(),
          ResourceKind.NODE,
          Effect.DESTROYS,
          Tier.RED,
          false,
          Duration.ofSeconds(MOST_SECONDS + 15),
          null);

  private final Commands commands;
  private final Clock clock;

  ExecuteSshTool(Commands commands, Clock clock) {
    this.commands = commands;
    this.clock = clock;
  }

  private record Ran(Host host, String canonical, CommandResult result, Instant at) {}

  private static Columns<Ran> columns() {
    return new Columns<Ran>()
        .text("host", "The host, as cluster/name.", ran -> ran.host().id())
        .text("ref", "The address of what it stands for.", ran -> ran.host().place())
        .text("source", "Who said so.", ran -> "ssh:" + ran.host().id())
        .time("observedAt", "When it had ended.", Ran::at)
        .text("ran", "What was run, as the host's shell saw it.", Ran::canonical)
        .whole("exitStatus", "How it ended; 0 is well.", ran -> ran.result().exitStatus())
        .text("signal", "The signal that ended it.", ran -> ran.result().signal())
        .printed("output", "What it printed.", OUTPUT_BYTES, ran -> ran.result().output())
        .printed(
            "errors",
            "What it printed on its standard error.",
            ERROR_BYTES,
            ran -> ran.result().errors())
        .whole(
            "cutBytes",
            "Bytes that the connection cut out of the middle of both.",
            ran -> ran.result().cutBytes())
        .number(
            "tookSeconds",
            "How long it took, in seconds.",
            ran -> ran.result().took().toMillis() / 1000.0);
  }

  @Override
  public ToolDefinition definition() {
    return DEFINITION;
  }

  @Override
  public Optional<String> unavailable() {
    return commands.unavailable();
  }

  /** The command, given in exactly one of the two ways. */
  private static CommandText text(Arguments arguments) {
    Optional<String> line = arguments.text(COMMAND);
    Object argv = arguments.values().get(ARGV);
    if (line.isPresent() == (argv != null)) {
      String how =
          line.isPresent() ? "Give either command or argv, not both." : "Give command or argv.";
      throw new JarvisException(
          ErrorCode.INVALID_ARGUMENTS,
          "The arguments do not fit execute_ssh: " + how,
          List.of(new FieldError(COMMAND, how)));
    }
    return line.<CommandText>map(CommandText.Line::new)
        .orElseGet(() -> new CommandText.Words(words((List<?>) Objects.requireNonNull(argv))));
  }

  private static List<String> words(List<?> argv) {
    return argv.stream().map(String.class::cast).toList();
  }

  private CommandAnalysis analysis(Arguments arguments) {
    return commands.analyse(commands.named(arguments), text(arguments));
  }

  @Override
  public ToolUse use(Arguments arguments) {
    if (unavailable().isPresent()) {
      return Severity.DISRUPTING.use(TITLE, List.of(Commands.unreached(arguments)));
    }
    return CommandUse.of(TITLE, commands.named(arguments), analysis(arguments));
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    HostState state = commands.named(arguments).state();
    return switch (state.status()) {
      case IDLE, CONNECTED, UNREACHABLE -> Optional.empty();
      case KEY_UNKNOWN, KEY_CHANGED, LOGIN_REFUSED, MISCONFIGURED ->
          Optional.of(
              new Obstacle(
                  ErrorCode.UNREACHABLE,
                  state.reason() == null
                      ? "The host is " + state.status().word() + "."
                      : Words.said(state.reason())));
    };
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Host host = commands.named(arguments);
    CommandAnalysis analysis = analysis(arguments);
    List<String> effects = new ArrayList<>();
    analysis.vectors().forEach(vector -> effects.add("Runs " + shown(vector)));
    analysis
        .affected()
        .forEach(
            affected ->
                effects.add(
                    "It "
                        + affected.touch().word()
                        + " "
                        + affected.kind().word()
                        + " "
                        + Words.said(affected.name())
                        + "."));
    analysis.reasons().forEach(reason -> effects.add(Words.said(reason)));
    return new Impact("Runs a command on " + host.id() + " as " + host.user() + ".", effects, null);
  }

  /** Each word by itself, so that nobody takes two for one. */
  private static String shown(List<String> vector) {
    return vector.stream()
        .map(word -> "[" + Words.said(word) + "]")
        .collect(Collectors.joining(" "));
  }

  @Override
  public ToolResult run(ToolContext context) {
    unavailable()
        .ifPresent(
            reason -> {
              throw new JarvisException(ErrorCode.PART_MISSING, reason);
            });
    Arguments arguments = context.arguments();
    Host host = commands.named(arguments);
    CommandAnalysis analysis = analysis(arguments);
    Duration limit = Duration.ofSeconds(arguments.integer(TIMEOUT).orElse(USUAL_SECONDS));
    CommandResult result = context.host(host.id()).run(text(arguments), limit);
    boolean well = Exchange.isZero(result);
    if (!well && analysis.effect() != Effect.OBSERVES) {
      throw failed(host, result);
    }
    return new ToolResult(
        "The command on " + host.id() + " ended with " + Exchange.end(result) + ".",
        columns().row(new Ran(host, analysis.canonical(), result, clock.instant())));
  }

  /** A change that did not end well; what it printed is all that tells how far it came. */
  private static JarvisException failed(Host host, CommandResult result) {
    String printed = Printed.bounded(both(result), TOLD_BYTES);
    return new JarvisException(
        ErrorCode.REMOTE_ERROR,
        "The command on "
            + host.id()
            + " ended with "
            + Exchange.end(result)
            + (isBlank(printed) ? ", and printed nothing." : ": " + printed));
  }

  private static String both(CommandResult result) {
    return result.errors().isBlank()
        ? result.output()
        : result.errors().stripTrailing() + "\n" + result.output();
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
