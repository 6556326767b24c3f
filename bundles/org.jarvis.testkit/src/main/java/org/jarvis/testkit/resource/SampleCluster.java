package org.jarvis.testkit.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.tool.TargetSelector;
import org.jspecify.annotations.Nullable;

/**
 * One cluster, {@code sample}, as Jarvis might know it, with guests in every state and an offline
 * node. Never changes. Safe from any thread.
 */
public final class SampleCluster implements LiveState {
  /** Its short name. */
  public static final ClusterId ID = new ClusterId("sample");

  /** When all of it was seen. */
  public static final Instant SEEN = Instant.parse("2026-05-01T12:00:00Z");

  private static final Observation OBSERVATION =
      new Observation("pve:sample", SEEN, Duration.ofSeconds(10));
  private static final int MANY = 5_000;
  private static final long GIB = 1L << 30;

  private final ClusterSnapshot snapshot;

  private SampleCluster(List<Guest> guests) {
    List<Node> nodes =
        List.of(
            node("pve1", Node.Status.ONLINE),
            node("pve2", Node.Status.ONLINE),
            node("pve3", Node.Status.OFFLINE));
    List<Storage> storages =
        List.of(
            storage("pve1", "local", false),
            storage("pve2", "local", false),
            storage("pve1", "nas", true),
            storage("pve2", "nas", true));
    snapshot =
        new ClusterSnapshot(
            cluster(),
            byKey(nodes, Node::node),
            byKey(guests, Guest::id),
            byKey(storages, Storage::ref));
  }

  /** A homelab: VMs and containers that run, stand still, are paused, locked, or templates. */
  public static SampleCluster small() {
    return new SampleCluster(
        List.of(
            guest(101, GuestType.QEMU, Guest.Status.RUNNING, "pve1", false, null),
            guest(102, GuestType.QEMU, Guest.Status.STOPPED, "pve2", false, null),
            guest(103, GuestType.QEMU, Guest.Status.PAUSED, "pve2", false, null),
            guest(104, GuestType.QEMU, Guest.Status.STOPPED, "pve1", true, null),
            guest(105, GuestType.QEMU, Guest.Status.RUNNING, "pve1", false, "backup"),
            guest(106, GuestType.QEMU, Guest.Status.UNKNOWN, "pve3", false, null),
            guest(201, GuestType.LXC, Guest.Status.RUNNING, "pve1", false, null),
            guest(202, GuestType.LXC, Guest.Status.STOPPED, "pve2", false, null)));
  }

  /** The same cluster with thousands of guests, for whatever has to be bounded. */
  public static SampleCluster large() {
    List<Guest> guests = new ArrayList<>(MANY);
    for (int i = 0; i < MANY; i++) {
      GuestType type = i % 2 == 0 ? GuestType.QEMU : GuestType.LXC;
      guests.add(guest(1_000 + i, type, Guest.Status.RUNNING, "pve" + (1 + i % 2), false, null));
    }
    return new SampleCluster(guests);
  }

  /** All of it, the cluster first. */
  public List<Resource> resources() {
    return snapshot.resources().toList();
  }

  /** The resource that a selector means here. */
  public Optional<Resource> find(TargetSelector selector) {
    return selector.clusterName().filter(name -> !name.equals(ID.value())).isPresent()
        ? Optional.empty()
        : snapshot.resources().filter(selector::matches).findFirst();
  }

  @Override
  public List<ClusterSnapshot> clusters() {
    return List.of(snapshot);
  }

  @Override
  public Optional<ClusterSnapshot> cluster(ClusterId id) {
    return id.equals(ID) ? Optional.of(snapshot) : Optional.empty();
  }

  @Override
  public Subscription subscribe(Listener listener) {
    return () -> {};
  }

  private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }

  private static Cluster cluster() {
    return new Cluster(
        ID,
        "sample",
        Cluster.Status.DEGRADED,
        Cluster.Connection.LIVE,
        null,
        "9.2",
        true,
        2,
        3,
        2,
        3,
        new Whereabouts.Outside(),
        OBSERVATION);
  }

  private static Node node(String name, Node.Status status) {
    boolean online = status == Node.Status.ONLINE;
    return new Node(
        ID,
        new NodeName(name),
        status,
        online ? 0.25 : null,
        online ? 8 : null,
        online ? new Bytes(16 * GIB) : null,
        online ? new Bytes(32 * GIB) : null,
        online ? new Bytes(10 * GIB) : null,
        online ? new Bytes(100 * GIB) : null,
        online ? Duration.ofDays(3) : null,
        OBSERVATION);
  }

  private static Guest guest(
      int id,
      GuestType type,
      Guest.Status status,
      String node,
      boolean template,
      @Nullable String lock) {
    boolean running = status == Guest.Status.RUNNING;
    return new Guest(
        ID,
        new GuestId(id),
        type,
        "guest" + id,
        new NodeName(node),
        status,
        template,
        List.of("web"),
        lock,
        null,
        null,
        running ? (id % 100) / 100.0 : null,
        2,
        running ? new Bytes(GIB) : null,
        new Bytes(2 * GIB),
        new Bytes(8 * GIB),
        running ? Duration.ofHours(5) : null,
        OBSERVATION);
  }

  private static Storage storage(String node, String name, boolean shared) {
    return new Storage(
        ID,
        new NodeName(node),
        name,
        Storage.Status.AVAILABLE,
        "dir",
        shared,
        List.of("images", "backup"),
        new Bytes(40 * GIB),
        new Bytes(100 * GIB),
        OBSERVATION);
  }
}
