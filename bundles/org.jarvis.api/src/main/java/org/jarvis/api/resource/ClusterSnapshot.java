package org.jarvis.api.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.api.resource.detail.Details;

/**
 * All that is known of one cluster at one moment. Immutable.
 *
 * @param cluster the cluster as a whole
 * @param nodes its nodes, by name
 * @param guests its guests, by number
 * @param storages its storages, by address
 * @param details what is known of each beyond these; a resource without any is not in it
 * @param incarnations which life of each guest this is
 */
public record ClusterSnapshot(
    Cluster cluster,
    Map<NodeName, Node> nodes,
    Map<GuestId, Guest> guests,
    Map<ResourceRef, Storage> storages,
    Map<ResourceRef, Details> details,
    Map<GuestId, Incarnation> incarnations) {

  /** Keeps the maps from changing. */
  public ClusterSnapshot {
    nodes = Map.copyOf(nodes);
    guests = Map.copyOf(guests);
    storages = Map.copyOf(storages);
    details = Map.copyOf(details);
    incarnations = Map.copyOf(incarnations);
  }

  /** A snapshot of the lists alone. */
  public ClusterSnapshot(
      Cluster cluster,
      Map<NodeName, Node> nodes,
      Map<GuestId, Guest> guests,
      Map<ResourceRef, Storage> storages) {
    this(cluster, nodes, guests, storages, Map.of(), Map.of());
  }

  /** What is known of a resource beyond the lists. */
  public Details details(ResourceRef ref) {
    return details.getOrDefault(ref, Details.none());
  }

  /** Everything in it, the cluster first, in no further order. */
  public Stream<Resource> resources() {
    return Stream.of(List.<Resource>of(cluster), nodes.values(), guests.values(), storages.values())
        .flatMap(part -> part.stream().map(Resource.class::cast));
  }

  /** The resource at this address, if this cluster has it. */
  public Optional<Resource> find(ResourceRef ref) {
    if (!ref.cluster().equals(cluster.id())) {
      return Optional.empty();
    }
    return switch (ref.kind()) {
      case CLUSTER -> Optional.of(cluster);
      case NODE -> ref.nodeName().map(nodes::get);
      case GUEST -> ref.guestId().map(guests::get);
      case STORAGE -> Optional.ofNullable(storages.get(ref));
    };
  }
}
