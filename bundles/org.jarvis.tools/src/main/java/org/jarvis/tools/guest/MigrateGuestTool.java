package org.jarvis.tools.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.TargetSelector;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.GuestAddress;
import org.jarvis.tools.form.GuestTools;
import org.jarvis.tools.form.InputSchema;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.TaskVerdict;
import org.jarvis.tools.form.Words;

/** {@code migrate_vm} and {@code migrate_container}. */
final class MigrateGuestTool extends GuestWriter {
  private static final String TARGET = "target";
  private static final String LOCAL_DISKS = "withLocalDisks";
  private static final String STORAGE = "storage";
  private static final int MOST_OFFERS = 3;

  MigrateGuestTool(GuestType type, Facts facts) {
    super(
        Subject.guest(type),
        Severity.DISRUPTING.definition(
            new Severity.Look(
                GuestTools.named("migrate", type),
                "Migrate",
                "Moves a "
                    + Words.noun(type)
                    + " to another node of its cluster, and waits until it is there. "
                    + (type == GuestType.QEMU
                        ? "A running VM goes on running; disks that only its node sees move with it"
                            + " only with withLocalDisks=true."
                        : "A running container is shut down, moved with its disks and started again.")
                    + " Use it to empty a node or to balance load. It does not move to another"
                    + " cluster."),
            Subject.guest(type).schema(List.of(TARGET), properties(type)),
            Outcome.columns().text("movedTo", "The node it is on now.", of -> of.more("movedTo")),
            ResourceKind.GUEST,
            false,
            Duration.ofHours(6),
            GuestTools.named("migrate", type)),
        facts);
  }

  private static List<String> properties(GuestType type) {
    List<String> properties = new ArrayList<>();
    properties.add(InputSchema.node(TARGET, "The name of the node that it moves to."));
    if (type == GuestType.QEMU) {
      properties.add(
          InputSchema.flag(
              LOCAL_DISKS,
              false,
              "true copies disks that only its present node sees, which can take long."));
    }
    properties.add(
        InputSchema.storage(
            "The storage of the new node that copied disks go to; the one of the same name unless"
                + " given."));
    return properties;
  }

  @Override
  public ToolUse use(Arguments arguments) {
    String cluster = arguments.text("cluster").orElse(null);
    String target = arguments.text(TARGET).orElseThrow();
    List<Target> others = new ArrayList<>();
    others.add(new Target(new TargetSelector.OfNode(cluster, target), Touch.USES));
    arguments
        .text(STORAGE)
        .ifPresent(
            storage ->
                others.add(
                    new Target(
                        new TargetSelector.OfStorage(cluster, target, storage), Touch.USES)));
    return Severity.DISRUPTING.use(
        "Migrate to " + target,
        targets(arguments, Touch.TAKES_DOWN, others.toArray(new Target[0])));
  }

  @Override
  List<ToolOffer> offers(Guest guest, Arguments address) {
    return facts().elsewhere(guest).stream()
        .filter(node -> lacking(guest, node.node()).isEmpty())
        .limit(MOST_OFFERS)
        .map(
            node -> {
              Map<String, Object> more = new LinkedHashMap<>();
              more.put(TARGET, node.name());
              if (isMachine(guest) && hasLocalDisks(guest)) {
                more.put(LOCAL_DISKS, true);
              }
              return offer(GuestAddress.of(guest).arguments(more), guest);
            })
        .toList();
  }

  /** A storage of the guest's disks that a node does not see, as far as is known. */
  private Optional<String> lacking(Guest guest, NodeName node) {
    return storages(guest).stream()
        .filter(storage -> facts().storage(guest.cluster(), guest.node(), storage).isPresent())
        .filter(storage -> facts().storage(guest.cluster(), node, storage).isEmpty())
        .findFirst();
  }

  private boolean hasLocalDisks(Guest guest) {
    return storages(guest).stream()
        .flatMap(storage -> facts().storage(guest.cluster(), guest.node(), storage).stream())
        .anyMatch(storage -> !storage.shared());
  }

