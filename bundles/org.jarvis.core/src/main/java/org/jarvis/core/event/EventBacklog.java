package org.jarvis.core.event;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jarvis.api.error.ErrorKind;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.persistence.NewEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from those who must not wait for the disk, and records them in batches, with the
 * time at which they came. While they cannot be recorded they wait here; when there are too many,
 * the oldest are given up. Safe from any thread.
 */
public final class EventBacklog {
  private static final Logger LOG = LoggerFactory.getLogger(EventBacklog.class);
  private static final int MOST = 10_000;
  private static final int BATCH = 500;

  private final Clock clock;
  private final DurableEventStream events;
  private final Executor executor;
  private final Deque<NewEvent> waiting = new ArrayDeque<>();
  private boolean recording;
  private boolean stuck;
  private long givenUp;

  /**
   * An empty backlog.
   *
   * @param executor records; its threads may block
   */
  public EventBacklog(Clock clock, DurableEventStream events, Executor executor) {
    this.clock = clock;
    this.events = events;
    this.executor = executor;
  }

  /** Takes an event. Returns at once. */
  public void add(Event event) {
    Instant now = clock.instant();
    NewEvent encoded = EventEncoding.encode(event, now);
    synchronized (this) {
      waiting.add(encoded);
      if (waiting.size() > MOST) {
        waiting.poll();
        givenUp++;
      }
      if (!stuck) {
        begin();
      }
    }
  }

  /** Tries again what could not be recorded. Call it from time to time. Returns at once. */
  public synchronized void retry() {
    stuck = false;
    begin();
  }

  /** How many wait to be recorded. */
  public synchronized int waiting() {
    return waiting.size();
  }

  private void begin() {
    if (recording || waiting.isEmpty()) {
      return;
    }
    recording = true;
    try {
      executor.execute(this::record);
    } catch (RejectedExecutionException leaving) {
      recording = false;
      LOG.debug("Jarvis is ending; what waits is not recorded.", leaving);
    }
  }

  private void record() {
    List<NewEvent> batch = take();
    while (!batch.isEmpty()) {
      boolean done = false;
      try {
        append(batch);
        done = true;
      } catch (JarvisException unavailable) {
        LOG.info("Events wait to be recorded: {}", unavailable.getMessage());
      } catch (RuntimeException | LinkageError failure) {
        // Such as a storage whose bundle is being replaced under the call.
        LOG.warn("Events wait to be recorded.", failure);
      } finally {
        if (!done) {
          giveBack(batch);
        }
      }
      batch = done ? take() : List.of();
    }
  }

  /** All at once; one that is refused for its own sake must not hold up the others. */
  private void append(List<NewEvent> batch) {
    try {
      events.append(batch);
    } catch (JarvisException refused) {
      if (refused.code().kind() == ErrorKind.TRANSIENT) {
        throw refused;
      }
      batch.forEach(this::appendOrDrop);
    }
  }

  private void appendOrDrop(NewEvent event) {
    try {
      events.append(List.of(event));
    } catch (JarvisException refused) {
      LOG.error("An event of type {} cannot be recorded: {}", event.type(), refused.getMessage());
    }
  }

  private synchronized List<NewEvent> take() {
    List<NewEvent> batch = new ArrayList<>();
    while (batch.size() < BATCH && !waiting.isEmpty()) {
      batch.add(waiting.poll());
    }
    recording = !batch.isEmpty();
    if (givenUp > 0) {
      LOG.warn("{} events could not be recorded in time and are lost.", givenUp);
      givenUp = 0;
    }
    return batch;
  }

  private synchronized void giveBack(List<NewEvent> batch) {
    for (int i = batch.size() - 1; i >= 0; i--) {
      waiting.addFirst(batch.get(i));
    }
    recording = false;
    stuck = true;
  }
}
