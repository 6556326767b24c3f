package org.jarvis.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.karaf.shell.api.console.Command;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.command.CommandJudge;
import org.jarvis.api.connector.ClusterReadings;
import org.jarvis.api.extension.Extensions;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.tool.ToolCatalogue;
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
  private final Part<Problems> problems = new Part<>("core", CORE);
  private final Part<ToolCatalogue> catalogue = new Part<>("core", CORE);
  private final Part<Hosts> hosts = new Part<>("core", CORE);
  private final Part<CommandJudge> judge =
      new Part<>(
          "safety", "The safety policies (bundle org.jarvis.safety) are not there at the moment.");
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
  private final List<Command> commands = new CopyOnWriteArrayList<>();
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
    track(context, Problems.class, problems, "org.jarvis.core"::equals);
    track(context, ToolCatalogue.class, catalogue, "org.jarvis.core"::equals);
    track(context, Hosts.class, hosts, "org.jarvis.core"::equals);
    track(context, CommandJudge.class, judge, "org.jarvis.safety"::equals);
    track(context, Authenticator.class, authenticator, "org.jarvis.auth"::equals);
    track(context, Accounts.class, accounts, "org.jarvis.auth"::equals);
    track(context, AuditLog.class, audit, name -> name.startsWith("org.jarvis.persistence."));
    track(context, Extensions.class, extensions, "org.jarvis.extensions"::equals);
    track(context, ConfigurationAdmin.class, configuration, "org.apache.felix.configadmin"::equals);
    track(context, ServiceComponentRuntime.class, components, "org.apache.felix.scr"::equals);
    collect(context, HealthContributor.class, contributors, name -> true);
    collect(context, Command.class, commands, name -> name.startsWith("org.jarvis."));
    trackers.forEach(ServiceTracker::open);
  }

  @Deactivate
  void deactivate() {
    trackers.forEach(ServiceTracker::close);
  }

  private <T> void track(
      BundleContext context, Class<T> type, Part<T> part, Predicate<String> bundleName) {
    track(context, type, bundleName, part::add, part::remove);
  }

  private <T> void collect(
      BundleContext context, Class<T> type, List<T> services, Predicate<String> bundleName) {
    track(context, type, bundleName, services::add, services::remove);
  }

  private <T> void track(
      BundleContext context,
      Class<T> type,
      Predicate<String> bundleName,
      Consumer<T> come,
      Consumer<T> gone) {
    trackers.add(
        new ServiceTracker<T, T>(context, type, null) {
          @Override
          @SuppressWarnings("NullAway") // null tells the tracker to leave this service alone.
          public T addingService(ServiceReference<T> reference) {
            if (!bundleName.test(reference.getBundle().getSymbolicName())) {
              return null;
            }
            T service = super.addingService(reference);
            come.accept(service);
            return service;
          }

          @Override
          public void removedService(ServiceReference<T> reference, T service) {
            gone.accept(service);
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

  /** What commands on hosts mean. */
  public Part<CommandJudge> judge() {
    return judge;
  }

  /** What is wrong, and what mends it. */
  public Part<Problems> problems() {
    return problems;
  }

  /** All tools. */
  public Part<ToolCatalogue> catalogue() {
    return catalogue;
  }

  /** What is known of the hosts. */
  public Part<Hosts> hosts() {
    return hosts;
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

  /** Commands that other bundles of Jarvis's own offer as services; drop-ins have no such name. */
  public List<Command> commands() {
    return List.copyOf(commands);
  }

  /** The command of this scope and name that another bundle offers, if one does. */
  public Optional<Command> command(String scope, String name) {
    return commands.stream()
        .filter(command -> command.getScope().equals(scope) && command.getName().equals(name))
        .findFirst();
  }

  /** A command is offered. */
  public void add(Command command) {
    commands.add(command);
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
