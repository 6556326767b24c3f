package org.jarvis.core.problem;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When problems came back before Jarvis was started anew, as the events tell, so that what comes
 * and goes is still known to do so. Used by one thread at a time.
 */
final class ReturnMemory {
  private static final Logger LOG = LoggerFactory.getLogger(ReturnMemory.class);
  private static final int LOOKED_BACK = 5_000;
  private static final Duration WITHIN = Duration.ofHours(1);
  private static final String RAISED = "problem.raised";

  private final Clock clock;
  private final EventStream events;
  private final ProblemBook book;
  private boolean done;

  ReturnMemory(Clock clock, EventStream events, ProblemBook book) {
    this.clock = clock;
    this.events = events;
    this.book = book;
  }

  /**
   * Tells each return of the last hour once, as soon as what was kept is known. Call it from time
   * to time.
   *
   * @param returned takes them
   */
  void recall(BiConsumer<Finding.Identity, Instant> returned) {
    if (done) {
      return;
    }
    try {
      if (book.isLoaded()) {
        Instant from = clock.instant().minus(WITHIN);
        Map<String, List<Instant>> raised = new HashMap<>();
        for (RecordedEvent event :
            events.after(Math.max(0, events.head() - LOOKED_BACK), LOOKED_BACK)) {
          if (event.type().equals(RAISED) && !event.at().isBefore(from)) {
            problem(event)
                .ifPresent(
                    id -> raised.computeIfAbsent(id, key -> new ArrayList<>()).add(event.at()));
          }
        }
        raised.forEach((id, times) -> book.find(id).ifPresent(one -> tell(one, times, returned)));
        done = true;
      }
    } catch (JarvisException unavailable) {
      LOG.debug("The events are looked through later: {}", unavailable.getMessage());
    }
  }

  /** The first time that it was raised was no return. */
  private static void tell(
      Problem problem, List<Instant> times, BiConsumer<Finding.Identity, Instant> returned) {
    times
        .subList(Math.max(0, times.size() - problem.returns()), times.size())
        .forEach(at -> returned.accept(problem.identity(), at));
  }

  private static Optional<String> problem(RecordedEvent event) {
    return ProblemDocument.idOf(event.data());
  }
}
