package org.jarvis.safety;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.tool.Touch;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Denies every change in a cluster without quorum, and everything that would cost it its quorum or
 * take a second node down while one is down.
 */
@Component
public final class QuorumPolicy implements SafetyPolicy {
  /** Nothing to set up. */
  @Activate
  public QuorumPolicy() {}

  @Override
  public String name() {
    return "quorum";
  }

  @Override
  public Decision decide(PolicyRequest request) {
    Scene scene = new Scene(request);
    if (!scene.writes()) {
      return new Decision.Allow("Observing needs no quorum.");
    }
    return scene.targets().stream()
        .flatMap(target -> objection(scene, target).stream())
        .findFirst()
        .<Decision>map(Decision.Deny::new)
        .orElseGet(() -> new Decision.Allow("The cluster has quorum and keeps it."));
  }

  private static Optional<String> objection(Scene scene, PolicyRequest.Target target) {
    Optional<ClusterSnapshot> known = scene.clusterOf(target);
    if (known.isEmpty()) {
      return Optional.of(Scene.unknownCluster(target));
    }
    ClusterSnapshot cluster = known.get();
    if (isStandalone(cluster.cluster()) || isWoken(target)) {
      return Optional.empty();
    }
    return lacking(cluster.cluster())
        .or(() -> scene.harms() ? loss(scene, cluster) : Optional.empty());
  }

  /** To wake a node is how a cluster gets its quorum back. */
  private static boolean isWoken(PolicyRequest.Target target) {
    return target.resource() instanceof Node node
        && node.status() == Node.Status.OFFLINE
        && target.touch() == Touch.TENDS;
  }

  /** A single node has no partner to agree with; one that says so is quorate and has no votes. */
  private static boolean isStandalone(Cluster cluster) {
    return cluster.nodesTotal() == 1
        && Boolean.TRUE.equals(cluster.quorate())
        && cluster.expectedVotes() == null;
  }

  private static Optional<String> lacking(Cluster cluster) {
    Boolean quorate = cluster.quorate();
    if (quorate == null) {
      return Optional.of(
          "Whether cluster "
              + cluster.id()
              + " has quorum is not known, so nothing there is changed. Try again once it"
              + " answers.");
    }
    if (quorate && cluster.status() != Cluster.Status.NO_QUORUM) {
      return Optional.empty();
    }
    return Optional.of(
        "no quorum: "
            + votes(cluster)
            + " in cluster "
            + cluster.id()
            + ", so nothing there can be changed. Bring missing nodes back first.");
  }

  private static String votes(Cluster cluster) {
    Integer votes = cluster.votes();
    Integer expected = cluster.expectedVotes();
    return votes == null || expected == null
        ? "too few votes"
        : votes + " of " + expected + " votes";
  }

  private static Optional<String> loss(Scene scene, ClusterSnapshot cluster) {
    Set<NodeName> taken = nodesTakenDown(scene, cluster);
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    if (taken.size() > 1) {
      return Optional.of(
          "It would take "
              + taken.size()
              + " nodes of cluster "
              + cluster.cluster().id()
              + " down at once. Take one after the other.");
    }
    List<NodeName> down = down(cluster, taken);
    if (!down.isEmpty()) {
      return Optional.of(
          "Node "
              + down.get(0)
              + " of cluster "
              + cluster.cluster().id()
              + " is down, so no second node is taken down. Bring it back first.");
    }
    return voteLoss(cluster.cluster(), taken.iterator().next());
  }

  /** Each node is taken to have one vote, which is what Proxmox VE gives it. */
  private static Optional<String> voteLoss(Cluster cluster, NodeName taken) {
    Integer votes = cluster.votes();
    Integer expected = cluster.expectedVotes();
    if (votes == null || expected == null) {
      return Optional.of(
          "The votes of cluster "
              + cluster.id()
              + " are not known, so none of its nodes is taken down.");
    }
    int needed = expected / 2 + 1;
    int left = votes - 1;
    return left >= needed
        ? Optional.empty()
        : Optional.of(
            "Without node "
                + taken
                + " cluster "
                + cluster.id()
                + " would lose quorum: "
                + left
                + " of "
                + expected
                + " votes, "
                + needed
                + " needed.");
  }

  private static Set<NodeName> nodesTakenDown(Scene scene, ClusterSnapshot cluster) {
    List<Resource> targets =
        scene.targets().stream()
            .filter(target -> target.touch().takesDown())
            .map(PolicyRequest.Target::resource)
            .filter(resource -> resource.ref().cluster().equals(cluster.cluster().id()))
            .toList();
    boolean wholeCluster = targets.stream().anyMatch(Cluster.class::isInstance);
    return cluster.nodes().values().stream()
        .filter(
            node ->
                wholeCluster
                    || targets.stream().anyMatch(target -> target.ref().equals(node.ref())))
        .filter(node -> node.status() != Node.Status.OFFLINE)
        .map(Node::node)
        .collect(Collectors.toSet());
  }

  private static List<NodeName> down(ClusterSnapshot cluster, Set<NodeName> taken) {
    return cluster.nodes().values().stream()
        .filter(node -> node.status() != Node.Status.ONLINE)
        .map(Node::node)
        .filter(node -> !taken.contains(node))
        .sorted()
        .toList();
  }
}
