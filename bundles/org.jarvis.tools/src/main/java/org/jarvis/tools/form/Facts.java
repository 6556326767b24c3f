package org.jarvis.tools.form;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.StorageContent;

/**
 * What is known around a tool's targets, from memory: for impact, obstacles and menus, which may
 * not ask a cluster. It may be a little old, so nothing is done on the strength of it alone.
 */
public final class Facts {
  private final LiveState state;
  private final Clock clock;

  /** The facts of this state. */
  public Facts(LiveState state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /** What was read last of one aspect. */
  public <D extends Detail> Optional<D> detail(Resource resource, Class<D> type) {
    return snapshot(resource.ref().cluster())
        .flatMap(snapshot -> snapshot.details(resource.ref()).find(type));
  }

  /** How Jarvis stands with a cluster's members. */
  public Optional<ConnectionDetail> connection(ClusterId cluster) {
    return snapshot(cluster)
        .flatMap(snapshot -> detail(snapshot.cluster(), ConnectionDetail.class));
  }

  /** A node. */
  public Optional<Node> node(ClusterId cluster, String name) {
    return snapshot(cluster)
        .flatMap(snapshot -> Optional.ofNullable(snapshot.nodes().get(new NodeName(name))));
  }

  /** The other nodes of a guest's cluster that are online, by name. */
  public List<Node> elsewhere(Guest guest) {
    return snapshot(guest.cluster()).stream()
        .flatMap(snapshot -> snapshot.nodes().values().stream())
        .filter(node -> node.status() == Node.Status.ONLINE && !node.node().equals(guest.node()))
        .sorted(Comparator.comparing(Node::ref))
        .toList();
  }

  /** A storage as a node sees it. */
  public Optional<Storage> storage(ClusterId cluster, NodeName node, String name) {
    return snapshot(cluster)
        .flatMap(
            snapshot ->
                Optional.ofNullable(
                    snapshot.storages().get(ResourceRef.storage(cluster, node, name))));
  }

  /** The storages that a node sees, by name. */
  public List<Storage> storages(ClusterId cluster, NodeName node) {
    return snapshot(cluster).stream()
        .flatMap(snapshot -> snapshot.storages().values().stream())
        .filter(storage -> storage.node().equals(node))
        .sorted(Comparator.comparing(Storage::ref))
        .toList();
  }

  /** The guest of this number. */
  public Optional<Guest> guest(ClusterId cluster, int vmid) {
    return snapshot(cluster)
        .flatMap(snapshot -> Optional.ofNullable(snapshot.guests().get(new GuestId(vmid))));
  }

  /** The guests that run on a node, by number. */
  public List<Guest> runningOn(Node node) {
    return snapshot(node.cluster()).stream()
        .flatMap(snapshot -> snapshot.guests().values().stream())
        .filter(guest -> guest.node().equals(node.node()))
        .filter(guest -> guest.status() == Guest.Status.RUNNING)
        .sorted(Comparator.comparing(Guest::id))
        .toList();
  }

  /** A sentence on the votes that are left without a node; each node has one. */
  public Optional<String> quorumWithout(Node node) {
    Cluster cluster = snapshot(node.cluster()).map(ClusterSnapshot::cluster).orElse(null);
    if (cluster == null || cluster.votes() == null || cluster.expectedVotes() == null) {
      return Optional.empty();
    }
    int expected = cluster.expectedVotes();
    return Optional.of(
        "Without it the cluster has "
            + (cluster.votes() - 1)
            + " of "
            + expected
            + " votes; "
            + (expected / 2 + 1)
            + " are needed.");
  }

  /** A sentence on a guest's last backup. */
  public String lastBackup(Guest guest) {
    List<StorageContent> known =
        snapshot(guest.cluster()).stream()
            .flatMap(snapshot -> snapshot.storages().values().stream())
            .filter(storage -> storage.content().contains("backup"))
            .flatMap(storage -> detail(storage, StorageContent.class).stream())
            .toList();
    if (known.isEmpty()) {
      return "Which backups of it there are is not known yet.";
    }
    return backupsOf(guest, known)
        .map(StorageContent.Volume::createdAt)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .map(at -> "Its last known backup is from " + Words.ago(at, clock.instant()) + ".")
        .orElse("No backup of it is known.");
  }

  private static Stream<StorageContent.Volume> backupsOf(Guest guest, List<StorageContent> known) {
    return known.stream()
        .flatMap(content -> content.volumes().stream())
        .filter(volume -> volume.isGoodBackup() && guest.id().equals(volume.guest()));
  }

  private Optional<ClusterSnapshot> snapshot(ClusterId cluster) {
    return state.cluster(cluster);
  }
}
