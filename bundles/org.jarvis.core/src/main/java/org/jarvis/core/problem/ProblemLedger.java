package org.jarvis.core.problem;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.Event.ProblemChanged.Change;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.persistence.ProblemStore;
import org.jarvis.api.problem.Problem;
import org.jarvis.core.ServiceSlot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what happens to problems, and tells of it once it is written. What cannot be written
 * now waits here, and so does the word of it; when too much waits, the oldest words are given up.
 * Guarded by whoever uses it.
 */
final class ProblemLedger {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemLedger.class);
  private static final int MOST_WAITING = 10_000;
  private static final int BATCH = 500;

  private final ServiceSlot<ProblemStore> store;
  private final EventStream events;
  private final Map<String, Problem> unwritten = new LinkedHashMap<>();
  private final Deque<Event> untold = new ArrayDeque<>();
  private boolean stuck;

  ProblemLedger(ServiceSlot<ProblemStore> store, EventStream events) {
    this.store = store;
    this.events = events;
  }

  /** Something happened to a problem; {@link #flush} writes it down. */
  void add(Problem problem, Change change) {
    keep(problem);
    tell(new Event.ProblemChanged(change, problem));
  }

  /** A problem is to be written down without a word. */
  void keep(Problem problem) {
    unwritten.remove(problem.id());
    unwritten.put(problem.id(), problem);
    if (unwritten.size() > MOST_WAITING) {
      unwritten.remove(unwritten.keySet().iterator().next());
    }
  }

  /** Something happened that is written down elsewhere. */
  void tell(Event event) {
    untold.add(event);
    if (untold.size() > MOST_WAITING) {
      untold.poll();
    }
  }

  /**
   * Writes one change down now.
   *
   * @throws JarvisException with {@code STORAGE_UNAVAILABLE}; then nothing is changed
   */
  void writeNow(Problem problem, Change change) {
    store.require().put(List.of(ProblemDocument.write(problem)));
    unwritten.remove(problem.id());
    tell(new Event.ProblemChanged(change, problem));
  }

  /** Writes what waits, then tells of it. */
  void flush() {
    try {
      write();
      publish();
      stuck = false;
    } catch (JarvisException unavailable) {
      if (!stuck) {
        LOG.info("Problems wait to be recorded: {}", unavailable.getMessage());
      }
      stuck = true;
    } catch (RuntimeException | LinkageError failure) {
      // Such as a storage whose bundle is being replaced under the call.
      LOG.warn("Problems wait to be recorded.", failure);
    }
  }

  private void write() {
    if (!unwritten.isEmpty()) {
      store.require().put(unwritten.values().stream().map(ProblemDocument::write).toList());
      unwritten.clear();
    }
  }

  private void publish() {
    while (!untold.isEmpty()) {
      List<Event> batch = new ArrayList<>(untold).subList(0, Math.min(BATCH, untold.size()));
      events.publishAll(batch);
      batch.forEach(told -> untold.poll());
    }
  }

  /** A problem turned out to be another one: nothing was ever told of its id. */
  void forget(String id) {
    unwritten.remove(id);
    untold.removeIf(
        event ->
            event instanceof Event.ProblemChanged changed && changed.problem().id().equals(id));
  }

  /** One that waits to be written. */
  Optional<Problem> waiting(String id) {
    return Optional.ofNullable(unwritten.get(id));
  }

  /** Those that have ended and wait to be written. */
  List<Problem> waitingResolved() {
    return unwritten.values().stream().filter(problem -> !problem.isOpen()).toList();
  }

  /** Whether something waits because it cannot be written. */
  boolean isStuck() {
    return stuck;
  }
}
