package org.jarvis.api.resource.detail;

import java.util.List;
import org.jarvis.api.resource.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Ceph in a cluster, as {@code ceph status} tells.
 *
 * @param health {@code HEALTH_OK}, {@code HEALTH_WARN} or {@code HEALTH_ERR}
 * @param checks what is not well, in words
 * @param osds OSDs in all
 * @param osdsUp OSDs that run
 * @param osdsIn OSDs that hold data
 * @param monitorsInQuorum monitors in quorum
 * @param used used space
 * @param total space in all
 */
public record CephStatus(
    @Nullable String health,
    List<String> checks,
    @Nullable Integer osds,
    @Nullable Integer osdsUp,
    @Nullable Integer osdsIn,
    @Nullable Integer monitorsInQuorum,
    @Nullable Bytes used,
    @Nullable Bytes total)
    implements Detail {
  /** Keeps the collections from changing. */
  public CephStatus {
    checks = List.copyOf(checks);
  }

  @Override
  public Aspect aspect() {
    return Aspect.CEPH;
  }
}
