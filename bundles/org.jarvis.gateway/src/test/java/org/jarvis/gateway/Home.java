package org.jarvis.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;

/** A small cluster for tests. */
public final class Home {
  public static final ClusterId ID = new ClusterId("home");
  private static final NodeName NODE = new NodeName("pve1");
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final long MIB = 1024 * 1024;

  private Home() {}

  /** The cluster with one guest. */
  public static ClusterSnapshot at(Instant read, Guest.Status status, double cpu, Duration uptime) {
    return with(
        cluster(read, Cluster.Connection.LIVE, null),
        guest(101, "media", status, cpu, uptime, read));
  }

  /** The cluster with these guests. */
  public static ClusterSnapshot with(Cluster cluster, Guest... guests) {
    Observation seen = cluster.observation();
    Node node =
        new Node(
            ID,
            NODE,
            Node.Status.ONLINE,
            0.1,
            8,
            new Bytes(4096 * MIB),
            new Bytes(16384 * MIB),
            null,
            null,
            Duration.ofDays(2),
            seen);
    Storage storage =
        new Storage(
            ID,
            NODE,
            "local",
            Storage.Status.AVAILABLE,
            "dir",
            false,
            List.of("iso"),
            new Bytes(1000 * MIB),
            new Bytes(100_000 * MIB),
            seen);
    Map<GuestId, Guest> all = new TreeMap<>();
    for (Guest guest : guests) {
      all.put(guest.id(), guest);
    }
    return new ClusterSnapshot(cluster, Map.of(NODE, node), all, Map.of(storage.ref(), storage));
  }

  public static Cluster cluster(Instant read, Cluster.Connection connection, String reason) {
    return new Cluster(
        ID,
        "home",
        Cluster.Status.ONLINE,
        connection,
        reason,
        "9.2.3",
        true,
        4,
        4,
        4,
        4,
        new Whereabouts.Outside(),
        new Observation("pve:home", read, INTERVAL));
  }

  public static Guest guest(
      int id, String name, Guest.Status status, double cpu, Duration uptime, Instant read) {
    return new Guest(
        ID,
        new GuestId(id),
        GuestType.QEMU,
        name,
        NODE,
        status,
        false,
        List.of("prod"),
        null,
        null,
        null,
        cpu,
        2,
        new Bytes(512 * MIB),
        new Bytes(2048 * MIB),
        null,
        uptime,
        new Observation("pve:home", read, INTERVAL));
  }
}
