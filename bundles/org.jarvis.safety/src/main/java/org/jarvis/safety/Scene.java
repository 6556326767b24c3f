package org.jarvis.safety;

import java.util.List;
import java.util.Optional;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.tool.Effect;

/**
 * A request as the policies look at it: what it does, to what, in which cluster.
 *
 * @param request the request
 */
record Scene(PolicyRequest request) {
  /** Whether it changes anything at all. */
  boolean writes() {
    return request.use().effect() != Effect.OBSERVES;
  }

  /** Whether it interrupts or loses something. */
  boolean harms() {
    return request.use().effect().compareTo(Effect.DISRUPTS) >= 0;
  }

  List<PolicyRequest.Target> targets() {
    return request.targets();
  }

  /** The cluster that the target belongs to; empty when the request came without its state. */
  Optional<ClusterSnapshot> clusterOf(PolicyRequest.Target target) {
    return request.clusters().stream()
        .filter(snapshot -> snapshot.cluster().id().equals(target.resource().ref().cluster()))
        .findFirst();
  }

  /** What people call a resource. */
  static String label(Resource resource) {
    if (resource instanceof Guest guest) {
      return guest.label();
    }
    if (resource instanceof Node node) {
      return "node " + node.name();
    }
    if (resource instanceof Storage storage) {
      return "storage " + storage.name() + " on node " + storage.node();
    }
    return "cluster " + ((Cluster) resource).id();
  }

  /** Why a request is denied whose cluster nobody knows. */
  static String unknownCluster(PolicyRequest.Target target) {
    return "Nothing is known of cluster "
        + target.resource().ref().cluster()
        + ", so nothing there is changed. Try again once it is connected.";
  }
}
