package org.jarvis.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.karaf.shell.api.console.Command;
import org.jarvis.lab.console.FaultCommand;
import org.jarvis.lab.pve.Release;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.NodeSpec;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a lab inside the demo, only where a configuration asks for it, and writes the configuration
 * of a connector to it: the same keys that a person would write for a cluster of theirs, which is
 * all that anything else ever learns of the lab.
 *
 * <p>Its switches are offered to whatever shell there is, by hand and only when the lab runs: a
 * component of their own would have the lab started once more for it where it had failed to start.
 */
@Component(
    configurationPid = "org.jarvis.lab",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {},
    immediate = true) // It serves nobody in here; it has to run because it is configured.
@Designate(ocd = DemoLab.Config.class)
public final class DemoLab {

  private static final Logger LOG = LoggerFactory.getLogger(DemoLab.class);
  private static final String CONNECTOR = "org.jarvis.connector.proxmox";
  private static final String SSH = "org.jarvis.connector.ssh";
  private static final String SSH_HOST = "org.jarvis.connector.ssh.host";
  private static final String NAME = "demo";

  /** The keys of {@code etc/org.jarvis.lab.cfg}. */
  @ObjectClassDefinition(
      name = "Jarvis demo lab",
      description =
          "A simulated Proxmox VE cluster on 127.0.0.1 with SSH hosts, and connectors'"
              + " configurations that point to it")
  @interface Config {
    /** Nodes. */
    @AttributeDefinition(name = "Nodes", description = "1 to 100", min = "1", max = "100")
    int nodes() default 4;

    /** Guests. */
    @AttributeDefinition(name = "Guests", description = "0 to 20000", min = "0", max = "20000")
    int guests() default 12;

    /** Speed. */
    @AttributeDefinition(
        name = "Speed",
        description =
            "How many times as fast as real the lab's clock runs, and its tasks with it; above 0,"
                + " at most 1000")
    double speed() default 1;

    /** Seed. */
    @AttributeDefinition(
        name = "Seed",
        description = "Two labs of the same seed tell the same figures")
    long seed() default 1;

    /** Release. */
    @AttributeDefinition(
        name = "Release",
        description = "Which version of Proxmox VE it claims to be: 7, 8 or 9")
    String release() default "9";

    /** API port. */
    @AttributeDefinition(
        name = "Port",
        description = "Of the API; 0 takes a free one",
        min = "0",
        max = "65535")
    int port() default 0;

    /** Fault port. */
    @AttributeDefinition(
        name = "Fault port",
        description = "Of the fault switches; 0 takes a free one",
        min = "0",
        max = "65535")
    int fault_port() default 0;

    /** SSH port. */
    @AttributeDefinition(
        name = "SSH port",
        description = "Of the first node, the other hosts take the next ones; 0 takes free ones",
        min = "0",
        max = "65435")
    int ssh_port() default 0;

    /** Data folder. */
    @AttributeDefinition(
        name = "Data folder",
        description =
            "Keeps certificate and tokens; empty for the folder lab in Jarvis's data folder")
    String data() default "";
  }

  private final Lab lab;
  private final List<Configuration> connectors;
  private final ServiceRegistration<Command> command;

  /** Starts the lab, offers its switches, and configures connectors to it. */
  @Activate
  public DemoLab(@Reference ConfigurationAdmin configurations, BundleContext context, Config config)
      throws IOException {
    this(
        configurations,
        dataFolder(config.data(), context),
        config,
        command -> context.registerService(Command.class, command, null));
  }

  DemoLab(
      ConfigurationAdmin configurations,
      Path data,
      Config config,
      Function<Command, ServiceRegistration<Command>> offer)
      throws IOException {
    lab = new Lab(options(config, data));
    try {
      lab.start();
      command = offer.apply(new FaultCommand(lab));
      connectors = configured(configurations);
    } catch (IOException | RuntimeException failed) {
      lab.close();
      throw failed;
    }
    LOG.info(
        "The demo lab with {} nodes and {} guests listens at {}. Its fault switches listen at {};"
            + " {} in {} has their token.",
        config.nodes(),
        config.guests(),
        lab.address(),
        lab.faultAddress(),
        Lab.RUNNING_FILE,
        data);
  }

