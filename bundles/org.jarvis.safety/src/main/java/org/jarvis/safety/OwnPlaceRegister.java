package org.jarvis.safety;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.OwnPlace;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows where Jarvis runs: by configuration, by a person's statement, or by comparing this machine
 * with the guests whenever the live state changes, never during a decision.
 *
 * <p>Immediate, because it has to watch from the start, asked or not.
 */
@Component(
    service = {OwnPlaceRegister.class, OwnPlace.class, HealthContributor.class},
    immediate = true)
public final class OwnPlaceRegister implements OwnPlace, HealthContributor {
  private static final Logger LOG = LoggerFactory.getLogger(OwnPlaceRegister.class);
  private static final String HEALTH_NAME = "whereabouts";
  private static final Discovery NOTHING_COMPARED =
      new Discovery(null, "Its guests are not known yet.");

  private final HostFacts host;
  private final DecisionRecord journal;
  private final StatedPlaces stated = new StatedPlaces();
  private final Object watching = new Object();
  private volatile Map<ClusterId, Discovery> discoveries = Map.of();
  private volatile @Nullable LiveState watched;
  private LiveState.@Nullable Subscription subscription;

  /** Reads once what this machine is. */
  @Activate
  public OwnPlaceRegister(@Reference DecisionRecord journal) {
    this(HostFacts.read(Path.of("/"), HostFacts.ownAddresses()), journal);
  }

  OwnPlaceRegister(HostFacts host, DecisionRecord journal) {
    this.host = host;
    this.journal = journal;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setStore(SettingStore arrived) {
    stated.use(arrived);
  }

  void unsetStore(SettingStore left) {
    stated.leave(left);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setLiveState(LiveState arrived) {
    watch(arrived);
    compare(arrived.clusters());
  }

  void unsetLiveState(LiveState left) {
    // When another one took its place, that one was set before this is called.
    if (watched == left) {
      watch(null);
    }
  }

  @Deactivate
  void stop() {
    watch(null);
  }

  @Override
  public Standing standing(ClusterId cluster) {
    return snapshot(cluster)
        .map(snapshot -> standing(snapshot.cluster()))
        .orElseGet(
            () ->
                new Standing(
                    new Whereabouts.Unknown(), Source.NOBODY, "There is no such cluster."));
  }

  /** What counts for a cluster in this state. */
  Standing standing(Cluster cluster) {
    if (!(cluster.whereabouts() instanceof Whereabouts.Unknown)) {
      return new Standing(
          cluster.whereabouts(), Source.CONFIGURATION, file(cluster.id()) + " states it.");
    }
    Optional<String> ignorance = stated.ignorance();
    if (ignorance.isPresent()) {
      return new Standing(
          cluster.whereabouts(),
          Source.NOBODY,
          "What people stated about it cannot be read: " + ignorance.get() + ".");
    }
    Optional<Whereabouts> said = stated.of(cluster.id());
    if (said.isPresent()) {
      return new Standing(said.get(), Source.PERSON, "A person stated it in Jarvis.");
    }
    Discovery found = discovery(cluster.id());
    return found
        .guest()
        .map(
            guest -> new Standing(new Whereabouts.InGuest(guest), Source.DISCOVERY, found.reason()))
        .orElseGet(() -> new Standing(cluster.whereabouts(), Source.NOBODY, found.reason()));
  }

  /**
   * The guest that Jarvis runs in by all appearances, though it is said to run outside the cluster.
   */
  Optional<GuestId> contradiction(Cluster cluster) {
    return standing(cluster).whereabouts() instanceof Whereabouts.Outside
        ? discovery(cluster.id()).guest()
        : Optional.empty();
  }

  private Discovery discovery(ClusterId cluster) {
    return discoveries.getOrDefault(cluster, NOTHING_COMPARED);
  }

  @Override
  public Standing state(ClusterId cluster, Whereabouts place, Principal principal, String address) {
    DecisionRecord.requirePerson(principal);
    ClusterSnapshot snapshot =
        snapshot(cluster)
            .orElseThrow(
                () -> new JarvisException(ErrorCode.NOT_FOUND, "There is no such cluster."));
    if (!(snapshot.cluster().whereabouts() instanceof Whereabouts.Unknown)) {
      throw new JarvisException(
          ErrorCode.CONFLICT,
          file(cluster)
              + " states it by runs.outside or runs.in.guest, which counts first. Change it"
              + " there.");
    }
    if (place instanceof Whereabouts.InGuest home && !snapshot.guests().containsKey(home.guest())) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "Cluster " + cluster + " has no guest " + home.guest() + ". Give a number that it has.",
          List.of(new FieldError("guest", "is no guest of this cluster")));
    }
    journal.append(
        principal, address, "whereabouts.stated", snapshot.cluster().ref().toString(), json(place));
    stated.put(cluster, place);
    return standing(snapshot.cluster());
  }

  private static String json(Whereabouts place) {
    if (place instanceof Whereabouts.InGuest home) {
      return "{\"guest\":" + home.guest() + "}";
    }
    return "{\"outside\":" + (place instanceof Whereabouts.Outside ? "true" : "null") + "}";
  }

  @Override
  public ComponentHealth health() {
    LiveState known = watched;
    List<Cluster> clusters =
        known == null
            ? List.of()
            : known.clusters().stream().map(ClusterSnapshot::cluster).toList();
    long unknown =
        clusters.stream()
            .filter(cluster -> standing(cluster).whereabouts() instanceof Whereabouts.Unknown)
            .count();
    if (unknown > 0) {
      return degraded(
          "Whether Jarvis runs inside "
              + unknown
              + " of its clusters is not known, so it stops, reboots and migrates nothing there."
              + " The settings tell why, under Protection, and a person can state it there.");
    }
    if (clusters.stream().anyMatch(cluster -> contradiction(cluster).isPresent())) {
      return degraded(
          "Jarvis is said to run outside a cluster of which a guest carries the signs of this"
              + " machine. That guest is protected. The settings tell which, under Protection.");
    }
    return new ComponentHealth(
        HEALTH_NAME, ComponentHealth.Status.UP, "It is known where Jarvis runs.");
  }

  private static ComponentHealth degraded(String detail) {
    return new ComponentHealth(HEALTH_NAME, ComponentHealth.Status.DEGRADED, detail);
  }

  private void compare(List<ClusterSnapshot> clusters) {
    stated.readIfUnknown();
    Map<ClusterId, Discovery> before = discoveries;
    Map<ClusterId, Discovery> found = new HashMap<>();
    for (ClusterSnapshot snapshot : clusters) {
      ClusterId cluster = snapshot.cluster().id();
      Discovery now = Discovery.of(host, snapshot);
      found.put(cluster, now);
      Discovery former = before.get(cluster);
      if (former == null ? now.home() != null : !former.guest().equals(now.guest())) {
        LOG.info("Where Jarvis runs, seen from cluster {}: {}", cluster, now.reason());
      }
    }
    discoveries = Map.copyOf(found);
  }

  private Optional<ClusterSnapshot> snapshot(ClusterId cluster) {
    return Optional.ofNullable(watched).flatMap(state -> state.cluster(cluster));
  }

  private static String file(ClusterId cluster) {
    return "etc/org.jarvis.connector.proxmox-" + cluster + ".cfg";
  }

  private void watch(@Nullable LiveState next) {
    LiveState.Subscription opened = next == null ? null : next.subscribe(this::compare);
    LiveState.Subscription former;
    synchronized (watching) {
      former = subscription;
      watched = next;
      subscription = opened;
    }
    if (former != null) {
      former.close();
    }
  }
}
