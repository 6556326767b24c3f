package org.jarvis.core.action;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.action.Action;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.tool.Touch;
import org.jarvis.core.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * A resource that an action would touch, with all that must not change between a person's consent
 * and the act. Figures are not among it.
 *
 * @param resource its state
 * @param touch what becomes of it
 * @param part the part of it that is meant; {@code null} for the whole
 * @param incarnation which life under its address it is; empty where that is not told apart
 * @param generation what tells it from a later one of the same address
 * @param configuration the digest of its configuration
 * @param protection why it is protected; empty when it is not
 * @param changedBefore whether an earlier step of the same plan changes it: then its configuration
 *     and what high availability makes of it are whatever that step left
 */
record ResolvedTarget(
    Resource resource,
    Touch touch,
    @Nullable String part,
    String incarnation,
    String generation,
    String configuration,
    String protection,
    boolean changedBefore) {

  private static final String CHANGED_BEFORE = "?";

  /** What the policies are told of it. */
  PolicyRequest.Target judged() {
    return new PolicyRequest.Target(resource, touch, part);
  }

  Action.Target target() {
    return new Action.Target(resource.ref(), resource.name(), label(), touch, fingerprint());
  }

  String fingerprint() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("ref", resource.ref().toString());
    facts.put("incarnation", incarnation);
    facts.put("generation", generation);
    facts.put("configuration", changedBefore ? CHANGED_BEFORE : configuration);
    facts.put("protection", protection);
    facts.put("status", resource.statusWord());
    if (resource instanceof Guest guest) {
      facts.put("name", guest.name());
      facts.put("node", guest.node().value());
      facts.put("lock", guest.lock());
      facts.put("tags", guest.tags());
      facts.put("ha", changedBefore ? CHANGED_BEFORE : guest.haState());
    }
    return CanonicalJson.hash(facts);
  }

  /** One fingerprint over all targets of an action. */
  static String fingerprint(List<Action.Target> targets) {
    return CanonicalJson.hash(
        targets.stream().map(target -> target.ref() + "=" + target.fingerprint()).toList());
  }

  private String label() {
    return resource instanceof Guest guest ? guest.label() : resource.name();
  }
}
