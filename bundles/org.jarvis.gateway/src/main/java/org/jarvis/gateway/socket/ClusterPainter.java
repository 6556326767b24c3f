package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.ResourceEncoder;
import org.jarvis.gateway.json.ResourceEncoder.Circumstances;
import org.jspecify.annotations.Nullable;

/**
 * Makes views of the clusters, each out of the one before: what is shown alike is the same item,
 * and is neither encoded nor compared again. A cluster that is the same snapshot as before is not
 * even looked at until something in it grows stale. Used by one thread at a time.
 */
final class ClusterPainter {
  /** What is protected may change without any reading; that much later it is shown. */
  private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(3);

  /** Of a large house somewhat later, and no later than it is read again as a rule. */
  private static final int LATER_BY_NANOS_PER_ITEM = 2_000_000;

  private Map<ClusterId, Painted> clusters = new LinkedHashMap<>();
  private @Nullable ClusterView last;

  /**
   * A cluster as it was painted.
   *
   * @param snapshot what was painted
   * @param items its items by the keys of the snapshot's maps, which are cheaper than addresses
   * @param encoder how it was told
   * @param until when it has to be looked at again, though it be the same snapshot
   */
  private record Painted(
      ClusterSnapshot snapshot,
      Map<Object, ShownItem> items,
      ResourceEncoder encoder,
      Instant until) {}

  /** The clusters as this encoder tells them. */
  @SuppressWarnings("ReferenceEquality") // The same map holds the same items.
  ClusterView paint(List<ClusterSnapshot> snapshots, ResourceEncoder encoder) {
    Map<ClusterId, Painted> next = new LinkedHashMap<>();
    boolean changed = last == null || snapshots.size() != clusters.size();
    int guests = 0;
    ObjectNode observed = Json.object();
    for (ClusterSnapshot snapshot : snapshots) {
      Cluster cluster = snapshot.cluster();
      Painted before = clusters.get(cluster.id());
      Painted now = paint(snapshot, before, encoder);
      changed |= before == null || before.items() != now.items();
      next.put(cluster.id(), now);
      guests += snapshot.guests().size();
      ResourceEncoder.observedAt(cluster.observation())
          .ifPresent(at -> observed.put(cluster.observation().source(), at));
    }
    clusters = next;
    ClusterView view =
        last == null || changed ? view(next, observed, guests) : last.observedAgain(observed);
    last = view;
    return view;
  }

  private static ClusterView view(
      Map<ClusterId, Painted> painted, ObjectNode observed, int guests) {
    Map<String, ShownItem> clusters = new LinkedHashMap<>();
    Map<String, ShownItem> resources = new LinkedHashMap<>();
    for (Painted one : painted.values()) {
      for (ShownItem item : one.items().values()) {
        (item.resource() instanceof Cluster ? clusters : resources).put(item.ref(), item);
      }
    }
    return ClusterView.of(clusters, resources, observed, guests);
  }

  private static Painted paint(
      ClusterSnapshot snapshot, @Nullable Painted before, ResourceEncoder encoder) {
    if (before != null
        && sharesResources(before.snapshot(), snapshot)
        && before.encoder().tellsLike(encoder)
        && encoder.moment().isBefore(before.until())) {
      return before;
    }
    return new Painting(snapshot, before == null ? Map.of() : before.items(), encoder).painted();
  }

  /** Details are no part of what is painted, and most snapshots bring nothing else. */
  @SuppressWarnings("ReferenceEquality") // What snapshots share is the same object.
  private static boolean sharesResources(ClusterSnapshot one, ClusterSnapshot other) {
    return one.cluster() == other.cluster()
        && one.nodes() == other.nodes()
        && one.guests() == other.guests()
        && one.storages() == other.storages();
  }

  /** One cluster being painted. */
  private static final class Painting {
    private final ClusterSnapshot snapshot;
    private final Map<Object, ShownItem> before;
    private final ResourceEncoder encoder;
    private final Map<Object, ShownItem> items;
    private boolean changed;
    private Instant until;

    Painting(ClusterSnapshot snapshot, Map<Object, ShownItem> before, ResourceEncoder encoder) {
      this.snapshot = snapshot;
      this.before = before;
      this.encoder = encoder;
      this.items = new HashMap<>(before.size() * 2);
      this.until =
          encoder
              .moment()
              .plus(LOOKED_AT_EVERY)
              .plusNanos((long) LATER_BY_NANOS_PER_ITEM * before.size());
    }

    Painted painted() {
      paint(snapshot.cluster().id(), snapshot.cluster());
      snapshot.nodes().forEach(this::paint);
      snapshot.guests().forEach(this::paint);
      snapshot.storages().forEach(this::paint);
      boolean same = !changed && items.size() == before.size();
      return new Painted(snapshot, same ? before : items, encoder, until);
    }

    private void paint(Object key, Resource resource) {
      ShownItem known = before.get(key);
      Circumstances now =
          encoder.circumstances(resource, snapshot, known == null ? resource::ref : known::address);
      Observation observation = resource.observation();
      if (!now.stale() && observation.freshUntil().isBefore(until)) {
        until = observation.freshUntil();
      }
      if (known != null
          && known.circumstances().equals(now)
          && encoder.tellsAlike(known.resource(), resource, now.stale())) {
        known.seenAt(observation.at());
        items.put(key, known);
        return;
      }
      ShownItem painted =
          known == null
              ? new ShownItem(resource, now, encoder)
              : known.next(resource, now, encoder);
      if (known != null && !painted.differsInFiguresAlone(known) && painted.looksLike(known)) {
        known.seenAt(observation.at());
        items.put(key, known);
        return;
      }
      changed = true;
      items.put(key, painted);
    }
  }
}
