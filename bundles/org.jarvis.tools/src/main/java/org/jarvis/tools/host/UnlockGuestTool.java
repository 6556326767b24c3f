package org.jarvis.tools.host;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.Host;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.GuestTools;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;

/**
 * {@code unlock_vm} and {@code unlock_container}: on the guest's node as root, since Proxmox VE
 * lets no API token take a lock away.
 */
final class UnlockGuestTool implements Tool {
  private static final String TITLE = "Take the lock away";

  private final GuestType type;
  private final Commands commands;
  private final ToolDefinition definition;

  UnlockGuestTool(GuestType type, Commands commands) {
    this.type = type;
    this.commands = commands;
    this.definition =
        Severity.DISRUPTING.definition(
            new Severity.Look(
                GuestTools.named("unlock", type),
                TITLE,
                "Takes a lock from a "
                    + Words.noun(type)
                    + " that a failed backup, snapshot or migration left behind. Whatever took the lock"
                    + " may still be at work, so a person has to look first and approve. It is done on"
                    + " the node itself, over SSH, since Proxmox VE lets no API token do it."),
            Subject.guest(type).schema(List.of(), List.of()),
            Outcome.columns(),
            ResourceKind.GUEST,
            true,
            Duration.ofMinutes(1),
            null);
  }

  private String program() {
    return type == GuestType.QEMU ? "qm" : "pct";
  }

  @Override
  public ToolDefinition definition() {
    return definition;
  }

  @Override
  public Optional<String> unavailable() {
    return commands
        .unavailable()
        .map(
            reason ->
                reason
                    + " Until then, when nothing works on the guest any more, run on its node as"
                    + " root: "
                    + program()
                    + " unlock <vmid>");
  }

  /** The guest, and the node that it is done on. */
  @Override
  public ToolUse use(Arguments arguments) {
    return Severity.DISRUPTING.use(
        TITLE,
        List.of(
            new Target(Subject.guest(type).selector(arguments).orElseThrow(), Touch.RECONFIGURES),
            new Target(
                new TargetSelector.OfNode(
                    arguments.text("cluster").orElse(null), arguments.text("node").orElseThrow()),
                Touch.USES)));
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return resource instanceof Guest guest && guest.lock() != null
        ? Subject.guest(type).naming(guest).map(ToolOffer::new).stream().toList()
        : List.of();
  }

  @Override
  public Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    Guest guest = (Guest) targets.get(0);
    if (guest.lock() == null) {
      return Optional.of(
          new Obstacle(ErrorCode.CONFLICT, Subject.label(guest) + " is not locked."));
    }
    return commands.of(targets.get(1)).isPresent()
        ? Optional.empty()
        : Optional.of(new Obstacle(ErrorCode.PART_MISSING, noHost(guest)));
  }

  private static String noHost(Guest guest) {
    return "No SSH host is configured for node " + guest.node() + ", where it has to be done.";
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = (Guest) targets.get(0);
    return new Impact(
        "Takes the lock"
            + (guest.lock() == null ? "" : " " + Words.said(guest.lock()))
            + " from "
            + Subject.label(guest)
            + ".",
        List.of(
            "Where what took it still works on the guest, its disks may be damaged: look at the"
                + " running tasks first.",
            "It runs on the node: " + program() + " unlock " + guest.id()),
        null);
  }

  @Override
  public ToolResult run(ToolContext context) {
    unavailable()
        .ifPresent(
            reason -> {
              throw new JarvisException(ErrorCode.PART_MISSING, reason);
            });
    Guest guest = (Guest) context.targets().get(0);
    Node node = (Node) context.targets().get(1);
    Host host =
        commands
            .of(node)
            .orElseThrow(() -> new JarvisException(ErrorCode.PART_MISSING, noHost(guest)));
    Exchange.with(context, host).answer(program(), "unlock", guest.id().toString());
    return new Outcome(guest, null, null, java.util.Map.of())
        .result("The lock was taken from " + Subject.label(guest) + ".", Outcome.columns());
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return !targets.isEmpty() && ((Guest) targets.get(0)).lock() == null;
  }
}
