package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.connector.NewSnapshot;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
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

/** {@code create_snapshot}. Its inverse would lose something for good, so it has none. */
final class CreateSnapshotTool extends GuestWriter {
  private static final String TITLE = "Take a snapshot";
  private static final String DESCRIPTION = "description";
  private static final String MEMORY = "withMemory";
  private static final int LONGEST_DESCRIPTION = 1000;
  private static final Columns<Outcome> RESULT =
      Outcome.columns().text(Snapshots.NAME, "Its name.", of -> of.more(Snapshots.NAME));

  CreateSnapshotTool(Facts facts) {
    super(
        Subject.GUEST,
        Severity.SMALL.definition(
            new Severity.Look(
                "create_snapshot",
                TITLE,
                "Takes a snapshot of a guest's disks, of a running VM also of its memory if wanted, and"
                    + " sees that it is there. Use it before a risky change; rollback_snapshot goes"
                    + " back to it. It is no backup: it lies on the same disks, and fills them with"
                    + " time. There is no undo; delete_snapshot needs a person."),
            Subject.GUEST.schema(
                List.of(Snapshots.NAME),
                List.of(
                    Snapshots.property(
                        "The name of the snapshot: a letter, then letters, digits, - and _; 2 to 40."),
                    InputSchema.words(
                        DESCRIPTION, LONGEST_DESCRIPTION, "Why it is taken, for people."),
                    InputSchema.flag(
                        MEMORY,
                        false,
                        "true keeps the memory of a running VM, too; it stands still meanwhile."))),
            RESULT,
            ResourceKind.GUEST,
            false,
            Duration.ofMinutes(20),
            null),
        facts);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.SMALL.use(TITLE, targets(arguments, Touch.TENDS));
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    boolean memory = arguments.flag(MEMORY);
    if (memory && !isMachine(guest)) {
      return Optional.of(
          conflict(Subject.label(guest) + " is a container: a snapshot cannot keep its memory."));
    }
    if (memory && guest.status() != Guest.Status.RUNNING) {
      return Optional.of(
          conflict(Subject.label(guest) + " does not run, so it has no memory to keep."));
    }
    if (guest.status() == Guest.Status.UNKNOWN) {
      return Optional.of(GuestObstacles.unknown(guest));
    }
    return GuestObstacles.common(guest)
        .or(() -> taken(guest, Snapshots.name(arguments)))
        .or(() -> super.obstacle(arguments, guest));
  }

  private Optional<Obstacle> taken(Guest guest, String name) {
    return facts()
        .detail(guest, GuestSnapshots.class)
        .flatMap(known -> Snapshots.find(known, name))
        .map(snapshot -> conflict(exists(guest, name)));
  }

  private static String exists(Guest guest, String name) {
    return Subject.label(guest) + " has a snapshot " + name + " already. Choose another name.";
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    List<String> effects = new ArrayList<>();
    effects.add(
        arguments.flag(MEMORY)
            ? "It stands still while its memory is written to disk."
            : "It goes on running.");
    effects.add("From now on what it writes takes space in addition to what the snapshot keeps.");
    return new Impact(
        "Takes the snapshot " + Snapshots.name(arguments) + " of " + Subject.label(guest) + ".",
        effects,
        "Delete the snapshot, which needs a person's approval.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    Arguments arguments = context.arguments();
    String name = Snapshots.name(arguments);
    if (Snapshots.find(Snapshots.of(context, guest), name).isPresent()) {
      throw new JarvisException(ErrorCode.CONFLICT, exists(guest, name));
    }
    TaskState task =
        context
            .operations(guest.cluster())
            .snapshot(
                guest,
                new NewSnapshot(
                    name, arguments.text(DESCRIPTION).orElse(null), arguments.flag(MEMORY)),
                context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task,
            guest,
            "was not snapshotted",
            "Not every storage can make snapshots. The task's log in the action has the details.");
    if (Snapshots.find(Snapshots.of(context, guest), name).isEmpty()) {
      throw missing("the snapshot " + name + " is not listed");
    }
    return new Outcome(guest, task, note.orElse(null), Map.of(Snapshots.NAME, name))
        .result("The snapshot " + name + " of " + Subject.label(guest) + " was taken.", RESULT);
  }
}
