package org.jarvis.testkit.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.event.Cause;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.Details;
import org.jspecify.annotations.Nullable;

/**
 * A situation that a test makes up: {@code FakeSituation.of(snapshot).with(node,
 * detail).limit("node-cpu-high", "used", 90).build()}. Whatever is not said is as the kinds and the
 * snapshot have it. Never changes once built.
 */
public final class FakeSituation implements Situation {
  private final Instant now;
  private final ClusterSnapshot snapshot;
  private final Map<String, Double> limits;
  private final Set<Finding.Identity> open;
  private final Map<GuestId, Stop> stops;
  private final Map<ResourceRef, Double> growth;
  private final Set<NodeName> maintained;

  private FakeSituation(Builder builder) {
    now = builder.now;
    snapshot = builder.snapshot();
    limits = Map.copyOf(builder.limits);
    open = Set.copyOf(builder.open);
    stops = Map.copyOf(builder.stops);
    growth = Map.copyOf(builder.growth);
    maintained = Set.copyOf(builder.maintained);
  }

  /** A situation that begins with this snapshot, at the moment at which its cluster was read. */
  public static Builder of(ClusterSnapshot snapshot) {
    return new Builder(snapshot);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public ClusterSnapshot cluster() {
    return snapshot;
  }

  @Override
  public boolean isFresh(Resource resource) {
    return !resource.observation().staleAt(now);
  }

  @Override
  public <T extends Detail> Optional<T> fresh(ResourceRef resource, Class<T> type) {
    return snapshot.details(resource).all().values().stream()
        .filter(state -> state.failure() == null)
        .filter(state -> state.observation() != null && !state.observation().staleAt(now))
        .map(AspectState::detail)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  @Override
  public double limit(ProblemKind kind, String name) {
    double usual = usual(kind, name);
    return limits.getOrDefault(key(kind.id(), name), usual);
  }

  @Override
  public boolean isOpen(Finding.Identity problem) {
    return open.contains(problem);
  }

  @Override
  public Optional<Stop> stop(Guest guest) {
    return guest.status() == Guest.Status.RUNNING
        ? Optional.empty()
        : Optional.ofNullable(stops.get(guest.id()));
  }

  @Override
  public Optional<Double> growth(ResourceRef resource) {
    return Optional.ofNullable(growth.get(resource));
  }

  @Override
  public boolean isMaintained(NodeName node) {
    return maintained.contains(node);
  }

  /** What a limit is unless somebody set another. */
  static double usual(ProblemKind kind, String name) {
    return kind.limit(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The kind of problem " + kind.id() + " has no limit called " + name + "."))
        .value();
  }

  /** How a limit is filed. */
  static String key(String kind, String name) {
    return kind + "." + name;
  }

  /** Puts a situation together. */
  public static final class Builder {
    private static final String SOURCE = "pve:sample";
    private static final Duration USUAL_INTERVAL = Duration.ofMinutes(10);

    private Cluster cluster;
    private Instant now;
    private final Map<NodeName, Node> nodes;
    private final Map<GuestId, Guest> guests;
    private final Map<ResourceRef, Storage> storages;
    private final Map<ResourceRef, Details> details;
    private final Map<GuestId, Incarnation> incarnations;
    private final Map<ResourceRef, Map<Aspect, Detail>> freshDetails = new HashMap<>();
    private final Map<String, Double> limits = new HashMap<>();
    private final Set<Finding.Identity> open = new HashSet<>();
    private final Map<GuestId, Stop> stops = new HashMap<>();
    private final Map<ResourceRef, Double> growth = new HashMap<>();
    private final Set<NodeName> maintained = new HashSet<>();

    private Builder(ClusterSnapshot snapshot) {
      cluster = snapshot.cluster();
      now = snapshot.cluster().observation().at();
      nodes = new HashMap<>(snapshot.nodes());
      guests = new HashMap<>(snapshot.guests());
      storages = new HashMap<>(snapshot.storages());
      details = new HashMap<>(snapshot.details());
      incarnations = new HashMap<>(snapshot.incarnations());
    }

    /** The moment; what was read more than three intervals before it is stale. */
    public Builder now(Instant moment) {
      now = moment;
      return this;
    }

    /** Puts this resource in the place of the one of its address, or adds it. */
    public Builder with(Resource resource) {
      if (resource instanceof Cluster whole) {
        cluster = whole;
      } else if (resource instanceof Node node) {
        nodes.put(node.node(), node);
      } else if (resource instanceof Guest guest) {
        guests.put(guest.id(), guest);
      } else if (resource instanceof Storage storage) {
        storages.put(storage.ref(), storage);
      }
      return this;
    }

    /** Takes a resource away. */
    public Builder without(ResourceRef ref) {
      ref.guestId().ifPresent(guests::remove);
      storages.remove(ref);
      nodes.values().removeIf(node -> node.ref().equals(ref));
      details.remove(ref);
      freshDetails.remove(ref);
      return this;
    }

    /** A detail that was read at this very moment. */
    public Builder with(ResourceRef ref, Detail detail) {
      freshDetails.computeIfAbsent(ref, key -> new HashMap<>()).put(detail.aspect(), detail);
      return this;
    }

    /** An aspect in any state, stale and failed ones included. */
    public Builder with(ResourceRef ref, AspectState state) {
      details.merge(ref, Details.none().with(state), (former, news) -> former.with(state));
      return this;
    }

    /** A limit that the operator set. */
    public Builder limit(String kind, String name, double value) {
      limits.put(key(kind, name), value);
      return this;
    }

    /** A problem that is open. */
    public Builder open(String kind, @Nullable ResourceRef subject, String part) {
      open.add(new Finding.Identity(kind, subject, part));
      return this;
    }

    /** A problem of a whole resource that is open. */
    public Builder open(String kind, ResourceRef subject) {
      return open(kind, subject, "");
    }

    /** A stop of a guest that was seen at this moment; it counts while the guest does not run. */
    public Builder stopped(GuestId guest, Instant at, Cause cause) {
      stops.put(guest, new Stop(at, cause));
      return this;
    }

    /** How fast something grows, in bytes a day. */
    public Builder growth(ResourceRef ref, double bytesADay) {
      growth.put(ref, bytesADay);
      return this;
    }

    /** A node that is being worked on. */
    public Builder maintained(NodeName node) {
      maintained.add(node);
      return this;
    }

    /** The situation. */
    public FakeSituation build() {
      return new FakeSituation(this);
    }

    private ClusterSnapshot snapshot() {
      Observation justNow = new Observation(SOURCE, now, USUAL_INTERVAL);
      Map<ResourceRef, Details> all = new HashMap<>(details);
      freshDetails.forEach(
          (ref, byAspect) -> {
            Details known = all.getOrDefault(ref, Details.none());
            for (Detail detail : byAspect.values()) {
              known = known.with(AspectState.read(detail, justNow));
            }
            all.put(ref, known);
          });
      return new ClusterSnapshot(cluster, nodes, guests, storages, all, incarnations);
    }
  }
}
