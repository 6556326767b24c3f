package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.connector.ClusterOperations;
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
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;
import org.jarvis.tools.form.Words;

/** {@code stop_vm} and {@code stop_container}: cleanly, or hard where that is asked for. */
final class StopGuestTool extends GuestWriter {
  private static final String HARD = "hard";
  private static final Duration TIME_LIMIT =
      Duration.ofSeconds(Patience.LONGEST).plus(Duration.ofMinutes(2));
  private static final Duration HA_DELAY = Duration.ofSeconds(60);

  private final EffectWatch watch;

  StopGuestTool(GuestType type, Facts facts, EffectWatch watch) {
    super(
        Subject.guest(type),
        Severity.DISRUPTING.definition(
            new Severity.Look(
                GuestTools.stop(type),
                "Shut down",
                "Shuts a running "
                    + Words.noun(type)
                    + " down cleanly and waits until it is off; with hard=true it is cut off at once"
                    + " instead, which can lose data. Interrupts everybody who uses it, so a person"
                    + " has to approve. It does not restart it and does not force a "
                    + Words.noun(type)
                    + " that ignores the shutdown."),
            Subject.guest(type)
                .schema(
                    List.of(),
                    List.of(
                        Patience.property(
                            "a clean shutdown may take. After that it has failed and"
                                + " the guest still runs. Without meaning for a hard stop"),
                        InputSchema.flag(
                            HARD,
                            false,
                            "true stops it at once, as by pulling its plug: what is not on disk is"
                                + " lost. For guests that do not react to a clean shutdown."))),
            Outcome.columns(),
            ResourceKind.GUEST,
            false,
            TIME_LIMIT,
            GuestTools.start(type)),
        facts);
    this.watch = watch;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    boolean hard = arguments.flag(HARD);
    return (hard ? Severity.DANGEROUS : Severity.DISRUPTING)
        .use(hard ? "Hard stop" : "Shut down", targets(arguments, Touch.TAKES_DOWN));
  }

  @Override
  List<ToolOffer> offers(Guest guest, Arguments address) {
    return List.of(
        offer(address, guest), offer(GuestAddress.of(guest).arguments(Map.of(HARD, true)), guest));
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    return GuestObstacles.notRunning(guest, arguments.flag(HARD), "shutdown");
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    boolean hard = arguments.flag(HARD);
    List<String> effects = new ArrayList<>();
    effects.add(
        "Whoever uses " + Words.said(guest.name()) + " loses it until it is started again.");
    Duration uptime = guest.uptime();
    if (uptime != null) {
      effects.add("It has been running for " + Words.time(uptime) + ".");
    }
    effects.add(
        hard
            ? "It stops at once, as if its plug was pulled: what it has not written to disk is"
                + " lost, and its file systems and databases may be damaged."
            : "Its system is asked to shut down and has "
                + Patience.of(arguments).toSeconds()
                + " s; if it does not, it goes on running.");
    if (hard) {
      effects.add(facts().lastBackup(guest));
    }
    Optional.ofNullable(Words.highAvailability(guest, "stopped")).ifPresent(effects::add);
    return new Impact(
        (hard ? "Cuts off " : "Shuts down ")
            + Subject.label(guest)
            + " on node "
            + guest.node()
            + ".",
        effects,
        hard ? "It can be started again; lost data does not come back." : "Start it again.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    Arguments arguments = context.arguments();
    boolean hard = arguments.flag(HARD);
    ClusterOperations operations = context.operations(guest.cluster());
    TaskState task =
        hard
            ? operations.stop(guest, context.follower())
            : operations.shutdown(guest, Patience.of(arguments), context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task,
            guest,
            hard ? "was not stopped" : "did not shut down",
            hard
                ? "The task's log in the action has the details."
                : "Give it more time ("
                    + Patience.NAME
                    + "), look at its console, or stop it hard.");
    watch.await(
        task,
        guest,
        Guest.Status.STOPPED,
        Patience.of(arguments).plus(HA_DELAY),
        context.reader(guest.cluster()));
    return Outcome.of(guest, task, note)
        .result(
            Subject.label(guest) + (hard ? " was stopped hard." : " was shut down."),
            Outcome.columns());
  }

  @Override
  public List<Resource> expected(Arguments arguments, List<Resource> before) {
    return becoming(before, guest -> guest.withStatus(Guest.Status.STOPPED));
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return GuestObstacles.isSeen(targets, Guest.Status.STOPPED);
  }

  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    return Optional.of(GuestAddress.of(guest(before)).arguments());
  }
}
