package org.jarvis.lab.sim;

import java.time.Instant;
import java.util.List;

/**
 * The cluster at one moment.
 *
 * @param moment in simulated time
 * @param nodes in the order of their ids
 * @param guests in the order of their numbers
 * @param quorate whether the answering member's partition has quorum
 */
public record ClusterSnapshot(
    Instant moment, List<Node> nodes, List<Guest> guests, boolean quorate) {

  /** Copies the lists. */
  public ClusterSnapshot {
    nodes = List.copyOf(nodes);
    guests = List.copyOf(guests);
  }

  /** The member that answers: the first one that is online. */
  public Node local() {
    return nodes.stream().filter(Node::online).findFirst().orElse(nodes.get(0));
  }

  /** The guests of one node. */
  public List<Guest> guestsOn(String node) {
    return guests.stream().filter(guest -> guest.node().equals(node)).toList();
  }
}
