package org.jarvis.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Authenticator;
import org.jarvis.api.chat.Conversations;
import org.jarvis.api.command.CommandJudge;
import org.jarvis.api.command.CommandRules;
import org.jarvis.api.connector.ClusterCertificates;
import org.jarvis.api.connector.ClusterReadings;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.extension.Extensions;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.host.HostKeys;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.host.Terminals;
import org.jarvis.api.panel.Panels;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.ConversationStore;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.PreferenceStore;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.safety.Aliases;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.OwnPlace;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.safety.ProtectionLedger;
import org.jarvis.api.screen.Screen;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolConsents;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;

/**
 * What the gateway needs of other bundles. Each part binds to the bundle that is meant to bring it,
 * by name, whatever the ranking of others: a drop-in must not be able to pose as the gate or as the
 * login.
 */
@Component(service = Parts.class)
public final class Parts {
  /** Each joins when it is made, so that none can be forgotten. */
  private final List<Part<?>> all = new ArrayList<>();

  private static final String CORE =
      "The core (bundle org.jarvis.core) is not there at the moment.";

  private final Part<ActionGate> gate = part("core", CORE);
  private final Part<PlanGate> plans = part("core", CORE);
  private final Part<Problems> problems = part("core", CORE);
  private final Part<Panels> panels = part("core", CORE);
  private final Part<Screen> screen = part("core", CORE);
  private final Part<ToolConsents> toolConsents = part("core", CORE);
  private final Part<Terminals> terminals = part("core", CORE);
  private final Part<ToolCatalogue> catalogue = part("core", CORE);
  private final Part<LiveState> liveState = part("core", CORE);
  private final Part<EventStream> events = part("core", CORE);
  private final Part<ClusterReadings> readings = part("core", CORE);
  private static final String SAFETY =
      "The safety policies (bundle org.jarvis.safety) are not there at the moment.";

  private final Part<GuardrailSettings> guardrails = part("core", CORE);
  private final Part<Hosts> hosts = part("core", CORE);
  private final Part<HostKeys> hostKeys = part("core", CORE);
  private final Part<ClusterCertificates> certificates = part("core", CORE);
  private final Part<ProtectedResources> protection = part("safety", SAFETY);
  private final Part<ProtectionLedger> protections = part("safety", SAFETY);
  private final Part<OwnPlace> place = part("safety", SAFETY);
  private final Part<Aliases> aliases = part("safety", SAFETY);
  private final Part<CommandJudge> commands = part("safety", SAFETY);
  private final Part<CommandRules> commandRules = part("safety", SAFETY);
  private static final String AUTH =
      "The login (bundle org.jarvis.auth) is not there at the moment; it needs the storage.";
  private static final String STORAGE =
      "The storage (bundle org.jarvis.persistence.sqlite) is not there at the moment.";

  private final Part<Authenticator> authenticator = part("auth", AUTH);
  private final Part<Accounts> accounts = part("auth", AUTH);
  private final Part<AuditLog> audit = part("storage", STORAGE);
  private final Part<PreferenceStore> preferences = part("storage", STORAGE);
  private final Part<MetricStore> metrics = part("storage", STORAGE);
  private final Part<ConversationStore> modelUsage = part("storage", STORAGE);
  private final Part<Conversations> conversations =
      part("chat", "The chat (bundle org.jarvis.chat) is not there at the moment.");
  private final Part<Extensions> extensions =
      part(
          "extensions",
          "What was dropped in (bundle org.jarvis.extensions) is not looked after at the moment.");
  private final List<HealthContributor> contributors = new CopyOnWriteArrayList<>();
  private final List<ServiceTracker<?, ?>> trackers = new ArrayList<>();

  /** Parts that somebody fills by hand. */
  public Parts() {}

