package org.jarvis.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Dictionary;
import java.util.Map;
import org.jarvis.lab.pve.Release;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
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
  private static final String NAME = "demo";

  /** The keys of {@code etc/org.jarvis.lab.cfg}. */
  @ObjectClassDefinition(
      name = "Jarvis demo lab",
      description =
          "A simulated Proxmox VE cluster on 127.0.0.1, and a connector's configuration that points to it")
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
            "How many times as fast as real the lab's clock runs, and its tasks with it; above 0, at most 1000")
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

    /** Data folder. */
    @AttributeDefinition(
        name = "Data folder",
        description =
            "Keeps certificate and tokens; empty for the folder lab in Jarvis's data folder")
    String data() default "";
  }

  private final Lab lab;
  private final Configuration connector;

  /** Starts the lab and configures a connector to it. */
  @Activate
  public DemoLab(@Reference ConfigurationAdmin configurations, BundleContext context, Config config)
      throws IOException {
    this(configurations, dataFolder(config.data(), context), config);
  }

  DemoLab(ConfigurationAdmin configurations, Path data, Config config) throws IOException {
    lab = new Lab(options(config, data));
    try {
      lab.start();
      connector = configurations.getFactoryConfiguration(CONNECTOR, NAME, "?");
      connector.update(connectorProperties(lab));
    } catch (IOException | RuntimeException failed) {
      lab.close();
      throw failed;
    }
    LOG.info(
        "The demo lab with {} nodes and {} guests listens at {}. Its fault switches listen at {}; {} in {} has their token.",
        config.nodes(),
        config.guests(),
        lab.address(),
        lab.faultAddress(),
        Lab.RUNNING_FILE,
        data);
  }

  /** Takes the connector's configuration away and ends the lab. */
  @Deactivate
  public void stop() {
    try {
      connector.delete();
    } catch (IOException | IllegalStateException gone) {
      LOG.warn(
          "The connector's configuration {} could not be deleted: {}", NAME, gone.getMessage());
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
  private static Dictionary<String, Object> connectorProperties(Lab lab) {
    return FrameworkUtil.asDictionary(
        Map.of(
            "name", NAME,
            "addresses", lab.address(),
            "token", lab.operatorToken().credential(),
            "tls.fingerprint", lab.fingerprints(),
            "runs.outside", "true"));
  }
}
