package org.jarvis.tools.node;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.Target;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolDefinition;
import org.jarvis.api.tool.ToolOffer;
import org.jarvis.api.tool.Touch;
import org.jarvis.tools.form.Subject;
import org.jspecify.annotations.Nullable;

/** What the tools that change one node have in common. The node is their only target. */
abstract class NodeWriter implements Tool {
  private final ToolDefinition definition;

  NodeWriter(ToolDefinition definition) {
    this.definition = definition;
  }

  @Override
  public final ToolDefinition definition() {
    return definition;
  }

  /** The node, touched like this, as a whole or in this part. */
  static List<Target> targets(Arguments arguments, Touch touch, @Nullable String part) {
    return List.of(new Target(Subject.NODE.selector(arguments).orElseThrow(), touch, part));
  }

  static Node node(List<Resource> targets) {
    return (Node) targets.get(0);
  }

  /** The node as it was seen last. */
  static Optional<Node> now(LiveState state, Node node) {
    return state.find(node.ref()).map(Node.class::cast);
  }

  @Override
  public List<ToolOffer> offers(Resource resource) {
    return List.of();
  }

  @Override
  public final Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    return obstacle(node(targets));
  }

  /** What stands against it, as the node is now: most can only be done with one that is online. */
  Optional<Obstacle> obstacle(Node node) {
    return node.status() == Node.Status.ONLINE
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                ErrorCode.UNREACHABLE,
                "Node " + node.name() + " is " + node.statusWord() + ", so it can do nothing."));
  }

  /** What should be there is not. */
  static JarvisException missing(String what) {
    return new JarvisException(ErrorCode.EFFECT_MISSING, what);
  }
}
