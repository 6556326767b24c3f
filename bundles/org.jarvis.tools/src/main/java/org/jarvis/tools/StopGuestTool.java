package org.jarvis.tools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.safety.Consent;
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

/** {@code stop_vm} and {@code stop_container}: cleanly, or hard where that is asked for. */
final class StopGuestTool implements Tool {
  private static final String HARD = "hard";
  private static final String TIMEOUT = "timeoutSeconds";
  private static final int DEFAULT_TIMEOUT = 180;
  private static final int LONGEST_TIMEOUT = 900;
  private static final Duration TIME_LIMIT = Duration.ofSeconds(LONGEST_TIMEOUT + 120);
  private static final Duration HA_DELAY = Duration.ofSeconds(60);

  private final GuestType type;
  private final EffectWatch watch;
  private final ToolDefinition definition;

  StopGuestTool(GuestType type, EffectWatch watch) {
    this.type = type;
    this.watch = watch;
    String noun = Words.noun(type);
    this.definition =
        new ToolDefinition(
            GuestTools.stop(type),
            "Shut down",
            "Shuts a running "
                + noun
                + " down cleanly and waits until it is off; with hard=true it is cut off at once"
                + " instead, which can lose data. Interrupts everybody who uses it, so a person has"
                + " to approve. It does not restart it and does not force a "
                + noun
                + " that ignores the shutdown.",
            InputSchema.of(
                List.of("node", "vmid"),
                InputSchema.CLUSTER,
                InputSchema.NODE,
                InputSchema.vmid("The number of the " + noun + " to stop, such as 101."),
                timeoutSchema(),
                hardSchema()),
            ResourceKind.GUEST,
            Effect.DISRUPTS,
            false,
            TIME_LIMIT,
            GuestTools.start(type));
  }

  private static String timeoutSchema() {
    return """
    "%s": {
      "type": "integer",
      "minimum": 1,
      "maximum": %d,
      "default": %d,
      "description": "How many seconds a clean shutdown may take. After that it has failed and the guest still runs. Without meaning for a hard stop."
    }"""
        .formatted(TIMEOUT, LONGEST_TIMEOUT, DEFAULT_TIMEOUT);
  }

  private static String hardSchema() {
    return """
    "%s": {
      "type": "boolean",
      "default": false,
      "description": "true stops it at once, as by pulling its plug: what is not on disk is lost. For guests that do not react to a clean shutdown."
    }"""
        .formatted(HARD);
  }

  @Override
  public ToolDefinition definition() {
    return definition;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    boolean hard = arguments.flag(HARD);
    return new ToolUse(
        hard ? "Hard stop" : "Shut down",
        Effect.DISRUPTS,
        Tier.RED,
        hard ? Consent.TYPED : Consent.HOLD,
        List.of(GuestAddress.of(arguments).selector(type)));
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    if (!(resource instanceof Guest guest) || guest.type() != type) {
      return List.of();
    }
    GuestAddress address = GuestAddress.of(guest);
    return List.of(
        offer(guest, address.arguments()), offer(guest, address.arguments(Map.of(HARD, true))));
  }

  private static ToolOffer offer(Guest guest, Arguments arguments) {
    return new ToolOffer(
        arguments, obstacle(guest, arguments.flag(HARD)).map(Obstacle::reason).orElse(null));
  }

  @Override
  public Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    return obstacle(GuestAddress.target(targets), arguments.flag(HARD));
  }

  private static Optional<Obstacle> obstacle(Guest guest, boolean hard) {
    return GuestObstacles.common(guest)
        .or(
            () ->
                switch (guest.status()) {
                  case RUNNING -> Optional.empty();
                  case STOPPED ->
                      Optional.of(
                          new Obstacle(ErrorCode.NOT_RUNNING, guest.label() + " does not run."));
                  case PAUSED ->
                      hard
                          ? Optional.empty()
                          : Optional.of(
                              new Obstacle(
                                  ErrorCode.CONFLICT,
                                  guest.label()
                                      + " is suspended and cannot react to a shutdown. Resume it"
                                      + " first, or stop it hard."));
                  case UNKNOWN -> Optional.of(GuestObstacles.unknown(guest));
                })
        .or(() -> GuestObstacles.lock(guest, Set.of()));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = GuestAddress.target(targets);
    boolean hard = arguments.flag(HARD);
    List<String> effects = new ArrayList<>();
    effects.add("Whoever uses " + guest.name() + " loses it until it is started again.");
    Duration uptime = guest.uptime();
    if (uptime != null) {
      effects.add("It has been running for " + Words.time(uptime) + ".");
    }
    effects.add(
        hard
            ? "It stops at once, as if its plug was pulled: what it has not written to disk is"
                + " lost, and its file systems and databases may be damaged."
            : "Its system is asked to shut down and has "
                + patience(arguments).toSeconds()
                + " s; if it does not, it goes on running.");
    Optional.ofNullable(Words.highAvailability(guest, "stopped")).ifPresent(effects::add);
    return new Impact(
        (hard ? "Cuts off " : "Shuts down ") + guest.label() + " on node " + guest.node() + ".",
        effects,
        hard ? "It can be started again; lost data does not come back." : "Start it again.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = GuestAddress.target(context.targets());
    Arguments arguments = context.arguments();
    boolean hard = arguments.flag(HARD);
    ClusterOperations operations = context.operations(guest.cluster());
    TaskState task =
        hard
            ? operations.stop(guest, context.follower())
            : operations.shutdown(guest, patience(arguments), context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task,
            guest,
            hard ? "was not stopped" : "did not shut down",
            hard
                ? "The task's log in the action has the details."
                : "Give it more time (" + TIMEOUT + "), look at its console, or stop it hard.");
    watch.await(
        task,
        guest,
        Guest.Status.STOPPED,
        patience(arguments).plus(HA_DELAY),
        context.reader(guest.cluster()));
    return new ToolResult(
        guest.label()
            + (hard ? " was stopped hard." : " was shut down.")
            + note.map(text -> " " + text).orElse(""),
        GuestTools.outcome(guest, task, note));
  }

  private static Duration patience(Arguments arguments) {
    return Duration.ofSeconds(arguments.integer(TIMEOUT).orElse(DEFAULT_TIMEOUT));
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return GuestObstacles.isSeen(targets, Guest.Status.STOPPED);
  }

  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    return Optional.of(GuestAddress.of(GuestAddress.target(before)).arguments());
  }
}
