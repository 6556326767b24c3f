package org.jarvis.safety;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Denies all harm to what is protected: to the thing itself and its configuration, to the node or
 * cluster that it needs, and to the storages that it may lie on. What becomes of each target
 * counts, not what becomes of the others: a storage that a backup is written to is not harmed. A
 * protected service may not be stopped or restarted. Observing, starting and backing up are no
 * harm. Work on other guests of the same node or storage is not its business.
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
    if (!scene.writes()) {
      return new Decision.Allow("It harms nothing.");
    }
    if (scene.targets().isEmpty()) {
      return new Decision.Deny(
          "It does not say what it would touch, so nobody can tell what it would harm.");
    }
    Optional<String> service =
        scene.targets().stream().flatMap(target -> service(target).stream()).findFirst();
    if (service.isPresent()) {
      return new Decision.Deny(service.get());
    }
    List<PolicyRequest.Target> harmed =
        scene.targets().stream().filter(target -> target.touch().harms()).toList();
    if (harmed.isEmpty()) {
      return new Decision.Allow("It harms nothing.");
    }
    return register
        .ignorance()
        .or(() -> harmed.stream().flatMap(target -> harm(scene, target)).findFirst())
        .<Decision>map(Decision.Deny::new)
        .orElseGet(() -> new Decision.Allow("It harms nothing that is protected."));
  }

  private Optional<String> service(PolicyRequest.Target target) {
    String unit = target.part();
    return unit != null && target.resource() instanceof Node node
        ? register.serviceRefusal(node.node(), unit, target.touch())
        : Optional.empty();
  }

  private Stream<String> harm(Scene scene, PolicyRequest.Target harmed) {
    Optional<ClusterSnapshot> known = scene.clusterOf(harmed);
    if (known.isEmpty()) {
      return Stream.of(Scene.unknownCluster(harmed));
    }
    ClusterSnapshot cluster = known.get();
    Resource target = harmed.resource();
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
    // A storage that is only reconfigured may be gone for whoever lies on it.
    boolean felt = harmed.touch().takesDown() || target instanceof Storage;
    return felt
        ? Stream.concat(
            direct,
            dependants(target, cluster).flatMap(dependant -> harm(target, dependant, cluster)))
        : direct;
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
    return register.protection(resource, cluster.cluster());
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
    Set<NodeName> nodes =
        Stream.concat(
                Stream.of(storage),
                cluster.storages().values().stream()
                    .filter(view -> view.name().equals(storage.name()))
                    .filter(view -> storage.shared() || view.node().equals(storage.node())))
            .map(Storage::node)
            .collect(Collectors.toSet());
    return cluster.guests().values().stream().filter(guest -> nodes.contains(guest.node()));
  }
}
