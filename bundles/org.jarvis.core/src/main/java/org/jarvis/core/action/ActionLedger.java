package org.jarvis.core.action;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.persistence.ActionJournal;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.StoredAction;
import org.jarvis.core.CanonicalJson;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.event.DurableEventStream;
import org.jarvis.core.event.EventEncoding;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where actions stand. Each step is durable - action, audit record and event in one transaction -
 * before this class tells anybody about it.
 *
 * <p>Actions that only observed are held in memory alone, and only the newest of them.
 */
final class ActionLedger {
  private static final Logger LOG = LoggerFactory.getLogger(ActionLedger.class);
  private static final int MAX_WAITING = 200;
  private static final int MAX_WAITING_OF_ONE = 50;
  private static final int UNREADABLE_REMEMBERED = 100;

  /** An action further back than this is not on anybody's screen. */
  private static final int UNDOABLE_REMEMBERED = 100;

  private final Clock clock;
  private final ServiceSlot<ActionJournal> journal;
  private final DurableEventStream events;
  private final HeldObservations observations = new HeldObservations();
  private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
  private final Object changed = new Object();
  private long changes;

  ActionLedger(Clock clock, ServiceSlot<ActionJournal> journal, DurableEventStream events) {
    this.clock = clock;
    this.journal = journal;
    this.events = events;
  }

  /** An action as it is kept, with the revision that the next step has to name. */
  record Entry(Action action, long revision) {
    Entry with(Action next) {
      return new Entry(next, revision);
    }
  }

  /** Records a new action, which its requester took. */
  Entry open(Action action) {
    return step(
            new Entry(action, 0),
            action,
            Event.ActionChanged.Step.REQUESTED,
            Actor.of(action.principal(), action.origin()))
        .orElseThrow(() -> new IllegalStateException("Two actions have the id " + action.id()));
  }

  /**
   * Records the next step of an action.
   *
   * @param actor who took it
   * @return the entry after it; empty when another step came first, and then nothing was recorded
   */
  Optional<Entry> step(Entry before, Action next, Event.ActionChanged.Step step, Actor actor) {
    StoredAction stored =
        new StoredAction(
            next.id(),
            before.revision() + 1,
            next.state().name(),
            next.approval() == null ? null : next.approval().id(),
            next.requestedAt(),
            ActionDocument.write(next));
    Event event = new Event.ActionChanged(step, next);
    Instant now = clock.instant();
    Optional<Long> recorded =
        journal
            .require()
            .record(
                stored,
                before.revision(),
                audit(step, next, actor, now),
                EventEncoding.encode(event, now));
    if (recorded.isEmpty()) {
      return Optional.empty();
    }
    events.poke();
    announce();
    if (step == Event.ActionChanged.Step.ENDED && next.state() == ActionState.SUCCEEDED) {
      closeUndone(next);
    }
    return Optional.of(new Entry(next, before.revision() + 1));
  }

  /**
   * What an action did is taken back once its inverse was done, whoever asked for that: by undoing
   * it or on its own. What cannot be noted is offered once more, and decided afresh like anything.
   */
  private void closeUndone(Action done) {
    try {
      for (Entry entry : readable(journal.require().recent(UNDOABLE_REMEMBERED))) {
        Action.Undo undo = entry.action().undo();
        if (undo != null && undo.doneBy() == null && isInverse(done, entry.action(), undo)) {
          step(
              entry,
              ActionSteps.undone(entry.action(), undo, done.id()),
              Event.ActionChanged.Step.PROGRESS,
              Actor.JARVIS);
        }
      }
    } catch (JarvisException unavailable) {
      LOG.warn("What {} undid is not noted: {}", done.id(), unavailable.getMessage());
    }
  }

  private static boolean isInverse(Action done, Action action, Action.Undo undo) {
    return !done.id().equals(action.id())
        && done.tool().equals(undo.tool())
        && done.argumentsHash()
            .equals(CanonicalJson.hash(List.of(undo.tool(), undo.arguments().values())));
  }

  /** Holds an action that only observed. */
  void hold(Action observation) {
    observations.add(observation);
    announce();
  }

  Optional<Action> find(String id) {
    return observations.find(id).or(() -> entry(id).map(Entry::action));
  }

