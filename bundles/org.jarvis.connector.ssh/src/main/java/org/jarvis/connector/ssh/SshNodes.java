package org.jarvis.connector.ssh;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostRegistry;
import org.jarvis.api.resource.LiveState;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The nodes of one cluster as hosts, as one configuration describes them. A wrong configuration is
 * no failure to activate: it is said in the log and on the health page, until it is mended.
 *
 * <p>Immediate, because it is no service: it acts by attaching hosts to the core. Public, because
 * Declarative Services demands it; the package is not exported.
 */
@Component(
    immediate = true,
    service = {},
    configurationPid = SshNodes.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SshNodes.Configuration.class, factory = true)
public final class SshNodes {
  static final String PID = "org.jarvis.connector.ssh";

  private final HostsComponent hosts;
  private LiveState.@Nullable Subscription subscription;

  /** What a configuration may hold. Read from the raw properties, to say exactly what is wrong. */
  @ObjectClassDefinition(
      name = "SSH to a cluster's nodes",
      description = "How Jarvis reaches the nodes of a cluster. One configuration per cluster.")
  @interface Configuration {
    /** {@value SettingsReader#CLUSTER}. */
    @AttributeDefinition(
        name = "Cluster",
        description = "The cluster's name, as the key name in its own configuration.")
    String cluster();

    /** {@value SettingsReader#USER}. */
    @AttributeDefinition(name = "User", description = "The account on each node.")
    String user();

    /** {@value SettingsReader#PORT}. */
    @AttributeDefinition(name = "Port", required = false, min = "1", max = "65535")
    int port() default 22;

    /** {@value SettingsReader#KEY}. */
    @AttributeDefinition(
        name = "Private key",
        description = "Absolute path of a private key that nobody else can read.")
    String key();

    /** {@value SettingsReader#PASSPHRASE}. */
    @AttributeDefinition(
        name = "Passphrase of the key",
        description = "Best a placeholder such as $[secret:ssh-passphrase].",
        type = AttributeType.PASSWORD,
        required = false)
    String passphrase();

    /** {@value SettingsReader#SUDO}. */
    @AttributeDefinition(
        name = "Root's rights through sudo",
        description = "Whether the account may run listed commands with sudo -n.",
        required = false)
    boolean sudo() default false;

    /** {@value SettingsReader#HOST_KEYS}. */
    @AttributeDefinition(
        name = "Host keys",
        description =
            "Fingerprints of the nodes' host keys, separated by commas, each after its node: pve1"
                + " SHA256:…. A node without any is asked about in Jarvis.",
        required = false)
    String host$_$keys();

    /** {@value SettingsReader#CONNECTIONS}. */
    @AttributeDefinition(
        name = "Commands at a time",
        description = "Commands on one node at a time, each on a connection of its own.",
        required = false,
        min = "1",
        max = "32")
    int connections() default 8;

    /** {@value SettingsReader#TERMINALS}. */
    @AttributeDefinition(
        name = "Terminals on one node at a time",
        required = false,
        min = "1",
        max = "32")
    int terminals() default 8;

    /** {@value SettingsReader#CONNECT_SECONDS}. */
    @AttributeDefinition(
        name = "Time to connect",
        description = "Seconds until a connection has to stand.",
        required = false,
        min = "1",
        max = "120")
    int connect_seconds() default 10;

    /** {@value SettingsReader#IDLE_SECONDS}. */
    @AttributeDefinition(
        name = "Idle time",
        description = "Seconds until a connection ends that nothing uses.",
        required = false,
        min = "10",
        max = "86400")
    int idle_seconds() default 300;
  }

  /**
   * Begins to look for the nodes.
   *
   * @param registry where hosts are announced
   * @param state tells the nodes
   * @param bundle publishes how the hosts are
   * @param properties the configuration
   */
  @Activate
  public SshNodes(
      @Reference HostRegistry registry,
      @Reference LiveState state,
      BundleContext bundle,
      Map<String, Object> properties) {
    this.hosts = new HostsComponent(bundle, new ConfigurationText(properties));
    NodesSettings settings;
    try {
      settings = SettingsReader.nodes(properties);
    } catch (JarvisException wrong) {
      hosts.complain(wrong);
      return;
    }
    HostGroup group = hosts.open(registry, Clock.systemUTC());
    NodeDiscovery discovery = new NodeDiscovery(settings);
    subscription = state.subscribe(clusters -> group.set(discovery.hosts(clusters)));
    group.set(discovery.hosts(List.copyOf(state.clusters())));
  }

  /** Tells what commands mean; while it is away no temperature is read. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "unbindAnalyst")
  void bindAnalyst(CommandAnalyst analyst) {
    hosts.bind(analyst);
  }

  void unbindAnalyst(CommandAnalyst analyst) {
    hosts.unbind(analyst);
  }

  @Deactivate
  void deactivate() {
    LiveState.Subscription open = subscription;
    if (open != null) {
      open.close();
    }
    hosts.close();
  }
}
