package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
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
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;

/** {@code resume_vm}. */
final class ResumeVmTool extends GuestWriter {
  private static final Subject VM = Subject.guest(GuestType.QEMU);
  private static final String TITLE = "Resume";

  ResumeVmTool(Facts facts) {
    super(
        VM,
        Severity.SMALL.definition(
            new Severity.Look(
                "resume_vm",
                TITLE,
                "Lets a VM that is suspended in memory go on, and waits until it runs. One that was"
                    + " suspended to disk is off: start_vm wakes it. It does not start a stopped VM."),
            VM.schema(List.of(), List.of()),
            Outcome.columns(),
            ResourceKind.GUEST,
            false,
            Duration.ofMinutes(3),
            "suspend_vm"),
        facts);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.SMALL.use(TITLE, targets(arguments, Touch.TENDS));
  }

  @Override
  List<ToolOffer> offers(Guest guest, Arguments address) {
    return guest.status() == Guest.Status.PAUSED ? List.of(offer(address, guest)) : List.of();
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    return switch (guest.status()) {
      case PAUSED -> super.obstacle(arguments, guest);
      case RUNNING ->
          Optional.of(
              new Obstacle(
                  ErrorCode.ALREADY_RUNNING, Subject.label(guest) + " is not suspended: it runs."));
      case STOPPED ->
          Optional.of(
              new Obstacle(
                  ErrorCode.NOT_RUNNING,
                  Subject.label(guest) + " is off: it has to be started rather than resumed."));
      case UNKNOWN -> Optional.of(GuestObstacles.unknown(guest));
    };
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    return new Impact(
        "Lets " + Subject.label(guest) + " go on where it was suspended.",
        List.of(),
        "Suspend it again.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    TaskState task = context.operations(guest.cluster()).resume(guest, context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task, guest, "did not go on", "The task's log in the action has the details.");
    return Outcome.of(guest, task, note)
        .result(Subject.label(guest) + " goes on.", Outcome.columns());
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
