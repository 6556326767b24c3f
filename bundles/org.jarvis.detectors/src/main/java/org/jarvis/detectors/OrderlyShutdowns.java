package org.jarvis.detectors;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes were shutting down in order when they were seen last: a cluster forgets the tasks of
 * a node that has left it, and one without running guests leaves no other trace. Used by one thread
 * at a time.
 */
final class OrderlyShutdowns {
  private final Map<ResourceRef, Instant> began = new HashMap<>();

  /** Takes note of what the tasks of the nodes tell that are still there. */
  void look(Situation situation, KnownTasks tasks) {
    if (!tasks.areKnown()) {
      return;
    }
    for (Node node : situation.cluster().nodes().values()) {
      if (node.status() == Node.Status.ONLINE && situation.isFresh(node)) {
        TaskState shutdown = tasks.shutdown(node.node());
        if (shutdown == null
            || shutdown.startedAt().plus(KnownTasks.SHUTDOWN).isBefore(situation.now())) {
          began.remove(node.ref());
        } else {
          began.put(node.ref(), shutdown.startedAt());
        }
      }
    }
  }

  /** When a node that is away began to shut down; {@code null} where it was not seen to. */
  @Nullable Instant of(ResourceRef node) {
    return began.get(node);
  }
}
