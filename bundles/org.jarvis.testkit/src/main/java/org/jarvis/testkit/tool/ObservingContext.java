package org.jarvis.testkit.tool;

import java.lang.reflect.Proxy;
import java.util.List;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
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
import org.jarvis.api.tool.ToolContext;

/**
 * What a tool that observes may work with while its cluster does not answer: what Jarvis knows.
 * Whatever changes something fails the test.
 */
record ObservingContext(Arguments arguments, List<Resource> targets, LiveState liveState)
    implements ToolContext {
  @Override
  public Principal principal() {
    return new Principal("ada", PrincipalKind.PERSON, "session-1");
  }

  @Override
  public Origin origin() {
    return Origin.BROWSER;
  }

  @Override
  public ClusterReader reader(ClusterId cluster) {
    return (ClusterReader)
        Proxy.newProxyInstance(
            ClusterReader.class.getClassLoader(),
            new Class<?>[] {ClusterReader.class},
            (proxy, method, values) -> {
              throw new JarvisException(ErrorCode.UNREACHABLE, cluster + " does not answer.");
            });
  }

  @Override
  public ClusterOperations operations(ClusterId cluster) {
    throw new AssertionError("A tool that observes asked for what changes cluster " + cluster);
  }

  @Override
  public HostCommands host(HostId host) {
    throw new JarvisException(ErrorCode.UNREACHABLE, host + " does not answer.");
  }

  @Override
  public TaskFollower follower() {
    throw new AssertionError("A tool that observes has no task to follow.");
  }
}
