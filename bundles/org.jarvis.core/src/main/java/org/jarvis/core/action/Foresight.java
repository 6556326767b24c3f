package org.jarvis.core.action;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.Touch;

/**
 * What the earlier steps of a plan are to make of resources, so that a later one is decided on what
 * it will meet. Each step makes a new value of it.
 */
final class Foresight {
  /** Nothing comes before. */
  static final Foresight NONE = new Foresight(Map.of(), Set.of());

  private final Map<ResourceRef, Resource> expected;
  private final Set<ResourceRef> changed;

  private Foresight(Map<ResourceRef, Resource> expected, Set<ResourceRef> changed) {
    this.expected = Map.copyOf(expected);
    this.changed = Set.copyOf(changed);
  }

  /** The resource as it will be. */
  Resource see(Resource now) {
    return expected.getOrDefault(now.ref(), now);
  }

  /** Whether an earlier step changes it. */
  boolean changes(ResourceRef ref) {
    return changed.contains(ref);
  }

  /** What is foreseen once this step is done as well. */
  Foresight after(Prepared step) {
    Map<ResourceRef, Resource> then = new HashMap<>(expected);
    List<Resource> outcome = step.tool().expected(step.request().arguments(), step.resources());
    outcome.forEach(resource -> then.put(resource.ref(), resource));
    return new Foresight(then, changedWith(step));
  }

  /** Once the steps so far are done: resources are what they are, and were changed. */
  Foresight done(Prepared step) {
    return new Foresight(Map.of(), changedWith(step));
  }

  private Set<ResourceRef> changedWith(Prepared step) {
    Set<ResourceRef> more = new HashSet<>(changed);
    step.targets().stream()
        .filter(target -> target.touch() != Touch.USES)
        .forEach(target -> more.add(target.resource().ref()));
    return more;
  }
}
