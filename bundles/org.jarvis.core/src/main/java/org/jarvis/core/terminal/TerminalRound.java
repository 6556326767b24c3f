package org.jarvis.core.terminal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Accounts;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the terminals that are open: ends those that may not be any more, and records how
 * they ended. Safe from any thread.
 */
final class TerminalRound implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TerminalRound.class);
  private static final long TICK_MILLIS = 500;
  private static final int TICKS_BETWEEN_CHECKS = 10;
  private static final int TICKS_BETWEEN_PRUNINGS = 7200;

  private final PersonTerminals.Parts parts;
  private final TerminalRecord record;
  private final Recordings recordings;
  private final Map<String, LiveTerminal> terminals = new ConcurrentHashMap<>();
  private final Queue<LiveTerminal> unrecorded = new ConcurrentLinkedQueue<>();
  private final ScheduledFuture<?> ticking;
  private long ticks;

  TerminalRound(PersonTerminals.Parts parts, TerminalRecord record, Recordings recordings) {
    this.parts = parts;
    this.record = record;
    this.recordings = recordings;
    this.ticking =
        parts
            .timer()
            .scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  void add(LiveTerminal terminal) {
    terminals.put(terminal.identity().id(), terminal);
  }

  /** One that never came to stand; its end is recorded when this returns, if it can be. */
  void forget(LiveTerminal terminal) {
    terminals.remove(terminal.identity().id());
    recordEnded();
  }

  /** One that is open, or has ended a moment ago. */
  Optional<LiveTerminal> find(String id) {
    return Optional.ofNullable(terminals.get(id));
  }

  /** Those that are open. */
  List<LiveTerminal> live() {
    return terminals.values().stream().filter(terminal -> terminal.ending() == null).toList();
  }

  /** A session has ended, and with it what was opened in it. */
  void sessionEnded(String credential) {
    for (LiveTerminal terminal : live()) {
      if (terminal.identity().owner().credential().equals(credential)) {
        terminal.end(Ending.ordinary(null, "The browser session that it belonged to has ended."));
      }
    }
  }

  private void tick() {
    try {
      for (LiveTerminal terminal : live()) {
        parts
            .ledger()
            .objection(terminal.identity().owner())
            .ifPresentOrElse(
                objection -> terminal.end(Ending.cut(ErrorCode.REFUSED, objection)),
                terminal::tick);
      }
      Instant forgotten = parts.clock().instant().minus(LiveTerminal.GRACE);
      terminals
          .values()
          .removeIf(
              terminal -> {
                Instant end = terminal.endedAt();
                return end != null && end.isBefore(forgotten);
              });
      if (ticks % TICKS_BETWEEN_CHECKS == 0 && !(terminals.isEmpty() && unrecorded.isEmpty())) {
        parts.workers().execute(this::check);
      }
      if (ticks++ % TICKS_BETWEEN_PRUNINGS == 0) {
        parts.workers().execute(this::prune);
      }
    } catch (RejectedExecutionException leaving) {
      LOG.debug("Jarvis is ending.", leaving);
    } catch (RuntimeException failure) {
      // One that throws would be the last.
      LOG.error("Terminals could not be looked after.", failure);
    }
  }

  /** Finds sessions that ended without anybody telling, and records what could not be. */
  private void check() {
    try {
      recordEnded();
      Accounts accounts = parts.accounts().get().orElse(null);
      if (accounts == null) {
        return;
      }
      Set<String> names =
          live().stream().map(one -> one.identity().owner().name()).collect(Collectors.toSet());
      for (String name : names) {
        Set<String> lasting =
            accounts.sessions(name).stream()
                .map(Accounts.SessionInfo::id)
                .collect(Collectors.toSet());
        live().stream()
            .map(one -> one.identity().owner())
            .filter(owner -> owner.name().equals(name))
            .map(Principal::credential)
            .filter(credential -> !lasting.contains(credential))
            .forEach(this::sessionEnded);
      }
    } catch (JarvisException unavailable) {
      LOG.debug("Which sessions last cannot be told at the moment.", unavailable);
    }
  }

  private void prune() {
    parts
        .settings()
        .get()
        .map(TerminalConfiguration::rules)
        .ifPresent(rules -> recordings.prune(rules.recordingsKept(), rules.recordingsLimit()));
  }

  /** Told by terminals, on threads that must not wait for the disk. */
  void ended(LiveTerminal terminal) {
    unrecorded.add(terminal);
    try {
      parts.workers().execute(this::recordEnded);
    } catch (RejectedExecutionException leaving) {
      LOG.debug("Jarvis is ending; the next start settles it.", leaving);
    }
  }

  private synchronized void recordEnded() {
    Queue<LiveTerminal> again = new ArrayDeque<>();
    LiveTerminal terminal = unrecorded.poll();
    while (terminal != null) {
      Ending ending = terminal.ending();
      CastWriter recorder = terminal.recorder();
      if (recorder != null) {
        recordings.ended(recorder, ending == null || ending.state() != ActionState.FAILED);
      }
      try {
        if (ending != null) {
          record.ended(terminal, ending);
        }
      } catch (JarvisException unavailable) {
        LOG.warn("The end of a terminal is recorded later: {}", unavailable.getMessage());
        again.add(terminal);
      }
      terminal = unrecorded.poll();
    }
    unrecorded.addAll(again);
    prune();
  }

  /** Ends all of them. */
  @Override
  public void close() {
    ticking.cancel(false);
    live().forEach(one -> one.end(Ending.cut(ErrorCode.CONFLICT, "Jarvis is stopping.")));
    recordEnded();
  }
}
