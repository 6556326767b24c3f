package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.GuestAddress;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;
import org.jarvis.tools.form.Words;

/** {@code suspend_vm}: in memory, or to disk. */
final class SuspendVmTool extends GuestWriter {
  private static final Subject VM = Subject.guest(GuestType.QEMU);
  private static final String TO_DISK = "toDisk";

  SuspendVmTool(Facts facts) {
    super(
        VM,
        Severity.DISRUPTING.definition(
            new Severity.Look(
                "suspend_vm",
                "Suspend",
                "Suspends a running VM: it stands still and keeps its memory; with toDisk=true its"
                    + " memory is written to disk and it is off. Interrupts everybody who uses it. To"
                    + " go on use resume_vm, after toDisk start_vm. Containers cannot be suspended."),
            VM.schema(
                List.of(),
                List.of(
                    InputSchema.flag(
                        TO_DISK,
                        false,
                        "true writes its memory to disk and frees it; start_vm wakes it again."))),
            Outcome.columns(),
            ResourceKind.GUEST,
            false,
            Duration.ofMinutes(15),
            "resume_vm"),
        facts);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.DISRUPTING.use(
        arguments.flag(TO_DISK) ? "Suspend to disk" : "Suspend",
        targets(arguments, Touch.TAKES_DOWN));
  }

  @Override
  List<ToolOffer> offers(Guest guest, Arguments address) {
    return guest.status() == Guest.Status.RUNNING ? List.of(offer(address, guest)) : List.of();
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    return guest.status() == Guest.Status.PAUSED && !arguments.flag(TO_DISK)
        ? Optional.of(conflict(Subject.label(guest) + " is suspended already."))
        : GuestObstacles.notRunning(guest, true, "suspend");
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    boolean toDisk = arguments.flag(TO_DISK);
    List<String> effects = new ArrayList<>();
    effects.add("Whoever uses " + Words.said(guest.name()) + " loses it until it goes on.");
    effects.add("Connections from outside may break, and its clock stands still meanwhile.");
    Duration uptime = guest.uptime();
    if (uptime != null) {
      effects.add("It has been running for " + Words.time(uptime) + ".");
    }
    return new Impact(
        "Suspends " + Subject.label(guest) + (toDisk ? " to disk." : " in memory."),
        effects,
        toDisk ? "Start it again: it goes on where it was." : "Resume it.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    TaskState task =
        context
            .operations(guest.cluster())
            .suspend(guest, context.arguments().flag(TO_DISK), context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task, guest, "was not suspended", "The task's log in the action has the details.");
    return Outcome.of(guest, task, note)
        .result(Subject.label(guest) + " was suspended.", Outcome.columns());
  }

  @Override
  public List<Resource> expected(Arguments arguments, List<Resource> before) {
    return becoming(
        before,
        guest ->
            guest.withStatus(arguments.flag(TO_DISK) ? Guest.Status.STOPPED : Guest.Status.PAUSED));
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return GuestObstacles.isSeen(
        targets, arguments.flag(TO_DISK) ? Guest.Status.STOPPED : Guest.Status.PAUSED);
  }

  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    // What is suspended to disk is woken by another tool, start_vm.
    return arguments.flag(TO_DISK)
        ? Optional.empty()
        : Optional.of(GuestAddress.of(guest(before)).arguments());
  }
}