  private List<Configuration> configured(ConfigurationAdmin configurations) throws IOException {
    List<Configuration> made = new ArrayList<>();
    try {
      configure(configurations, CONNECTOR, NAME, connectorProperties(lab), made);
      configure(configurations, SSH, NAME, nodesProperties(lab), made);
      for (Guest guest : lab.cluster().guestHosts()) {
        configure(
            configurations,
            SSH_HOST,
            NAME + "-" + guest.spec().name(),
            guestProperties(lab, guest),
            made);
      }
      return made;
    } catch (IOException | RuntimeException failed) {
      command.unregister();
      delete(made);
      throw failed;
    }
  }

  private static void configure(
      ConfigurationAdmin configurations,
      String factory,
      String name,
      Map<String, String> properties,
      List<Configuration> made)
      throws IOException {
    Configuration configuration = configurations.getFactoryConfiguration(factory, name, "?");
    made.add(configuration);
    configuration.update(FrameworkUtil.asDictionary(properties));
  }

  private static void delete(List<Configuration> made) {
    for (Configuration configuration : made) {
      try {
        configuration.delete();
      } catch (IOException | IllegalStateException gone) {
        LOG.warn(
            "A connector's configuration to the demo lab could not be deleted: {}",
            gone.getMessage());
      }
    }
  }

  /** Takes the switches and the connectors' configurations away, and ends the lab. */
  @Deactivate
  public void stop() {
    try {
      command.unregister();
    } catch (IllegalStateException gone) {
      LOG.debug("The framework took the fault switches back by itself.");
    }
    try {
      delete(connectors);
    } finally {
      lab.close();
    }
  }

  private static LabOptions options(Config config, Path data) {
    return new LabOptions(
        config.nodes(),
        config.guests(),
        config.speed(),
        config.seed(),
        Clock.system(ZoneId.systemDefault()),
        config.port(),
        config.fault_port(),
        config.ssh_port(),
        Release.named(config.release())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "release is "
                            + config.release()
                            + " in etc/org.jarvis.lab.cfg, it must be 7, 8 or 9")),
        data);
  }

  private static Path dataFolder(String configured, BundleContext context) throws IOException {
    if (!configured.isBlank()) {
      return Path.of(configured);
    }
    @Nullable String jarvis = context.getProperty("jarvis.data");
    if (jarvis != null) {
      return Path.of(jarvis, "lab");
    }
    @Nullable File own = context.getDataFile("lab");
    if (own == null) {
      throw new IOException(
          "the lab has nowhere to keep its certificate; set data in etc/org.jarvis.lab.cfg");
    }
    return own.toPath();
  }

  /** Text throughout, as a file would give it. */
  private static Map<String, String> connectorProperties(Lab lab) {
    return Map.of(
        "name", NAME,
        "addresses", lab.address(),
        "token", lab.operatorToken().credential(),
        "tls.fingerprint", lab.fingerprints(),
        "runs.outside", "true");
  }

  /** Where the nodes are, and which keys they have, so that nobody has to be asked. */
  private static Map<String, String> nodesProperties(Lab lab) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("cluster", NAME);
    properties.put("user", "root");
    properties.put("key", lab.sshKeys().clientKeyFile().toString());
    properties.put("host-keys", lab.sshPins());
    for (NodeSpec node : lab.cluster().inventory().nodes()) {
      properties.put("address." + node.name(), "127.0.0.1:" + lab.sshPort(node.name()));
    }
    return properties;
  }

  private static Map<String, String> guestProperties(Lab lab, Guest guest) {
    String host = guest.spec().name();
    return Map.of(
        "name",
        host,
        "cluster",
        NAME,
        "guest",
        String.valueOf(guest.vmid()),
        "address",
        "127.0.0.1",
        "port",
        String.valueOf(lab.sshPort(host)),
        "user",
        "root",
        "key",
        lab.sshKeys().clientKeyFile().toString(),
        "host-keys",
        lab.sshKeys().fingerprint(host));
  }
}
