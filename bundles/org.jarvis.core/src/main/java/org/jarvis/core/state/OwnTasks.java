package org.jarvis.core.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.resource.TaskId;

/** Which of Jarvis's actions began which of the clusters' tasks, lately. Safe from any thread. */
final class OwnTasks {
  private static final int KEPT = 500;

  private final Map<TaskId, String> actions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskId, String> eldest) {
          return size() > KEPT;
        }
      };

  synchronized void note(TaskId task, String action) {
    actions.put(task, action);
  }

  synchronized Optional<String> actionOf(TaskId task) {
    return Optional.ofNullable(actions.get(task));
  }
}
