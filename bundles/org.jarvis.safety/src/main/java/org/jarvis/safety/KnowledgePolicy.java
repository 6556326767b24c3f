package org.jarvis.safety;

import java.util.Optional;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Denies changes where Jarvis does not see what it does: without a target, or in a cluster whose
 * last reading failed. The targets themselves are read fresh before a decision; what surrounds them
 * is not.
 */
@Component
public final class KnowledgePolicy implements SafetyPolicy {
  /** Nothing to set up. */
  @Activate
  public KnowledgePolicy() {}

  @Override
  public String name() {
    return "knowledge";
  }

  @Override
  public Decision decide(PolicyRequest request) {
    Scene scene = new Scene(request);
    if (!scene.writes()) {
      return new Decision.Allow("What observes may find that it sees little.");
    }
    if (scene.targets().isEmpty()) {
      return new Decision.Deny("It does not say what it would change.");
    }
    return scene.targets().stream()
        .flatMap(target -> blindness(scene, target).stream())
        .findFirst()
        .<Decision>map(Decision.Deny::new)
        .orElseGet(() -> new Decision.Allow("The state of the cluster is current."));
  }

  private static Optional<String> blindness(Scene scene, PolicyRequest.Target target) {
    return scene
        .clusterOf(target)
        .map(snapshot -> blindness(snapshot.cluster()))
        .orElseGet(() -> Optional.of(Scene.unknownCluster(target)));
  }

  private static Optional<String> blindness(Cluster cluster) {
    return switch (cluster.connection()) {
      case LIVE -> Optional.empty();
      case CONNECTING, FAILING, MISSING -> {
        String reason = cluster.reason();
        yield Optional.of(
            "The connection to cluster "
                + cluster.id()
                + " is "
                + cluster.connection().word()
                + ", so nothing there is changed."
                + (reason == null ? "" : " " + reason));
      }
    };
  }
}
