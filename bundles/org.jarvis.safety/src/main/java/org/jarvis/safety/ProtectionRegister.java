package org.jarvis.safety;

import java.util.Optional;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.safety.ProtectedResources;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what is protected, and why: the one truth behind both the protection policy and what the
 * screen shows.
 */
@Component(
    service = {ProtectionRegister.class, ProtectedResources.class, HealthContributor.class},
    configurationPid = ProtectionRegister.PID)
@Designate(ocd = ProtectionRegister.Settings.class)
public final class ProtectionRegister implements ProtectedResources, HealthContributor {
  static final String PID = "org.jarvis.safety";

  private static final String FILE = "etc/" + PID + ".cfg";
  private static final String KEY = "protected.resources";
  private static final String HEALTH_NAME = "protection";
  private static final Logger LOG = LoggerFactory.getLogger(ProtectionRegister.class);

  private final ConfiguredProtection configured;
  private final TagMemory tagged;
  private volatile @Nullable LiveState liveState;

  /** The settings of the safety policies. */
  @ObjectClassDefinition(
      name = "Jarvis: safety",
      description = "What no action may harm, at any tier, with any approval.")
  public @interface Settings {
    /** What is protected. */
    @AttributeDefinition(
        name = "Protected resources",
        description =
            "Addresses of what no action may harm, separated by commas, such as"
                + " pve:home:guest:101, pve:home:node:pve1, pve:home:storage:pve1:local-lvm."
                + " pve:home:cluster protects everything in that cluster. Guests with the tag"
                + " jarvis-protected and the guest that Jarvis runs in are protected without being"
                + " named here. While an entry cannot be read, everything that disrupts is refused.",
        required = false)
    String[] protected_resources() default {};
  }

  /** Takes up the configuration. */
  @Activate
  public ProtectionRegister(Settings settings, @Reference TagMemory tagged) {
    this(ConfiguredProtection.read(settings.protected_resources()), tagged);
  }

  ProtectionRegister(ConfiguredProtection configured, TagMemory tagged) {
    this.configured = configured;
    this.tagged = tagged;
    configured.unreadable().forEach(entry -> LOG.error("{}", unreadable(entry)));
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
    LiveState known = liveState;
    Whereabouts whereabouts =
        Optional.ofNullable(known)
            .flatMap(state -> state.cluster(resource.ref().cluster()))
            .map(snapshot -> snapshot.cluster().whereabouts())
            .orElseGet(Whereabouts.Unknown::new);
    return protection(resource, whereabouts);
  }

  /** Why the resource is protected, given where Jarvis runs relative to its cluster. */
  Optional<String> protection(Resource resource, Whereabouts whereabouts) {
    if (resource instanceof Guest guest) {
      if (whereabouts instanceof Whereabouts.InGuest home && home.guest().equals(guest.id())) {
        return Optional.of("Jarvis itself runs in it");
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
              + FILE
              + " cannot be read. Until they are corrected, everything that disrupts is refused.");
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

  private static String named(ResourceRef entry) {
    return KEY + " in " + FILE + " names " + entry;
  }

  private static String unreadable(String entry) {
    return "'"
        + entry
        + "' of "
        + KEY
        + " in "
        + FILE
        + " is no address such as pve:home:guest:101. Correct it; until then everything that"
        + " disrupts is refused.";
  }
}
