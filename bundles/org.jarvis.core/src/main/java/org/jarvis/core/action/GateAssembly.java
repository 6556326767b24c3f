package org.jarvis.core.action;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.command.CommandAnalyst;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.persistence.ActionJournal;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.safety.GuardrailSettings;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.api.tool.ToolConsents;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.event.DurableEventStream;
import org.jarvis.core.host.HostConnections;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.state.Connections;
import org.jarvis.core.tool.KnownTools;
import org.jarvis.core.tool.ToolRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the gate together and runs its clockwork: expiry, observations, unfinished actions. */
public final class GateAssembly implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GateAssembly.class);
  private static final int ID_BYTES = 16;
  private static final long SWEEP_SECONDS = 5;

  /** Not during the start itself, which has enough to do. */
  private static final long PREPARE_SECONDS = 3;

  private static final long OBSERVATION_SECONDS = 60;

  private final ActionLedger ledger;
  private final TargetClaims claims;
  private final HeldGuardrails guardrails;
  private final KnownTools known;
  private final ActionExecutor executor;
  private final ExecutorService workers;
  private final Plans plans;
  private final ActionPipeline pipeline;
  private final TerminalLedger terminals;
  private final LiveToolCatalogue catalogue;
  private final ObservationAudit observations;
  private final List<ScheduledFuture<?>> clockwork;
  private final ServiceSlot<ActionJournal> journal;
  private volatile boolean settling = true;

  /**
   * What the gate is made of.
   *
   * @param mode whether Jarvis acts at all
   * @param clock tells the time
   * @param pauses waits between two looks at something
   * @param approvalTime how long a request waits for a person
   * @param states the live state
   * @param connections what the connectors handed over for clusters
   * @param hosts what they handed over for hosts
   * @param tools the tools that are installed
   * @param policies the policies that are asked
   * @param protections tells what is protected
   * @param analyst tells what commands on hosts mean
   * @param journal keeps the actions
   * @param audit keeps what was observed
   * @param settings keeps the guardrails
   * @param events the event stream
   * @param workers runs tools and policies; its threads may block
   * @param timer wakes what is due; its threads never block
   */
  public record Parts(
      OperatingMode mode,
      Clock clock,
      Pauses pauses,
      Duration approvalTime,
      ClusterStates states,
      Connections connections,
      HostConnections hosts,
      ToolRegistry tools,
      PolicyRegistry policies,
      ServiceSlot<ProtectedResources> protections,
      ServiceSlot<CommandAnalyst> analyst,
      ServiceSlot<ActionJournal> journal,
      ServiceSlot<AuditLog> audit,
      ServiceSlot<SettingStore> settings,
      DurableEventStream events,
      ExecutorService workers,
      ScheduledExecutorService timer) {}

  /** Puts it together and starts the clockwork. */
  public GateAssembly(Parts parts) {
    this.journal = parts.journal();
    this.workers = parts.workers();
    this.claims = new TargetClaims(parts.states(), this::isEnded);
    this.guardrails =
        new HeldGuardrails(
            parts.clock(),
            parts.settings(),
            parts.audit(),
            event -> parts.workers().execute(() -> parts.events().publish(event)));
    this.known = new KnownTools(parts.clock(), parts.tools(), parts.settings(), parts.audit());
    Restraint restraint = new Restraint(parts.mode(), guardrails);
    Decider decider = new Decider(restraint, parts.policies(), parts.workers());
    TargetResolver resolver =
        new TargetResolver(parts.states(), parts.connections(), parts.protections());
    this.ledger = new ActionLedger(parts.clock(), parts.journal(), parts.events());
    this.observations = new ObservationAudit(parts.clock(), parts.audit());
    this.executor =
        new ActionExecutor(
            parts.clock(),
            parts.pauses(),
            new RunContexts(
                parts.clock(),
                restraint,
                parts.states(),
                parts.connections(),
                parts.hosts(),
                parts.analyst()),
            parts.states(),
            parts.connections(),
            parts.tools(),
            resolver,
            ledger,
            claims,
            new Reconciler(parts.clock(), parts.pauses(), parts.connections(), ledger),
            parts.workers(),
            parts.timer());
    Preparation preparation =
        new Preparation(parts.states(), parts.tools(), known, resolver, decider);
    Drafts drafts = new Drafts(parts.clock(), parts.approvalTime());
    RequestBudget budget = new RequestBudget(parts.clock());
    this.plans =
        new Plans(
            parts.clock(),
            GateAssembly::randomId,
            drafts,
            preparation,
            ledger,
            claims,
            executor,
            budget,
            parts.workers());
    this.terminals =
        new TerminalLedger(
            parts.clock(), GateAssembly::randomId, restraint, guardrails, budget, ledger);
    this.pipeline =
        new ActionPipeline(
            parts.clock(),
            GateAssembly::randomId,
            budget,
            drafts,
            preparation,
            ledger,
            claims,
            executor,
            observations,
            plans,
            terminals);
    this.catalogue = new LiveToolCatalogue(parts.tools(), known, parts.states(), resolver, decider);
    this.clockwork =
        List.of(
            parts.timer().scheduleWithFixedDelay(this::sweep, 1, SWEEP_SECONDS, TimeUnit.SECONDS),
            parts
                .timer()
                .schedule(
                    () -> workers.execute(ActionDocument::prepare),
                    PREPARE_SECONDS,
                    TimeUnit.SECONDS),
            parts
                .timer()
                .scheduleWithFixedDelay(
                    () -> workers.execute(observations::flush),
                    OBSERVATION_SECONDS,
                    OBSERVATION_SECONDS,
                    TimeUnit.SECONDS));
  }

  /** The gate. */
  public ActionGate gate() {
    return pipeline;
  }

  /** The gate's way in for plans. */
  public PlanGate plans() {
    return plans;
  }

  /** Where people's terminals are written down. */
  public TerminalLedger terminals() {
    return terminals;
  }

  /** The catalogue of tools. */
  public ToolCatalogue catalogue() {
    return catalogue;
  }

  /** People's consent to what extensions' tools say of themselves. */
  public ToolConsents toolConsents() {
    return known;
  }

  /** The guardrails. */
  public GuardrailSettings guardrails() {
    return guardrails;
  }

  /** Whether the guardrails are known. */
  public ComponentHealth guardrailsHealth() {
    return guardrails.health();
  }

  /** The store that keeps the guardrails has come: they are read at once. */
  public void settingsArrived() {
    workers.execute(guardrails::synchronise);
  }

  /** Whether every action that is kept can be told of and settled. */
  public ComponentHealth health() {
    Set<String> unreadable = ledger.unreadable();
    return unreadable.isEmpty()
        ? new ComponentHealth(
            "actions", ComponentHealth.Status.UP, "All that are kept can be read.")
        : new ComponentHealth(
            "actions",
            ComponentHealth.Status.DEGRADED,
            unreadable.size()
                + " were kept in a form that this Jarvis cannot read, and are neither shown nor"
                + " settled. Start the newer Jarvis that kept them; the log has their ids.");
  }

  private void sweep() {
    workers.execute(guardrails::synchronise);
    if (journal.get().isEmpty()) {
      return;
    }
    workers.execute(this::lookAfterOpenActions);
  }

  /** Settles what an earlier life left, and ends what nobody answered. */
  void lookAfterOpenActions() {
    try {
      settleUnfinished();
      pipeline.expireOverdue();
    } catch (JarvisException unavailable) {
      LOG.debug("Looking after open actions waits: {}", unavailable.getMessage());
    }
  }

  /** Takes up the actions that an earlier life of Jarvis began and did not see the end of. */
  private synchronized void settleUnfinished() {
    if (!settling) {
      return;
    }
    List<ActionLedger.Entry> unfinished = ledger.inState(ActionState.RUNNING);
    settling = false;
    for (ActionLedger.Entry entry : unfinished) {
      if (entry.action().isPlan()) {
        settlePlan(entry);
        continue;
      }
      if (TerminalLedger.isTerminal(entry.action())) {
        settleTerminal(entry);
        continue;
      }
      Optional<Action> holder = claims.claim(entry.action());
      if (holder.isEmpty()) {
        workers.execute(() -> settle(entry));
      } else if (!holder.get().id().equals(entry.action().id())) {
        // A newer action is on its target: its turn comes after that one.
        settling = true;
      }
    }
  }

  /** After its steps, which are settled like any action. */
  private void settlePlan(ActionLedger.Entry entry) {
    if (plans.runs(entry.action())) {
      return;
    }
    try {
      plans.settle(entry);
    } catch (JarvisException notYet) {
      LOG.debug("The plan {} is settled later: {}", entry.action().id(), notYet.getMessage());
      settling = true;
    }
  }

  private void settleTerminal(ActionLedger.Entry entry) {
    if (terminals.runs(entry.action())) {
      return;
    }
    try {
      terminals.settle(entry);
    } catch (JarvisException notYet) {
      LOG.debug("The terminal {} is settled later.", entry.action().id(), notYet);
      settling = true;
    }
  }

  private void settle(ActionLedger.Entry entry) {
    try {
      // One of this life may have ended between being listed and being claimed.
      if (ledger
          .entry(entry.action().id())
          .filter(now -> now.revision() == entry.revision())
          .isEmpty()) {
        return;
      }
      executor
          .settle(entry.action(), "Jarvis was restarted while it ran")
          .ifPresent(
              settled -> {
                ledger.step(entry, settled, Event.ActionChanged.Step.ENDED, Actor.JARVIS);
                LOG.info("Settled after the restart: {}", settled.summary());
              });
    } catch (JarvisException unavailable) {
      LOG.warn(
          "What became of action {} is settled once it can be recorded: {}",
          entry.action().id(),
          unavailable.getMessage());
      settling = true;
    } finally {
      claims.release(entry.action());
    }
  }

  /** What cannot be looked up may go on. */
  private boolean isEnded(Action action) {
    try {
      return ledger.find(action.id()).filter(known -> known.state().ended()).isPresent();
    } catch (JarvisException unavailable) {
      LOG.debug("Whether {} has ended is not known", action.id(), unavailable);
      return false;
    }
  }

  /** 128 random bits: an approval's id must not be guessable. */
  private static String randomId() {
    byte[] bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Stops the clockwork. */
  @Override
  public void close() {
    clockwork.forEach(task -> task.cancel(false));
    observations.flush();
  }
}
