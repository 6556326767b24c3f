package org.jarvis.core.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jarvis.api.connector.ClusterConnection;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Details;

/** Makes snapshots out of what connectors report. */
final class SnapshotAssembly {
  private SnapshotAssembly() {}

  /** What is known of a cluster before its first answer. */
  static ClusterSnapshot empty(ClusterConnection connection, Observation observation) {
    Cluster cluster =
        new Cluster(
            connection.id(),
            connection.id().value(),
            Cluster.Status.UNREACHABLE,
            Cluster.Connection.CONNECTING,
            "Waiting for the first answer.",
            null,
            null,
            null,
            null,
            0,
            0,
            connection.whereabouts(),
            observation);
    return new ClusterSnapshot(cluster, Map.of(), Map.of(), Map.of());
  }

  /** The snapshot after a complete reading. */
  static ClusterSnapshot of(
      ClusterConnection connection, ClusterObservation observed, ClusterSnapshot before) {
    int online = (int) observed.nodes().stream().filter(SnapshotAssembly::online).count();
    Cluster.Status status = status(observed, online);
    Cluster cluster =
        new Cluster(
            connection.id(),
            observed.clusterName() == null ? connection.id().value() : observed.clusterName(),
            status,
            Cluster.Connection.LIVE,
            reason(status, observed),
            observed.version() == null ? before.cluster().version() : observed.version(),
            observed.quorate(),
            observed.votes(),
            observed.expectedVotes(),
            online,
            observed.nodes().size(),
            connection.whereabouts(),
            new Observation(source(connection), observed.at(), connection.pollInterval()));
    return new ClusterSnapshot(
        cluster,
        keyed(observed.nodes(), Node::node),
        keepingFresher(observed.guests(), before.guests()),
        keyed(observed.storages(), Resource::ref),
        before.details(),
        before.incarnations());
  }

  /** The snapshot with the news about one aspect; of what it does not know, it takes none. */
  static ClusterSnapshot detailed(ClusterSnapshot before, ResourceRef ref, AspectState news) {
    if (news.aspect().kind() != ref.kind() || before.find(ref).isEmpty()) {
      return before;
    }
    Map<ResourceRef, Details> details = new HashMap<>(before.details());
    details.put(ref, before.details(ref).with(news));
    return new ClusterSnapshot(
        before.cluster(),
        before.nodes(),
        before.guests(),
        before.storages(),
        details,
        before.incarnations());
  }

  static String source(ClusterConnection connection) {
    return "pve:" + connection.id();
  }

  private static boolean online(Node node) {
    return node.status() == Node.Status.ONLINE;
  }

  private static Cluster.Status status(ClusterObservation observed, int online) {
    if (Boolean.FALSE.equals(observed.quorate())) {
      return Cluster.Status.NO_QUORUM;
    }
    return online < observed.nodes().size() ? Cluster.Status.DEGRADED : Cluster.Status.ONLINE;
  }

  private static @org.jspecify.annotations.Nullable String reason(
      Cluster.Status status, ClusterObservation observed) {
    return switch (status) {
      case NO_QUORUM ->
          "The cluster has no quorum: nothing in it can be changed until more of its nodes are back.";
      case DEGRADED ->
          "Not online: "
              + observed.nodes().stream()
                  .filter(node -> !online(node))
                  .map(Node::name)
                  .sorted()
                  .collect(Collectors.joining(", "))
              + ".";
      case ONLINE, UNREACHABLE -> null;
    };
  }

  /** A guest that was read by itself after this reading began must not fall back to the older. */
  private static Map<GuestId, Guest> keepingFresher(
      List<Guest> observed, Map<GuestId, Guest> before) {
    Map<GuestId, Guest> guests = new HashMap<>();
    for (Guest guest : observed) {
      Guest known = before.get(guest.id());
      boolean fresher = known != null && known.observation().at().isAfter(guest.observation().at());
      guests.put(guest.id(), fresher ? known : guest);
    }
    return guests;
  }

  private static <K, V> Map<K, V> keyed(List<V> values, Function<V, K> key) {
    // A row that a cluster sends twice is still one thing; the later row wins.
    return values.stream()
        .collect(Collectors.toMap(key, Function.identity(), (first, second) -> second));
  }
}