  private List<String> storages(Guest guest) {
    return facts().detail(guest, GuestConfiguration.class).stream()
        .flatMap(configuration -> configuration.disks().stream())
        .filter(disk -> !disk.medium())
        .map(GuestConfiguration.Disk::storage)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  @Override
  Optional<Obstacle> obstacle(Arguments arguments, Guest guest) {
    String target = arguments.text(TARGET).orElseThrow();
    if (guest.node().value().equals(target)) {
      return Optional.of(conflict(Subject.label(guest) + " is on node " + target + " already."));
    }
    if (guest.status() == Guest.Status.UNKNOWN) {
      return Optional.of(GuestObstacles.unknown(guest));
    }
    Optional<Obstacle> offline =
        facts()
            .node(guest.cluster(), target)
            .filter(node -> node.status() != Node.Status.ONLINE)
            .map(
                node ->
                    new Obstacle(
                        ErrorCode.UNREACHABLE,
                        "Node " + target + " is " + node.statusWord() + " and takes no guests."));
    return offline
        .or(() -> missingStorage(arguments, guest, new NodeName(target)))
        .or(() -> super.obstacle(arguments, guest));
  }

  private Optional<Obstacle> missingStorage(Arguments arguments, Guest guest, NodeName target) {
    return arguments.text(STORAGE).isPresent()
        ? Optional.empty()
        : lacking(guest, target)
            .map(
                storage ->
                    conflict(
                        "Node "
                            + target
                            + " has no storage "
                            + Words.said(storage)
                            + ", where disks of "
                            + Subject.label(guest)
                            + " lie. Name a storage of that node."));
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Guest guest = guest(targets);
    boolean running = guest.status() == Guest.Status.RUNNING;
    List<String> effects = new ArrayList<>();
    if (running && isMachine(guest)) {
      effects.add("It goes on running, and stands still for a moment at the end.");
    } else if (running) {
      effects.add(
          "It is shut down, moved and started again: whoever uses it is interrupted meanwhile.");
    } else {
      effects.add("It is off, so nobody is interrupted.");
    }
    if (hasLocalDisks(guest)) {
      effects.add("Disks that only node " + guest.node() + " sees have to be copied.");
    }
    Storage aim = targets.size() > 2 && targets.get(2) instanceof Storage storage ? storage : null;
    if (aim != null) {
      effects.add("Copied disks go to " + Subject.label(aim) + ".");
    }
    Optional.ofNullable(Words.highAvailability(guest, "run on the other node"))
        .ifPresent(effects::add);
    return new Impact(
        "Moves "
            + Subject.label(guest)
            + " from node "
            + guest.node()
            + " to node "
            + arguments.text(TARGET).orElseThrow()
            + ".",
        effects,
        "Move it back.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Guest guest = guest(context.targets());
    Arguments arguments = context.arguments();
    NodeName target = ((Node) context.targets().get(1)).node();
    boolean running = guest.status() != Guest.Status.STOPPED;
    TaskState task =
        context
            .operations(guest.cluster())
            .migrate(
                guest,
                new Migration(
                    target,
                    running,
                    arguments.flag(LOCAL_DISKS),
                    arguments.text(STORAGE).orElse(null)),
                context.follower());
    Optional<String> note =
        TaskVerdict.judge(
            task,
            guest,
            "was not moved",
            "The task's log in the action says what stands against it.");
    Guest moved =
        context
            .reader(guest.cluster())
            .guest(guest.id())
            .orElseThrow(() -> missing(Subject.label(guest) + " is not seen anywhere"))
            .guest();
    if (moved.node().equals(target) && running && moved.status() == Guest.Status.STOPPED) {
      throw missing(Subject.label(guest) + " is on node " + target + " now, but does not run");
    }
    return new Outcome(guest, task, note.orElse(null), Map.of("movedTo", moved.node()))
        .result(
            Subject.label(guest) + " is on node " + moved.node() + " now.",
            Outcome.columns().text("movedTo", "The node it is on now.", of -> of.more("movedTo")));
  }

  @Override
  public List<Resource> expected(Arguments arguments, List<Resource> before) {
    return becoming(
        before, guest -> guest.withNode(new NodeName(arguments.text(TARGET).orElseThrow())));
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    String target = arguments.text(TARGET).orElseThrow();
    return targets.stream()
        .anyMatch(one -> one instanceof Guest guest && guest.node().value().equals(target));
  }

  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    Guest guest = guest(before);
    Map<String, Object> back = new LinkedHashMap<>();
    back.put(TARGET, guest.node().value());
    if (arguments.flag(LOCAL_DISKS)) {
      back.put(LOCAL_DISKS, true);
    }
    return Optional.of(
        new GuestAddress(
                guest.cluster().value(), arguments.text(TARGET).orElseThrow(), guest.id().value())
            .arguments(back));
  }
}
