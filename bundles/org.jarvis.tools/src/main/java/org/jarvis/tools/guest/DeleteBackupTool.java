package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;

/** {@code delete_backup}: one backup of a guest that there is. */
final class DeleteBackupTool extends GuestWriter {
  private static final String TITLE = "Delete a backup";
  private static final String STORAGE = "storage";
  private static final String VOLUME = "volume";
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .text(VOLUME, "The backup's id.", of -> of.more(VOLUME))
          .whole("left", "How many of its backups are left there.", of -> of.more("left"));

  DeleteBackupTool(Facts facts) {
    super(
        Subject.GUEST,
        Severity.DESTROYING.definition(
            new Severity.Look(
                "delete_backup",
                TITLE,
                "Deletes one backup of a guest for good and sees that it is gone. Use it only to make"
                    + " room where pruning cannot. What it holds cannot be restored afterwards, so a"
                    + " person types the guest's name. It deletes no snapshots, and no backups of"
                    + " guests that are gone."),
            Subject.GUEST.schema(
                List.of(STORAGE, VOLUME),
                List.of(
                    InputSchema.storage("The storage that the backup lies on."),
                    InputSchema.text(
                        VOLUME,
                        "^[A-Za-z][A-Za-z0-9._-]{0,99}:backup/[A-Za-z0-9_./:+-]{1,300}$",
                        "The backup's volume id, as get_backups lists it."))),
            RESULT,
            ResourceKind.GUEST,
            false,
            Duration.ofMinutes(30),
            null),
        facts);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.DESTROYING.use(
        TITLE,
        targets(
            arguments,
            Touch.RECONFIGURES,
            new Target(Subject.STORAGE.selector(arguments).orElseThrow(), Touch.USES)));
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    String volume = arguments.text(VOLUME).orElseThrow();
    String storage = arguments.text(STORAGE).orElseThrow();
    if (!volume.startsWith(storage + ":")) {
      return Optional.of(conflict("The backup " + volume + " does not lie on " + storage + "."));
    }
    // A lock on the guest does not matter: its backups are files of their own.
    return known(arguments, guest)
        .filter(StorageContent.Volume::kept)
        .map(kept -> conflict(protectedFromPruning(volume)));
  }

  private Optional<StorageContent.Volume> known(Arguments arguments, Guest guest) {
    return facts()
        .storage(guest.cluster(), guest.node(), arguments.text(STORAGE).orElseThrow())
        .flatMap(storage -> facts().detail(storage, StorageContent.class))
        .flatMap(content -> find(content, arguments.text(VOLUME).orElseThrow()));
  }

  private static Optional<StorageContent.Volume> find(StorageContent content, String volume) {
    return content.volumes().stream().filter(one -> one.id().equals(volume)).findFirst();
  }

  private static String protectedFromPruning(String volume) {
    return "The backup "
        + volume
        + " is marked as protected in Proxmox VE. Whoever marked it has to take that away first.";
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    List<String> effects = new ArrayList<>();
    effects.add("The state that it keeps is lost for good.");
    known(arguments, guest)
        .map(StorageContent.Volume::createdAt)
        .ifPresent(at -> effects.add("It was made at " + at + "."));
    effects.add(facts().lastBackup(guest));
    return new Impact(
        "Deletes the backup "
            + arguments.text(VOLUME).orElseThrow()
            + " of "
            + Subject.label(guest)
            + ".",
        effects,
        null);
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    Storage storage = (Storage) context.targets().get(1);
    String volume = context.arguments().text(VOLUME).orElseThrow();
    StorageContent content = Reading.fresh(context, storage, Aspect.CONTENT, StorageContent.class);
    if (find(content, volume).filter(StorageContent.Volume::kept).isPresent()) {
      throw new JarvisException(ErrorCode.CONFLICT, protectedFromPruning(volume));
    }
    TaskState task =
        context
            .operations(guest.cluster())
            .deleteBackup(guest, storage.name(), volume, context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task,
            guest,
            "did not lose the backup",
            "The task's log in the action has the details.");
    var left = BackupGuestTool.backups(context, storage, guest);
    if (left.contains(volume)) {
      throw missing("the backup " + volume + " is still listed");
    }
    return new Outcome(guest, task, note.orElse(null), Map.of(VOLUME, volume, "left", left.size()))
        .result("The backup " + volume + " of " + Subject.label(guest) + " was deleted.", RESULT);
  }
}
