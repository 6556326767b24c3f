package org.jarvis.api.connector;

import java.util.Collection;
import java.util.List;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What can be read straight from the clusters on demand, for those who show it. The core provides
 * the one service; it passes on to the {@link ClusterReader} of the cluster's connector.
 *
 * <p>Methods block as those of {@link ClusterReader} do, and fail with a {@link
 * org.jarvis.api.error.JarvisException}: {@code NOT_FOUND} for a cluster that Jarvis does not know,
 * {@code CONNECTOR_MISSING} where its connector is away.
 */
@ProviderType
public interface ClusterReadings {
  /** One aspect of a resource as it is this moment; it is in the live state afterwards. */
  AspectState detail(ResourceRef resource, Aspect aspect);

  /**
   * Somebody looks at these: their details are read before others for a minute. Returns at once.
   */
  void attend(Collection<ResourceRef> resources);

  /** Part of a task's log; see {@link ClusterReader#taskLog}. */
  List<String> taskLog(ClusterId cluster, TaskId task, long start, int limit);

  /** The course of figures as the cluster recorded it. */
  RecordedCourse course(ResourceRef resource, Timeframe timeframe);

  /** Tries everything that Jarvis needs of a cluster. */
  Examination examine(ClusterId cluster);
}
