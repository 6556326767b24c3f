package org.jarvis.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.TargetSelector;
import org.jspecify.annotations.Nullable;

/**
 * How arguments address one guest.
 *
 * @param cluster its cluster, {@code null} when not given
 * @param node its node
 * @param vmid its number
 */
record GuestAddress(@Nullable String cluster, String node, int vmid) {
  /** Reads arguments that fit the schema. */
  static GuestAddress of(Arguments arguments) {
    return new GuestAddress(
        arguments.text("cluster").orElse(null),
        arguments.text("node").orElseThrow(),
        arguments.integer("vmid").orElseThrow());
  }

  /** The address of a guest where it is now. */
  static GuestAddress of(Guest guest) {
    return new GuestAddress(guest.cluster().value(), guest.node().value(), guest.id().value());
  }

  /** The one guest among the targets; there is no other in a tool that acts on one guest. */
  static Guest target(List<Resource> targets) {
    return (Guest) targets.get(0);
  }

  TargetSelector selector(GuestType type) {
    return new TargetSelector.OfGuest(cluster, node, vmid, Set.of(type));
  }

  Arguments arguments() {
    return arguments(Map.of());
  }

  /** The address, and something more. */
  Arguments arguments(Map<String, Object> more) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (cluster != null) {
      values.put("cluster", cluster);
    }
    values.put("node", node);
    values.put("vmid", vmid);
    values.putAll(more);
    return new Arguments(values);
  }
}
