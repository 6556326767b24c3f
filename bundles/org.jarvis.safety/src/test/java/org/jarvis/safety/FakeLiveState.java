package org.jarvis.safety;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;

/** A live state that a test sets. */
final class FakeLiveState implements LiveState {
  final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile List<ClusterSnapshot> clusters = List.of();

  void show(ClusterSnapshot... snapshots) {
    clusters = List.of(snapshots);
    listeners.forEach(listener -> listener.changed(clusters));
  }

  @Override
  public List<ClusterSnapshot> clusters() {
    return clusters;
  }

  @Override
  public Optional<ClusterSnapshot> cluster(ClusterId id) {
    return clusters.stream().filter(snapshot -> snapshot.cluster().id().equals(id)).findFirst();
  }

  @Override
  public Subscription subscribe(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
