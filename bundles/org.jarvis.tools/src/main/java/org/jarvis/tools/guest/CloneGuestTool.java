package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.connector.GuestCopy;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Columns;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.GuestTools;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;
import org.jarvis.tools.form.Words;

/** {@code clone_vm} and {@code clone_container}: complete, or linked to a template's disks. */
final class CloneGuestTool extends GuestWriter {
  private static final String NEW_ID = "newVmid";
  private static final String NAME = "name";
  private static final String TARGET = "target";
  private static final String COMPLETE = "complete";
  private static final String STORAGE = "storage";
  private static final String SNAPSHOT = "snapshot";
  private static final Columns<Outcome> RESULT =
      Outcome.columns()
          .text("copyRef", "The address of the copy.", of -> of.more("ref"))
          .whole(NEW_ID, "Its number.", of -> of.more(NEW_ID));

  CloneGuestTool(GuestType type, Facts facts) {
    super(
        Subject.guest(type),
        Severity.DISRUPTING.definition(
            new Severity.Look(
                GuestTools.named("clone", type),
                "Clone",
                "Makes a copy of a "
                    + Words.noun(type)
                    + " under a new number and sees that it is there; it does not start it. Linked, the"
                    + " usual way, needs a template and shares its disks; complete=true copies all"
                    + " disks, which takes time and space and needs a person. The copy has the"
                    + " original's addresses and keys inside: change them before both run."),
            Subject.guest(type)
                .schema(
                    List.of(NEW_ID),
                    List.of(
                        InputSchema.number(NEW_ID, "The number of the copy, not in use yet."),
                        InputSchema.text(
                            NAME,
                            "^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$",
                            "The name of the copy."),
                        InputSchema.node(
                            TARGET, "The node that it is made on; the original's unless given."),
                        InputSchema.flag(
                            COMPLETE, false, "true copies the disks; false links to a template's."),
                        InputSchema.storage(
                            "Where copied disks go; where the original's are unless given."),
                        Snapshots.property(
                            "Of which snapshot of the original; its present state unless given."))),
            RESULT,
            ResourceKind.GUEST,
            false,
            Duration.ofHours(6),
            null),
        facts);
  }

  @Override
  public ToolUse use(Arguments arguments) {
    String cluster = arguments.text("cluster").orElse(null);
    String node = arguments.text("node").orElseThrow();
    String target = arguments.text(TARGET).orElse(node);
    List<Target> others = new ArrayList<>();
    if (!target.equals(node)) {
      others.add(new Target(new TargetSelector.OfNode(cluster, target), Touch.USES));
    }
    arguments
        .text(STORAGE)
        .ifPresent(
            storage ->
                others.add(
                    new Target(
                        new TargetSelector.OfStorage(cluster, target, storage), Touch.USES)));
    boolean complete = arguments.flag(COMPLETE);
    return (complete ? Severity.DISRUPTING : Severity.SMALL)
        .use(
            complete ? "Clone completely" : "Clone linked",
            targets(arguments, Touch.TENDS, others.toArray(new Target[0])));
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    boolean complete = arguments.flag(COMPLETE);
    if (!complete && !guest.template()) {
      return Optional.of(
          conflict(
              Subject.label(guest)
                  + " is no template, so nothing can be linked to it. Set complete to copy its"
                  + " disks."));
    }
    if (!complete && arguments.text(STORAGE).isPresent()) {
      return Optional.of(
          conflict("A linked clone lies where the template lies; leave the storage out."));
    }
    int number = arguments.integer(NEW_ID).orElseThrow();
    return facts()
        .guest(guest.cluster(), number)
        .map(other -> conflict(taken(number, other)))
        .or(() -> super.obstacle(arguments, guest));
  }

  private static String taken(int number, Guest other) {
    return "The number " + number + " is taken by " + Subject.label(other) + ".";
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    boolean complete = arguments.flag(COMPLETE);
    return new Impact(
        "Makes a "
            + (complete ? "complete" : "linked")
            + " copy of "
            + Subject.label(guest)
            + " under the number "
            + arguments.integer(NEW_ID).orElseThrow()
            + ".",
        List.of(
            complete
                ? "Its disks are copied: that may take long, and fills the storage by their size."
                : "It shares the template's disks, which then cannot be deleted.",
            "It has the same addresses and keys inside as the original."),
        "Delete the copy, which needs a person's approval.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    Arguments arguments = context.arguments();
    GuestId id = new GuestId(arguments.integer(NEW_ID).orElseThrow());
    Optional<Guest> other = find(context, guest, id);
    if (other.isPresent()) {
      throw new JarvisException(ErrorCode.CONFLICT, taken(id.value(), other.get()));
    }
    TaskState task =
        context
            .operations(guest.cluster())
            .copy(
                guest,
                new GuestCopy(
                    id,
                    arguments.text(NAME).orElse(null),
                    arguments.text(TARGET).map(NodeName::new).orElse(null),
                    arguments.flag(COMPLETE),
                    arguments.text(STORAGE).orElse(null),
                    arguments.text(SNAPSHOT).orElse(null)),
                context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task, guest, "was not cloned", "The task's log in the action has the details.");
    Guest copy =
        find(context, guest, id)
            .orElseThrow(() -> missing("there is no guest of the number " + id));
    ResourceRef ref = copy.ref();
    return new Outcome(guest, task, note.orElse(null), Map.of("ref", ref, NEW_ID, id.value()))
        .result(Subject.label(copy) + " was made of " + Subject.label(guest) + ".", RESULT);
  }

  private static Optional<Guest> find(ToolContext context, Guest original, GuestId id) {
    return context.reader(original.cluster()).guest(id).map(reading -> reading.guest());
  }
}
