package org.jarvis.api.resource;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A node of a cluster.
 *
 * @param cluster its cluster
 * @param node its name
 * @param status whether it is online
 * @param cpu share of its processors in use, from 0 to 1
 * @param cpus logical processors
 * @param memoryUsed memory in use, cache included where Proxmox VE does not tell it apart
 * @param memoryTotal memory in all
 * @param diskUsed used space of its root file system
 * @param diskTotal size of its root file system
 * @param uptime since it booted
 * @param observation source and age
 */
public record Node(
    ClusterId cluster,
    NodeName node,
    Status status,
    @Nullable Double cpu,
    @Nullable Integer cpus,
    @Nullable Bytes memoryUsed,
    @Nullable Bytes memoryTotal,
    @Nullable Bytes diskUsed,
    @Nullable Bytes diskTotal,
    @Nullable Duration uptime,
    Observation observation)
    implements Resource {

  /** Whether a node is online. */
  public enum Status {
    /** A member of the quorate partition says so. */
    ONLINE,
    /** The cluster says so. */
    OFFLINE,
    /** Nobody can tell. */
    UNKNOWN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word at the edges. */
    public String word() {
      return word;
    }
  }

  @Override
  public ResourceRef ref() {
    return ResourceRef.node(cluster, node);
  }

  @Override
  public String name() {
    return node.value();
  }

  @Override
  public String statusWord() {
    return status.word();
  }
}
