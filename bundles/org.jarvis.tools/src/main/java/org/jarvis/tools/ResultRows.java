package org.jarvis.tools;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jspecify.annotations.Nullable;

/**
 * Resources as rows of a result. Every row has its source and age; what is not known is {@code
 * null}.
 *
 * @param now the moment from which age is counted
 */
record ResultRows(Instant now) {
  private static final int MAX_TAGS = 50;

  Map<String, @Nullable Object> cluster(ClusterSnapshot snapshot) {
    Cluster cluster = snapshot.cluster();
    Map<String, @Nullable Object> row = start(cluster);
    row.put("connection", cluster.connection().word());
    row.put("reason", cluster.reason() == null ? null : Words.said(cluster.reason()));
    row.put("version", cluster.version());
    row.put("quorate", cluster.quorate());
    row.put("votes", cluster.votes());
    row.put("expectedVotes", cluster.expectedVotes());
    row.put("nodesOnline", cluster.nodesOnline());
    row.put("nodesTotal", cluster.nodesTotal());
    row.put("vms", guests(snapshot, GuestType.QEMU));
    row.put("containers", guests(snapshot, GuestType.LXC));
    row.put("storages", snapshot.storages().size());
    row.put("jarvisRuns", whereabouts(cluster.whereabouts()));
    return end(row, cluster);
  }

  private static Map<String, @Nullable Object> guests(ClusterSnapshot snapshot, GuestType type) {
    List<Guest> guests =
        snapshot.guests().values().stream()
            .filter(guest -> guest.type() == type && !guest.template())
            .toList();
    Map<String, @Nullable Object> counts = new LinkedHashMap<>();
    counts.put("total", guests.size());
    for (Guest.Status status : Guest.Status.values()) {
      counts.put(
          status.word(), (int) guests.stream().filter(guest -> guest.status() == status).count());
    }
    return counts;
  }

  private static String whereabouts(Whereabouts whereabouts) {
    if (whereabouts instanceof Whereabouts.InGuest home) {
      return "in guest " + home.guest();
    }
    return whereabouts instanceof Whereabouts.Outside ? "outside" : "unknown";
  }

  Map<String, @Nullable Object> node(Node node) {
    Map<String, @Nullable Object> row = start(node);
    row.put("cpuShare", node.cpu());
    row.put("cpus", node.cpus());
    row.put("memoryUsedBytes", bytes(node.memoryUsed()));
    row.put("memoryTotalBytes", bytes(node.memoryTotal()));
    row.put("rootUsedBytes", bytes(node.diskUsed()));
    row.put("rootTotalBytes", bytes(node.diskTotal()));
    row.put("uptimeSeconds", seconds(node.uptime()));
    return end(row, node);
  }

  /** What only the node itself tells. */
  Map<String, @Nullable Object> details(NodeSystem reading, Observation observation) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("version", text(reading.version()));
    row.put("kernel", text(reading.kernel()));
    row.put("cpuModel", text(reading.cpuModel()));
    row.put("cpus", reading.cpus());
    row.put("cpuShare", reading.cpu());
    row.put("ioWaitShare", reading.ioWait());
    row.put("load", reading.load());
    row.put("memoryUsedBytes", bytes(reading.memoryUsed()));
    row.put("memoryTotalBytes", bytes(reading.memoryTotal()));
    row.put("memoryAvailableBytes", bytes(reading.memoryAvailable()));
    row.put("memoryArcBytes", bytes(reading.memoryArc()));
    row.put("swapUsedBytes", bytes(reading.swapUsed()));
    row.put("swapTotalBytes", bytes(reading.swapTotal()));
    row.put("rootUsedBytes", bytes(reading.rootUsed()));
    row.put("rootTotalBytes", bytes(reading.rootTotal()));
    row.put("uptimeSeconds", seconds(reading.uptime()));
    row.put("observedAt", observation.at().toString());
    row.put("ageSeconds", age(observation.at()));
    return row;
  }

  Map<String, @Nullable Object> guest(Guest guest) {
    Map<String, @Nullable Object> row = start(guest);
    row.put("vmid", guest.id().value());
    row.put("node", guest.node().value());
    row.put("template", guest.template());
    row.put("tags", guest.tags().stream().limit(MAX_TAGS).map(Words::said).toList());
    row.put("lock", text(guest.lock()));
    row.put("pool", text(guest.pool()));
    row.put("haState", text(guest.haState()));
    row.put("cpuShare", guest.cpu());
    row.put("cpus", guest.cpus());
    row.put("memoryUsedBytes", bytes(guest.memoryUsed()));
    row.put("memoryTotalBytes", bytes(guest.memoryTotal()));
    row.put("rootTotalBytes", bytes(guest.diskTotal()));
    row.put("uptimeSeconds", seconds(guest.uptime()));
    return end(row, guest);
  }

  /** A storage, with the nodes that see it. */
  Map<String, @Nullable Object> storage(Storage storage, List<String> nodes) {
    Map<String, @Nullable Object> row = start(storage);
    row.put("nodes", nodes);
    row.put("shared", storage.shared());
    row.put("type", text(storage.type()));
    row.put("content", storage.content().stream().map(Words::said).toList());
    row.put("usedBytes", bytes(storage.used()));
    row.put("totalBytes", bytes(storage.total()));
    return end(row, storage);
  }

  private static Map<String, @Nullable Object> start(Resource resource) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("ref", resource.ref().toString());
    row.put("cluster", resource.ref().cluster().value());
    row.put("name", Words.said(resource.name()));
    row.put("status", resource.statusWord());
    return row;
  }

  private Map<String, @Nullable Object> end(Map<String, @Nullable Object> row, Resource resource) {
    row.put("source", resource.observation().source());
    row.put("observedAt", resource.observation().at().toString());
    row.put("ageSeconds", age(resource.observation().at()));
    row.put("stale", resource.observation().staleAt(now));
    return row;
  }

  private long age(Instant at) {
    return Math.max(0, Duration.between(at, now).toSeconds());
  }

  private static @Nullable Long bytes(@Nullable Bytes bytes) {
    return bytes == null ? null : bytes.value();
  }

  private static @Nullable Long seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toSeconds();
  }

  private static @Nullable String text(@Nullable String text) {
    return text == null ? null : Words.said(text);
  }
}
