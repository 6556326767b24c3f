package org.jarvis.core.problem;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;

/**
 * What can be judged at one moment. The rule: silence makes nothing well, and nothing ill but what
 * is about that silence.
 *
 * <p>Whatever is about a guest, a storage or a part of a node is judged while its cluster is live,
 * its row fresh and its node online. A cluster and a node that are silent may have problems that
 * are about just that: those of kinds that need no aspect. See {@link Standing}.
 *
 * @param now the moment
 * @param clusters the clusters as they are
 * @param lost clusters that nobody configures any more
 * @param unanswered kinds whose detector did not answer
 * @param maintained nodes that are being worked on
 */
record Judgement(
    Instant now,
    Map<ClusterId, ClusterSnapshot> clusters,
    Set<ClusterId> lost,
    Set<String> unanswered,
    Set<ResourceRef> maintained) {

  /** How something stands that a problem may be about. */
  enum Standing {
    /** It is known. */
    JUDGED,
    /**
     * It is silent. What was seen before the silence stays as it is; what is seen only since then
     * is about the silence and counts. Nothing ends.
     */
    SILENT,
    /** It is not known: nothing begins and nothing ends. */
    FROZEN,
    /** It is no longer there. */
    GONE
  }

  /** Keeps the collections from changing. */
  Judgement {
    clusters = Map.copyOf(clusters);
    lost = Set.copyOf(lost);
    unanswered = Set.copyOf(unanswered);
    maintained = Set.copyOf(maintained);
  }

  /** How what this is about stands. */
  Standing of(Finding.Identity identity, ProblemKind kind) {
    ResourceRef subject = identity.subject();
    if (unanswered.contains(kind.id())) {
      return Standing.FROZEN;
    }
    if (subject == null) {
      return Standing.JUDGED;
    }
    ClusterSnapshot snapshot = clusters.get(subject.cluster());
    if (snapshot == null) {
      return lost.contains(subject.cluster()) ? Standing.GONE : Standing.FROZEN;
    }
    boolean live =
        snapshot.cluster().connection() == Cluster.Connection.LIVE && isFresh(snapshot.cluster());
    if (!live) {
      return subject.kind() == ResourceKind.CLUSTER ? silence(kind) : Standing.FROZEN;
    }
    return snapshot
        .find(subject)
        .map(resource -> ofResource(identity, kind, resource, snapshot))
        .orElse(Standing.GONE);
  }

  private Standing ofResource(
      Finding.Identity identity, ProblemKind kind, Resource resource, ClusterSnapshot snapshot) {
    if (resource instanceof Node node && identity.part().isEmpty()) {
      if (!isFresh(node)) {
        return silence(kind);
      }
      if (!kind.needs().isEmpty() && node.status() != Node.Status.ONLINE) {
        return Standing.FROZEN;
      }
    } else if (!isWithinReach(resource, snapshot)) {
      return Standing.FROZEN;
    }
    return kind.needs().stream().allMatch(need -> isKnown(need, resource, snapshot))
        ? Standing.JUDGED
        : Standing.FROZEN;
  }

  private static Standing silence(ProblemKind kind) {
    return kind.needs().isEmpty() ? Standing.SILENT : Standing.FROZEN;
  }

  private boolean isWithinReach(Resource resource, ClusterSnapshot snapshot) {
    if (resource instanceof Storage storage && storage.shared()) {
      // Seen by one node it is seen.
      return snapshot.storages().values().stream()
          .filter(seen -> seen.name().equals(storage.name()))
          .anyMatch(seen -> isFresh(seen) && isUp(seen.node(), snapshot));
    }
    return isFresh(resource)
        && nodeOf(resource).map(node -> isUp(node, snapshot)).orElse(Boolean.TRUE);
  }

  private boolean isUp(NodeName name, ClusterSnapshot snapshot) {
    Node node = snapshot.nodes().get(name);
    return node != null && node.status() == Node.Status.ONLINE && isFresh(node);
  }

  /**
   * Whether an aspect is known: of the resource, or of the node or cluster that it is in. One of
   * what is within the resource, such as of each guest of a cluster, is its detector's to look at.
   */
  private boolean isKnown(Aspect need, Resource resource, ClusterSnapshot snapshot) {
    Optional<ResourceRef> place =
        switch (need.kind()) {
          case CLUSTER -> Optional.of(snapshot.cluster().ref());
          case NODE ->
              nodeOf(resource).map(node -> ResourceRef.node(snapshot.cluster().id(), node));
          case GUEST, STORAGE -> Optional.of(resource.ref());
        };
    return place
        .filter(ref -> ref.kind() == need.kind())
        .map(ref -> snapshot.details(ref).state(need).filter(this::isKnown).isPresent())
        .orElse(Boolean.TRUE);
  }

  /** That there is nothing of the kind is an answer, too. */
  private boolean isKnown(AspectState state) {
    if (state.failure() != null) {
      return state.failure().code() == ErrorCode.NOT_PRESENT;
    }
    return state.observation() != null && !state.observation().staleAt(now);
  }

  private boolean isFresh(Resource resource) {
    return !resource.observation().staleAt(now);
  }

  private static Optional<NodeName> nodeOf(Resource resource) {
    if (resource instanceof Node node) {
      return Optional.of(node.node());
    }
    if (resource instanceof Guest guest) {
      return Optional.of(guest.node());
    }
    return resource instanceof Storage storage && !storage.shared()
        ? Optional.of(storage.node())
        : Optional.empty();
  }

  /** The resource of this address, as it is now. */
  Optional<Resource> find(ResourceRef ref) {
    return Optional.ofNullable(clusters.get(ref.cluster())).flatMap(cluster -> cluster.find(ref));
  }

  /**
   * Whether somebody works on the node that this is, or is on; of a cluster and of a storage that
   * is shared, on each of the nodes that have it.
   */
  boolean isMaintained(ResourceRef subject) {
    ClusterSnapshot snapshot = maintained.isEmpty() ? null : clusters.get(subject.cluster());
    Resource resource = snapshot == null ? null : snapshot.find(subject).orElse(null);
    if (snapshot == null || resource == null) {
      return false;
    }
    List<NodeName> nodes = nodesOf(resource, snapshot);
    return !nodes.isEmpty()
        && nodes.stream()
            .allMatch(node -> maintained.contains(ResourceRef.node(subject.cluster(), node)));
  }

  private static List<NodeName> nodesOf(Resource resource, ClusterSnapshot snapshot) {
    if (resource instanceof Cluster) {
      return List.copyOf(snapshot.nodes().keySet());
    }
    if (resource instanceof Storage storage && storage.shared()) {
      return snapshot.storages().values().stream()
          .filter(seen -> seen.name().equals(storage.name()))
          .map(Storage::node)
          .toList();
    }
    return nodeOf(resource).stream().toList();
  }
}
