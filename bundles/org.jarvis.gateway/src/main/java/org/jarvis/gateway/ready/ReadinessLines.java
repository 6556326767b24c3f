package org.jarvis.gateway.ready;

import java.io.IOException;
import java.time.Clock;
import java.util.Dictionary;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jarvis.gateway.Opening;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.listen.Listeners;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prints on the process's standard output when Jarvis is ready. Scripts and people wait for these
 * lines, so they go there and not into the log. Immediate, since nobody asks for it.
 */
@Component(
    service = {},
    immediate = true)
public final class ReadinessLines {
  private static final Logger LOG = LoggerFactory.getLogger(ReadinessLines.class);
  private static final String CONNECTORS = "org.jarvis.connector.";

  /** Reaches hosts, not clusters. */
  private static final String HOSTS = CONNECTORS + "ssh";

  /** Karaf's sign that all features are installed that it starts with; it has no API bundle. */
  private static final String BOOT_FINISHED = "org.apache.karaf.features.BootFinished";

  /** A cluster whose connector is configured by something that starts first, as the demo is. */
  private static final String AWAITED = "jarvis.awaits";

  private static final long STEP_MILLIS = 100;

  private final ConfigurationAdmin configurations;
  private final @Nullable String awaited;
  private final Readiness readiness;
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "jarvis-readiness");
            thread.setDaemon(true);
            return thread;
          });
  private final Future<?> watching;

  /** Begins to watch. */
  @Activate
  public ReadinessLines(
      @Reference Parts parts,
      @Reference Listeners listeners,
      @Reference Opening opening,
      @Reference ServedRoutes routes,
      @Reference ConfigurationAdmin configurations,
      BundleContext bundles) {
    this.configurations = configurations;
    this.awaited = bundles.getProperty(AWAITED);
    this.readiness =
        new Readiness(
            parts,
            listeners::url,
            listeners::answers,
            () -> bundles.getServiceReference(BOOT_FINISHED) != null,
            routes::complaint,
            this::configuredClusters,
            listeners::remarks,
            opening::done,
            Clock.systemUTC(),
            ReadinessLines::print);
    this.watching =
        watcher.scheduleWithFixedDelay(this::step, 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Deactivate
  void deactivate() {
    watching.cancel(true);
    watcher.shutdownNow();
  }

  private void step() {
    try {
      if (readiness.step()) {
        watcher.shutdown();
      }
    } catch (RuntimeException failure) {
      LOG.warn("Whether Jarvis is ready cannot be told at the moment.", failure);
    }
  }

  private static void print(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private Set<String> configuredClusters() {
    Set<String> names = new TreeSet<>();
    if (awaited != null && !awaited.isBlank()) {
      names.add(awaited);
    }
    try {
      Configuration[] found = configurations.listConfigurations(null);
      if (found != null) {
        for (Configuration configuration : found) {
          String factory = configuration.getFactoryPid();
          if (factory != null && factory.startsWith(CONNECTORS) && !factory.startsWith(HOSTS)) {
            names.add(name(configuration));
          }
        }
      }
    } catch (IOException | InvalidSyntaxException unreadable) {
      LOG.warn("The configuration cannot be read.", unreadable);
    }
    return names;
  }

  private static String name(Configuration configuration) {
    Dictionary<String, Object> properties = configuration.getProperties();
    Object name = properties == null ? null : properties.get("name");
    return name == null ? configuration.getPid() : name.toString();
  }
}
