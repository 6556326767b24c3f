package org.jarvis.core.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.ClusterReadings;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;

/**
 * Passes on what somebody wants to know now to the connector of the cluster. It gives away nothing
 * of a connection but answers.
 */
public final class LiveReadings implements ClusterReadings {
  private final LiveState states;
  private final Connections connections;

  /** Readings of these clusters. */
  public LiveReadings(LiveState states, Connections connections) {
    this.states = states;
    this.connections = connections;
  }

  @Override
  public AspectState detail(ResourceRef resource, Aspect aspect) {
    return reader(resource.cluster()).detail(resource, aspect);
  }

  @Override
  public void attend(Collection<ResourceRef> resources) {
    Map<ClusterId, List<ResourceRef>> byCluster = new LinkedHashMap<>();
    for (ResourceRef resource : resources) {
      byCluster.computeIfAbsent(resource.cluster(), id -> new ArrayList<>()).add(resource);
    }
    // Looking at what no connector speaks for is no mistake: it is shown, with its age.
    byCluster.forEach(
        (id, shown) ->
            connections
                .find(id)
                .map(ClusterConnection::reader)
                .ifPresent(reader -> reader.attend(shown)));
  }

  @Override
  public List<String> taskLog(ClusterId cluster, TaskId task, long start, int limit) {
    return reader(cluster).taskLog(task, start, limit);
  }

  @Override
  public RecordedCourse course(ResourceRef resource, Timeframe timeframe) {
    return reader(resource.cluster()).course(resource, timeframe);
  }

  @Override
  public Examination examine(ClusterId cluster) {
    return reader(cluster).examine();
  }

  private ClusterReader reader(ClusterId id) {
    if (states.cluster(id).isEmpty()) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND, "There is no cluster " + id + ". GET /api/clusters lists them.");
    }
    return connections.require(id).reader();
  }
}
