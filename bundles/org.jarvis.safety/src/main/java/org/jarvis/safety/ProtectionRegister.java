package org.jarvis.safety;

import java.util.Optional;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.safety.ServiceRules;
import org.jarvis.api.tool.Touch;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what is protected, and why: the one truth behind both the protection policy and what the
 * screen shows.
 */
@Component(
    service = {ProtectionRegister.class, ProtectedResources.class, HealthContributor.class},
    configurationPid = SafetySettings.PID)
@Designate(ocd = SafetySettings.class)
public final class ProtectionRegister implements ProtectedResources, HealthContributor {
  private static final String KEY = "protected.resources";
  private static final String HEALTH_NAME = "protection";
  private static final Logger LOG = LoggerFactory.getLogger(ProtectionRegister.class);

  private final ConfiguredProtection configured;
  private final ProtectedServices services;
  private final TagMemory tagged;
  private final OwnPlaceRegister place;
  private volatile @Nullable LiveState liveState;

  /** Takes up the configuration. */
  @Activate
  public ProtectionRegister(
      SafetySettings settings, @Reference TagMemory tagged, @Reference OwnPlaceRegister place) {
    this(
        ConfiguredProtection.read(settings.protected_resources()),
        ProtectedServices.read(settings.protected_services()),
        tagged,
        place);
  }

  ProtectionRegister(
      ConfiguredProtection configured,
      ProtectedServices services,
      TagMemory tagged,
      OwnPlaceRegister place) {
    this.configured = configured;
    this.services = services;
    this.tagged = tagged;
    this.place = place;
    configured.unreadable().forEach(entry -> LOG.error("{}", unreadable(entry)));
    services.ignorance().ifPresent(LOG::error);
  }

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

  @Override
  public Optional<String> protection(Resource resource) {
    return protection(
        resource,
        Optional.ofNullable(liveState)
            .flatMap(state -> state.cluster(resource.ref().cluster()))
            .map(ClusterSnapshot::cluster));
  }

  /** Why the resource is protected, given the state of its cluster. */
  Optional<String> protection(Resource resource, Cluster cluster) {
    return protection(resource, Optional.of(cluster));
  }

  private Optional<String> protection(Resource resource, Optional<Cluster> cluster) {
    if (resource instanceof Guest guest) {
      Optional<String> home = cluster.flatMap(known -> home(guest, known));
      if (home.isPresent()) {
        return home;
      }
      if (tagged.holds(guest)) {
        return Optional.of(
            guest.tags().contains(TagMemory.TAG)
                ? "it has the tag " + TagMemory.TAG
                : "it had the tag " + TagMemory.TAG + ", which holds");
      }
    }
    return configured.entryFor(resource).map(ProtectionRegister::named);
  }

  /** Why a guest counts as the one that Jarvis runs in. */
  private Optional<String> home(Guest guest, Cluster cluster) {
    if (place.standing(cluster).whereabouts() instanceof Whereabouts.InGuest home
        && home.guest().equals(guest.id())) {
      return Optional.of("Jarvis itself runs in it");
    }
    return place
        .contradiction(cluster)
        .filter(guest.id()::equals)
        .map(
            id ->
                "it carries the signs of the machine that Jarvis runs on, though Jarvis is said to"
                    + " run outside this cluster");
  }

  /**
   * Why this service of a node may not be stopped or restarted; empty when it may.
   *
   * <p>Starting is no harm. But a restart of a minor service touches its node no more than a start
   * does, so what is minor and protected is not started either.
   */
  Optional<String> serviceRefusal(NodeName node, String unit, Touch touch) {
    boolean endangered =
        touch.compareTo(Touch.TENDS) > 0
            || (touch == Touch.TENDS && ServiceRules.restart(unit) == Touch.TENDS);
    if (!endangered) {
      return Optional.empty();
    }
    return services
        .ignorance()
        .or(
            () ->
                services
                    .entryFor(node, unit)
                    .map(
                        entry ->
                            "Refused: the service "
                                + unit
                                + " of node "
                                + node
                                + " is protected, since "
                                + ProtectedServices.KEY
                                + " in "
                                + SafetySettings.FILE
                                + " names "
                                + entry
                                + ". No approval changes that."));
  }

  /** Whether this guest was ever seen with the tag. */
  boolean remembers(ResourceRef guest) {
    return tagged.all().contains(guest);
  }

  /** What the configuration protects. */
  ConfiguredProtection configured() {
    return configured;
  }

  /** Which services the configuration protects. */
  ProtectedServices services() {
    return services;
  }

  /** Why nobody can tell at present what is protected; empty when all is known. */
  Optional<String> ignorance() {
    if (!configured.unreadable().isEmpty()) {
      return Optional.of(unreadable(configured.unreadable().get(0)));
    }
    return tagged
        .ignorance()
        .map(
            why ->
                "It cannot be read which guests were tagged " + TagMemory.TAG + ": " + why + ".");
  }

  @Override
  public ComponentHealth health() {
    int bad = configured.unreadable().size();
    if (bad > 0) {
      return degraded(
          bad
              + " of the entries of "
              + KEY
              + " in "
              + SafetySettings.FILE
              + " cannot be read. Until they are corrected, everything that disrupts is refused.");
    }
    if (services.ignorance().isPresent()) {
      return degraded(
          services.unreadable().size()
              + " of the entries of "
              + ProtectedServices.KEY
              + " in "
              + SafetySettings.FILE
              + " cannot be read. Until they are corrected, no service is stopped or restarted.");
    }
    if (tagged.trouble().isPresent()) {
      return degraded(
          "Storage does not answer, so guests tagged "
              + TagMemory.TAG
              + " cannot be remembered for good. See the log.");
    }
    return new ComponentHealth(
        HEALTH_NAME, ComponentHealth.Status.UP, "It is known what is protected.");
  }

  private static ComponentHealth degraded(String detail) {
    return new ComponentHealth(HEALTH_NAME, ComponentHealth.Status.DEGRADED, detail);
  }

  static String named(ResourceRef entry) {
    return KEY + " in " + SafetySettings.FILE + " names " + entry;
  }

  private static String unreadable(String entry) {
    return "'"
        + entry
        + "' of "
        + KEY
        + " in "
        + SafetySettings.FILE
        + " is no address such as pve:home:guest:101. Correct it; until then everything that"
        + " disrupts is refused.";
  }
}
