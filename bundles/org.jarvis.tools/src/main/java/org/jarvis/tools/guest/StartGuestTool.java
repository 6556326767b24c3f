package org.jarvis.tools.guest;

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
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.GuestAddress;
import org.jarvis.tools.form.GuestTools;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;
import org.jarvis.tools.form.Words;

/** {@code start_vm} and {@code start_container}. */
final class StartGuestTool extends GuestWriter {
  private static final String TITLE = "Start";
  private static final Duration TIME_LIMIT = Duration.ofMinutes(6);
  private static final Duration HA_PATIENCE = Duration.ofMinutes(3);

  private final EffectWatch watch;

  StartGuestTool(GuestType type, Facts facts, EffectWatch watch) {
    super(
        Subject.guest(type),
        Severity.SMALL.definition(
            new Severity.Look(
                GuestTools.start(type),
                TITLE,
                "Starts a stopped "
                    + Words.noun(type)
                    + " and waits until it really runs. Fails if it already runs, is locked or is a"
                    + " template. It does not resume a suspended one and does not wait for the"
                    + " services inside."),
            Subject.guest(type).schema(List.of(), List.of()),
            Outcome.columns(),
            ResourceKind.GUEST,
            false,
            TIME_LIMIT,
            GuestTools.stop(type)),
        facts);
    this.watch = watch;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.SMALL.use(TITLE, targets(arguments, Touch.TENDS));
  }

  @Override
  List<ToolOffer> offers(Guest guest, Arguments address) {
    return List.of(offer(address, guest));
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    return GuestObstacles.common(guest)
        .or(
            () ->
                switch (guest.status()) {
                  case STOPPED -> Optional.empty();
                  case RUNNING ->
                      Optional.of(
                          new Obstacle(
                              ErrorCode.ALREADY_RUNNING, Subject.label(guest) + " already runs."));
                  case PAUSED ->
                      Optional.of(
                          conflict(
                              Subject.label(guest)
                                  + " is suspended: it has to be resumed rather than started."));
                  case UNKNOWN -> Optional.of(GuestObstacles.unknown(guest));
                })
        .or(() -> GuestObstacles.lock(guest, GuestObstacles.HIBERNATED));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    List<String> effects = new ArrayList<>();
    Bytes memory = guest.memoryTotal();
    if (memory != null) {
      effects.add(
          "It may use up to " + Words.amount(memory) + " of memory on node " + guest.node() + ".");
    }
    Optional.ofNullable(Words.highAvailability(guest, "started")).ifPresent(effects::add);
    return new Impact(
        "Starts " + Subject.label(guest) + " on node " + guest.node() + ".",
        effects,
        "Shut it down again.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    TaskState task = context.operations(guest.cluster()).start(guest, context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task, guest, "did not start", "The task's log in the action has the details.");
    watch.await(task, guest, Guest.Status.RUNNING, HA_PATIENCE, context.reader(guest.cluster()));
    return Outcome.of(guest, task, note)
        .result(Subject.label(guest) + " was started.", Outcome.columns());
  }

  @Override
  public List<Resource> expected(Arguments arguments, List<Resource> before) {
    return becoming(before, guest -> guest.withStatus(Guest.Status.RUNNING));
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return GuestObstacles.isSeen(targets, Guest.Status.RUNNING);
  }

  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    return Optional.of(GuestAddress.of(guest(before)).arguments());
  }
}
