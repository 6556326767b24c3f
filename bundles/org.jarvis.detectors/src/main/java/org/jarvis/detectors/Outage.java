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
  private final OrderlyShutdowns shutdowns;

  private Outage(Situation situation, KnownTasks tasks, OrderlyShutdowns shutdowns) {
    this.situation = situation;
    this.tasks = tasks;
    this.shutdowns = shutdowns;
    for (Node node : situation.cluster().nodes().values()) {
      if (node.status() == Node.Status.OFFLINE) {
        nodes.add(node);
      }
    }
    nodes.sort(Comparator.comparing(Node::node));
  }

  /**
   * What is offline now.
   *
   * @param shutdowns remembers which nodes went in order; it is told what is known now
   */
  static Outage of(Situation situation, OrderlyShutdowns shutdowns) {
    KnownTasks tasks = KnownTasks.of(situation);
    shutdowns.look(situation, tasks);
    return new Outage(situation, tasks, shutdowns);
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
   * it was. Its tasks tell, as long as the cluster knows them; or what was seen of them before; or
   * its guests do.
   */
  @Nullable Instant shutdown(Node node) {
    TaskState task = tasks.shutdown(node.node());
    if (task != null) {
      return task.startedAt();
    }
    Instant seen = shutdowns.of(node.ref());
    if (seen != null) {
      return seen;
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
