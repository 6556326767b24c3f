package org.jarvis.detectors;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jspecify.annotations.Nullable;

/** What is known of a cluster's tasks in one evaluation. */
final class KnownTasks {
  /** The type of a backup; one of a whole job has no subject. */
  static final String BACKUP = "vzdump";

  /** What a node begins as it shuts down or reboots in order, and as it has booted. */
  private static final String STOP_ALL = "stopall";

  private static final String START_ALL = "startall";
  private static final String ENDED_BY_SOMEBODY = "interrupted by signal";

  /** How long a node may take to stop its guests before it goes. */
  static final Duration SHUTDOWN = Duration.ofMinutes(30);

  private final boolean known;
  private final List<TaskState> tasks;
  private final Set<String> busy = new HashSet<>();
  private final Set<NodeName> backingUp = new HashSet<>();
  private final Set<NodeName> jobs = new HashSet<>();
  private final Set<NodeName> stopping = new HashSet<>();

  private KnownTasks(boolean known, List<TaskState> tasks) {
    this.known = known;
    this.tasks = tasks;
    for (TaskState task : tasks) {
      if (task.type().equals(STOP_ALL)) {
        stopping.add(task.id().node());
      }
      if (!task.ended()) {
        busy.add(task.subject());
        if (task.type().equals(BACKUP)) {
          backingUp.add(task.id().node());
          if (task.subject().isEmpty()) {
            jobs.add(task.id().node());
          }
        }
      }
    }
  }

  /** Whether somebody ended it, who knows that it is not done. */
  static boolean isCalledOff(TaskState task) {
    return String.valueOf(task.exitStatus()).contains(ENDED_BY_SOMEBODY);
  }

  /** The tasks as far as they are known now. */
  static KnownTasks of(Situation situation) {
    Optional<RecentTasks> told =
        situation.fresh(situation.cluster().cluster().ref(), RecentTasks.class);
    return new KnownTasks(told.isPresent(), told.map(RecentTasks::tasks).orElse(List.of()));
  }

  /** Whether they are known at all. */
  boolean areKnown() {
    return known;
  }

  /** Them all, newest first. */
  List<TaskState> all() {
    return tasks;
  }

  /** Whether a task is at work on this guest; a backup of a whole job may be, too. */
  boolean isBusy(GuestId guest, NodeName node) {
    return jobs.contains(node) || busy.contains(guest.toString());
  }

  /** Whether a backup runs on a node. */
  boolean isBackingUp(NodeName node) {
    return backingUp.contains(node);
  }

  /**
   * The task by which a node that is away shut down in order, {@code null} where nothing says that
   * it did. It has to be the last thing that the node did.
   */
  @Nullable TaskState shutdown(NodeName node) {
    if (!stopping.contains(node)) {
      return null;
    }
    TaskState last = null;
    for (TaskState task : tasks) {
      if (task.id().node().equals(node)
          && (last == null || task.startedAt().isAfter(last.startedAt()))
          && (task.type().equals(STOP_ALL) || task.type().equals(START_ALL))) {
        last = task;
      }
    }
    if (last == null || !last.type().equals(STOP_ALL)) {
      return null;
    }
    for (TaskState task : tasks) {
      if (task.id().node().equals(node)
          && task.startedAt().isAfter(last.startedAt().plus(SHUTDOWN))) {
        return null;
      }
    }
    return last;
  }
}
