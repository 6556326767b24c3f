package org.jarvis.api.tool;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.resource.Resource;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One named operation with typed arguments. Read tools observe, write tools change something.
 *
 * <p>Lifecycle: register an implementation as a service; at once it is in the catalogue, and with
 * it in menus, REST, chat and MCP. A name that is taken is refused and logged: the built-in tools
 * of {@code org.jarvis.tools} always keep theirs, and among others the first one stays. When the
 * service leaves, the tool leaves; a run in flight may finish.
 *
 * <p><strong>Nothing but the gate's executor may call {@link #run} and {@link #verify}.</strong>
 * All other methods must answer from memory, at once, without effect, from any thread.
 */
@ConsumerType
public interface Tool {
  /** What it is. Always the same answer. */
  ToolDefinition definition();

  /** What these arguments, valid by the schema, make of it. */
  ToolUse use(Arguments arguments);

  /**
   * Why it cannot be used at all at present, such as a connector that is missing; empty when it
   * can. It stays in the catalogue with this reason, and an action that asks for it fails with it
   * as {@code part-missing}.
   */
  default Optional<String> unavailable() {
    return Optional.empty();
  }

  /** The uses that make sense on this resource; empty when it is not for this kind of thing. */
  List<ToolOffer> offers(Resource resource);

  /**
   * Why it makes no sense on the targets as they are now, such as {@code already running}; asked
   * when an action is asked for, and again when a person has approved it.
   *
   * @param targets the targets, read fresh, in the order of {@link ToolUse#targets()}
   */
  default Optional<Obstacle> obstacle(Arguments arguments, List<Resource> targets) {
    return Optional.empty();
  }

  /** What a person should know before consenting, made from arguments and targets alone. */
  default Impact impact(Arguments arguments, List<Resource> targets) {
    return Impact.none();
  }

  /**
   * Does it. Blocks until the effect is there, can be interrupted, and is run on a thread of the
   * gate.
   *
   * @throws org.jarvis.api.error.JarvisException when it failed; the message becomes the outcome
   */
  ToolResult run(ToolContext context);

  /**
   * Whether the effect can be seen, called after {@link #run} until it says so or time is up.
   *
   * @param targets the targets, read fresh after the run
   */
  default boolean verify(Arguments arguments, List<Resource> targets) {
    return true;
  }

  /**
   * The arguments with which the inverse tool restores what was before.
   *
   * @param before the targets as they were before the run
   */
  default Optional<Arguments> undo(Arguments arguments, List<Resource> before) {
    return Optional.empty();
  }

  /**
   * The same, where what the run brought to light is needed for it. This is what the gate asks.
   *
   * @param result what the run answered
   */
  default Optional<Arguments> undo(Arguments arguments, List<Resource> before, ToolResult result) {
    return undo(arguments, before);
  }

  /**
   * The targets as they are once it is done, as far as that follows from the arguments: a guest
   * that was stopped is stopped. A plan decides its later steps on this, and stops where it did not
   * come true.
   *
   * @param before the targets as they are before the run
   * @return as many, in the same order
   */
  default List<Resource> expected(Arguments arguments, List<Resource> before) {
    return before;
  }
}
