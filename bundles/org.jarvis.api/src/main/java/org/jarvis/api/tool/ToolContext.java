package org.jarvis.api.tool;

import java.util.List;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.host.HostCommands;
import org.jarvis.api.host.HostId;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Resource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a tool gets to work with while it runs. Only the gate's executor makes one; it is void once
 * the run has ended.
 */
@ProviderType
public interface ToolContext {
  /** The arguments, valid by the tool's schema. */
  Arguments arguments();

  /** Who asks. */
  Principal principal();

  /** By which way. */
  Origin origin();

  /** The resources that the selectors of {@link ToolUse#targets()} meant, read fresh. */
  List<Resource> targets();

  /** All that is known at this moment. */
  LiveState liveState();

  /** Reads from a cluster on demand. */
  ClusterReader reader(ClusterId cluster);

  /**
   * Changes things in a cluster: on the targets only, and with no more severe effect than decided.
   *
   * @throws org.jarvis.api.error.JarvisException with code {@code REFUSED} for anything else, and
   *     for a tool that was decided as observing
   */
  ClusterOperations operations(ClusterId cluster);

  /**
   * Runs commands on a host whose {@linkplain org.jarvis.api.host.Host#place() place} is one of the
   * targets: with no more severe effect than decided, on nothing but the targets.
   *
   * @throws org.jarvis.api.error.JarvisException {@code REFUSED} for any other host, {@code
   *     NOT_FOUND} for an unknown one
   */
  HostCommands host(HostId host);

  /** Pass this to every operation: it makes task and log part of the action's record. */
  TaskFollower follower();
}
