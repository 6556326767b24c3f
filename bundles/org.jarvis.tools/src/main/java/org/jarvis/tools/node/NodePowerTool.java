package org.jarvis.tools.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Impact;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.EffectWatch;
import org.jarvis.tools.form.Facts;
import org.jarvis.tools.form.Outcome;
import org.jarvis.tools.form.Severity;
import org.jarvis.tools.form.Subject;
import org.jarvis.tools.form.Words;

/** {@code reboot_node} and {@code shutdown_node}, both waited for until they are seen. */
final class NodePowerTool extends NodeWriter {
  private static final Duration UNTIL_OFF = Duration.ofMinutes(15);
  private static final Duration UNTIL_BACK = Duration.ofMinutes(30);
  private static final int MOST_NAMED = 10;

  private final boolean comesBack;
  private final Facts facts;
  private final EffectWatch watch;

  private NodePowerTool(
      boolean comesBack, Severity.Look look, Facts facts, EffectWatch watch, Duration limit) {
    super(
        severity(comesBack)
            .definition(
                look,
                Subject.NODE.schema(List.of(), List.of()),
                Outcome.columns(),
                ResourceKind.NODE,
                false,
                limit,
                comesBack ? null : "wake_node"));
    this.comesBack = comesBack;
    this.facts = facts;
    this.watch = watch;
  }

  /** What is off may stay off for good, where nothing wakes it: that takes the name, typed. */
  private static Severity severity(boolean comesBack) {
    return comesBack ? Severity.DISRUPTING : Severity.DANGEROUS;
  }

  static NodePowerTool reboot(Facts facts, EffectWatch watch) {
    return new NodePowerTool(
        true,
        new Severity.Look(
            "reboot_node",
            "Reboot",
            "Reboots a node: its guests are shut down, and those that start at boot are started"
                + " again; waits until it is back online. Interrupts everybody who uses them, so a"
                + " person has to approve. Refused where quorum or a protected guest depends on the"
                + " node. It does not move guests away before."),
        facts,
        watch,
        UNTIL_BACK.plus(Duration.ofMinutes(2)));
  }

  static NodePowerTool shutdown(Facts facts, EffectWatch watch) {
    return new NodePowerTool(
        false,
        new Severity.Look(
            "shutdown_node",
            "Shut down",
            "Shuts a node down with its guests and waits until it is off. Nothing but wake_node or"
                + " somebody at its button brings it back, so a person types its name. Refused where"
                + " quorum or a protected guest depends on the node. It does not move guests away"
                + " before."),
        facts,
        watch,
        UNTIL_OFF.plus(Duration.ofMinutes(2)));
  }

  @Override
  public ToolUse use(Arguments arguments) {
    return severity(comesBack)
        .use(definition().title(), targets(arguments, Touch.TAKES_DOWN, null));
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return resource instanceof Node node
        ? Subject.NODE
            .naming(node)
            .map(
                arguments ->
                    new ToolOffer(arguments, obstacle(node).map(Obstacle::reason).orElse(null)))
            .stream()
            .toList()
        : List.of();
  }

  @Override
  public Impact impact(Arguments arguments, List<Resource> targets) {
    Node node = node(targets);
    List<Guest> guests = facts.runningOn(node);
    List<String> effects = new ArrayList<>();
    effects.add(
        guests.isEmpty()
            ? "No guest is known to run on it."
            : Words.count(guests.size(), "running guest")
                + " of it "
                + (guests.size() == 1 ? "is" : "are")
                + " shut down: "
                + Words.said(
                    String.join(
                        ", ", guests.stream().limit(MOST_NAMED).map(Subject::label).toList()))
                + (guests.size() > MOST_NAMED ? " and more." : "."));
    long managed = guests.stream().filter(guest -> guest.haState() != null).count();
    if (managed > 0) {
      effects.add(
          managed
              + " of them "
              + (managed == 1 ? "is" : "are")
              + " managed by high availability, which may start them on other nodes.");
    }
    Duration uptime = node.uptime();
    if (uptime != null) {
      effects.add("It has been up for " + Words.time(uptime) + ".");
    }
    facts.quorumWithout(node).ifPresent(effects::add);
    return new Impact(
        (comesBack ? "Reboots" : "Shuts down") + " node " + node.name() + ".",
        effects,
        comesBack ? null : "Wake it over the network, where its hardware can do that.");
  }

  @Override
  public ToolResult run(ToolContext context) {
    Node node = node(context.targets());
    LiveState state = context.liveState();
    if (comesBack) {
      context.operations(node.cluster()).reboot(node);
    } else {
      context.operations(node.cluster()).shutdown(node);
    }
    AtomicBoolean away = new AtomicBoolean();
    boolean done =
        watch.until(
            () -> now(state, node).filter(now -> isDone(node, now, away)).isPresent(),
            comesBack ? UNTIL_BACK : UNTIL_OFF,
            "Node "
                + node.name()
                + " was asked to "
                + (comesBack ? "reboot" : "shut down")
                + "; what came of it was not seen.");
    if (!done) {
      throw missing(
          "Node "
              + node.name()
              + " took the request, but "
              + (comesBack
                  ? "was not seen back online, newly booted, within "
                      + UNTIL_BACK.toMinutes()
                      + " minutes. Look at its console."
                  : "was not seen going off within "
                      + UNTIL_OFF.toMinutes()
                      + " minutes. Look at its console."));
    }
    return new Outcome(node, null, null, Map.of())
        .result(
            "Node " + node.name() + (comesBack ? " was rebooted and is back." : " is off."),
            Outcome.columns());
  }

  /**
   * Whether it is off; or, of a reboot, back: it was seen away, or is up for less long than before.
   */
  private boolean isDone(Node before, Node now, AtomicBoolean away) {
    if (now.status() != Node.Status.ONLINE) {
      away.set(true);
      return !comesBack && now.status() == Node.Status.OFFLINE;
    }
    Duration since = now.uptime();
    Duration then = before.uptime();
    return comesBack
        && (away.get() || (since != null && then != null && since.compareTo(then) < 0));
  }

  @Override
  public boolean verify(Arguments arguments, List<Resource> targets) {
    return targets.size() == 1
        && node(targets).status() == (comesBack ? Node.Status.ONLINE : Node.Status.OFFLINE);
  }

  @Override
  public Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    return comesBack ? Optional.empty() : Subject.NODE.naming(node(before));
  }
}
