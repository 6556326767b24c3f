package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;

/** {@code delete_snapshot}. */
final class DeleteSnapshotTool extends GuestWriter {
  private static final String TITLE = "Delete a snapshot";
  private static final Columns<Outcome> RESULT =
      Outcome.columns().text(Snapshots.NAME, "Its name.", of -> of.more(Snapshots.NAME));

  DeleteSnapshotTool(Facts facts) {
    super(
        Subject.GUEST,
        Severity.DESTROYING.definition(
            new Severity.Look(
                "delete_snapshot",
                TITLE,
                "Deletes one snapshot of a guest for good and sees that it is gone; the guest itself"
                    + " stays as it is and goes on running. Use it to free space. Nobody can go back to"
                    + " that state afterwards, so a person types the guest's name. It deletes no"
                    + " backups."),
            Subject.GUEST.schema(
                List.of(Snapshots.NAME),
                List.of(
                    Snapshots.property(
                        "The name of the snapshot, as get_guest_snapshots lists it."))),
            RESULT,
            ResourceKind.GUEST,
            false,
            Duration.ofMinutes(60),
            null),
        facts);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.DESTROYING.use(TITLE, targets(arguments, Touch.RECONFIGURES));
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    return super.obstacle(arguments, guest)
        .or(() -> Snapshots.absent(facts(), guest, Snapshots.name(arguments)));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    return new Impact(
        "Deletes the snapshot " + Snapshots.name(arguments) + " of " + Subject.label(guest) + ".",
        List.of(
            "The state that it keeps is lost for good; the guest itself stays as it is.",
            facts().lastBackup(guest)),
        null);
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    String name = Snapshots.name(context.arguments());
    Snapshots.require(context, guest, name);
    TaskState task =
        context.operations(guest.cluster()).deleteSnapshot(guest, name, context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task,
            guest,
            "did not lose the snapshot",
            "The task's log in the action has the details.");
    if (Snapshots.find(Snapshots.of(context, guest), name).isPresent()) {
      throw missing("the snapshot " + name + " is still listed");
    }
    return new Outcome(guest, task, note.orElse(null), Map.of(Snapshots.NAME, name))
        .result("The snapshot " + name + " of " + Subject.label(guest) + " was deleted.", RESULT);
  }
}
