package org.jarvis.core.action;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.core.CanonicalJson;
import org.jarvis.core.tool.RegisteredTool;

/**
 * A request that was resolved, validated and decided.
 *
 * @param request what was asked for
 * @param tool the tool
 * @param use what the arguments make of it
 * @param targets what it would touch
 * @param ruling what the policies say
 * @param obstacle why it makes no sense on the targets as they are
 */
record Prepared(
    ActionRequest request,
    RegisteredTool tool,
    ToolUse use,
    List<ResolvedTarget> targets,
    Ruling ruling,
    Optional<Obstacle> obstacle) {

  /** Why it may not be done, whoever agrees; empty when it may. */
  Optional<String> denial() {
    return ruling.denied() ? Optional.of(ruling.strictest().reason()) : Optional.empty();
  }

  List<Resource> resources() {
    return targets.stream().map(ResolvedTarget::resource).toList();
  }

  /** All that must not change between a person's consent and the act. */
  String fingerprint() {
    return CanonicalJson.hash(
        List.of(tool.fingerprint(), ResolvedTarget.fingerprint(actionTargets())));
  }

  List<Action.Target> actionTargets() {
    return targets.stream().map(ResolvedTarget::target).toList();
  }
}
