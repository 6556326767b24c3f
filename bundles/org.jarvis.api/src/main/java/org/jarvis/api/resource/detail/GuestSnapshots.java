package org.jarvis.api.resource.detail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of a guest.
 *
 * @param snapshots oldest first
 * @param parent the snapshot that the present state descends from
 */
public record GuestSnapshots(List<Snapshot> snapshots, @Nullable String parent) implements Detail {

  /**
   * One snapshot.
   *
   * @param name its name
   * @param parent the one before it
   * @param at when it was taken
   * @param description what people wrote about it
   * @param withMemory whether it holds the state of memory
   */
  public record Snapshot(
      String name,
      @Nullable String parent,
      @Nullable Instant at,
      @Nullable String description,
      boolean withMemory) {}

  /** Keeps the collections from changing. */
  public GuestSnapshots {
    snapshots = List.copyOf(snapshots);
  }

  @Override
  public Aspect aspect() {
    return Aspect.SNAPSHOTS;
  }
}
