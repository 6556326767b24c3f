package org.jarvis.api.safety;

import java.util.List;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;
import org.jspecify.annotations.Nullable;

/**
 * What every policy judges: the same immutable request for each.
 *
 * @param tool the tool's name
 * @param arguments its arguments, valid by the tool's schema
 * @param use what these arguments make of the tool: effect, tier, targets
 * @param principal who asks
 * @param origin by which way
 * @param targets the resources it would touch, read fresh, with what becomes of each
 * @param clusters the state of the clusters that the targets belong to
 * @param typed what the person typed last, where the request follows from it; {@code null} where
 *     nothing was, or it does not count
 */
public record PolicyRequest(
    String tool,
    Arguments arguments,
    ToolUse use,
    Principal principal,
    Origin origin,
    List<Target> targets,
    List<ClusterSnapshot> clusters,
    @Nullable String typed) {
  /** A request for which no typed word speaks. */
  public PolicyRequest(
      String tool,
      Arguments arguments,
      ToolUse use,
      Principal principal,
      Origin origin,
      List<Target> targets,
      List<ClusterSnapshot> clusters) {
    this(tool, arguments, use, principal, origin, targets, clusters, null);
  }

  /** Keeps the lists from changing. */
  public PolicyRequest {
    targets = List.copyOf(targets);
    clusters = List.copyOf(clusters);
  }

  /**
   * A resource that it would touch.
   *
   * @param resource its state
   * @param touch what becomes of it
   * @param part the part of it that is meant, such as the unit of a node's service; {@code null}
   *     for the whole
   */
  public record Target(Resource resource, Touch touch, @Nullable String part) {
    /** A resource that is touched as a whole. */
    public Target(Resource resource, Touch touch) {
      this(resource, touch, null);
    }
  }
}
