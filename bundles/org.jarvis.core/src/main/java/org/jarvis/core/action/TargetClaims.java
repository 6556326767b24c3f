package org.jarvis.core.action;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jarvis.api.action.Action;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.Touch;

/**
 * Sees to it that one resource is changed by one action at a time. What is only used may be used by
 * several, but not while it is changed; a guest that is changed uses its node. Of the nodes of a
 * cluster one is taken down at a time: two that were both decided on while all were up would take
 * the quorum with them.
 */
final class TargetClaims {
  private final LiveState states;
  private final Predicate<Action> ended;
  private final Map<ResourceRef, Map<String, Claim>> holders = new HashMap<>();

  /**
   * None yet.
   *
   * @param ended whether the end of an action is recorded: whoever was told of it may go on at
   *     once, though the thread that ran it may not have got to giving its targets back
   */
  TargetClaims(LiveState states, Predicate<Action> ended) {
    this.states = states;
    this.ended = ended;
  }

  /** Claims all targets of an action; or claims none and returns the action that is in the way. */
  Optional<Action> claim(Action action) {
    Optional<Action> inTheWay = claimIfFree(action);
    // Asked without the lock: the record may take a moment, and whoever writes it may want a claim.
    while (inTheWay.filter(ended).isPresent()) {
      release(inTheWay.get());
      inTheWay = claimIfFree(action);
    }
    return inTheWay;
  }

  private synchronized Optional<Action> claimIfFree(Action action) {
    Map<ResourceRef, Boolean> wanted = wanted(action);
    Optional<Action> holder =
        wanted.entrySet().stream()
            .flatMap(
                want ->
                    holders.getOrDefault(want.getKey(), Map.of()).values().stream()
                        .filter(claim -> claim.alone() || want.getValue()))
            .map(Claim::action)
            .findFirst();
    if (holder.isEmpty()) {
      wanted.forEach(
          (ref, alone) ->
              holders
                  .computeIfAbsent(ref, any -> new HashMap<>())
                  .put(action.id(), new Claim(action, alone)));
    }
    return holder;
  }

  synchronized void release(Action action) {
    holders.values().forEach(claims -> claims.remove(action.id()));
    holders.values().removeIf(Map::isEmpty);
  }

  /** What an action wants, each with whether it wants it for itself alone. */
  private Map<ResourceRef, Boolean> wanted(Action action) {
    Map<ResourceRef, Boolean> wanted = new LinkedHashMap<>();
    for (Action.Target target : action.targets()) {
      Touch touch = target.touch();
      boolean alone = touch != Touch.USES;
      wanted.merge(target.ref(), alone, Boolean::logicalOr);
      if (!alone) {
        continue;
      }
      nodeOf(target.ref()).ifPresent(node -> wanted.putIfAbsent(node, false));
      if (target.ref().kind() == ResourceKind.NODE && (touch == null || touch.takesDown())) {
        wanted.put(ResourceRef.cluster(target.ref().cluster()), true);
      }
    }
    return wanted;
  }

  private Optional<ResourceRef> nodeOf(ResourceRef ref) {
    return states
        .find(ref)
        .filter(Guest.class::isInstance)
        .map(guest -> ResourceRef.node(ref.cluster(), ((Guest) guest).node()));
  }

  /** What to say to whoever wants a target that this action holds. */
  static String busyWords(Action inTheWay) {
    return "Another action is running on this target: "
        + inTheWay.title()
        + ", asked for by "
        + inTheWay.principal().name()
        + ". Wait until it has ended.";
  }

  private record Claim(Action action, boolean alone) {}
}
