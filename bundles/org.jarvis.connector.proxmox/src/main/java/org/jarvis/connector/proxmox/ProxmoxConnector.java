package org.jarvis.connector.proxmox;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.Timeouts;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Proxmox VE cluster, as one configuration describes it. A wrong configuration is no failure to
 * activate: it is said in the log and on the health page, until it is mended.
 *
 * <p>Immediate, because it is no service: it acts by attaching itself to the core. Public, because
 * Declarative Services demands it; the package is not exported.
 */
@Component(
    immediate = true,
    service = {},
    configurationPid = ProxmoxConnector.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ProxmoxConnector.Configuration.class, factory = true)
public final class ProxmoxConnector {
  static final String PID = "org.jarvis.connector.proxmox";
  private static final Logger LOG = LoggerFactory.getLogger(ProxmoxConnector.class);

  private final BundleContext bundle;
  private final String label;
  private final @Nullable WatchedCluster cluster;

  // Guarded by this.
  private @Nullable ServiceRegistration<HealthContributor> complaint;

  /** What a configuration may hold. Read from the raw properties, to say exactly what is wrong. */
  @ObjectClassDefinition(
      name = "Proxmox VE cluster",
      description = "A cluster that Jarvis watches and operates. One configuration per cluster.")
  @interface Configuration {
    /** {@value SettingsReader#NAME}. */
    @AttributeDefinition(
        name = "Name",
        description =
            "Short name of the cluster, part of every address in it: a lower-case letter, then at"
                + " most 31 lower-case letters, digits or hyphens. Keep it for good.")
    String name();

    /** {@value SettingsReader#ADDRESSES}. */
    @AttributeDefinition(
        name = "Addresses",
        description =
            "https addresses of its members, separated by commas, in the order in which to try"
                + " them. Without a port, 8006.")
    String addresses();

    /** {@value SettingsReader#TOKEN}. */
    @AttributeDefinition(
        name = "API token",
        description = "user@realm!name=secret, or a placeholder such as $[env:JARVIS_PVE_TOKEN].",
        type = AttributeType.PASSWORD,
        required = false)
    String token();

    /** {@value SettingsReader#TOKEN_FILE}. */
    @AttributeDefinition(
        name = "File of the API token",
        description = "A file that holds the token and nothing else, instead of the key token.",
        required = false)
    String token_file();

    /** {@value SettingsReader#FINGERPRINT}. */
    @AttributeDefinition(
        name = "Certificate fingerprints",
        description =
            "SHA-256 of the members' certificates, separated by commas; address=fingerprint pins one"
                + " for one member. Where none is pinned, the system's certificate authorities"
                + " decide.",
        required = false)
    String tls_fingerprint();

    /** {@value SettingsReader#OUTSIDE}. */
    @AttributeDefinition(
        name = "Jarvis runs outside this cluster",
        description =
            "Your statement that Jarvis runs in no guest of this cluster. Until Jarvis knows where"
                + " it runs, it stops nothing here.",
        required = false)
    boolean runs_outside() default false;

    /** {@value SettingsReader#IN_GUEST}. */
    @AttributeDefinition(
        name = "Jarvis runs in guest",
        description = "The number of the guest of this cluster that Jarvis runs in.",
        required = false)
    int runs_in_guest();

    /** {@value SettingsReader#INTERVAL}. */
    @AttributeDefinition(
        name = "Poll interval",
        description = "Seconds between two readings of the cluster.",
        required = false,
        min = "1",
        max = "3600")
    int poll_interval_seconds() default 10;
  }

  /**
   * Begins to watch the cluster.
   *
   * @param registry where it is announced
   * @param bundle publishes the complaint about a wrong configuration
   * @param properties the configuration
   */
  @Activate
  public ProxmoxConnector(
      @Reference ClusterRegistry registry, BundleContext bundle, Map<String, Object> properties) {
    this.bundle = bundle;
    this.label = SettingsReader.label(properties);
    this.cluster = open(registry, properties);
  }

  private @Nullable WatchedCluster open(ClusterRegistry registry, Map<String, Object> properties) {
    ClusterSettings settings;
    try {
      settings = SettingsReader.read(properties);
    } catch (JarvisException wrong) {
      LOG.warn("A cluster is not watched. {}", wrong.getMessage());
      registry.unusable(SettingsReader.configuration(properties), wrong.getMessage());
      complain(wrong.getMessage());
      return null;
    }
    String threads = "jarvis-proxmox-" + settings.id();
    WatchedCluster opened =
        new WatchedCluster(
            settings,
            registry,
            new ApiClient(threads, settings.addresses(), settings.access(), Timeouts.DEFAULT),
            schedule(threads),
            Clock.systemUTC(),
            Pace.DEFAULT,
            WatchedCluster.DETAIL_TICK,
            this::complain);
    opened.open();
    return opened;
  }

  private static ScheduledExecutorService schedule(String name) {
    // One each for the cluster, its tasks and its details: none waits while another does.
    return Executors.newScheduledThreadPool(
        3,
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Says on the health page why the cluster is not attached; {@code null} when it is. */
  private synchronized void complain(@Nullable String reason) {
    if (complaint != null) {
      complaint.unregister();
      complaint = null;
    }
    if (reason != null) {
      ComponentHealth health =
          new ComponentHealth("cluster " + label, ComponentHealth.Status.DOWN, reason);
      complaint = bundle.registerService(HealthContributor.class, () -> health, null);
    }
  }

  @Deactivate
  void deactivate(int reason) {
    if (cluster != null) {
      cluster.close(
          switch (reason) {
            case ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED ->
                DetachReason.CONFIGURATION_REMOVED;
            case ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_MODIFIED ->
                DetachReason.CONFIGURATION_CHANGED;
            default -> DetachReason.CONNECTOR_LEAVING;
          });
    }
    complain(null);
  }
}
