package org.jarvis.api.resource;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What Jarvis knows of all clusters at this moment. The core provides the one service.
 *
 * <p>All methods answer at once from memory and are safe from any thread. What they return never
 * changes; ask again for newer state. Staleness is judged by the reader from {@link
 * Resource#observation()}, since it grows without anything happening.
 */
@ProviderType
public interface LiveState {
  /** Every cluster that is configured or was seen since start, by name. */
  List<ClusterSnapshot> clusters();

  /** One cluster. */
  Optional<ClusterSnapshot> cluster(ClusterId id);

  /** One resource. */
  default Optional<Resource> find(ResourceRef ref) {
    return cluster(ref.cluster()).flatMap(snapshot -> snapshot.find(ref));
  }

  /**
   * Calls the listener after every change, one call at a time, on a thread of the core. A listener
   * that blocks delays only itself: changes that come meanwhile reach it as one.
   *
   * @return closes the subscription; closing it twice does nothing
   */
  Subscription subscribe(Listener listener);

  /** Told that something changed. */
  @FunctionalInterface
  interface Listener {
    /** The clusters as they are now. Also called when a source answered without any change. */
    void changed(List<ClusterSnapshot> clusters);
  }

  /** An open subscription. */
  interface Subscription extends AutoCloseable {
    /** Ends it. No call begins after this returns, but one may still run. */
    @Override
    void close();
  }
}
