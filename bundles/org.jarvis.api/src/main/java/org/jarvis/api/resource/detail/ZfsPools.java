package org.jarvis.api.resource.detail;

import java.util.List;
import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The ZFS pools of a node.
 *
 * @param pools by name
 */
public record ZfsPools(List<Pool> pools) implements Detail {

  /**
   * One pool.
   *
   * @param name its name
   * @param health {@code ONLINE}, {@code DEGRADED}, {@code FAULTED} and so on
   * @param allocated used space
   * @param size its size
   * @param fragmentation in percent
   * @param deduplication the ratio
   */
  public record Pool(
      String name,
      @Nullable String health,
      @Nullable Bytes allocated,
      @Nullable Bytes size,
      @Nullable Integer fragmentation,
      @Nullable Double deduplication) {}

  /** Keeps the collections from changing. */
  public ZfsPools {
    pools = List.copyOf(pools);
  }

  @Override
  public Aspect aspect() {
    return Aspect.ZFS;
  }
}
