package org.jarvis.core;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.SessionListener;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.connector.ClusterCertificates;
import org.jarvis.api.connector.ClusterReadings;
import org.jarvis.api.connector.ClusterRegistry;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.host.HostKeys;
import org.jarvis.api.host.HostRegistry;
import org.jarvis.api.host.Hosts;
import org.jarvis.api.host.Terminals;
import org.jarvis.api.persistence.ActionJournal;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.persistence.SnapshotStore;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.tool.Tool;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolConsents;
import org.jarvis.core.action.GateAssembly;
import org.jarvis.core.action.OperatingMode;
import org.jarvis.core.action.PolicyRegistry;
import org.jarvis.core.event.DurableEventStream;
import org.jarvis.core.event.EventBacklog;
import org.jarvis.core.history.CountedRegistry;
import org.jarvis.core.history.GuestRates;
import org.jarvis.core.history.MetricRecorder;
import org.jarvis.core.history.PastReader;
import org.jarvis.core.host.HostConnections;
import org.jarvis.core.host.HostlessDetails;
import org.jarvis.core.host.KnownHosts;
import org.jarvis.core.state.CertificateConsents;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.state.Connections;
import org.jarvis.core.state.ConsentingRegistry;
import org.jarvis.core.state.LiveReadings;
import org.jarvis.core.state.SnapshotKeeper;
import org.jarvis.core.terminal.PersonTerminals;
import org.jarvis.core.terminal.TerminalConfiguration;
import org.jarvis.core.tool.ToolRegistry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the core together and publishes its services. It is one component rather than five because
 * its parts share what must not be a service: the connectors' writing methods.
 *
 * <p>Everything it uses comes and goes while it runs. It is immediate, since connectors, gateway
 * and console all wait for its services.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = "org.jarvis.core")
@Designate(ocd = Core.Settings.class)
public final class Core {
  private static final Logger LOG = LoggerFactory.getLogger(Core.class);
  private static final String PERSISTENCE = "org.jarvis.persistence.";
  private static final String SAFETY = "org.jarvis.safety";
  private static final String AUTH = "org.jarvis.auth";
  private static final long RETRY_SECONDS = 5;
  private static final long LAST_WORDS_SECONDS = 2;
  private static final int MAX_RECORDINGS = 16;

  /** By then it is known which guests are those of before. */
  private static final long PAST_AFTER_SECONDS = 60;

  /** What can be configured. */
  @ObjectClassDefinition(name = "Jarvis core", description = "The action pipeline.")
  @interface Settings {
    /** How long a request waits for a person. */
    @AttributeDefinition(
        name = "Approval time",
        description = "Hours that a request for approval waits for a person; from 1 to 168.",
        min = "1",
        max = "168")
    int approval_hours() default 24;
  }

  private final ToolRegistry tools = new ToolRegistry();
  private final PolicyRegistry policies = new PolicyRegistry();
  private final ServiceSlot<ActionJournal> actionJournal = new ServiceSlot<>(NO_STORAGE);
  private final ServiceSlot<EventJournal> eventJournal = new ServiceSlot<>(NO_STORAGE);
  private final ServiceSlot<AuditLog> auditLog = new ServiceSlot<>(NO_STORAGE);
  private final ServiceSlot<SettingStore> settingStore = new ServiceSlot<>(NO_STORAGE);
  private final ServiceSlot<SnapshotStore> snapshotStore = new ServiceSlot<>(NO_STORAGE);
  private final ServiceSlot<MetricStore> metricStore = new ServiceSlot<>(NO_STORAGE);
  private final ServiceSlot<ProtectedResources> protections =
      new ServiceSlot<>("The bundle org.jarvis.safety is not running.");
  private final ServiceSlot<Accounts> accounts =
      new ServiceSlot<>("The bundle org.jarvis.auth is not running.");
  private final ServiceSlot<TerminalConfiguration> terminalSettings =
      new ServiceSlot<>("Terminals are not configured.");
  private final ServiceSlot<CommandAnalyst> analyst =
      new ServiceSlot<>("The bundle org.jarvis.safety is not running.");
  private final ExecutorService workers;
  private final ExecutorService recorder;
  private final ScheduledExecutorService timer;
  private final AtomicInteger recordings = new AtomicInteger();
  private final AtomicBoolean readingPast = new AtomicBoolean();
  private final DurableEventStream events;
  private final EventBacklog backlog;
  private final ClusterStates states;
  private final KnownHosts hosts;
  private final CertificateConsents certificates;
  private final SnapshotKeeper snapshots;
  private final List<LiveState.Subscription> subscriptions;
  private final List<Future<?>> clockwork;
  private final GateAssembly gate;
  private final PersonTerminals terminals;
  private final List<ServiceRegistration<?>> registrations;

