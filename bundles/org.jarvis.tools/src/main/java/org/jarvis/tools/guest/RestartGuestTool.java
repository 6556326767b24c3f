package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.GuestRuntime;
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
import org.jarvis.tools.form.GuestTools;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/** {@code restart_vm} and {@code restart_container}: cleanly; a VM also by its reset button. */
final class RestartGuestTool extends GuestWriter {
  private static final String HARD = "hard";
  private static final Duration TIME_LIMIT =
      Duration.ofSeconds(Patience.LONGEST).plus(Duration.ofMinutes(4));
  private static final Duration UNTIL_IT_RUNS = Duration.ofMinutes(2);

  private final EffectWatch watch;

  RestartGuestTool(GuestType type, Facts facts, EffectWatch watch) {
    super(
        Subject.guest(type),
        Severity.DISRUPTING.definition(
            new Severity.Look(
                GuestTools.named("restart", type),
                "Restart",
                "Shuts a running "
                    + Words.noun(type)
                    + " down cleanly and starts it again, so that pending changes of its"
                    + " configuration take effect; waits until it runs anew."
                    + (type == GuestType.QEMU
                        ? " With hard=true it is reset as by its button instead, which can lose data."
                        : "")
                    + " Interrupts everybody who uses it. It does not start one that is off."),
            Subject.guest(type).schema(List.of(), properties(type)),
            Outcome.columns(),
            ResourceKind.GUEST,
            false,
            TIME_LIMIT,
            null),
        facts);
    this.watch = watch;
  }

  private static List<String> properties(GuestType type) {
    List<String> properties = new ArrayList<>();
    properties.add(
        Patience.property(
            "the shutdown may take. After that it has failed and the guest goes on running"));
    if (type == GuestType.QEMU) {
      properties.add(
          InputSchema.flag(
              HARD,
              false,
              "true resets it at once: what is not on disk is lost. For VMs that do not react."));
    }
    return properties;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    boolean hard = arguments.flag(HARD);
    return (hard ? Severity.DANGEROUS : Severity.DISRUPTING)
        .use(hard ? "Reset" : "Restart", targets(arguments, Touch.TAKES_DOWN));
  }

  @Override
  List<ToolOffer> offers(Guest guest, Arguments address) {
    return List.of(offer(address, guest));
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    return GuestObstacles.notRunning(guest, false, "restart");
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    boolean hard = arguments.flag(HARD);
    List<String> effects = new ArrayList<>();
    effects.add(
        "Whoever uses " + Words.said(guest.name()) + " is interrupted until it has started again.");
    Duration uptime = guest.uptime();
    if (uptime != null) {
      effects.add("It has been running for " + Words.time(uptime) + ".");
    }
    effects.add(
        hard
            ? "It is reset at once: what it has not written to disk is lost, and its file systems and"
                + " databases may be damaged."
            : "Its system has "
                + Patience.of(arguments).toSeconds()
                + " s to shut down; if it does not, it goes on running.");
    if (hard) {
      effects.add(facts().lastBackup(guest));
    }
    return new Impact(
        (hard ? "Resets " : "Restarts ") + Subject.label(guest) + " on node " + guest.node() + ".",
        effects,
        null);
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    boolean hard = context.arguments().flag(HARD);
    Long processBefore = hard ? null : process(context, guest);
    ClusterOperations operations = context.operations(guest.cluster());
    TaskState task =
        hard
            ? operations.reset(guest, context.follower())
            : operations.reboot(guest, Patience.of(context.arguments()), context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task,
            guest,
            hard ? "was not reset" : "did not restart",
            hard
                ? "The task's log in the action has the details."
                : "Give it more time (" + Patience.NAME + "), or look at its console.");
    // The process of a VM survives its reset, so nothing of it can be seen from outside.
    if (!hard) {
      awaitNewLife(context, guest, processBefore);
    }
    return Outcome.of(guest, task, note)
        .result(
            Subject.label(guest) + (hard ? " was reset." : " was restarted."), Outcome.columns());
  }

  private void awaitNewLife(ToolContext context, Guest before, @Nullable Long processBefore) {
    boolean anew =
        watch.until(
            () ->
                context
                    .reader(before.cluster())
                    .guest(before.id())
                    .map(ClusterReader.GuestReading::guest)
                    .filter(now -> now.status() == Guest.Status.RUNNING)
                    .filter(
                        now ->
                            isAnother(processBefore, process(context, before))
                                || isUpForLess(before, now))
                    .isPresent(),
            UNTIL_IT_RUNS,
            Subject.label(before) + " was shut down; whether it runs again was not seen.");
    if (!anew) {
      throw missing(
          Subject.label(before) + " is not seen running since a moment after the request");
    }
  }

  private static boolean isAnother(@Nullable Long before, @Nullable Long now) {
    return before != null && now != null && !before.equals(now);
  }

  /** Whether it has not run for as long as it would have if nothing had been done. */
  private static boolean isUpForLess(Guest before, Guest now) {
    Duration then = before.uptime();
    Duration since = now.uptime();
    return then == null
        || since == null
        || since.compareTo(
                then.plus(Duration.between(before.observation().at(), now.observation().at())))
            < 0;
  }

  /** The process that it runs as on its node, {@code null} where that is not told. */
  private static @Nullable Long process(ToolContext context, Guest guest) {
    try {
      return Reading.fresh(context, guest, Aspect.RUNTIME, GuestRuntime.class).pid();
    } catch (JarvisException untold) {
      return null;
    }
  }

  @Override
  public List<Resource> expected(Arguments arguments, List<Resource> before) {
    return becoming(before, guest -> guest.withStatus(Guest.Status.RUNNING));
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return GuestObstacles.isSeen(targets, Guest.Status.RUNNING);
  }
}
