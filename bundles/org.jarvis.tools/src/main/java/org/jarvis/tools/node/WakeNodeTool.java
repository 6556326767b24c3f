package org.jarvis.tools.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.host.Commands;
import org.jarvis.tools.host.WakingHosts;

/** {@code wake_node}. */
final class WakeNodeTool extends NodeWriter {
  private static final String TITLE = "Wake";
  private static final Duration UNTIL_ONLINE = Duration.ofMinutes(10);

  private final Commands commands;
  private final EffectWatch watch;

  WakeNodeTool(Commands commands, EffectWatch watch) {
    super(
        Severity.SMALL.definition(
            new Severity.Look(
                "wake_node",
                TITLE,
                "Wakes a node that is off by a packet that another member sends, and waits until it is"
                    + " online. Where the cluster's API cannot have it sent, a member sends it over"
                    + " SSH. Its hardware and its configuration in Proxmox VE have to allow that. It"
                    + " mends no node that crashed or hangs."),
            Subject.NODE.schema(List.of(), List.of()),
            Outcome.columns(),
            ResourceKind.NODE,
            false,
            UNTIL_ONLINE.plus(Duration.ofMinutes(1)),
            "shutdown_node"));
    this.commands = commands;
    this.watch = watch;
  }

  /** The node, and the members that can send the packet over SSH where the cluster cannot. */
  @Override
  public ToolUse use(Arguments arguments) {
    List<Target> targets = new ArrayList<>(targets(arguments, Touch.TENDS, null));
    WakingHosts.beside(arguments, commands)
        .forEach(selector -> targets.add(new Target(selector, Touch.USES)));
    return Severity.SMALL.use(TITLE, targets);
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return resource instanceof Node node && node.status() == Node.Status.OFFLINE
        ? Subject.NODE.naming(node).map(ToolOffer::new).stream().toList()
        : List.of();
  }

  @Override
  Optional<Obstacle> obstacle(Node node) {
    return switch (node.status()) {
      case OFFLINE -> Optional.empty();
      case ONLINE ->
          Optional.of(
              new Obstacle(
                  ErrorCode.ALREADY_RUNNING, "Node " + node.name() + " is online already."));
      case UNKNOWN ->
          Optional.of(
              new Obstacle(
                  ErrorCode.UNREACHABLE,
                  "Nobody can tell whether node " + node.name() + " is off."));
    };
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    return new Impact(
        "Wakes node " + node(targets).name() + ".",
        List.of("Guests of it that start at boot are started with it."),
        "Shut it down again.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Node node = node(context.targets());
    LiveState state = context.liveState();
    send(context, node);
    boolean online =
        watch.until(
            () -> now(state, node).filter(now -> now.status() == Node.Status.ONLINE).isPresent(),
            UNTIL_ONLINE,
            "The packet for node " + node.name() + " was sent; what came of it was not seen.");
    if (!online) {
      throw missing(
          "The packet was sent, but node "
              + node.name()
              + " was not seen online within "
              + UNTIL_ONLINE.toMinutes()
              + " minutes. Look whether its hardware allows waking over the network.");
    }
    return new Outcome(node, null, null, Map.of())
        .result("Node " + node.name() + " is awake.", Outcome.columns());
  }

  /** What was not sent by the cluster is sent by a member; two packets do no more than one. */
  private void send(ToolContext context, Node node) {
    try {
      context.operations(node.cluster()).wake(node);
    } catch (JarvisException failure) {
      if (!WakingHosts.send(context, commands, node)) {
        throw failure;
      }
    }
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return !targets.isEmpty() && node(targets).status() == Node.Status.ONLINE;
  }

  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    return Subject.NODE.naming(node(before));
  }
}
