package org.jarvis.api.connector;

import java.time.Duration;
import org.jarvis.api.resource.Guest;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The writing methods of a connector.
 *
 * <p><strong>Nothing but the action pipeline's executor may call them.</strong> They are handed to
 * the core with {@link ClusterRegistry#attach} and are never published as a service; an
 * architecture test holds every class to that.
 *
 * <p>Each method blocks until the cluster's task has really ended and returns how it ended: an
 * accepted request is no success. A method never repeats a request that may have had an effect.
 * Failures before a task exists are {@link org.jarvis.api.error.JarvisException}s. An interrupted
 * thread stops following, not the task. Where the connection breaks after the request was sent, the
 * exception's code is {@code TIMED_OUT} or {@code UNREACHABLE}, and whether there is an effect is
 * unknown; where it could not be sent at all, the code is {@code NOT_SENT}, and there is none.
 */
@ConsumerType
public interface ClusterOperations {
  /** Starts a guest. */
  TaskState start(Guest guest, TaskFollower follower);

  /**
   * Shuts a guest down cleanly, as its operating system would.
   *
   * @param patience how long the guest may take; after that the task fails and the guest still runs
   */
  TaskState shutdown(Guest guest, Duration patience, TaskFollower follower);

  /** Stops a guest at once, as by pulling its plug. */
  TaskState stop(Guest guest, TaskFollower follower);

  /** Follows a task that began earlier to its end, for example after a restart of Jarvis. */
  TaskState follow(TaskId task, TaskFollower follower);

  /** Asks the cluster to end a running task. Returns when the request is accepted. */
  void cancel(TaskId task);
}
