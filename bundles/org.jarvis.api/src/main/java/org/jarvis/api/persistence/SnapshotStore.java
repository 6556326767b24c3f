package org.jarvis.api.persistence;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps the last state that was seen of each cluster, so that a restart does not begin with an
 * empty screen.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}. Safe from any
 * thread.
 */
@ConsumerType
public interface SnapshotStore {
  /** The last state of every cluster. */
  List<StoredSnapshot> all();

  /** Stores a state, replacing the earlier one of the same cluster. */
  void put(StoredSnapshot snapshot);

  /** Forgets a cluster. */
  void remove(String cluster);

  /**
   * A cluster's state as it is kept.
   *
   * @param cluster its short name
   * @param at when it was seen
   * @param document the state as JSON
   */
  record StoredSnapshot(String cluster, Instant at, String document) {}
}
