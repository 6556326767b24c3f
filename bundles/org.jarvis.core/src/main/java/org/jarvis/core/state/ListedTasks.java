package org.jarvis.core.state;

import java.util.List;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's tasks, as far as they are listed.
 *
 * @param tasks those that are
 * @param whole whether the list leaves none out; the account may be shown nothing but its own
 */
record ListedTasks(List<TaskState> tasks, boolean whole) {
  /** Keeps the list from changing. */
  ListedTasks {
    tasks = List.copyOf(tasks);
  }

  /** What was read of them, {@code null} where that is nothing. */
  static @Nullable ListedTasks of(AspectState state) {
    return state.detail() instanceof RecentTasks recent
        ? new ListedTasks(recent.tasks(), state.incomplete() == null)
        : null;
  }
}
