package org.jarvis.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.connector.ClusterReadings;
import org.jarvis.api.extension.Extensions;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.resource.LiveState;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.tracker.ServiceTracker;

/**
 * What the console needs of other bundles. Each part binds to the bundle that is meant to bring it,
 * by name, whatever the ranking of others: a drop-in must not be able to pose as the one that
 * resets passwords.
 */
@Component(service = Parts.class)
public final class Parts {
  private static final String CORE =
      "The core (bundle org.jarvis.core) is not there at the moment.";
  private static final String AUTH =
      "The login (bundle org.jarvis.auth) is not there at the moment; it needs the storage.";

  private final @Nullable BundleContext context;
  private final Part<LiveState> liveState = new Part<>("core", CORE);
  private final Part<ClusterReadings> readings = new Part<>("core", CORE);
  private final Part<ActionGate> gate = new Part<>("core", CORE);
  private final Part<Authenticator> authenticator = new Part<>("auth", AUTH);
  private final Part<Accounts> accounts = new Part<>("auth", AUTH);
  private final Part<AuditLog> audit =
      new Part<>(
          "storage",
          "The storage (bundle org.jarvis.persistence.sqlite) is not there at the moment.");
  private final Part<Extensions> extensions =
      new Part<>(
          "extensions",
          "What was dropped in (bundle org.jarvis.extensions) is not looked after at the moment.");
  private final Part<ConfigurationAdmin> configuration =
      new Part<>("configuration", "Karaf's configuration is not there at the moment.");
  private final Part<ServiceComponentRuntime> components =
      new Part<>("components", "The component runtime is not there at the moment.");
  private final List<HealthContributor> contributors = new CopyOnWriteArrayList<>();
  private final List<ServiceTracker<?, ?>> trackers = new ArrayList<>();

  /** Parts that somebody fills by hand. */
  public Parts() {
    context = null;
  }

  /** Parts that are filled as bundles come and go. */
  @Activate
  public Parts(BundleContext context) {
    this.context = context;
    track(context, LiveState.class, liveState, "org.jarvis.core"::equals);
    track(context, ClusterReadings.class, readings, "org.jarvis.core"::equals);
    track(context, ActionGate.class, gate, "org.jarvis.core"::equals);
    track(context, Authenticator.class, authenticator, "org.jarvis.auth"::equals);
    track(context, Accounts.class, accounts, "org.jarvis.auth"::equals);
    track(context, AuditLog.class, audit, name -> name.startsWith("org.jarvis.persistence."));
    track(context, Extensions.class, extensions, "org.jarvis.extensions"::equals);
    track(context, ConfigurationAdmin.class, configuration, "org.apache.felix.configadmin"::equals);
    track(context, ServiceComponentRuntime.class, components, "org.apache.felix.scr"::equals);
    trackers.add(
        new ServiceTracker<HealthContributor, HealthContributor>(
            context, HealthContributor.class, null) {
          @Override
          public HealthContributor addingService(ServiceReference<HealthContributor> reference) {
            HealthContributor contributor = super.addingService(reference);
            contributors.add(contributor);
            return contributor;
          }

          @Override
          public void removedService(
              ServiceReference<HealthContributor> reference, HealthContributor contributor) {
            contributors.remove(contributor);
            super.removedService(reference, contributor);
          }
        });
    trackers.forEach(ServiceTracker::open);
  }

  @Deactivate
  void deactivate() {
    trackers.forEach(ServiceTracker::close);
  }

  private <T> void track(
      BundleContext context, Class<T> type, Part<T> part, Predicate<String> bundleName) {
    trackers.add(
        new ServiceTracker<T, T>(context, type, null) {
          @Override
          @SuppressWarnings("NullAway") // null tells the tracker to leave this service alone.
          public T addingService(ServiceReference<T> reference) {
            if (!bundleName.test(reference.getBundle().getSymbolicName())) {
              return null;
            }
            T service = super.addingService(reference);
            part.add(service);
            return service;
          }

          @Override
          public void removedService(ServiceReference<T> reference, T service) {
            part.remove(service);
            super.removedService(reference, service);
          }
        });
  }

  /** What is known of all clusters. */
  public Part<LiveState> liveState() {
    return liveState;
  }

  /** What can be read from the clusters on demand. */
  public Part<ClusterReadings> readings() {
    return readings;
  }

  /** The one gate. */
  public Part<ActionGate> gate() {
    return gate;
  }

  /** The login. */
  public Part<Authenticator> authenticator() {
    return authenticator;
  }

  /** What the owners of accounts can see and change. */
  public Part<Accounts> accounts() {
    return accounts;
  }

  /** The audit log. */
  public Part<AuditLog> audit() {
    return audit;
  }

  /** What was dropped in. */
  public Part<Extensions> extensions() {
    return extensions;
  }

  /** Where the levels of the log are kept while Jarvis runs. */
  public Part<ConfigurationAdmin> configuration() {
    return configuration;
  }

  /** What knows why a component does not work. */
  public Part<ServiceComponentRuntime> components() {
    return components;
  }

  /** The parts of Jarvis that can be away. */
  public List<Part<?>> ofJarvis() {
    return List.of(liveState, readings, gate, authenticator, accounts, audit, extensions);
  }

  /** Who has something to say about how Jarvis is. */
  public List<HealthContributor> contributors() {
    return contributors;
  }

  /** All bundles, whoever they are of. */
  public List<Bundle> bundles() {
    return context == null ? List.of() : Arrays.asList(context.getBundles());
  }
}
