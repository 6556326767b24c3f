package org.jarvis.core.action;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostCommands;
import org.jarvis.api.host.HostId;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolContext;
import org.jarvis.core.state.Connections;

/** What one run of a tool gets to work with. */
final class RunContext implements ToolContext {
  private final ActionRequest request;
  private final List<ResolvedTarget> targets;
  private final Effect effect;
  private final ScopedOperations.Objection objection;
  private final LiveState states;
  private final Connections connections;
  private final ScopedHosts hosts;
  private final TaskFollower follower;
  // Guarded by this.
  private final Map<ClusterId, ScopedOperations> scoped = new HashMap<>();
  private boolean closed;

  RunContext(
      ActionRequest request,
      List<ResolvedTarget> targets,
      Effect effect,
      ScopedOperations.Objection objection,
      LiveState states,
      Connections connections,
      ScopedHosts hosts,
      TaskFollower follower) {
    this.request = request;
    this.targets = List.copyOf(targets);
    this.effect = effect;
    this.objection = objection;
    this.states = states;
    this.connections = connections;
    this.hosts = hosts;
    this.follower = follower;
  }

  /** Whether the run asked anything of a cluster or a host, so that there may be an effect. */
  synchronized boolean touched() {
    return hosts.touched() || scoped.values().stream().anyMatch(ScopedOperations::touched);
  }

  /** Whether the run may have changed something on a host, of which no task tells. */
  boolean touchedHost() {
    return hosts.touched();
  }

  synchronized void close() {
    closed = true;
    hosts.close();
    scoped.values().forEach(ScopedOperations::close);
  }

  @Override
  public Arguments arguments() {
    return request.arguments();
  }

  @Override
  public Principal principal() {
    return request.principal();
  }

  @Override
  public Origin origin() {
    return request.origin();
  }

  @Override
  public List<Resource> targets() {
    return targets.stream().map(ResolvedTarget::resource).toList();
  }

  @Override
  public LiveState liveState() {
    return states;
  }

  @Override
  public ClusterReader reader(ClusterId cluster) {
    return connections.require(cluster).reader();
  }

  @Override
  public synchronized ClusterOperations operations(ClusterId cluster) {
    if (closed) {
      throw new JarvisException(ErrorCode.REFUSED, ScopedOperations.OVER);
    }
    if (effect == Effect.OBSERVES) {
      throw new JarvisException(
          ErrorCode.REFUSED, "The action was decided as one that observes; it changes nothing.");
    }
    // Node names and numbers repeat from cluster to cluster: another cluster's target is none here.
    List<ResolvedTarget> here =
        targets.stream()
            .filter(target -> target.resource().ref().cluster().equals(cluster))
            .toList();
    return scoped.computeIfAbsent(
        cluster,
        id -> new ScopedOperations(connections.require(id).operations(), here, effect, objection));
  }

  @Override
  public HostCommands host(HostId host) {
    return hosts.on(host);
  }

  @Override
  public TaskFollower follower() {
    return follower;
  }
}
