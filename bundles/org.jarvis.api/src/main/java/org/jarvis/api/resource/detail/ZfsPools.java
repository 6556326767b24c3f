package org.jarvis.api.resource.detail;

import java.time.Instant;
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
   * @param state what the pool's own status says, which is later than the list's {@code health};
   *     {@code null} where it was not read
   * @param scan the last scrub or resilver, or the one in progress, as the node words it: hostile
   *     text; {@code null} where none is told
   * @param scrubbedAt when the last scrub ended; {@code null} where that cannot be told, also while
   *     one is in progress and after one that was cancelled. The node tells its local time without
   *     its zone, so it is right to within a day
   * @param errors the errors of reading, writing and checksums of all disks, and the damage that
   *     ZFS or the last scrub could not mend; {@code null} where none of it is told
   */
  public record Pool(
      String name,
      @Nullable String health,
      @Nullable Bytes allocated,
      @Nullable Bytes size,
      @Nullable Integer fragmentation,
      @Nullable Double deduplication,
      @Nullable String state,
      @Nullable String scan,
      @Nullable Instant scrubbedAt,
      @Nullable Long errors) {
    /** A pool of which only the list's row was read. */
    public Pool(
        String name,
        @Nullable String health,
        @Nullable Bytes allocated,
        @Nullable Bytes size,
        @Nullable Integer fragmentation,
        @Nullable Double deduplication) {
      this(name, health, allocated, size, fragmentation, deduplication, null, null, null, null);
    }
  }

  /** Keeps the collections from changing. */
  public ZfsPools {
    pools = List.copyOf(pools);
  }

  @Override
  public Aspect aspect() {
    return Aspect.ZFS;
  }
}
