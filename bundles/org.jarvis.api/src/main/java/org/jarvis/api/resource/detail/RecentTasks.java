package org.jarvis.api.resource.detail;

import java.util.List;
import org.jarvis.api.resource.TaskState;

/**
 * The tasks that ran lately in a cluster.
 *
 * @param tasks the running ones and the latest ended ones, newest first
 */
public record RecentTasks(List<TaskState> tasks) implements Detail {
  /** Keeps the collections from changing. */
  public RecentTasks {
    tasks = List.copyOf(tasks);
  }

  @Override
  public Aspect aspect() {
    return Aspect.TASKS;
  }
}
