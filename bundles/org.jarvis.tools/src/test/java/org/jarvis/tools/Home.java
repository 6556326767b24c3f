package org.jarvis.tools;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.Details;

/** A live state with one cluster, "home", whose content a test sets. */
public final class Home implements LiveState {
  public static final ClusterId ID = new ClusterId("home");
  public static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  public final List<Node> nodes = new ArrayList<>();
  public final List<Guest> guests = new ArrayList<>();
  public final List<Storage> storages = new ArrayList<>();
  public final Map<ResourceRef, Details> details = new HashMap<>();

  public static Observation seen(Duration ago) {
    return new Observation("pve:home", NOW.minus(ago), Duration.ofSeconds(10));
  }

  public static Guest guest(int id, GuestType type, Guest.Status status) {
    return new GuestBuilder(id, type, status).build();
  }

  public static Node node(String name, Node.Status status) {
    return new Node(
        ID,
        new NodeName(name),
        status,
        0.25,
        8,
        new Bytes(1024),
        null,
        null,
        null,
        Duration.ofHours(2),
        seen(Duration.ofSeconds(4)));
  }

  public static Storage storage(String node, String name, boolean shared, Storage.Status status) {
    boolean known = status == Storage.Status.AVAILABLE;
    return new Storage(
        ID,
        new NodeName(node),
        name,
        status,
        "dir",
        shared,
        List.of("images", "backup"),
        known ? new Bytes(10) : null,
        known ? new Bytes(100) : null,
        seen(Duration.ofSeconds(4)));
  }

  /** Makes something known of a resource. */
  public Home knows(Resource resource, Detail detail) {
    details.put(
        resource.ref(),
        details
            .getOrDefault(resource.ref(), Details.none())
            .with(AspectState.read(detail, seen(Duration.ofSeconds(60)))));
    return this;
  }

  @Override
  public List<ClusterSnapshot> clusters() {
    Cluster cluster =
        new Cluster(
            ID,
            "home",
            Cluster.Status.ONLINE,
            Cluster.Connection.LIVE,
            null,
            "9.2",
            true,
            3,
            3,
            3,
            3,
            new Whereabouts.Outside(),
            seen(Duration.ofSeconds(4)));
    return List.of(
        new ClusterSnapshot(
            cluster,
            byKey(nodes, Node::node),
            byKey(guests, Guest::id),
            byKey(storages, Storage::ref),
            details,
            Map.of()));
  }

  private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }

  @Override
  public Optional<ClusterSnapshot> cluster(ClusterId id) {
    return clusters().stream().filter(snapshot -> snapshot.cluster().id().equals(id)).findFirst();
  }

  @Override
  public Subscription subscribe(Listener listener) {
    throw new UnsupportedOperationException("A tool does not subscribe.");
  }

  /** A guest with the features that a test cares about. */
  public static final class GuestBuilder {
    private final int id;
    private final GuestType type;
    private final Guest.Status status;
    private String name;
    private boolean template;
    private String lock;
    private String haState;
    private List<String> tags = List.of();
    private String node = "pve1";
    private Duration uptime = Duration.ofHours(76);
    private Duration age = Duration.ofSeconds(4);

    public GuestBuilder(int id, GuestType type, Guest.Status status) {
      this.id = id;
      this.type = type;
      this.status = status;
      this.name = "guest" + id;
    }

    public GuestBuilder named(String value) {
      name = value;
      return this;
    }

    public GuestBuilder template() {
      template = true;
      return this;
    }

    public GuestBuilder on(String value) {
      node = value;
      return this;
    }

    public GuestBuilder up(Duration value) {
      uptime = value;
      return this;
    }

    public GuestBuilder locked(String value) {
      lock = value;
      return this;
    }

    public GuestBuilder ha(String value) {
      haState = value;
      return this;
    }

    public GuestBuilder tagged(String... values) {
      tags = List.of(values);
      return this;
    }

    public GuestBuilder seenBefore(Duration value) {
      age = value;
      return this;
    }

    public Guest build() {
      return new Guest(
          ID,
          new GuestId(id),
          type,
          name,
          new NodeName(node),
          status,
          template,
          tags,
          lock,
          null,
          haState,
          0.5,
          2,
          new Bytes(1_073_741_824L),
          new Bytes(4_294_967_296L),
          null,
          uptime,
          seen(age));
    }
  }
}
