package org.jarvis.safety;

import java.util.Optional;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.OwnPlace;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Denies everything that disrupts in a cluster until it is known where Jarvis itself runs: it might
 * pull its own plug.
 */
@Component
public final class WhereaboutsPolicy implements SafetyPolicy {
  private final OwnPlaceRegister place;

  /** Asks where Jarvis runs. */
  @Activate
  public WhereaboutsPolicy(@Reference OwnPlaceRegister place) {
    this.place = place;
  }

  @Override
  public String name() {
    return "whereabouts";
  }

  @Override
  public Decision decide(PolicyRequest request) {
    Scene scene = new Scene(request);
    if (!scene.harms()) {
      return new Decision.Allow("It does not matter here where Jarvis runs.");
    }
    return scene.targets().stream()
        .flatMap(target -> ignorance(scene, target).stream())
        .findFirst()
        .<Decision>map(Decision.Deny::new)
        .orElseGet(() -> new Decision.Allow("It is known where Jarvis runs."));
  }

  private Optional<String> ignorance(Scene scene, PolicyRequest.Target target) {
    Optional<ClusterSnapshot> known = scene.clusterOf(target);
    if (known.isEmpty()) {
      return Optional.of(Scene.unknownCluster(target));
    }
    ClusterSnapshot cluster = known.get();
    OwnPlace.Standing standing = place.standing(cluster.cluster());
    Whereabouts whereabouts = standing.whereabouts();
    if (whereabouts instanceof Whereabouts.Outside) {
      return Optional.empty();
    }
    ClusterId id = cluster.cluster().id();
    if (whereabouts instanceof Whereabouts.InGuest home) {
      return cluster.guests().containsKey(home.guest())
          ? Optional.empty()
          : Optional.of(noSuchGuest(id, home.guest()));
    }
    return Optional.of(unknown(id, standing.reason()));
  }

  private static String unknown(ClusterId cluster, String reason) {
    return "Jarvis does not know whether it runs inside cluster "
        + cluster
        + " itself, so it stops, reboots and migrates nothing there. "
        + reason
        + " "
        + cure(cluster);
  }

  private static String noSuchGuest(ClusterId cluster, GuestId guest) {
    return "Jarvis is said to run in guest "
        + guest
        + " of cluster "
        + cluster
        + ", but there is no such guest, so it stops, reboots and migrates nothing there. "
        + cure(cluster);
  }

  private static String cure(ClusterId cluster) {
    return "A person can state it in Jarvis, in the settings under Protection. Or state it in"
        + " etc/org.jarvis.connector.proxmox-"
        + cluster
        + ".cfg: runs.outside=true where Jarvis runs elsewhere, or runs.in.guest=<vmid> with the"
        + " number of the guest that it runs in.";
  }
}
