package org.jarvis.lab.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every node's tasks, newest first, with a bounded past. Confined to the cluster's lock. */
final class TaskBook {

  private static final int KEPT_PER_NODE = 1000;

  private final Map<String, Deque<TaskRun>> byNode = new HashMap<>();
  private final Map<String, TaskRun> byName = new HashMap<>();

  void add(TaskRun run) {
    Deque<TaskRun> tasks = byNode.computeIfAbsent(run.upid().node(), node -> new ArrayDeque<>());
    tasks.addFirst(run);
    byName.put(run.upid().toString(), run);
    if (tasks.size() > KEPT_PER_NODE) {
      forgetOldestEnded(tasks);
    }
  }

  private void forgetOldestEnded(Deque<TaskRun> tasks) {
    for (Iterator<TaskRun> oldest = tasks.descendingIterator(); oldest.hasNext(); ) {
      TaskRun run = oldest.next();
      if (!run.running()) {
        oldest.remove();
        byName.remove(run.upid().toString());
        return;
      }
    }
  }

  @Nullable TaskRun find(Upid upid) {
    return byName.get(upid.toString());
  }

  List<TaskRun> of(String node) {
    return new ArrayList<>(byNode.getOrDefault(node, new ArrayDeque<>()));
  }
}
