package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.connector.NewBackup;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
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
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.GuestAddress;
import org.jarvis.tools.form.GuestTools;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;
import org.jarvis.tools.form.Words;

/**
 * {@code backup_vm} and {@code backup_container}. A container may be suspended even in snapshot
 * mode: where its storage makes no snapshots, Proxmox VE does so of its own accord.
 */
final class BackupGuestTool extends GuestWriter {
  private static final String STORAGE = "storage";
  private static final String MODE = "mode";
  private static final String NOTES = "notes";
  private static final String KEEP = "keep";
  private static final int LONGEST_NOTES = 500;
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .text("volume", "The backup's id.", of -> of.more("volume"))
          .text("storage", "Where it lies.", of -> of.more("storage"));

  private final GuestType type;

  BackupGuestTool(GuestType type, Facts facts) {
    super(
        Subject.guest(type),
        Severity.DISRUPTING.definition(
            new Severity.Look(
                GuestTools.named("backup", type),
                "Back up",
                "Makes a backup of a "
                    + Words.noun(type)
                    + " now, waits until it is done, and sees that it is listed. "
                    + (type == GuestType.QEMU
                        ? "In mode snapshot, the usual one, it goes on running; suspend and stop"
                            + " interrupt it and need a person."
                        : "It may be suspended for a moment, so a person has to approve.")
                    + " Use it before risky changes. It prunes no older backups and changes no backup"
                    + " job."),
            Subject.guest(type)
                .schema(
                    List.of(STORAGE),
                    List.of(
                        InputSchema.storage("The storage that the backup is written to."),
                        InputSchema.choice(
                            MODE,
                            List.of("snapshot", "suspend", "stop"),
                            "How it gets a consistent state: running, suspended, or shut down and"
                                + " started again. snapshot unless given."),
                        InputSchema.words(
                            NOTES, LONGEST_NOTES, "What people should know about it."),
                        InputSchema.flag(
                            KEEP, false, "true protects it from being pruned by backup jobs."))),
            RESULT,
            ResourceKind.GUEST,
            false,
            Duration.ofHours(12),
            null),
        facts);
    this.type = type;
  }

  private static NewBackup.Mode mode(Arguments arguments) {
    return NewBackup.Mode.valueOf(arguments.text(MODE).orElse("snapshot").toUpperCase(Locale.ROOT));
  }

  @Override
  public ToolUse use(Arguments arguments) {
    NewBackup.Mode mode = mode(arguments);
    boolean interrupts = type == GuestType.LXC || mode != NewBackup.Mode.SNAPSHOT;
    Target storage = new Target(Subject.STORAGE.selector(arguments).orElseThrow(), Touch.USES);
    return (interrupts ? Severity.DISRUPTING : Severity.SMALL)
        .use(
            "Back up to " + arguments.text(STORAGE).orElseThrow(),
            targets(arguments, interrupts ? Touch.INTERRUPTS : Touch.TENDS, storage));
  }

  @Override
  List<ToolOffer> offers(Guest guest, Arguments address) {
    // One is enough for a menu: a backup server where there is one, or else what is shared.
    return facts().storages(guest.cluster(), guest.node()).stream()
        .filter(storage -> storage.content().contains("backup"))
        .filter(storage -> storage.status() == Storage.Status.AVAILABLE)
        .sorted(
            Comparator.comparing((Storage storage) -> !"pbs".equals(storage.type()))
                .thenComparing(storage -> !storage.shared()))
        .limit(1)
        .map(
            storage ->
                offer(GuestAddress.of(guest).arguments(Map.of(STORAGE, storage.name())), guest))
        .toList();
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    if (guest.status() == Guest.Status.UNKNOWN) {
      return Optional.of(GuestObstacles.unknown(guest));
    }
    return facts()
        .storage(guest.cluster(), guest.node(), arguments.text(STORAGE).orElseThrow())
        .flatMap(BackupGuestTool::unfit)
        .or(() -> super.obstacle(arguments, guest));
  }

  private static Optional<Obstacle> unfit(Storage storage) {
    if (!storage.content().contains("backup")) {
      return Optional.of(conflict("No backups may lie on " + Subject.label(storage) + "."));
    }
    return storage.status() == Storage.Status.UNAVAILABLE
        ? Optional.of(
            new Obstacle(
                ErrorCode.UNREACHABLE, Subject.label(storage) + " cannot be used at present."))
        : Optional.empty();
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    List<String> effects = new ArrayList<>();
    effects.add(interruption(guest, mode(arguments)));
    effects.add("While it is made the guest is locked: nothing else can be done with it.");
    effects.add(facts().lastBackup(guest));
    if (targets.get(1) instanceof Storage storage
        && storage.total() != null
        && storage.used() != null) {
      effects.add(
          Words.amount(storage.used())
              + " of "
              + Words.amount(storage.total())
              + " of "
              + Subject.label(storage)
              + " are in use.");
    }
    return new Impact(
        "Backs " + Subject.label(guest) + " up to " + Subject.label(targets.get(1)) + ".",
        effects,
        null);
  }

  private static String interruption(Guest guest, NewBackup.Mode mode) {
    if (guest.status() == Guest.Status.STOPPED) {
      return "It is off, so nobody is interrupted.";
    }
    return switch (mode) {
      case SNAPSHOT ->
          isMachine(guest)
              ? "It goes on running, maybe a little slower."
              : "It goes on running, or is suspended for a moment where its storage makes no"
                  + " snapshots.";
      case SUSPEND -> "It is suspended for a while; whoever uses it is interrupted.";
      case STOP -> "It is shut down and started again; whoever uses it is interrupted.";
    };
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    Storage storage = (Storage) context.targets().get(1);
    Arguments arguments = context.arguments();
    Set<String> before = backups(context, storage, guest);
    TaskState task =
        context
            .operations(guest.cluster())
            .backup(
                guest,
                new NewBackup(
                    storage.name(),
                    mode(arguments),
                    arguments.text(NOTES).orElse(null),
                    arguments.flag(KEEP)),
                context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task, guest, "was not backed up", "The task's log in the action has the details.");
    String made =
        backups(context, storage, guest).stream()
            .filter(volume -> !before.contains(volume))
            .max(String::compareTo)
            .orElseThrow(() -> missing("no new backup is listed on " + Subject.label(storage)));
    return new Outcome(
            guest, task, note.orElse(null), Map.of("volume", made, "storage", storage.name()))
        .result(Subject.label(guest) + " was backed up to " + storage.name() + ".", RESULT);
  }

  static Set<String> backups(ToolContext context, Storage storage, Guest guest) {
    return Reading.fresh(context, storage, Aspect.CONTENT, StorageContent.class).volumes().stream()
        .filter(volume -> volume.content().equals("backup") && guest.id().equals(volume.guest()))
        .map(StorageContent.Volume::id)
        .collect(Collectors.toSet());
  }
}
