package org.jarvis.lab.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster consists of when the simulation begins.
 *
 * @param clusterName the name of the cluster
 * @param nodes in the order of their ids
 * @param placements guests, each with its node and state
 * @param storages in the order of the configuration
 */
public record Inventory(
    String clusterName,
    List<NodeSpec> nodes,
    List<Placement> placements,
    List<StorageSpec> storages) {

  /** Checks that there is somewhere to run. */
  public Inventory {
    nodes = List.copyOf(nodes);
    placements = List.copyOf(placements);
    storages = List.copyOf(storages);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a cluster needs a node");
    }
  }

  /** The same with these storages. */
  Inventory with(List<StorageSpec> otherStorages) {
    return new Inventory(clusterName, nodes, placements, otherStorages);
  }

  /**
   * Where a guest begins.
   *
   * @param spec the guest
   * @param node its node
   * @param running whether it runs
   * @param lock the lock of its configuration, if any
   */
  public record Placement(GuestSpec spec, String node, boolean running, @Nullable String lock) {}
}