  private static final String NO_RULES =
      "No terminal is opened while the safety rules (bundle org.jarvis.safety) are not there.";

  private static final String NO_STORAGE =
      "Nothing can be recorded: no storage is running. Look at the health of storage.";

  /** Starts the core. */
  @Activate
  public Core(BundleContext bundles, Settings settings) {
    this.workers = Executors.newCachedThreadPool(threads("jarvis-worker"));
    this.recorder = Executors.newSingleThreadExecutor(threads("jarvis-recorder"));
    this.timer = Executors.newSingleThreadScheduledExecutor(threads("jarvis-timer"));
    Clock clock = Clock.systemUTC();
    OperatingMode mode = OperatingMode.of(bundles.getProperty(OperatingMode.PROPERTY));
    if (mode == OperatingMode.SAFE) {
      LOG.warn("{}", mode.health().detail());
    }
    Connections connections = new Connections();
    this.events = new DurableEventStream(clock, eventJournal, workers);
    this.backlog = new EventBacklog(clock, events, workers);
    this.states = new ClusterStates(clock, connections, workers, backlog::add);
    HostConnections hostConnections = new HostConnections();
    this.hosts =
        new KnownHosts(
            clock, hostConnections, settingStore, auditLog, states::toldByHost, backlog::add);
    HostlessDetails hostless = new HostlessDetails(clock, hosts, states::toldByHost);
    this.certificates = new CertificateConsents(clock, states, connections, settingStore, auditLog);
    this.snapshots = new SnapshotKeeper(clock, states, snapshotStore);
    GuestRates rates = new GuestRates();
    MetricRecorder metrics = new MetricRecorder(metricStore, rates);
    LiveReadings readings = new LiveReadings(states, connections);
    PastReader past = new PastReader(clock, states, readings::courseInTurn, metricStore);
    this.subscriptions =
        List.of(
            states.subscribe(clusters -> recordSoon(() -> metrics.record(states.clusters()))),
            states.subscribe(hostless::look));
    this.clockwork =
        List.of(
            timer.scheduleWithFixedDelay(
                backlog::retry, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS),
            timer.scheduleWithFixedDelay(
                () -> workers.execute(this::readConsents),
                RETRY_SECONDS,
                RETRY_SECONDS,
                TimeUnit.SECONDS),
            timer.scheduleWithFixedDelay(
                () -> recordSoon(snapshots::keep),
                SnapshotKeeper.INTERVAL.toSeconds(),
                SnapshotKeeper.INTERVAL.toSeconds(),
                TimeUnit.SECONDS),
            timer.scheduleWithFixedDelay(
                () -> readPast(past),
                PAST_AFTER_SECONDS,
                PastReader.PACE.toSeconds(),
                TimeUnit.SECONDS));
    this.gate =
        new GateAssembly(
            new GateAssembly.Parts(
                mode,
                clock,
                duration -> TimeUnit.MILLISECONDS.sleep(duration.toMillis()),
                Duration.ofHours(Math.max(1, Math.min(168, settings.approval_hours()))),
                states,
                connections,
                hostConnections,
                tools,
                policies,
                protections,
                analyst,
                actionJournal,
                auditLog,
                settingStore,
                events,
                workers,
                timer));
    this.terminals =
        new PersonTerminals(
            new PersonTerminals.Parts(
                clock,
                hosts,
                states,
                (host, request, output) ->
                    hostConnections.require(host).operations().open(request, output),
                gate.terminals(),
                auditLog,
                accounts,
                terminalSettings,
                () -> analyst.get().isPresent() ? Optional.empty() : Optional.of(NO_RULES),
                Path.of(dataFolder(bundles), "recordings"),
                workers,
                timer));
    this.registrations =
        List.of(
            bundles.registerService(LiveState.class, states, null),
            bundles.registerService(
                ClusterRegistry.class,
                new ConsentingRegistry(new CountedRegistry(states, rates), certificates),
                null),
            bundles.registerService(ClusterCertificates.class, certificates, null),
            bundles.registerService(HostRegistry.class, hosts, null),
            bundles.registerService(Hosts.class, hosts, null),
            bundles.registerService(HostKeys.class, hosts, null),
            bundles.registerService(HealthContributor.class, hosts, null),
            bundles.registerService(ConfigurationListener.class, this::configurationChanged, null),
            bundles.registerService(ClusterReadings.class, readings, null),
            bundles.registerService(EventStream.class, events, null),
            bundles.registerService(ToolCatalogue.class, gate.catalogue(), null),
            bundles.registerService(ActionGate.class, gate.gate(), null),
            bundles.registerService(Terminals.class, terminals, null),
            bundles.registerService(SessionListener.class, terminals, null),
            bundles.registerService(HealthContributor.class, mode, null),
            bundles.registerService(PlanGate.class, gate.plans(), null),
            bundles.registerService(ToolConsents.class, gate.toolConsents(), null),
            bundles.registerService(GuardrailSettings.class, gate.guardrails(), null),
            bundles.registerService(HealthContributor.class, gate::health, null),
            bundles.registerService(HealthContributor.class, gate::guardrailsHealth, null));
  }

