package org.jarvis.tools.host;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.Host;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.ToolResult;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Subject;
import org.jspecify.annotations.Nullable;

/** What the tools that change a node over SSH have in common. The node is their only target. */
abstract class NodeCommandTool implements Tool {
  private final ToolDefinition definition;
  private final Commands commands;

  NodeCommandTool(ToolDefinition definition, Commands commands) {
    this.definition = definition;
    this.commands = commands;
  }

  @Override
  public final ToolDefinition definition() {
    return definition;
  }

  @Override
  public Optional<String> unavailable() {
    return commands.unavailable();
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  /** The node, touched like this, as a whole or in this part. */
  static List<Target> targets(Arguments arguments, Touch touch, @Nullable String part) {
    return List.of(new Target(Subject.NODE.selector(arguments).orElseThrow(), touch, part));
  }

  static Node node(List<Resource> targets) {
    return (Node) targets.get(0);
  }

  @Override
  public Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    Node node = node(targets);
    if (node.status() == Node.Status.OFFLINE) {
      return Optional.of(
          new Obstacle(
              ErrorCode.UNREACHABLE,
              "Node " + node.name() + " is " + node.statusWord() + ", so it can do nothing."));
    }
    return commands.of(node).isPresent()
        ? Optional.empty()
        : Optional.of(new Obstacle(ErrorCode.PART_MISSING, noHost(node)));
  }

  private static String noHost(Node node) {
    return "No SSH host is configured for node " + node.name() + ", where it has to be done.";
  }

  @Override
  public final ToolResult run(ToolContext context) {
    unavailable()
        .ifPresent(
            reason -> {
              throw new JarvisException(ErrorCode.PART_MISSING, reason);
            });
    return doOn(node(context.targets()), context);
  }

  /** Does it, where commands can run at all. */
  abstract ToolResult doOn(Node node, ToolContext context);

  /** Its host, for as long as the tool runs. */
  final Exchange exchange(ToolContext context) {
    Node node = node(context.targets());
    Host host =
        commands
            .of(node)
            .orElseThrow(() -> new JarvisException(ErrorCode.PART_MISSING, noHost(node)));
    return Exchange.with(context, host);
  }
}