  /** Parts that are filled as bundles come and go. */
  @Activate
  public Parts(BundleContext context) {
    Predicate<String> core = "org.jarvis.core"::equals;
    track(context, ActionGate.class, gate, core);
    track(context, PlanGate.class, plans, core);
    track(context, Problems.class, problems, core);
    track(context, Panels.class, panels, core);
    track(context, Screen.class, screen, core);
    track(context, ToolCatalogue.class, catalogue, core);
    track(context, ToolConsents.class, toolConsents, core);
    track(context, Terminals.class, terminals, core);
    track(context, LiveState.class, liveState, core);
    track(context, EventStream.class, events, core);
    track(context, ClusterReadings.class, readings, core);
    track(context, GuardrailSettings.class, guardrails, core);
    track(context, Hosts.class, hosts, core);
    track(context, HostKeys.class, hostKeys, core);
    track(context, ClusterCertificates.class, certificates, core);
    Predicate<String> safety = "org.jarvis.safety"::equals;
    track(context, ProtectedResources.class, protection, safety);
    track(context, ProtectionLedger.class, protections, safety);
    track(context, OwnPlace.class, place, safety);
    track(context, Aliases.class, aliases, safety);
    track(context, CommandJudge.class, commands, safety);
    track(context, CommandRules.class, commandRules, safety);
    track(context, Authenticator.class, authenticator, "org.jarvis.auth"::equals);
    track(context, Accounts.class, accounts, "org.jarvis.auth"::equals);
    Predicate<String> storage = name -> name.startsWith("org.jarvis.persistence.");
    track(context, AuditLog.class, audit, storage);
    track(context, PreferenceStore.class, preferences, storage);
    track(context, MetricStore.class, metrics, storage);
    track(context, ConversationStore.class, modelUsage, storage);
    track(context, Conversations.class, conversations, "org.jarvis.chat"::equals);
    track(context, Extensions.class, extensions, "org.jarvis.extensions"::equals);
    ServiceTracker<HealthContributor, HealthContributor> health =
        new ServiceTracker<>(context, HealthContributor.class, null) {
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
        };
    trackers.add(health);
    trackers.forEach(ServiceTracker::open);
  }

  @Deactivate
  void deactivate() {
    trackers.forEach(ServiceTracker::close);
  }

  private <T> Part<T> part(String name, String absence) {
    Part<T> part = new Part<>(name, absence);
    all.add(part);
    return part;
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

  /** The one gate. */
  public Part<ActionGate> gate() {
    return gate;
  }

  /** The gate's way in for plans. */
  public Part<PlanGate> plans() {
    return plans;
  }

  /** What is wrong, and what mends it. */
  public Part<Problems> problems() {
    return problems;
  }

  /** What extensions show. */
  public Part<Panels> panels() {
    return panels;
  }

  /** What Jarvis shows in the centre of the page. */
  public Part<Screen> screen() {
    return screen;
  }

  /** People's consent to what extensions' tools say of themselves. */
  public Part<ToolConsents> toolConsents() {
    return toolConsents;
  }

  /** People's own terminals. */
  public Part<Terminals> terminals() {
    return terminals;
  }

  /** All tools. */
  public Part<ToolCatalogue> catalogue() {
    return catalogue;
  }

  /** What is known of all clusters. */
  public Part<LiveState> liveState() {
    return liveState;
  }

  /** All events. */
  public Part<EventStream> events() {
    return events;
  }

  /** What can be read from the clusters on demand. */
  public Part<ClusterReadings> readings() {
    return readings;
  }

  /** What is protected. */
  public Part<ProtectedResources> protection() {
    return protection;
  }

  /** What is protected and why, and the release of it. */
  public Part<ProtectionLedger> protections() {
    return protections;
  }

  /** Where Jarvis itself runs. */
  public Part<OwnPlace> place() {
    return place;
  }

  /** What people call guests and nodes beside their names. */
  public Part<Aliases> aliases() {
    return aliases;
  }

  /** What commands on hosts mean. */
  public Part<CommandJudge> commands() {
    return commands;
  }

  /** The operator's own rules for commands. */
  public Part<CommandRules> commandRules() {
    return commandRules;
  }

  /** The limits that an admin person sets to all that Jarvis does. */
  public Part<GuardrailSettings> guardrails() {
    return guardrails;
  }

  /** What is known of the hosts. */
  public Part<Hosts> hosts() {
    return hosts;
  }

  /** The host keys that people accepted. */
  public Part<HostKeys> hostKeys() {
    return hostKeys;
  }

  /** The certificates of clusters' members, and people's consent to them. */
  public Part<ClusterCertificates> certificates() {
    return certificates;
  }

  /** The login. */
  public Part<Authenticator> authenticator() {
    return authenticator;
  }

  /** What the owners of accounts can see and change. */
  public Part<Accounts> accounts() {
    return accounts;
  }

  /** What people prefer. */
  public Part<PreferenceStore> preferences() {
    return preferences;
  }

  /** The course of figures over time. */
  public Part<MetricStore> metrics() {
    return metrics;
  }

  /** What asking models used. */
  public Part<ConversationStore> modelUsage() {
    return modelUsage;
  }

  /** What people and Jarvis say to each other. */
  public Part<Conversations> conversations() {
    return conversations;
  }

  /** What was dropped in. */
  public Part<Extensions> extensions() {
    return extensions;
  }

  /** The audit log. */
  public Part<AuditLog> audit() {
    return audit;
  }

  /** Every part. */
  public List<Part<?>> all() {
    return List.copyOf(all);
  }

  /** Who has something to say about how Jarvis is. */
  public List<HealthContributor> contributors() {
    return contributors;
  }
}
