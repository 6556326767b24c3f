package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.GuestConfiguration;
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
import org.jarvis.tools.form.Reading;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;
import org.jarvis.tools.form.Words;
import org.jspecify.annotations.Nullable;

/** {@code resize_disk}: larger only. */
final class ResizeDiskTool extends GuestWriter {
  private static final String TITLE = "Enlarge a disk";
  private static final String DISK = "disk";
  private static final String GROWTH = "growGiB";
  private static final long GIBIBYTE = 1L << 30;
  private static final int LARGEST_GROWTH = 16_384;
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .text(DISK, "The disk.", of -> of.more(DISK))
          .bytes("sizeBytes", "Its size now.", of -> of.more("size"));

  ResizeDiskTool(Facts facts) {
    super(
        Subject.GUEST,
        Severity.DISRUPTING.definition(
            new Severity.Look(
                "resize_disk",
                TITLE,
                "Makes a disk of a guest larger by so many GiB, and sees that it is. It interrupts"
                    + " nobody, but a disk never becomes smaller again, so a person has to approve."
                    + " A container's file system grows with it; within a VM partition and file system"
                    + " have to be enlarged by its own system."),
            Subject.GUEST.schema(
                List.of(DISK, GROWTH),
                List.of(
                    InputSchema.text(
                        DISK,
                        "^((ide|sata|scsi|virtio|mp)[0-9]{1,3}|rootfs)$",
                        "The key of the disk, such as scsi0 or rootfs; get_vm_config and"
                            + " get_container_config list them."),
                    InputSchema.whole(
                        GROWTH, 1, LARGEST_GROWTH, "By how many GiB it becomes larger."))),
            RESULT,
            ResourceKind.GUEST,
            false,
            Duration.ofMinutes(15),
            null),
        facts);
  }

  private static Bytes growth(Arguments arguments) {
    return new Bytes(arguments.integer(GROWTH).orElseThrow() * GIBIBYTE);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.DISRUPTING.use(TITLE, targets(arguments, Touch.RECONFIGURES));
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    return super.obstacle(arguments, guest).or(() -> noSuchDisk(arguments, guest));
  }

  private Optional<Obstacle> noSuchDisk(Arguments arguments, Guest guest) {
    String disk = arguments.text(DISK).orElseThrow();
    return facts()
        .detail(guest, GuestConfiguration.class)
        .filter(known -> find(known, disk).isEmpty())
        .map(known -> new Obstacle(ErrorCode.NOT_FOUND, noDisk(guest, known, disk)));
  }

  private static Optional<GuestConfiguration.Disk> find(
      GuestConfiguration configuration, String key) {
    return configuration.disks().stream()
        .filter(disk -> disk.key().equals(key) && !disk.medium())
        .findFirst();
  }

  private static String noDisk(Guest guest, GuestConfiguration configuration, String key) {
    return Subject.label(guest)
        + " has no disk "
        + key
        + ". It has: "
        + Words.said(
            String.join(
                ", ",
                configuration.disks().stream()
                    .filter(disk -> !disk.medium())
                    .map(GuestConfiguration.Disk::key)
                    .toList()))
        + ".";
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    List<String> effects = new ArrayList<>();
    facts()
        .detail(guest, GuestConfiguration.class)
        .flatMap(known -> find(known, arguments.text(DISK).orElseThrow()))
        .map(GuestConfiguration.Disk::size)
        .ifPresent(size -> effects.add("It has " + Words.amount(size) + " now."));
    effects.add("Its storage needs the space when the guest fills it. It cannot be made smaller.");
    return new Impact(
        "Makes disk "
            + arguments.text(DISK).orElseThrow()
            + " of "
            + Subject.label(guest)
            + " larger by "
            + Words.amount(growth(arguments))
            + ".",
        effects,
        null);
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    String key = context.arguments().text(DISK).orElseThrow();
    GuestConfiguration before = configuration(context, guest);
    GuestConfiguration.Disk disk =
        find(before, key)
            .orElseThrow(
                () -> new JarvisException(ErrorCode.NOT_FOUND, noDisk(guest, before, key)));
    TaskState task =
        context
            .operations(guest.cluster())
            .growDisk(guest, key, growth(context.arguments()), context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task,
            guest,
            "did not get a larger disk",
            "The task's log in the action has the details.");
    Bytes size =
        find(configuration(context, guest), key)
            .map(GuestConfiguration.Disk::size)
            .filter(now -> grown(disk.size(), now, growth(context.arguments())))
            .orElseThrow(() -> missing("disk " + key + " is not seen larger"));
    return new Outcome(guest, task, note.orElse(null), Map.of(DISK, key, "size", size))
        .result(
            "Disk " + key + " of " + Subject.label(guest) + " has " + Words.amount(size) + " now.",
            RESULT);
  }

  private static boolean grown(@Nullable Bytes before, Bytes now, Bytes growth) {
    return before == null || now.value() >= before.value() + growth.value();
  }

  private static GuestConfiguration configuration(ToolContext context, Guest guest) {
    return Reading.fresh(context, guest, Aspect.CONFIGURATION, GuestConfiguration.class);
  }
}
