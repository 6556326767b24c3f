package org.jarvis.tools.form;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * How arguments name one guest.
 *
 * @param cluster its cluster, {@code null} when not given
 * @param node its node
 * @param vmid its number
 */
public record GuestAddress(@Nullable String cluster, String node, int vmid) {
  /** The address of a guest where it is now. */
  public static GuestAddress of(Guest guest) {
    return new GuestAddress(guest.cluster().value(), guest.node().value(), guest.id().value());
  }

  /** The arguments that name it. */
  public Arguments arguments() {
    return arguments(Map.of());
  }

  /** The address, and something more. */
  public Arguments arguments(Map<String, Object> more) {
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
