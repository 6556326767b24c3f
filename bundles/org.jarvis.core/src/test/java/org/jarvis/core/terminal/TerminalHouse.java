package org.jarvis.core.terminal;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Authentication;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.host.Terminals;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.core.MemoryJournal;
import org.jarvis.core.MemorySettings;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.jarvis.core.action.GateAssembly;
import org.jarvis.core.action.OperatingMode;
import org.jarvis.core.action.PolicyRegistry;
import org.jarvis.core.event.DurableEventStream;
import org.jarvis.core.host.FakeHost;
import org.jarvis.core.host.HostConnections;
import org.jarvis.core.host.KnownHosts;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.state.Connections;
import org.jarvis.core.state.House;
import org.jarvis.core.tool.ToolRegistry;

/** Terminals on a fake host, over the real gate with a journal in memory. */
final class TerminalHouse implements AutoCloseable {
  static final Principal ADA = new Principal("ada", PrincipalKind.PERSON, "session-1");
  static final TerminalRules RULES =
      new TerminalRules(
          true, 2, 3, Duration.ofMinutes(30), true, 1 << 20, 10 << 20, Duration.ofDays(30));
  private static final ResourceRef ATLAS =
      ResourceRef.node(new ClusterId("home"), new NodeName("atlas"));

  final SteppingClock clock = new SteppingClock();
  final MemoryJournal journal = new MemoryJournal();
  final MemorySettings settings = new MemorySettings();
  final FakeAccounts accounts = new FakeAccounts();
  final FakeHostLine host = new FakeHostLine();
  final ServiceSlot<TerminalConfiguration> configuration = new ServiceSlot<>("none");
  final ServiceSlot<AuditLog> audit = filled(settings);
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final GateAssembly gate;
  final PersonTerminals terminals;
  volatile Optional<String> obstacle = Optional.empty();

  TerminalHouse(Path data, Guest... guests) {
    configuration.fill(new TerminalConfiguration(RULES));
    ServiceSlot<EventJournal> events = filled(journal);
    DurableEventStream stream = new DurableEventStream(clock, events, workers);
    Connections connections = new Connections();
    ClusterStates states = new ClusterStates(clock, connections, workers, event -> {});
    states.attach(House.connection()).observed(House.seen(clock.instant(), guests));
    ServiceSlot<SettingStore> store = filled(settings);
    HostConnections hosts = new HostConnections();
    KnownHosts known =
        new KnownHosts(clock, hosts, store, audit, (place, state) -> {}, event -> {});
    known.attach(new FakeHost().connection("atlas", ATLAS));
    gate =
        new GateAssembly(
            new GateAssembly.Parts(
                OperatingMode.NORMAL,
                clock,
                clock::advance,
                Duration.ofHours(24),
                states,
                connections,
                hosts,
                new ToolRegistry(),
                new PolicyRegistry(),
                new ServiceSlot<>("none"),
                new ServiceSlot<>("none"),
                filled(journal),
                audit,
                store,
                stream,
                workers,
                timer));
    gate.guardrails().change(Guardrails.INITIAL, ADA, "::1");
    terminals =
        new PersonTerminals(
            new PersonTerminals.Parts(
                clock,
                known,
                states,
                host,
                gate.terminals(),
                audit,
                filled((Accounts) accounts),
                configuration,
                () -> obstacle,
                data.resolve("recordings"),
                workers,
                timer));
  }

  private static <T> ServiceSlot<T> filled(T service) {
    ServiceSlot<T> slot = new ServiceSlot<>("none");
    slot.fill(service);
    return slot;
  }

  static Authentication session(String credential) {
    return authentication(PrincipalKind.PERSON, "ada", credential);
  }

  static Authentication authentication(PrincipalKind kind, String name, String credential) {
    return new Authentication(
        new Principal(name, kind, credential),
        EnumSet.allOf(Scope.class),
        Audience.API,
        Secret.of("csrf"),
        Instant.MAX);
  }

  Terminals.Opened open() {
    return open(new Terminals.Wish("home/atlas", null, 80, 24));
  }

  Terminals.Opened open(Terminals.Wish wish) {
    return terminals.open(wish, session("session-1"), FakeAccounts.RIGHT, "192.0.2.1");
  }

  ActionGate gate() {
    return gate.gate();
  }

  GateAssembly assembly() {
    return gate;
  }

  void halt() {
    gate.guardrails().change(new Guardrails(true, Autonomy.ASK), ADA, "::1");
  }

  Action ended(String action) throws InterruptedException {
    return gate().await(action, Duration.ofSeconds(20));
  }

  List<AuditEntry> audited(String activity) {
    return settings.audit().stream().filter(entry -> entry.activity().equals(activity)).toList();
  }

  /** Waits for what another thread does. */
  static void eventually(BooleanSupplier wished) throws InterruptedException {
    for (int i = 0; i < 1000 && !wished.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    if (!wished.getAsBoolean()) {
      throw new AssertionError("It never came.");
    }
  }

  @Override
  public void close() {
    terminals.close();
    gate.close();
    timer.shutdownNow();
    workers.shutdownNow();
  }
}
