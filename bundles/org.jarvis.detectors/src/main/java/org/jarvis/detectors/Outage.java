package org.jarvis.detectors;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jarvis.api.event.Cause;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.TaskState;
import org.jspecify.annotations.Nullable;

/** The nodes that are offline, and which of these went in order. */
final class Outage {
  private final List<Node> nodes = new ArrayList<>();
  private final Situation situation;
  private final KnownTasks tasks;

  private Outage(Situation situation) {
    this.situation = situation;
    tasks = KnownTasks.of(situation);
    for (Node node : situation.cluster().nodes().values()) {
      if (node.status() == Node.Status.OFFLINE) {
        nodes.add(node);
      }
    }
    nodes.sort(Comparator.comparing(Node::node));
  }

  /** What is offline now. */
  static Outage of(Situation situation) {
    return new Outage(situation);
  }

  /** The offline nodes, by name. */
  List<Node> nodes() {
    return nodes;
  }

  /** Whether something is offline, and all of it was shut down in order or is worked on. */
  boolean isPlanned() {
    return !nodes.isEmpty()
        && nodes.stream()
            .allMatch(node -> situation.isMaintained(node.node()) || shutdown(node) != null);
  }

  /**
   * When an offline node was shut down or rebooted in order, {@code null} where nothing says that
   * it was. Its tasks tell; or its guests do, since a cluster forgets the tasks of a node that has
   * left it.
   */
  @Nullable Instant shutdown(Node node) {
    TaskState task = tasks.shutdown(node.node());
    if (task != null) {
      return task.startedAt();
    }
    for (Guest guest : situation.cluster().guests().values()) {
      if (guest.node().equals(node.node()) && guest.status() != Guest.Status.RUNNING) {
        Situation.Stop stop = situation.stop(guest).orElse(null);
        if (stop != null && stop.cause().kind() == Cause.Kind.NODE_SHUTDOWN) {
          return stop.at();
        }
      }
    }
    return null;
  }
}
