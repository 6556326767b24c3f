package org.jarvis.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.core.ServiceSlot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the course of the figures that charts need: {@code cpu} as a share from 0 to 1, {@code
 * memory} and {@code disk} in bytes, of nodes, guests and storages. One sample a minute of each, in
 * large clusters one in five minutes: every series has its own place in the store, and thousands of
 * places written each minute would wear out a small disk. A figure that is not known leaves a gap.
 * Its methods are called by one thread at a time.
 */
public final class MetricRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(MetricRecorder.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration INTERVAL_OF_MANY = Duration.ofMinutes(5);
  private static final int MANY_GUESTS = 500;

  private final ServiceSlot<MetricStore> store;
  private final Map<ClusterId, Instant> recorded = new HashMap<>();
  private boolean away;

  /** Records into this store while it is there. */
  public MetricRecorder(ServiceSlot<MetricStore> store) {
    this.store = store;
  }

  /** Looks at the clusters as they are now, and records what is due. */
  public void record(List<ClusterSnapshot> clusters) {
    for (ClusterSnapshot snapshot : clusters) {
      Cluster cluster = snapshot.cluster();
      Instant at = cluster.observation().at();
      Instant last = recorded.get(cluster.id());
      boolean due = last == null || !at.isBefore(last.plus(interval(snapshot)));
      if (due && cluster.connection() == Cluster.Connection.LIVE && append(samples(snapshot))) {
        recorded.put(cluster.id(), at);
      }
    }
  }

  private static Duration interval(ClusterSnapshot snapshot) {
    return snapshot.guests().size() > MANY_GUESTS ? INTERVAL_OF_MANY : INTERVAL;
  }

  private boolean append(List<Sample> samples) {
    try {
      store.require().append(samples);
      away = false;
      return true;
    } catch (JarvisException unavailable) {
      if (!away) {
        LOG.warn("The course of figures has a gap from now on: {}", unavailable.getMessage());
      }
      away = true;
      return false;
    }
  }

  private static List<Sample> samples(ClusterSnapshot snapshot) {
    List<Sample> samples = new ArrayList<>();
    for (Node node : snapshot.nodes().values()) {
      add(samples, node, "cpu", node.cpu());
      add(samples, node, "memory", node.memoryUsed());
      add(samples, node, "disk", node.diskUsed());
    }
    for (Guest guest : snapshot.guests().values()) {
      add(samples, guest, "cpu", guest.cpu());
      add(samples, guest, "memory", guest.memoryUsed());
    }
    for (Storage storage : snapshot.storages().values()) {
      add(samples, storage, "disk", storage.used());
    }
    return samples;
  }

  private static void add(
      List<Sample> samples, Resource resource, String figure, @Nullable Bytes bytes) {
    add(samples, resource, figure, bytes == null ? null : Double.valueOf((double) bytes.value()));
  }

  private static void add(
      List<Sample> samples, Resource resource, String figure, @Nullable Double value) {
    if (value != null && Double.isFinite(value)) {
      samples.add(
          new Sample(resource.ref().toString(), figure, resource.observation().at(), value));
    }
  }
}
