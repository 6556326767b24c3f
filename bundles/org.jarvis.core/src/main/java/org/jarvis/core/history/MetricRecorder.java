package org.jarvis.core.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.core.ServiceSlot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the course of the figures that charts need, with every reading of a cluster: {@code cpu}
 * as a share from 0 to 1, {@code memory} and {@code disk} in bytes, of nodes, guests and storages;
 * {@code netIn}, {@code netOut}, {@code diskRead} and {@code diskWritten} of guests in bytes a
 * second, the first two also of all guests of a cluster together; {@code load} of nodes, whenever
 * it is read. A figure that is not known leaves a gap. Its methods are called by one thread at a
 * time.
 */
public final class MetricRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(MetricRecorder.class);

  private final ServiceSlot<MetricStore> store;
  private final GuestRates rates;
  private final Map<ClusterId, Instant> recorded = new HashMap<>();
  private final Map<ResourceRef, Instant> loads = new HashMap<>();
  private boolean away;

  /** Records into this store while it is there. */
  public MetricRecorder(ServiceSlot<MetricStore> store, GuestRates rates) {
    this.store = store;
    this.rates = rates;
  }

  /** Looks at the clusters as they are now, and records what was read since the last look. */
  public void record(List<ClusterSnapshot> clusters) {
    for (ClusterSnapshot snapshot : clusters) {
      Cluster cluster = snapshot.cluster();
      Instant at = cluster.observation().at();
      // A clock that was set back does not end the recording.
      if (cluster.connection() == Cluster.Connection.LIVE
          && !at.equals(recorded.get(cluster.id()))
          && append(samples(snapshot))) {
        recorded.put(cluster.id(), at);
      }
    }
    forget(clusters);
  }

  private void forget(List<ClusterSnapshot> clusters) {
    var known =
        clusters.stream().map(snapshot -> snapshot.cluster().id()).collect(Collectors.toSet());
    recorded.keySet().retainAll(known);
    loads.keySet().removeIf(node -> !known.contains(node.cluster()));
    rates.keepOnly(known);
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

  private List<Sample> samples(ClusterSnapshot snapshot) {
    List<Sample> samples = new ArrayList<>();
    for (Node node : snapshot.nodes().values()) {
      Line line = new Line(samples, node.ref().toString(), node.observation());
      line.add("cpu", node.cpu());
      line.add("memory", node.memoryUsed());
      line.add("disk", node.diskUsed());
      addLoad(samples, snapshot, node);
    }
    for (Guest guest : snapshot.guests().values()) {
      String subject = MetricStore.subject(guest.ref(), snapshot.incarnations().get(guest.id()));
      Line line = new Line(samples, subject, guest.observation());
      line.add("cpu", guest.cpu());
      line.add("memory", guest.memoryUsed());
      rates
          .find(guest.cluster(), guest.id(), snapshot.cluster().observation().at())
          .ifPresent(
              now -> {
                line.add("netIn", now.netIn());
                line.add("netOut", now.netOut());
                line.add("diskRead", now.diskRead());
                line.add("diskWritten", now.diskWritten());
              });
    }
    Cluster cluster = snapshot.cluster();
    rates
        .total(cluster.id(), cluster.observation().at())
        .ifPresent(
            now -> {
              Line line = new Line(samples, cluster.ref().toString(), cluster.observation());
              line.add("netIn", now.netIn());
              line.add("netOut", now.netOut());
            });
    for (Storage storage : snapshot.storages().values()) {
      new Line(samples, storage.ref().toString(), storage.observation())
          .add("disk", storage.used());
    }
    return samples;
  }

  /** The load is read in turn, and has an age of its own. */
  private void addLoad(List<Sample> samples, ClusterSnapshot snapshot, Node node) {
    AspectState state = snapshot.details(node.ref()).state(Aspect.SYSTEM).orElse(null);
    if (state == null
        || state.observation() == null
        || !(state.detail() instanceof NodeSystem system)
        || system.load().isEmpty()
        || state.observation().at().equals(loads.put(node.ref(), state.observation().at()))) {
      return;
    }
    new Line(samples, node.ref().toString(), state.observation()).add("load", system.load().get(0));
  }

  /** Samples of one resource at one moment. */
  private record Line(List<Sample> samples, String subject, Instant at) {
    Line(List<Sample> samples, String subject, Observation observation) {
      this(samples, subject, observation.at().truncatedTo(ChronoUnit.SECONDS));
    }

    void add(String figure, @Nullable Bytes bytes) {
      add(figure, bytes == null ? null : Double.valueOf((double) bytes.value()));
    }

    void add(String figure, @Nullable Double value) {
      if (value != null && Double.isFinite(value)) {
        samples.add(new Sample(subject, figure, at, Rounding.of(value)));
      }
    }
  }
}
