package org.jarvis.gateway.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a cluster. What is stale is left out, and said to be: a figure that stands still
 * would look like one that does not change.
 */
final class ClusterFigures {
  private static final String STALE = "Whether what is known is too old to count, 1 or 0.";
  private static final String AGE = "How old what is known is.";

  private static final double MILLIS = 1000;

  private final Exposition out;
  private final Instant now;

  ClusterFigures(Exposition out, Instant now) {
    this.out = out;
    this.now = now;
  }

  void add(ClusterSnapshot snapshot) {
    Cluster cluster = snapshot.cluster();
    String[] labels = {"cluster", cluster.id().value()};
    out.gauge(
        "jarvis_cluster_live",
        "Whether the cluster is read, 1 or 0.",
        bit(cluster.connection() == Cluster.Connection.LIVE),
        labels);
    if (fresh("jarvis_cluster", cluster.observation(), labels) && cluster.quorate() != null) {
      out.gauge(
          "jarvis_cluster_quorate",
          "Whether the cluster has quorum, 1 or 0.",
          bit(cluster.quorate()),
          labels);
    }
    snapshot
        .details(cluster.ref())
        .find(ConnectionDetail.class)
        .ifPresent(connection -> add(cluster, connection));
    snapshot.nodes().values().forEach(this::add);
    snapshot.guests().values().forEach(this::add);
    snapshot.storages().values().forEach(this::add);
  }

  private void add(Cluster cluster, ConnectionDetail connection) {
    ConnectionDetail.Traffic traffic = connection.traffic();
    String id = cluster.id().value();
    requests(id, "hot", traffic.hot());
    requests(id, "slow", traffic.slow());
    requests(id, "demanded", traffic.demanded());
    String[] labels = {"cluster", id};
    out.gauge(
        "jarvis_cluster_requests_failed",
        "Requests to the cluster that failed in the last minute.",
        traffic.failed(),
        labels);
    out.gauge(
        "jarvis_cluster_answer_bytes",
        "Size of the cluster's answers in the last minute.",
        traffic.bytes(),
        labels);
    if (traffic.usualTime() != null) {
      out.gauge(
          "jarvis_cluster_answer_seconds",
          "The usual time to a whole answer in the last minute.",
          traffic.usualTime().toMillis() / MILLIS,
          labels);
    }
    for (ConnectionDetail.Member member : connection.members()) {
      for (ConnectionDetail.Member.State state : ConnectionDetail.Member.State.values()) {
        out.gauge(
            "jarvis_cluster_member_state",
            "1 for the state that a member is in, 0 for the others.",
            bit(member.state() == state),
            "cluster",
            id,
            "address",
            member.address(),
            "state",
            state.name().toLowerCase(Locale.ROOT));
      }
      out.gauge(
          "jarvis_cluster_member_clock_offset_seconds",
          "How far the clock of a member is ahead of Jarvis's, below 0 where it is behind.",
          member.clockOffset() == null ? null : member.clockOffset().toSeconds(),
          "cluster",
          id,
          "address",
          member.address());
    }
  }

  private void requests(String cluster, String lane, int count) {
    out.gauge(
        "jarvis_cluster_requests",
        "Requests to the cluster in the last minute.",
        count,
        "cluster",
        cluster,
        "lane",
        lane);
  }

  private void add(Node node) {
    String[] labels = {"cluster", node.cluster().value(), "node", node.node().value()};
    if (!fresh("jarvis_node", node.observation(), labels)) {
      return;
    }
    out.gauge(
        "jarvis_node_up",
        "Whether the node is online, 1 or 0.",
        bit(node.status() == Node.Status.ONLINE),
        labels);
    out.gauge("jarvis_node_cpu_ratio", "Share of all its processors in use.", node.cpu(), labels);
    bytes("jarvis_node_memory_used_bytes", "Memory in use.", node.memoryUsed(), labels);
    bytes("jarvis_node_memory_total_bytes", "Memory.", node.memoryTotal(), labels);
    bytes("jarvis_node_disk_used_bytes", "Root file system in use.", node.diskUsed(), labels);
    bytes("jarvis_node_disk_total_bytes", "Root file system.", node.diskTotal(), labels);
  }

  private void add(Guest guest) {
    String[] labels = {
      "cluster", guest.cluster().value(),
      "vmid", guest.id().toString(),
      "name", guest.name(),
      "node", guest.node().value()
    };
    if (guest.template() || !fresh("jarvis_guest", guest.observation(), labels)) {
      return;
    }
    out.gauge(
        "jarvis_guest_up",
        "Whether the guest is running, 1 or 0.",
        bit(guest.status() == Guest.Status.RUNNING),
        labels);
    out.gauge("jarvis_guest_cpu_ratio", "Share of its processors in use.", guest.cpu(), labels);
    bytes("jarvis_guest_memory_used_bytes", "Memory in use.", guest.memoryUsed(), labels);
    bytes("jarvis_guest_memory_total_bytes", "Memory.", guest.memoryTotal(), labels);
  }

  private void add(Storage storage) {
    String[] labels = {
      "cluster", storage.cluster().value(),
      "node", storage.node().value(),
      "storage", storage.name()
    };
    if (!fresh("jarvis_storage", storage.observation(), labels)) {
      return;
    }
    out.gauge(
        "jarvis_storage_up",
        "Whether the storage is available, 1 or 0.",
        bit(storage.status() == Storage.Status.AVAILABLE),
        labels);
    bytes("jarvis_storage_used_bytes", "Space in use.", storage.used(), labels);
    bytes("jarvis_storage_total_bytes", "Space.", storage.total(), labels);
  }

  private boolean fresh(String prefix, Observation observation, String... labels) {
    boolean stale = observation.staleAt(now);
    out.gauge(prefix + "_stale", STALE, bit(stale), labels);
    long age = Math.max(0, Duration.between(observation.at(), now).toSeconds());
    out.gauge(prefix + "_age_seconds", AGE, age, labels);
    return !stale;
  }

  private void bytes(String name, String help, @Nullable Bytes bytes, String... labels) {
    out.gauge(name, help, bytes == null ? null : bytes.value(), labels);
  }

  static int bit(boolean value) {
    return value ? 1 : 0;
  }
}
