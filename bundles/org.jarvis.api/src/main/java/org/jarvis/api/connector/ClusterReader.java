package org.jarvis.api.connector;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
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

  /** A node's own, fuller status. */
  NodeReading node(NodeName node);

  /** How a task stands; empty when its node does not know it. */
  Optional<TaskState> task(TaskId task);

  /** The guest's tasks on this node that began at or after the given moment, newest first. */
  List<TaskState> tasksOf(NodeName node, GuestId guest, Instant since);

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
