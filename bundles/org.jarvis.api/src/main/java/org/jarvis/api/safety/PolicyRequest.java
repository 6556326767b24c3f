package org.jarvis.api.safety;

import java.util.List;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.ToolUse;

/**
 * What every policy judges: the same immutable request for each.
 *
 * @param tool the tool's name
 * @param arguments its arguments, valid by the tool's schema
 * @param use what these arguments make of the tool: effect, tier, targets
 * @param principal who asks
 * @param origin by which way
 * @param targets the resources it would touch, read fresh
 * @param clusters the state of the clusters that the targets belong to
 */
public record PolicyRequest(
    String tool,
    Arguments arguments,
    ToolUse use,
    Principal principal,
    Origin origin,
    List<Resource> targets,
    List<ClusterSnapshot> clusters) {
  /** Keeps the lists from changing. */
  public PolicyRequest {
    targets = List.copyOf(targets);
    clusters = List.copyOf(clusters);
  }
}
