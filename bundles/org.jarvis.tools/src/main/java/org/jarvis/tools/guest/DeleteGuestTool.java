package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.GuestTools;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;
import org.jarvis.tools.form.Words;

/** {@code delete_vm} and {@code delete_container}. */
final class DeleteGuestTool extends GuestWriter {
  private static final String PURGE = "purge";

  DeleteGuestTool(GuestType type, Facts facts) {
    super(
        Subject.guest(type),
        Severity.DESTROYING.definition(
            new Severity.Look(
                GuestTools.named("delete", type),
                "Delete",
                "Deletes a stopped "
                    + Words.noun(type)
                    + " with its disks and snapshots for good, and sees that it is gone. Backups stay."
                    + " Nothing brings it back but a backup, so a person types its name. It does not"
                    + " stop a running one."),
            Subject.guest(type)
                .schema(
                    List.of(),
                    List.of(
                        InputSchema.flag(
                            PURGE,
                            false,
                            "true takes it out of backup jobs, replication and high availability,"
                                + " too."))),
            Outcome.columns(),
            ResourceKind.GUEST,
            false,
            Duration.ofMinutes(30),
            null),
        facts);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.DESTROYING.use("Delete", targets(arguments, Touch.REMOVES));
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    return switch (guest.status()) {
      case UNKNOWN -> Optional.of(GuestObstacles.unknown(guest));
      case RUNNING, PAUSED ->
          Optional.of(conflict(Subject.label(guest) + " runs. Shut it down before it is deleted."));
      case STOPPED -> whileOff(arguments, guest);
    };
  }

  private Optional<Obstacle> whileOff(Arguments arguments, Guest guest) {
    if (guest.haState() != null && !arguments.flag(PURGE)) {
      return Optional.of(
          conflict(
              Subject.label(guest)
                  + " is managed by high availability. Set purge to take it out of that, too."));
    }
    return super.obstacle(arguments, guest)
        .or(
            () ->
                facts()
                    .detail(guest, GuestConfiguration.class)
                    .filter(GuestConfiguration::protectedByProxmox)
                    .map(
                        known ->
                            conflict(
                                Subject.label(guest)
                                    + " is protected from deletion in its configuration. Whoever"
                                    + " set that has to take it away in Proxmox VE first.")));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    List<String> effects = new ArrayList<>();
    effects.add("Its disks and everything on them are lost for good.");
    Bytes disk = guest.diskTotal();
    if (disk != null) {
      effects.add("Its root disk has " + Words.amount(disk) + ".");
    }
    facts()
        .detail(guest, GuestSnapshots.class)
        .map(known -> known.snapshots().size())
        .filter(count -> count > 0)
        .ifPresent(count -> effects.add(Words.count(count, "snapshot") + " of it are lost, too."));
    effects.add(facts().lastBackup(guest));
    if (arguments.flag(PURGE)) {
      effects.add("It is taken out of backup jobs, replication and high availability.");
    }
    return new Impact(
        "Deletes " + Subject.label(guest) + " on node " + guest.node() + ".", effects, null);
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    TaskState task =
        context
            .operations(guest.cluster())
            .delete(guest, context.arguments().flag(PURGE), context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task, guest, "was not deleted", "The task's log in the action has the details.");
    return Outcome.of(guest, task, note)
        .result(Subject.label(guest) + " was deleted.", Outcome.columns());
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return targets.isEmpty();
  }
}
