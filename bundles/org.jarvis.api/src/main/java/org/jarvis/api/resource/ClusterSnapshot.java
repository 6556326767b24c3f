package org.jarvis.api.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that is known of one cluster at one moment. Immutable.
 *
 * @param cluster the cluster as a whole
 * @param nodes its nodes, by name
 * @param guests its guests, by number
 * @param storages its storages, by address
 */
public record ClusterSnapshot(
    Cluster cluster,
    Map<NodeName, Node> nodes,
    Map<GuestId, Guest> guests,
    Map<ResourceRef, Storage> storages) {

  /** Keeps the maps from changing. */
  public ClusterSnapshot {
    nodes = Map.copyOf(nodes);
    guests = Map.copyOf(guests);
    storages = Map.copyOf(storages);
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
