package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;

/** {@code rollback_snapshot}. */
final class RollbackSnapshotTool extends GuestWriter {
  private static final String TITLE = "Go back to a snapshot";
  private static final String START = "start";
  private static final Columns<Outcome> RESULT =
      Outcome.columns().text(Snapshots.NAME, "Its name.", of -> of.more(Snapshots.NAME));

  RollbackSnapshotTool(Facts facts) {
    super(
        Subject.GUEST,
        Severity.DESTROYING.definition(
            new Severity.Look(
                "rollback_snapshot",
                TITLE,
                "Takes a guest back to one of its snapshots: a running guest is cut off, and everything"
                    + " it has written since is lost for good, so a person types the guest's name. Use"
                    + " it after a change that went wrong. It does not restore a backup."),
            Subject.GUEST.schema(
                List.of(Snapshots.NAME),
                List.of(
                    Snapshots.property(
                        "The name of the snapshot, as get_guest_snapshots lists it."),
                    InputSchema.flag(
                        START,
                        false,
                        "true starts it afterwards; with a snapshot that holds memory it runs anyway."))),
            RESULT,
            ResourceKind.GUEST,
            false,
            Duration.ofMinutes(60),
            null),
        facts);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.DESTROYING.use(TITLE, targets(arguments, Touch.TAKES_DOWN));
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    return GuestObstacles.common(guest)
        .or(() -> super.obstacle(arguments, guest))
        .or(() -> Snapshots.absent(facts(), guest, Snapshots.name(arguments)));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    String name = Snapshots.name(arguments);
    List<String> effects = new ArrayList<>();
    effects.add(
        facts()
            .detail(guest, GuestSnapshots.class)
            .flatMap(known -> Snapshots.find(known, name))
            .map(GuestSnapshots.Snapshot::at)
            .map(at -> "Everything that it has written since " + at + " is lost for good.")
            .orElse("Everything that it has written since is lost for good."));
    if (guest.status() == Guest.Status.RUNNING) {
      effects.add("It is cut off at once; whoever uses it is interrupted.");
    }
    effects.add(facts().lastBackup(guest));
    return new Impact(
        "Takes " + Subject.label(guest) + " back to the snapshot " + name + ".", effects, null);
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    String name = Snapshots.name(context.arguments());
    GuestSnapshots.Snapshot snapshot = Snapshots.require(context, guest, name);
    boolean start = context.arguments().flag(START) && !snapshot.withMemory();
    TaskState task =
        context.operations(guest.cluster()).rollback(guest, name, start, context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task,
            guest,
            "did not go back",
            "Some storages go back only to the newest snapshot. The task's log has the details.");
    GuestSnapshots after = Snapshots.of(context, guest);
    if (!name.equals(after.parent())) {
      throw missing("its present state does not build on the snapshot " + name);
    }
    return new Outcome(guest, task, note.orElse(null), Map.of(Snapshots.NAME, name))
        .result(Subject.label(guest) + " is back at the snapshot " + name + ".", RESULT);
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return !arguments.flag(START) || GuestObstacles.isSeen(targets, Guest.Status.RUNNING);
  }
}
