package org.jarvis.core.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.SnapshotStore;
import org.jarvis.api.persistence.SnapshotStore.StoredSnapshot;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.core.ServiceSlot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last state of every cluster, so that after a restart what was last seen is there at
 * once, with its age, and what changed meanwhile is noticed. Its methods are called by one thread
 * at a time.
 */
public final class SnapshotKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);

  /** How old what is kept may be, compared with what is known. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  /**
   * How many characters are written each second at most, on average: the state of a very large
   * cluster is kept less often, since writing all of it each minute would wear out a small disk.
   */
  private static final int CHARACTERS_PER_SECOND = 20_000;

  /**
   * How long a cluster is remembered that no connector speaks for any more, or whose configuration
   * was removed: when it comes back, its guests are who they were.
   */
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(30);

  private final Clock clock;
  private final ClusterStates states;
  private final ServiceSlot<SnapshotStore> store;
  private final Map<ClusterId, Instant> kept = new HashMap<>();
  private final Map<ClusterId, Instant> due = new HashMap<>();
  private boolean restored;

  /** Keeps the snapshots of these states. */
  public SnapshotKeeper(Clock clock, ClusterStates states, ServiceSlot<SnapshotStore> store) {
    this.clock = clock;
    this.states = states;
    this.store = store;
  }

  /**
   * The store has come: gives the live state what it holds, once in a life; later on, the live
   * state knows better.
   */
  public void restore() {
    if (restored) {
      return;
    }
    try {
      for (StoredSnapshot stored : store.require().all()) {
        if (stored.at().plus(FORGOTTEN_AFTER).isBefore(clock.instant())) {
          store.require().remove(stored.cluster());
        } else {
          SnapshotDocument.read(stored.document()).ifPresent(states::remember);
        }
      }
      restored = true;
    } catch (JarvisException unavailable) {
      LOG.info("The last state of the clusters is not shown: {}", unavailable.getMessage());
    }
  }

  /** Stores what was read since the last call. */
  public void keep() {
    keep(false);
  }

  /** Stores what was read last, whatever its size: Jarvis ends. */
  public void keepLast() {
    keep(true);
  }

  private void keep(boolean last) {
    try {
      for (ClusterSnapshot snapshot : states.clusters()) {
        keep(snapshot, last);
      }
    } catch (JarvisException unavailable) {
      LOG.debug("The state of the clusters is kept later: {}", unavailable.getMessage());
    }
  }

  private void keep(ClusterSnapshot snapshot, boolean last) {
    Cluster cluster = snapshot.cluster();
    Instant at = cluster.observation().at();
    if (cluster.connection() != Cluster.Connection.LIVE || at.equals(kept.get(cluster.id()))) {
      return;
    }
    Instant now = clock.instant();
    if (!last && now.isBefore(due.getOrDefault(cluster.id(), Instant.MIN))) {
      return;
    }
    String document = SnapshotDocument.write(snapshot);
    store.require().put(new StoredSnapshot(cluster.id().value(), at, document));
    kept.put(cluster.id(), at);
    due.put(cluster.id(), now.plusSeconds(document.length() / CHARACTERS_PER_SECOND));
  }
}
