package org.jarvis.lab.sim;

import java.util.List;

/**
 * A storage of the cluster's configuration.
 *
 * @param id its name
 * @param plugin its type, such as {@code dir} or {@code zfspool}
 * @param content what it may hold, comma separated
 * @param shared whether every node sees the same bytes
 * @param total bytes
 * @param usedShare how full it is on average, 0 to 1
 * @param nodes the nodes that have it
 */
public record StorageSpec(
    String id,
    String plugin,
    String content,
    boolean shared,
    long total,
    double usedShare,
    List<String> nodes) {

  /** Copies the nodes. */
  public StorageSpec {
    nodes = List.copyOf(nodes);
  }
}
