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
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.persistence.ActionJournal;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.safety.ProtectedResources;
import org.jarvis.api.tool.ToolCatalogue;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.event.DurableEventStream;
import org.jarvis.core.state.ClusterStates;
import org.jarvis.core.state.Connections;
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
  private final TargetClaims claims = new TargetClaims();
  private final ActionExecutor executor;
  private final ExecutorService workers;
  private final ActionPipeline pipeline;
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
   * @param connections what the connectors handed over
   * @param tools the tools that are installed
   * @param policies the policies that are asked
   * @param protections tells what is protected
   * @param journal keeps the actions
   * @param audit keeps what was observed
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
      ToolRegistry tools,
      PolicyRegistry policies,
      ServiceSlot<ProtectedResources> protections,
      ServiceSlot<ActionJournal> journal,
      ServiceSlot<AuditLog> audit,
      DurableEventStream events,
      ExecutorService workers,
      ScheduledExecutorService timer) {}

  /** Puts it together and starts the clockwork. */
  public GateAssembly(Parts parts) {
    this.journal = parts.journal();
    this.workers = parts.workers();
    Decider decider = new Decider(parts.mode(), parts.policies(), parts.workers());
    TargetResolver resolver =
        new TargetResolver(parts.states(), parts.connections(), parts.protections());
    this.ledger = new ActionLedger(parts.clock(), parts.journal(), parts.events());
    this.observations = new ObservationAudit(parts.clock(), parts.audit());
    this.executor =
        new ActionExecutor(
            parts.clock(),
            parts.pauses(),
            parts.states(),
            parts.connections(),
            parts.tools(),
            resolver,
            ledger,
            claims,
            new Reconciler(parts.clock(), parts.pauses(), parts.connections(), ledger),
            parts.workers(),
            parts.timer());
    this.pipeline =
        new ActionPipeline(
            parts.clock(),
            GateAssembly::randomId,
            parts.approvalTime(),
            new Preparation(parts.states(), parts.tools(), resolver, decider),
            ledger,
            claims,
            executor,
            observations);
    this.catalogue = new LiveToolCatalogue(parts.tools(), parts.states(), decider);
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

  /** The catalogue of tools. */
  public ToolCatalogue catalogue() {
    return catalogue;
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
      Optional<Action> holder = claims.claim(entry.action());
      if (holder.isEmpty()) {
        workers.execute(() -> settle(entry));
      } else if (!holder.get().id().equals(entry.action().id())) {
        // A newer action is on its target: its turn comes after that one.
        settling = true;
      }
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
                ledger.step(entry, settled, Event.ActionChanged.Step.ENDED);
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
