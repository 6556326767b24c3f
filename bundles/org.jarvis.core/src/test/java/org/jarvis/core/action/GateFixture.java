package org.jarvis.core.action;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ApprovalAnswer;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.tool.Arguments;
import org.jarvis.core.MemoryJournal;
import org.jarvis.core.MemorySettings;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.jarvis.core.event.DurableEventStream;
import org.jarvis.core.host.HostConnections;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.state.Connections;
import org.jarvis.core.tool.ToolRegistry;

/** The whole gate over a fake cluster and a journal in memory. */
final class GateFixture implements AutoCloseable {
  static final Principal PERSON = new Principal("ada", PrincipalKind.PERSON, "session-1");
  static final Principal TOKEN = new Principal("ada", PrincipalKind.TOKEN, "token-1");
  static final Set<String> STANDARD =
      Set.of("tier", "protection", "whereabouts", "quorum", "origin", "knowledge", "command");

  final SteppingClock clock = new SteppingClock();
  final FakeCluster cluster = new FakeCluster(clock);
  final MemoryJournal journal;
  final MemorySettings settings = new MemorySettings();
  final PolicyRegistry policies = new PolicyRegistry();
  final ToolRegistry tools = new ToolRegistry();
  final HostConnections hosts = new HostConnections();
  final ServiceSlot<CommandAnalyst> analyst = new ServiceSlot<>("none");
  final ClusterStates states;
  final Attachment attachment;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final GateAssembly assembly;

  GateFixture() {
    this(new MemoryJournal());
  }

  GateFixture(MemoryJournal journal) {
    this(journal, OperatingMode.NORMAL);
  }

  GateFixture(MemoryJournal journal, OperatingMode mode) {
    this.journal = journal;
    Connections connections = new Connections();
    ServiceSlot<org.jarvis.api.persistence.EventJournal> events = new ServiceSlot<>("none");
    events.fill(journal);
    ServiceSlot<org.jarvis.api.persistence.ActionJournal> actions = new ServiceSlot<>("none");
    actions.fill(journal);
    DurableEventStream stream = new DurableEventStream(clock, events, workers);
    states = new ClusterStates(clock, connections, workers, event -> {});
    for (String name : STANDARD) {
      policies.add(policy(name, new Decision.Allow("fine")), "org.jarvis.safety");
    }
    tools.add(PowerTool.starting(), "org.jarvis.tools");
    tools.add(PowerTool.stopping(), "org.jarvis.tools");
    assembly =
        new GateAssembly(
            new GateAssembly.Parts(
                mode,
                clock,
                this::pause,
                Duration.ofHours(24),
                states,
                connections,
                hosts,
                tools,
                policies,
                new ServiceSlot<>("none"),
                analyst,
                actions,
                filled(settings),
                filled(settings),
                stream,
                workers,
                timer));
    cluster.put(101, org.jarvis.api.resource.Guest.Status.STOPPED);
    cluster.put(102, org.jarvis.api.resource.Guest.Status.RUNNING);
    attachment = states.attach(cluster.connection());
    observe();
  }

  private static <T> ServiceSlot<T> filled(T service) {
    ServiceSlot<T> slot = new ServiceSlot<>("none");
    slot.fill(service);
    return slot;
  }

  private void pause(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    clock.advance(duration);
  }

  /** Whether everything that ran has come to its end. */
  boolean isQuiet() throws InterruptedException {
    return workers.awaitTermination(20, TimeUnit.SECONDS);
  }

  void observe() {
    attachment.observed(cluster.observation());
  }

  ActionGate gate() {
    return assembly.gate();
  }

  GateAssembly assembly() {
    return assembly;
  }

  static ActionRequest request(String tool, int vmid) {
    return new ActionRequest(tool, new Arguments(Map.of("vmid", vmid)), PERSON, Origin.BROWSER);
  }

  Action submit(String tool, int vmid) {
    return gate().submit(request(tool, vmid));
  }

  Action ended(Action action) throws InterruptedException {
    return gate().await(action.id(), Duration.ofSeconds(20));
  }

  /**
   * Sets the guardrails as a person does; until then, or until they are read, the strictest count.
   */
  void setGuardrails(Guardrails next) {
    assembly.guardrails().change(next, PERSON, "10.0.0.5");
  }

  Action approve(Action action) {
    return gate().answer(approvalId(action), new ApprovalAnswer(true, null, null), PERSON);
  }

  static String approvalId(Action action) {
    return java.util.Objects.requireNonNull(action.approval()).id();
  }

  static SafetyPolicy policy(String name, Decision decision) {
    return policy(name, request -> decision);
  }

  static SafetyPolicy policy(
      String name, java.util.function.Function<PolicyRequest, Decision> decide) {
    return new SafetyPolicy() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Decision decide(PolicyRequest request) {
        return decide.apply(request);
      }
    };
  }

  static List<String> reasons(Action action) {
    return action.verdicts().stream().map(Action.Verdict::reason).toList();
  }

  @Override
  public void close() {
    assembly.close();
    timer.shutdownNow();
    workers.shutdownNow();
  }
}
