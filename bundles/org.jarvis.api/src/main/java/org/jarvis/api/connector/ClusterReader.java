package org.jarvis.api.connector;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads single things of a cluster on demand, straight from it. Changes nothing there.
 *
 * <p>Implemented by connectors. Every method blocks until the answer is there or the connector's
 * own time-out is over, can be interrupted, and may be called from several threads at once.
 * Failures are {@link org.jarvis.api.error.JarvisException}s whose code tells what kind.
 */
@ConsumerType
public interface ClusterReader {
  /** A guest as it is this moment, and what pins its identity and configuration; empty if gone. */
  Optional<GuestReading> guest(GuestId guest);

  /**
   * One aspect of a resource as it is this moment. Also reports it to the {@link Attachment}, so
   * that everybody sees it.
   *
   * @throws org.jarvis.api.error.JarvisException with code {@code NOT_FOUND} when there is no such
   *     resource, {@code INVALID_INPUT} when its kind has no such aspect, {@code NOT_PRESENT} when
   *     it has nothing of the kind
   */
  AspectState detail(ResourceRef resource, Aspect aspect);

  /**
   * Somebody looks at these resources: their details are read before others for a minute. Returns
   * at once.
   */
  void attend(Collection<ResourceRef> resources);

  /** How a task stands; empty when its node does not know it. */
  Optional<TaskState> task(TaskId task);

  /**
   * The guest's tasks on this node that began at or after the given moment, newest first. The
   * moment is by Jarvis's clock, whatever the node's own says; the tasks' times are the node's.
   */
  List<TaskState> tasksOf(NodeName node, GuestId guest, Instant since);

  /**
   * Part of a task's log.
   *
   * @param start how many lines to leave out from its beginning
   * @param limit how many lines at most, from 1 to 5000
   */
  List<String> taskLog(TaskId task, long start, int limit);

  /**
   * Lines of a node's system journal, oldest first, at most the last 500. Both moments are by
   * Jarvis's clock, whatever the node's own says. On Proxmox VE needs the privilege {@code
   * Sys.Syslog}.
   */
  List<String> journal(NodeName node, Instant since, Instant until);

  /** The course of a node's, guest's or storage's figures, as the cluster itself recorded it. */
  RecordedCourse course(ResourceRef resource, Timeframe timeframe);

  /**
   * The same for what is not urgent: within the bound for such readings, and without waiting for
   * it. A connector without such a bound reads at once.
   *
   * @return empty when nothing more may be read at this moment
   */
  default Optional<RecordedCourse> courseInTurn(ResourceRef resource, Timeframe timeframe) {
    return Optional.of(course(resource, timeframe));
  }

  /** Tries everything that Jarvis needs of this cluster and says what works. */
  Examination examine();

  /**
   * A guest, read fresh.
   *
   * @param guest its state
   * @param configurationDigest the digest of its configuration, which changes with every edit
   * @param generation what tells a guest from a later one under the same number, such as its
   *     creation time; empty where the configuration holds nothing of the kind
   */
  record GuestReading(Guest guest, String configurationDigest, String generation) {}
}
