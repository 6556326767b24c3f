package org.jarvis.core.action;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Obstacle;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.tool.KnownTools;
import org.jarvis.core.tool.RegisteredTool;
import org.jarvis.core.tool.ToolRegistry;
import org.jspecify.annotations.Nullable;

/** Resolve, validate, decide: all that precedes any effect, and all that a preview does. */
final class Preparation {
  private final ClusterStates states;
  private final ToolRegistry tools;
  private final KnownTools known;
  private final TargetResolver resolver;
  private final Decider decider;

  Preparation(
      ClusterStates states,
      ToolRegistry tools,
      KnownTools known,
      TargetResolver resolver,
      Decider decider) {
    this.states = states;
    this.tools = tools;
    this.known = known;
    this.resolver = resolver;
    this.decider = decider;
  }

  /** The request, resolved, validated and decided. Records nothing. */
  Prepared prepare(ActionRequest request) {
    return prepare(request, Foresight.NONE);
  }

  /** The same for a step of a plan, on what the steps before it are to leave. */
  Prepared prepare(ActionRequest request, Foresight foresight) {
    RegisteredTool tool = tools.require(request.tool());
    ToolUse use = tool.use(request.arguments());
    List<ResolvedTarget> remembered = resolver.known(use, foresight);
    Ruling first = decide(request, use, remembered);
    // What is refused by what is known needs no answer from a cluster that may have none to give.
    Optional<Obstacle> unavailable =
        known
            .objection(tool)
            .or(tool::unavailable)
            .map(reason -> new Obstacle(ErrorCode.PART_MISSING, reason));
    if (first.denied() || unavailable.isPresent() || use.effect() == Effect.OBSERVES) {
      return new Prepared(request, tool, use, remembered, first, unavailable);
    }
    List<ResolvedTarget> fresh = resolver.fresh(use, foresight);
    return new Prepared(
        request,
        tool,
        use,
        fresh,
        decide(request, use, fresh),
        tool.obstacle(request.arguments(), resources(fresh)));
  }

  private Ruling decide(ActionRequest request, ToolUse use, List<ResolvedTarget> targets) {
    return decider.decide(policyRequest(request, use, targets));
  }

  private static List<Resource> resources(List<ResolvedTarget> targets) {
    return targets.stream().map(ResolvedTarget::resource).toList();
  }

  private PolicyRequest policyRequest(
      ActionRequest request, ToolUse use, List<ResolvedTarget> targets) {
    List<ClusterSnapshot> clusters =
        targets.stream()
            .map(target -> target.resource().ref().cluster())
            .distinct()
            .flatMap(cluster -> states.cluster(cluster).stream())
            .collect(Collectors.toList());
    return new PolicyRequest(
        request.tool(),
        request.arguments(),
        use,
        request.principal(),
        request.origin(),
        targets.stream().map(ResolvedTarget::judged).toList(),
        clusters,
        typed(request));
  }

  /**
   * What a person typed, only where it can stand for their consent: whoever else claims to have
   * typed something, and by whichever other way, is not listened to.
   */
  private static @Nullable String typed(ActionRequest request) {
    return request.origin() == Origin.CHAT && request.principal().isPerson()
        ? request.typed()
        : null;
  }

  /** Whether the clusters of an action's targets are seen at present. */
  boolean seesTargetsOf(Action action) {
    return action.targets().stream()
        .allMatch(
            target ->
                states
                    .cluster(target.ref().cluster())
                    .filter(known -> known.cluster().connection() == Cluster.Connection.LIVE)
                    .isPresent());
  }
}
