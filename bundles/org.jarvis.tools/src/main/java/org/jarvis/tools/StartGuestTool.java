package org.jarvis.tools;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Bytes;
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

/** {@code start_vm} and {@code start_container}. */
final class StartGuestTool implements Tool {
  private static final String TITLE = "Start";
  private static final Duration TIME_LIMIT = Duration.ofMinutes(6);
  private static final Duration HA_PATIENCE = Duration.ofMinutes(3);

  private final GuestType type;
  private final EffectWatch watch;
  private final ToolDefinition definition;

  StartGuestTool(GuestType type, EffectWatch watch) {
    this.type = type;
    this.watch = watch;
    String noun = Words.noun(type);
    this.definition =
        new ToolDefinition(
            GuestTools.start(type),
            TITLE,
            "Starts a stopped "
                + noun
                + " and waits until it really runs. Fails if it already runs, is locked or is a"
                + " template. It does not resume a suspended one and does not wait for the"
                + " services inside.",
            InputSchema.of(
                List.of("node", "vmid"),
                InputSchema.CLUSTER,
                InputSchema.NODE,
                InputSchema.vmid("The number of the " + noun + " to start, such as 101.")),
            ResourceKind.GUEST,
            Effect.CHANGES,
            false,
            TIME_LIMIT,
            GuestTools.stop(type));
  }

  @Override
  public ToolDefinition definition() {
    return definition;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return new ToolUse(
        TITLE,
        Effect.CHANGES,
        Tier.YELLOW,
        Consent.CLICK,
        List.of(GuestAddress.of(arguments).selector(type)));
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return resource instanceof Guest guest && guest.type() == type
        ? List.of(
            new ToolOffer(
                GuestAddress.of(guest).arguments(),
                obstacle(guest).map(Obstacle::reason).orElse(null)))
        : List.of();
  }

  @Override
  public Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    return obstacle(GuestAddress.target(targets));
  }

  private static Optional<Obstacle> obstacle(Guest guest) {
    return GuestObstacles.common(guest)
        .or(
            () ->
                switch (guest.status()) {
                  case STOPPED -> Optional.empty();
                  case RUNNING ->
                      Optional.of(
                          new Obstacle(
                              ErrorCode.ALREADY_RUNNING, guest.label() + " already runs."));
                  case PAUSED ->
                      Optional.of(
                          new Obstacle(
                              ErrorCode.CONFLICT,
                              guest.label()
                                  + " is suspended: it has to be resumed rather than started."));
                  case UNKNOWN -> Optional.of(GuestObstacles.unknown(guest));
                })
        .or(() -> GuestObstacles.lock(guest, GuestObstacles.HIBERNATED));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = GuestAddress.target(targets);
    List<String> effects = new ArrayList<>();
    Bytes memory = guest.memoryTotal();
    if (memory != null) {
      effects.add(
          "It may use up to " + Words.amount(memory) + " of memory on node " + guest.node() + ".");
    }
    Optional.ofNullable(Words.highAvailability(guest, "started")).ifPresent(effects::add);
    return new Impact(
        "Starts " + guest.label() + " on node " + guest.node() + ".",
        effects,
        "Shut it down again.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = GuestAddress.target(context.targets());
    TaskState task = context.operations(guest.cluster()).start(guest, context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task, guest, "did not start", "The task's log in the action has the details.");
    watch.await(task, guest, Guest.Status.RUNNING, HA_PATIENCE, context.reader(guest.cluster()));
    return new ToolResult(
        guest.label() + " was started." + note.map(text -> " " + text).orElse(""),
        GuestTools.outcome(guest, task, note));
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return GuestObstacles.isSeen(targets, Guest.Status.RUNNING);
  }

  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    return Optional.of(GuestAddress.of(GuestAddress.target(before)).arguments());
  }
}
