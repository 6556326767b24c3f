package org.jarvis.connector.ssh;

import java.time.Clock;
import java.util.Map;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.host.HostRegistry;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * A host that is no node of a cluster, such as a virtual machine that runs Docker, as one
 * configuration describes it. A wrong configuration is no failure to activate, as with {@link
 * SshNodes}.
 *
 * <p>Immediate, because it is no service: it acts by attaching the host to the core. Public,
 * because Declarative Services demands it; the package is not exported.
 */
@Component(
    immediate = true,
    service = {},
    configurationPid = SshFurtherHost.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SshFurtherHost.Configuration.class, factory = true)
public final class SshFurtherHost {
  static final String PID = "org.jarvis.connector.ssh.host";

  private final HostsComponent hosts;

  /** What a configuration may hold. Read from the raw properties, to say exactly what is wrong. */
  @ObjectClassDefinition(
      name = "SSH to a further host",
      description = "A host that is no node of a cluster. One configuration per host.")
  @interface Configuration {
    /** {@value SettingsReader#NAME}. */
    @AttributeDefinition(
        name = "Name",
        description = "Short name of the host: letters, digits, dots and hyphens.")
    String name();

    /** {@value SettingsReader#CLUSTER}. */
    @AttributeDefinition(
        name = "Cluster",
        description = "The cluster that it belongs to, or stands beside.")
    String cluster();

    /** {@value SettingsReader#GUEST}. */
    @AttributeDefinition(
        name = "Guest",
        description = "The number of the guest of that cluster that it is, if it is one.",
        required = false)
    int guest();

    /** {@value SettingsReader#ADDRESS}. */
    @AttributeDefinition(name = "Address", description = "Its name or IP address.")
    String address();

    /** {@value SettingsReader#PORT}. */
    @AttributeDefinition(name = "Port", required = false, min = "1", max = "65535")
    int port() default 22;

    /** {@value SettingsReader#USER}. */
    @AttributeDefinition(name = "User", description = "The account on it.")
    String user();

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
            "Fingerprints that its host key may have, separated by commas. Without any, Jarvis asks.",
        required = false)
    String host$_$keys();

    /** {@value SettingsReader#CONNECTIONS}. */
    @AttributeDefinition(
        name = "Commands at a time",
        description = "Commands on it at a time, each on a connection of its own.",
        required = false,
        min = "1",
        max = "32")
    int connections() default 8;

    /** {@value SettingsReader#TERMINALS}. */
    @AttributeDefinition(name = "Terminals at a time", required = false, min = "1", max = "32")
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
   * Announces the host.
   *
   * @param registry where it is announced
   * @param bundle publishes how it is
   * @param properties the configuration
   */
  @Activate
  public SshFurtherHost(
      @Reference HostRegistry registry, BundleContext bundle, Map<String, Object> properties) {
    this.hosts = new HostsComponent(bundle, new ConfigurationText(properties));
    try {
      HostSettings settings = SettingsReader.furtherHost(properties);
      hosts.open(registry, Clock.systemUTC()).set(Map.of(settings.id(), settings));
    } catch (JarvisException wrong) {
      hosts.complain(wrong);
    }
  }

  @Deactivate
  void deactivate() {
    hosts.close();
  }
}
