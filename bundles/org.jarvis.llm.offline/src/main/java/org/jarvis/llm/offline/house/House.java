package org.jarvis.llm.offline.house;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.Details;

/** All that is known at the moment of one question. For one thread. */
public final class House {
  private final Sources sources;
  private final Instant now;
  private final List<ClusterSnapshot> clusters;

  /** The house as it is now. */
  public House(Sources sources, Instant now) {
    this.sources = sources;
    this.now = now;
    LiveState live = sources.live();
    this.clusters = live == null ? List.of() : live.clusters();
  }

  /** Where else to look. */
  public Sources sources() {
    return sources;
  }

  /** The moment. */
  public Instant now() {
    return now;
  }

  /** The clusters; none where the live state is away. */
  public List<ClusterSnapshot> clusters() {
    return clusters;
  }

  /** All guests that are no templates, by number. */
  public Stream<Guest> guests() {
    return clusters.stream()
        .flatMap(cluster -> cluster.guests().values().stream())
        .filter(guest -> !guest.template())
        .sorted(Comparator.comparing(Guest::cluster).thenComparing(Guest::id));
  }

  /** All nodes, by name. */
  public Stream<Node> nodes() {
    return clusters.stream()
        .flatMap(cluster -> cluster.nodes().values().stream())
        .sorted(Comparator.comparing(Node::cluster).thenComparing(Node::node));
  }

  /** All storages, shared ones once. */
  public Stream<Storage> storages() {
    return clusters.stream()
        .flatMap(
            cluster ->
                cluster.storages().values().stream()
                    .sorted(Comparator.comparing(Storage::ref))
                    .filter(
                        storage ->
                            !storage.shared()
                                || cluster.storages().values().stream()
                                    .filter(other -> other.shared())
                                    .filter(other -> other.name().equals(storage.name()))
                                    .map(Storage::ref)
                                    .min(Comparator.naturalOrder())
                                    .filter(storage.ref()::equals)
                                    .isPresent()));
  }

  /** One resource. */
  public Optional<Resource> find(ResourceRef ref) {
    return clusters.stream()
        .filter(cluster -> cluster.cluster().id().equals(ref.cluster()))
        .findFirst()
        .flatMap(cluster -> cluster.find(ref));
  }

  /** What was read of an aspect of a resource, however old. */
  public <T extends Detail> Optional<T> detail(ResourceRef ref, Class<T> type) {
    return details(ref).find(type);
  }

  private Details details(ResourceRef ref) {
    return clusters.stream()
        .filter(cluster -> cluster.cluster().id().equals(ref.cluster()))
        .findFirst()
        .map(cluster -> cluster.details(ref))
        .orElse(Details.none());
  }

  /** How old an aspect is, where it is older than it should be; otherwise empty. */
  public String staleDetail(ResourceRef ref, Class<? extends Detail> type) {
    return details(ref).all().values().stream()
        .filter(state -> type.isInstance(state.detail()))
        .map(state -> state.observation())
        .filter(observation -> observation != null && observation.staleAt(now))
        .findFirst()
        .map(observation -> " " + oldReading(observation.at()))
        .orElse("");
  }

  /** A sentence of warning where any of these is stale; otherwise empty. */
  public String stale(Collection<? extends Resource> resources) {
    return resources.stream()
        .filter(this::isStale)
        .map(resource -> resource.observation().at())
        .min(Comparator.naturalOrder())
        .map(at -> " " + oldReading(at))
        .orElse("");
  }

  private String oldReading(Instant at) {
    return "Stale: last read " + Figures.ago(at, now) + ".";
  }

  /** Whether it is older than three of its intervals, or its cluster does not answer. */
  public boolean isStale(Resource resource) {
    return resource.observation().staleAt(now);
  }

  /** How people call it, made harmless. */
  public String label(Resource resource) {
    String where = clusters.size() > 1 ? " in cluster " + resource.ref().cluster() : "";
    if (resource instanceof Guest guest) {
      return Inert.name(guest.name())
          + " ("
          + guest.type().label()
          + " "
          + guest.id()
          + ")"
          + where;
    }
    if (resource instanceof Cluster cluster) {
      return "cluster " + cluster.id();
    }
    if (resource instanceof Storage storage) {
      return "storage "
          + Inert.name(storage.name())
          + (storage.shared() ? "" : " on " + storage.node())
          + where;
    }
    return "node " + Inert.name(resource.name()) + where;
  }

  /** How long since a moment. */
  public Duration since(Instant at) {
    return Duration.between(at, now);
  }
}
