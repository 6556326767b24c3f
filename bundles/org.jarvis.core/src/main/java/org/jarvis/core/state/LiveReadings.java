package org.jarvis.core.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
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
 *
 * <p>What is asked again at the same time or within five seconds gets the same answer, so that many
 * who look at one thing cost the cluster no more than one. Of logs each part is asked for.
 */
public final class LiveReadings implements ClusterReadings {
  private final LiveState states;
  private final Connections connections;
  private final YoungAnswers<AspectOf, AspectState> details;
  private final YoungAnswers<CourseOf, RecordedCourse> courses;
  private final YoungAnswers<ClusterId, Examination> examinations;

  private record AspectOf(ResourceRef resource, Aspect aspect) {}

  private record CourseOf(ResourceRef resource, Timeframe timeframe) {}

  /** Readings of these clusters. */
  public LiveReadings(LiveState states, Connections connections) {
    this(states, connections, System::nanoTime);
  }

  LiveReadings(LiveState states, Connections connections, LongSupplier nanos) {
    this.states = states;
    this.connections = connections;
    this.details = new YoungAnswers<>(nanos);
    this.courses = new YoungAnswers<>(nanos);
    this.examinations = new YoungAnswers<>(nanos);
  }

  @Override
  public AspectState detail(ResourceRef resource, Aspect aspect) {
    if (aspect.isToldByHost()) {
      return told(resource, aspect);
    }
    ClusterReader reader = reader(resource.cluster());
    return details.get(
        new AspectOf(resource, aspect), reader, () -> reader.detail(resource, aspect));
  }

  /** What only hosts tell comes by itself, all the time; nobody has to be asked for it. */
  private AspectState told(ResourceRef resource, Aspect aspect) {
    return states
        .cluster(resource.cluster())
        .flatMap(snapshot -> snapshot.details(resource).state(aspect))
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_PRESENT,
                    "Nothing told " + aspect.word() + " of " + resource + " yet."));
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
    ClusterReader reader = reader(resource.cluster());
    return courses.get(
        new CourseOf(resource, timeframe), reader, () -> reader.course(resource, timeframe));
  }

  /** The course of figures where that may be read now; see {@link ClusterReader#courseInTurn}. */
  public Optional<RecordedCourse> courseInTurn(ResourceRef resource, Timeframe timeframe) {
    return reader(resource.cluster()).courseInTurn(resource, timeframe);
  }

  @Override
  public Examination examine(ClusterId cluster) {
    ClusterReader reader = reader(cluster);
    return examinations.get(cluster, reader, reader::examine);
  }

  private ClusterReader reader(ClusterId id) {
    if (states.cluster(id).isEmpty()) {
      throw new JarvisException(
          ErrorCode.NOT_FOUND, "There is no cluster " + id + ". GET /api/clusters lists them.");
    }
    return connections.require(id).reader();
  }
}
