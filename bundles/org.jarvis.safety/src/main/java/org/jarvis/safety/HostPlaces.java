package org.jarvis.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.api.host.Host;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Finds out what the host of a command is, so that its commands can be judged. */
@Component(service = HostPlaces.class)
public final class HostPlaces {
  private volatile @Nullable LiveState liveState;
  private volatile @Nullable Hosts hosts;

  /** Knows nothing until those come who do. */
  @Activate
  public HostPlaces() {}

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setLiveState(LiveState arrived) {
    liveState = arrived;
  }

  void unsetLiveState(LiveState left) {
    if (liveState == left) {
      liveState = null;
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setHosts(Hosts arrived) {
    hosts = arrived;
  }

  void unsetHosts(Hosts left) {
    if (hosts == left) {
      hosts = null;
    }
  }

  /**
   * What a word can mean: {@code cluster/name}, or a name alone. Where nobody knows it, one place
   * for each cluster, which stands for all that the host could be.
   */
  List<HostPlace> find(String word) {
    List<HostPlace> known = known(word);
    return known.isEmpty() ? anywhere() : known;
  }

  private List<HostPlace> known(String word) {
    Hosts present = hosts;
    List<HostPlace> places = new ArrayList<>();
    if (present != null) {
      for (Host host : present.named(word)) {
        place(host).ifPresent(places::add);
      }
    }
    if (places.isEmpty()) {
      nodes(word).forEach(places::add);
    }
    return places;
  }

  private Optional<HostPlace> place(Host host) {
    return clusters()
        .filter(cluster -> cluster.cluster().id().equals(host.place().cluster()))
        .findFirst()
        .map(
            cluster -> {
              Resource resource = cluster.find(host.place()).orElse(cluster.cluster());
              return new HostPlace(host.id().name(), host.sudo(), resource, cluster);
            });
  }

  /** A node that no connector reaches yet is what it is all the same. */
  private Stream<HostPlace> nodes(String word) {
    int slash = word.indexOf('/');
    String clusterName = slash < 0 ? "" : word.substring(0, slash);
    String name = word.substring(slash + 1);
    return clusters()
        .filter(cluster -> slash < 0 || cluster.cluster().id().value().equals(clusterName))
        .flatMap(
            cluster ->
                cluster.nodes().values().stream()
                    .filter(node -> node.node().value().equals(name))
                    .map(node -> place(node, cluster)));
  }

  private static HostPlace place(Node node, ClusterSnapshot cluster) {
    return new HostPlace(node.node().value(), false, node, cluster);
  }

  private List<HostPlace> anywhere() {
    return clusters().map(cluster -> new HostPlace("", false, cluster.cluster(), cluster)).toList();
  }

  private Stream<ClusterSnapshot> clusters() {
    LiveState present = liveState;
    return present == null ? Stream.of() : present.clusters().stream();
  }
}
