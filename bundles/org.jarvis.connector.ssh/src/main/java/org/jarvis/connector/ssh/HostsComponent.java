package org.jarvis.connector.ssh;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.host.HostRegistry;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the two components have in common: a group of hosts, or what keeps it from being. */
final class HostsComponent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostsComponent.class);

  private final BundleContext bundle;
  private final String label;
  private final AtomicReference<@Nullable CommandAnalyst> analyst = new AtomicReference<>();
  private @Nullable HostGroup group;
  private @Nullable ServiceRegistration<HealthContributor> health;

  HostsComponent(BundleContext bundle, ConfigurationText configuration) {
    this.bundle = bundle;
    String pid = configuration.pid();
    // What the operator called it: the last part of the file's name.
    this.label = pid.substring(pid.lastIndexOf('~') + 1);
  }

  /** Says in the log and on the health page that the configuration cannot be used. */
  void complain(JarvisException wrong) {
    LOG.warn("Hosts are not reached over SSH. {}", wrong.getMessage());
    ComponentHealth down =
        new ComponentHealth("ssh " + label, ComponentHealth.Status.DOWN, wrong.getMessage());
    health = bundle.registerService(HealthContributor.class, () -> down, null);
  }

  /** Opens the group. */
  HostGroup open(HostRegistry registry, Clock clock) {
    HostGroup opened =
        new HostGroup(registry, analyst::get, clock, HostGroup.Rhythm.DEFAULT, label);
    group = opened;
    health =
        bundle.registerService(HealthContributor.class, () -> opened.health("ssh " + label), null);
    return opened;
  }

  void bind(CommandAnalyst service) {
    analyst.set(service);
  }

  void unbind(CommandAnalyst service) {
    analyst.compareAndSet(service, null);
  }

  @Override
  public void close() {
    if (health != null) {
      health.unregister();
    }
    if (group != null) {
      group.close();
    }
  }
}
