package org.jarvis.core.action;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.resource.ResourceRef;

/** Sees to it that one resource is changed by one action at a time. */
final class TargetClaims {
  private final Map<ResourceRef, Action> holders = new HashMap<>();

  /** Claims all targets of an action; or claims none and returns the action that is in the way. */
  synchronized Optional<Action> claim(Action action) {
    List<ResourceRef> refs = refs(action);
    Optional<Action> holder =
        refs.stream().filter(holders::containsKey).map(holders::get).findFirst();
    if (holder.isEmpty()) {
      refs.forEach(ref -> holders.put(ref, action));
    }
    return holder;
  }

  synchronized void release(Action action) {
    holders.values().removeIf(holder -> holder.id().equals(action.id()));
  }

  private static List<ResourceRef> refs(Action action) {
    return action.targets().stream().map(Action.Target::ref).toList();
  }

  /** What to say to whoever wants a target that this action holds. */
  static String busyWords(Action inTheWay) {
    return "Another action is running on this target: "
        + inTheWay.title()
        + ", asked for by "
        + inTheWay.principal().name()
        + ". Wait until it has ended.";
  }
}
