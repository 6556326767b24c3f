package org.jarvis.api.connector;

import java.util.List;
import org.jarvis.api.resource.TaskId;

/** Told how a task goes on while an operation is followed. Calls come one at a time. */
public interface TaskFollower {
  /**
   * The cluster accepted the request and made this task. Called before the task is followed, so
   * that it can be found again after a crash. When this throws, the task goes on and the operation
   * fails.
   */
  void began(TaskId task);

  /** New lines of the task's log, in order. Strings from the cluster: hostile. */
  void logged(List<String> lines);
}
