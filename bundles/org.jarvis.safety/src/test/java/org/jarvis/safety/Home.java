package org.jarvis.safety;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.ToolUse;
import org.jarvis.api.tool.Touch;

/** The cluster "home": three nodes, guest 101 on pve1, guest 102 on pve2, 103 on pve1. */
final class Home {
  static final ClusterId ID = new ClusterId("home");
  static final Observation SEEN =
      new Observation("pve:home", Instant.EPOCH, Duration.ofSeconds(10));
  static final Principal PERSON = new Principal("ada", PrincipalKind.PERSON, "session-1");

  final List<Node> nodes = new ArrayList<>();
  final List<Guest> guests = new ArrayList<>();
  final List<Storage> storages = new ArrayList<>();
  Whereabouts whereabouts = new Whereabouts.Outside();
  Cluster.Status status = Cluster.Status.ONLINE;
  Cluster.Connection connection = Cluster.Connection.LIVE;
  String reason;
  Boolean quorate = true;
  Integer votes = 3;
  Integer expectedVotes = 3;

  Home() {
    nodes.addAll(List.of(node("pve1"), node("pve2"), node("pve3")));
    guests.addAll(List.of(guest(101, "pve1"), guest(102, "pve2"), guest(103, "pve1")));
    storages.addAll(
        List.of(
            storage("pve1", "local", false),
            storage("pve2", "local", false),
            storage("pve1", "nas", true),
            storage("pve2", "nas", true)));
  }

  static Node node(String name) {
    return node(name, Node.Status.ONLINE);
  }

  static Node node(String name, Node.Status status) {
    return new Node(ID, new NodeName(name), status, null, null, null, null, null, null, null, SEEN);
  }

  static Guest guest(int id, String node, String... tags) {
    return new Guest(
        ID,
        new GuestId(id),
        GuestType.QEMU,
        "guest" + id,
        new NodeName(node),
        Guest.Status.RUNNING,
        false,
        List.of(tags),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        SEEN);
  }

  static Storage storage(String node, String name, boolean shared) {
    return new Storage(
        ID,
        new NodeName(node),
        name,
        Storage.Status.AVAILABLE,
        "dir",
        shared,
        List.of("images"),
        null,
        null,
        SEEN);
  }

  ClusterSnapshot snapshot() {
    return new ClusterSnapshot(
        cluster(),
        byKey(nodes, Node::node),
        byKey(guests, Guest::id),
        byKey(storages, Storage::ref));
  }

  Cluster cluster() {
    return new Cluster(
        ID,
        "home",
        status,
        connection,
        reason,
        "9.2",
        quorate,
        votes,
        expectedVotes,
        (int) nodes.stream().filter(node -> node.status() == Node.Status.ONLINE).count(),
        nodes.size(),
        whereabouts,
        SEEN);
  }

  private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity(), (a, b) -> b));
  }

  PolicyRequest asks(Effect effect, Resource... targets) {
    return request(
        effect, Arguments.none(), PERSON, Origin.BROWSER, List.of(targets), List.of(snapshot()));
  }

  PolicyRequest asksWith(
      Effect effect, Arguments arguments, Principal principal, Origin origin, Resource target) {
    return request(effect, arguments, principal, origin, List.of(target), List.of(snapshot()));
  }

  PolicyRequest asksWithoutKnowledge(Effect effect, Resource... targets) {
    return request(effect, Arguments.none(), PERSON, Origin.BROWSER, List.of(targets), List.of());
  }

  static PolicyRequest request(
      Effect effect,
      Arguments arguments,
      Principal principal,
      Origin origin,
      List<Resource> targets,
      List<ClusterSnapshot> clusters) {
    return new PolicyRequest(
        "some_tool",
        arguments,
        use(effect),
        principal,
        origin,
        targets.stream().map(target -> new PolicyRequest.Target(target, severest(effect))).toList(),
        clusters);
  }

  /** A request whose effect is as severe as what it does to its targets demands. */
  PolicyRequest touches(Touch touch, Resource target) {
    return touches(touch.leastEffect(), new PolicyRequest.Target(target, touch));
  }

  PolicyRequest touches(Effect effect, PolicyRequest.Target... targets) {
    return new PolicyRequest(
        "some_tool",
        Arguments.none(),
        use(effect),
        PERSON,
        Origin.BROWSER,
        List.of(targets),
        List.of(snapshot()));
  }

  /** The worst that such an effect may mean for a target. */
  private static Touch severest(Effect effect) {
    return switch (effect) {
      case OBSERVES -> Touch.USES;
      case CHANGES -> Touch.TENDS;
      case DISRUPTS -> Touch.TAKES_DOWN;
      case DESTROYS -> Touch.REMOVES;
    };
  }

  static ToolUse use(Effect effect) {
    return switch (effect) {
      case OBSERVES -> new ToolUse("Look", effect, Tier.GREEN, Consent.NONE, List.of());
      case CHANGES -> new ToolUse("Start", effect, Tier.YELLOW, Consent.CLICK, List.of());
      case DISRUPTS -> new ToolUse("Shut down", effect, Tier.RED, Consent.HOLD, List.of());
      case DESTROYS -> new ToolUse("Delete", effect, Tier.RED, Consent.TYPED, List.of());
    };
  }

  /** Everything in the cluster. */
  Stream<Resource> everything() {
    return snapshot().resources();
  }
}
