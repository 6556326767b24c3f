package org.jarvis.core.action;

import java.time.Duration;
import java.util.Set;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.Effect;

/**
 * A connector's writing methods, narrowed to what was decided: these targets, and no more severe an
 * effect. A tool that says one thing and does another gets no further than here, and a tool that
 * keeps the object finds it closed once its run is over.
 */
final class ScopedOperations implements ClusterOperations {
  static final String OVER = "The action that this was given to has ended.";

  private final ClusterOperations operations;
  private final Set<ResourceRef> targets;
  private final Effect effect;
  private volatile boolean touched;
  private volatile boolean closed;

  ScopedOperations(ClusterOperations operations, Set<ResourceRef> targets, Effect effect) {
    this.operations = operations;
    this.targets = Set.copyOf(targets);
    this.effect = effect;
  }

  /** Whether anything was asked of the cluster, so that there may be an effect. */
  boolean touched() {
    return touched;
  }

  void close() {
    closed = true;
  }

  @Override
  public TaskState start(Guest guest, TaskFollower follower) {
    permit(guest, Effect.CHANGES);
    return operations.start(guest, follower);
  }

  @Override
  public TaskState shutdown(Guest guest, Duration patience, TaskFollower follower) {
    permit(guest, Effect.DISRUPTS);
    return operations.shutdown(guest, patience, follower);
  }

  @Override
  public TaskState stop(Guest guest, TaskFollower follower) {
    permit(guest, Effect.DISRUPTS);
    return operations.stop(guest, follower);
  }

  @Override
  public TaskState follow(TaskId task, TaskFollower follower) {
    throw new JarvisException(ErrorCode.REFUSED, "A tool follows only the tasks that it begins.");
  }

  @Override
  public void cancel(TaskId task) {
    throw new JarvisException(ErrorCode.REFUSED, "A tool cancels no tasks; the gate does.");
  }

  private void permit(Guest guest, Effect needed) {
    if (closed) {
      throw new JarvisException(ErrorCode.REFUSED, OVER);
    }
    if (!targets.contains(guest.ref())) {
      throw new JarvisException(
          ErrorCode.REFUSED, guest.label() + " is not among the targets that were decided on.");
    }
    if (needed.compareTo(effect) > 0) {
      throw new JarvisException(
          ErrorCode.REFUSED,
          "The action was decided as one that "
              + effect.word()
              + ", and this "
              + needed.word()
              + ".");
    }
    touched = true;
  }
}