  Optional<Entry> entry(String id) {
    return journal.require().find(id).map(ActionLedger::entry);
  }

  Optional<Entry> entryOfApproval(String approvalId) {
    return journal.require().findByApproval(approvalId).map(ActionLedger::entry);
  }

  List<Entry> inState(ActionState state) {
    return readable(journal.require().inState(state.name()));
  }

  /** One that asks for too much does not keep others from asking. */
  void checkWaiting(Principal principal) {
    List<Entry> waiting = inState(ActionState.AWAITING_APPROVAL);
    long own =
        waiting.stream()
            .filter(entry -> entry.action().principal().credential().equals(principal.credential()))
            .count();
    if (own >= MAX_WAITING_OF_ONE || waiting.size() >= MAX_WAITING) {
      throw new JarvisException(
          ErrorCode.THROTTLED,
          (own >= MAX_WAITING_OF_ONE ? own : waiting.size())
              + " requests wait for a person already. Answer some of them first.");
    }
  }

  /** The newest of all actions, newest first. */
  List<Action> recent(int limit) {
    List<Action> actions = new ArrayList<>();
    readable(journal.require().recent(limit)).forEach(entry -> actions.add(entry.action()));
    actions.addAll(observations.all());
    actions.sort(Comparator.comparing(Action::requestedAt).reversed());
    return List.copyOf(actions.subList(0, Math.min(limit, actions.size())));
  }

  /** Waits until the action is as wished, at most this long; then as it stands. */
  Optional<Action> await(String id, Predicate<Action> wished, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      long seen;
      synchronized (changed) {
        seen = changes;
      }
      Optional<Action> action = find(id);
      if (action.isEmpty() || action.filter(wished).isPresent()) {
        return action;
      }
      synchronized (changed) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return action;
        }
        if (changes == seen) {
          changed.wait(left);
        }
      }
    }
  }

  private void announce() {
    synchronized (changed) {
      changes++;
      changed.notifyAll();
    }
  }

  /** One that cannot be read must not hide the others. */
  private List<Entry> readable(List<StoredAction> stored) {
    List<Entry> entries = new ArrayList<>(stored.size());
    for (StoredAction one : stored) {
      try {
        entries.add(entry(one));
      } catch (JarvisException foreign) {
        if (unreadable.size() < UNREADABLE_REMEMBERED && unreadable.add(one.id())) {
          LOG.error("{}", foreign.getMessage());
        }
      }
    }
    return List.copyOf(entries);
  }

  /** The ids of those that are kept, and were met, in a form that cannot be read. */
  Set<String> unreadable() {
    return Set.copyOf(unreadable);
  }

  private static Entry entry(StoredAction stored) {
    return new Entry(ActionDocument.read(stored), stored.revision());
  }

  private static @Nullable AuditEntry audit(
      Event.ActionChanged.Step step, Action action, Actor actor, Instant at) {
    if (step == Event.ActionChanged.Step.PROGRESS) {
      return null;
    }
    Map<String, @Nullable Object> detail = new LinkedHashMap<>();
    detail.put("credential", actor.credential());
    detail.put("requestedBy", Actor.of(action.principal(), action.origin()).name());
    detail.put("tool", action.tool());
    detail.put("arguments", action.arguments().values());
    detail.put("argumentsHash", action.argumentsHash());
    detail.put(
        "targets", action.targets().stream().map(Action.Target::ref).map(String::valueOf).toList());
    detail.put("state", action.state().name());
    detail.put("tier", action.tier().name());
    detail.put(
        "verdicts",
        action.verdicts().stream()
            .map(verdict -> verdict.policy() + ": " + verdict.verdict() + ": " + verdict.reason())
            .toList());
    detail.put("task", action.task() == null ? null : action.task().value());
    if (action.approval() != null) {
      detail.put("approval", action.approval().id());
      detail.put("approvalState", action.approval().state().name());
      detail.put("decidedBy", action.approval().decidedBy());
    }
    if (action.failure() != null) {
      detail.put("failure", action.failure().code().code() + ": " + action.failure().message());
    }
    return new AuditEntry(
        at,
        actor.name(),
        actor.way(),
        new Event.ActionChanged(step, action).type(),
        action.id(),
        CanonicalJson.of(detail));
  }
}