  private static String dataFolder(BundleContext bundles) {
    String data = bundles.getProperty("jarvis.data");
    return data == null ? "data" : data;
  }

  /** Also while no connector's bundle runs that could tell of it. */
  private void configurationChanged(ConfigurationEvent event) {
    if (event.getType() == ConfigurationEvent.CM_DELETED) {
      states.configurationDeleted(event.getPid());
      hosts.configurationDeleted(event.getPid());
    }
  }

  /** The stores leave as soon as this component has; the last state is worth a moment. */
  private void awaitRecorder() {
    try {
      if (!recorder.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        recorder.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A cluster that answers slowly makes it come less often. */
  private void readPast(PastReader past) {
    if (!readingPast.compareAndSet(false, true)) {
      return;
    }
    try {
      workers.execute(
          () -> {
            try {
              past.step();
            } catch (RuntimeException failure) {
              LOG.warn("What clusters recorded before could not be read.", failure);
            } finally {
              readingPast.set(false);
            }
          });
    } catch (RejectedExecutionException leaving) {
      LOG.debug("Jarvis is ending; nothing more is read.");
    }
  }

  /** Leaves something to the thread that may wait for the disk; when it has much to do, not. */
  private void recordSoon(Runnable work) {
    if (recordings.incrementAndGet() > MAX_RECORDINGS) {
      recordings.decrementAndGet();
      return;
    }
    try {
      recorder.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException failure) {
              LOG.warn("Something could not be recorded.", failure);
            } finally {
              recordings.decrementAndGet();
            }
          });
    } catch (RejectedExecutionException leaving) {
      LOG.debug("Jarvis is ending; nothing more is recorded.");
    }
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Withdraws the services, then ends what runs; recorded intents are settled at next start. */
  @Deactivate
  public void stop() {
    registrations.forEach(ServiceRegistration::unregister);
    terminals.close();
    gate.close();
    subscriptions.forEach(LiveState.Subscription::close);
    states.settle();
    clockwork.forEach(task -> task.cancel(false));
    recorder.execute(snapshots::keepLast);
    recorder.shutdown();
    awaitRecorder();
    if (backlog.waiting() > 0) {
      LOG.warn("{} events could not be recorded before the end.", backlog.waiting());
    }
    timer.shutdownNow();
    workers.shutdownNow();
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindTool(ServiceReference<Tool> reference, Tool service) {
    tools.add(service, provider(reference));
  }

  void unbindTool(Tool service) {
    tools.remove(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindPolicy(ServiceReference<SafetyPolicy> reference, SafetyPolicy service) {
    policies.add(service, provider(reference));
  }

  void unbindPolicy(SafetyPolicy service) {
    policies.remove(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindActionJournal(ServiceReference<ActionJournal> reference, ActionJournal service) {
    if (isStorage(reference)) {
      actionJournal.fill(service);
    }
  }

  void unbindActionJournal(ActionJournal service) {
    actionJournal.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindEventJournal(ServiceReference<EventJournal> reference, EventJournal service) {
    if (isStorage(reference)) {
      eventJournal.fill(service);
      events.journalArrived();
    }
  }

  void unbindEventJournal(EventJournal service) {
    eventJournal.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindAuditLog(ServiceReference<AuditLog> reference, AuditLog service) {
    if (isStorage(reference)) {
      auditLog.fill(service);
    }
  }

  void unbindAuditLog(AuditLog service) {
    auditLog.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSettingStore(ServiceReference<SettingStore> reference, SettingStore service) {
    if (isStorage(reference)) {
      settingStore.fill(service);
      gate.settingsArrived();
      workers.execute(this::readConsents);
    }
  }

  /** To what people consented, of hosts and of clusters. */
  private void readConsents() {
    hosts.synchronise();
    certificates.synchronise();
  }

  void unbindSettingStore(SettingStore service) {
    settingStore.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindSnapshotStore(ServiceReference<SnapshotStore> reference, SnapshotStore service) {
    if (isStorage(reference)) {
      snapshotStore.fill(service);
      recorder.execute(snapshots::restore);
    }
  }

  void unbindSnapshotStore(SnapshotStore service) {
    snapshotStore.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindMetricStore(ServiceReference<MetricStore> reference, MetricStore service) {
    if (isStorage(reference)) {
      metricStore.fill(service);
    }
  }

  void unbindMetricStore(MetricStore service) {
    metricStore.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindProtections(ServiceReference<ProtectedResources> reference, ProtectedResources service) {
    if (provider(reference).equals(SAFETY)) {
      protections.fill(service);
    }
  }

  void unbindProtections(ProtectedResources service) {
    protections.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindAccounts(ServiceReference<Accounts> reference, Accounts service) {
    if (provider(reference).equals(AUTH)) {
      accounts.fill(service);
    }
  }

  void unbindAccounts(Accounts service) {
    accounts.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindTerminalSettings(TerminalConfiguration service) {
    terminalSettings.fill(service);
  }

  void unbindTerminalSettings(TerminalConfiguration service) {
    terminalSettings.empty(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindAnalyst(ServiceReference<CommandAnalyst> reference, CommandAnalyst service) {
    if (provider(reference).equals(SAFETY)) {
      analyst.fill(service);
    }
  }

  void unbindAnalyst(CommandAnalyst service) {
    analyst.empty(service);
  }

  /** By name, whatever the ranking: what the gate builds on is no extension's to offer. */
  private static boolean isStorage(ServiceReference<?> reference) {
    return provider(reference).startsWith(PERSISTENCE);
  }

  private static String provider(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    return bundle == null ? "a bundle that has left" : String.valueOf(bundle.getSymbolicName());
  }
}
