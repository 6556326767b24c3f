package org.jarvis.core.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from those who must not wait for the disk, and records them in batches. While they
 * cannot be recorded they wait here; when there are too many, the oldest are given up. Safe from
 * any thread.
 */
public final class EventBacklog {
  private static final Logger LOG = LoggerFactory.getLogger(EventBacklog.class);
  private static final int MOST = 10_000;
  private static final int BATCH = 500;

  private final EventStream events;
  private final Executor executor;
  private final Deque<Event> waiting = new ArrayDeque<>();
  private boolean recording;
  private boolean stuck;
  private long givenUp;

  /**
   * An empty backlog.
   *
   * @param executor records; its threads may block
   */
  public EventBacklog(EventStream events, Executor executor) {
    this.events = events;
    this.executor = executor;
  }

  /** Takes an event. Returns at once. */
  public synchronized void add(Event event) {
    waiting.add(event);
    if (waiting.size() > MOST) {
      waiting.poll();
      givenUp++;
    }
    if (!stuck) {
      begin();
    }
  }

  /** Tries again what could not be recorded. Call it from time to time. Returns at once. */
  public synchronized void retry() {
    stuck = false;
    begin();
  }

  private void begin() {
    if (!recording && !waiting.isEmpty()) {
      recording = true;
      executor.execute(this::record);
    }
  }

  private void record() {
    List<Event> batch = take();
    while (!batch.isEmpty()) {
      try {
        events.publishAll(batch);
        batch = take();
      } catch (JarvisException unavailable) {
        giveBack(batch, unavailable);
        return;
      }
    }
  }

  private synchronized List<Event> take() {
    List<Event> batch = new ArrayList<>();
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

  private synchronized void giveBack(List<Event> batch, JarvisException unavailable) {
    LOG.info("{} events wait to be recorded: {}", batch.size(), unavailable.getMessage());
    for (int i = batch.size() - 1; i >= 0; i--) {
      waiting.addFirst(batch.get(i));
    }
    recording = false;
    stuck = true;
  }
}
