package org.jarvis.safety;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Denies all harm to what is protected: to the thing itself, to the node or cluster that it needs,
 * and to the storages that it may lie on. Observing and starting are no harm. Work on other guests
 * of the same node or storage is not its business.
 */
@Component
public final class ProtectionPolicy implements SafetyPolicy {
  private final ProtectionRegister register;

  /** Asks the register what is protected. */
  @Activate
  public ProtectionPolicy(@Reference ProtectionRegister register) {
    this.register = register;
  }

  @Override
  public String name() {
    return "protection";
  }

  @Override
  public Decision decide(PolicyRequest request) {
    Scene scene = new Scene(request);
    if (!scene.harms()) {
      return new Decision.Allow("It harms nothing.");
    }
    if (scene.targets().isEmpty()) {
      return new Decision.Deny(
          "It does not say what it would touch, so nobody can tell what it would harm.");
    }
    return register
        .ignorance()
        .or(() -> scene.targets().stream().flatMap(target -> harm(scene, target)).findFirst())
        .<Decision>map(Decision.Deny::new)
        .orElseGet(() -> new Decision.Allow("It harms nothing that is protected."));
  }

  private Stream<String> harm(Scene scene, Resource target) {
    Optional<ClusterSnapshot> known = scene.clusterOf(target);
    if (known.isEmpty()) {
      return Stream.of(Scene.unknownCluster(target));
    }
    ClusterSnapshot cluster = known.get();
    Stream<String> direct =
        protection(target, cluster)
            .map(
                why ->
                    "Refused: "
                        + Scene.label(target)
                        + " is protected, since "
                        + why
                        + ". No approval changes that.")
            .stream();
    return Stream.concat(
        direct, dependants(target, cluster).flatMap(d -> harm(target, d, cluster)));
  }

  private Stream<String> harm(Resource target, Resource dependant, ClusterSnapshot cluster) {
    return protection(dependant, cluster)
        .map(
            why ->
                "Refused: "
                    + Scene.label(dependant)
                    + ", which needs "
                    + Scene.label(target)
                    + ", is protected, since "
                    + why
                    + ". No approval changes that.")
        .stream();
  }

  private Optional<String> protection(Resource resource, ClusterSnapshot cluster) {
    return register.protection(resource, cluster.cluster().whereabouts());
  }

  /** What would be harmed along with the target. */
  private static Stream<? extends Resource> dependants(Resource target, ClusterSnapshot cluster) {
    if (target instanceof Cluster) {
      return cluster.resources().filter(resource -> !(resource instanceof Cluster));
    }
    if (target instanceof Node node) {
      return Stream.concat(
          cluster.guests().values().stream().filter(guest -> guest.node().equals(node.node())),
          cluster.storages().values().stream()
              .filter(storage -> storage.node().equals(node.node()) && !storage.shared()));
    }
    if (target instanceof Storage storage) {
      return guestsThatMayLieOn(storage, cluster);
    }
    return Stream.empty();
  }

  /**
   * On which storage a guest's disks lie is not known here, so every guest whose node sees the
   * storage counts.
   */
  private static Stream<Guest> guestsThatMayLieOn(Storage storage, ClusterSnapshot cluster) {
    List<Storage> views =
        cluster.storages().values().stream()
            .filter(view -> view.name().equals(storage.name()))
            .filter(view -> storage.shared() || view.node().equals(storage.node()))
            .toList();
    return cluster.guests().values().stream()
        .filter(
            guest ->
                guest.node().equals(storage.node())
                    || views.stream().anyMatch(view -> view.node().equals(guest.node())));
  }
}
