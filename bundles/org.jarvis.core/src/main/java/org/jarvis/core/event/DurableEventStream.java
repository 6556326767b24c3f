package org.jarvis.core.event;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.NewEvent;
import org.jarvis.core.ServiceSlot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event stream over whatever journal is installed.
 *
 * <p>Subscribers are fed from the journal, in its order, whoever wrote there: the action pipeline
 * appends its events in the same transaction as the action itself and then calls {@link #poke()}.
 */
public final class DurableEventStream implements EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(DurableEventStream.class);
  private static final int BATCH = 500;
  private static final int MAX_BEHIND = 5_000;

  private final Clock clock;
  private final ServiceSlot<EventJournal> journal;
  private final Executor executor;
  private final List<Feed> feeds = new CopyOnWriteArrayList<>();
  private final Object reading = new Object();
  private @Nullable EventJournal taken;
  private long delivered = -1;

  /** Guards what follows; other than {@code reading}, never held while the journal is read. */
  private final Object waking = new Object();

  private boolean readerWanted;
  private boolean readerRunning;

  /**
   * A stream without subscribers.
   *
   * @param executor reads the journal and runs the subscribers
   */
  public DurableEventStream(Clock clock, ServiceSlot<EventJournal> journal, Executor executor) {
    this.clock = clock;
    this.journal = journal;
    this.executor = executor;
  }

  @Override
  public RecordedEvent publish(Event event) {
    return publishAll(List.of(event)).get(0);
  }

  @Override
  public List<RecordedEvent> publishAll(List<? extends Event> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    List<NewEvent> encoded =
        events.stream().map(event -> EventEncoding.encode(event, now)).toList();
    long last = append(encoded);
    List<RecordedEvent> recorded = new ArrayList<>(encoded.size());
    long seq = last - encoded.size();
    for (NewEvent event : encoded) {
      seq++;
      recorded.add(
          new RecordedEvent(
              seq, event.at(), event.type(), event.subject(), event.summary(), event.data()));
    }
    return List.copyOf(recorded);
  }

  /** Records what is encoded already, and returns the number of the last one. */
  long append(List<NewEvent> encoded) {
    long last = journal.require().append(encoded);
    poke();
    return last;
  }

  @Override
  public List<RecordedEvent> after(long seq, int limit) {
    return journal.require().after(seq, limit);
  }

  @Override
  public long head() {
    return journal.require().head();
  }

  @Override
  public Subscription subscribe(Listener listener) {
    Feed feed = new Feed(listener);
    synchronized (reading) {
      takeUp();
      feeds.add(feed);
    }
    return () -> {
      feeds.remove(feed);
      feed.close();
    };
  }

  /**
   * A journal has come. What it holds already is history to the subscribers, unless it is the one
   * that they were fed from before.
   */
  public void journalArrived() {
    synchronized (reading) {
      takeUp();
    }
  }

  private void takeUp() {
    try {
      journal.get().ifPresent(this::takeUp);
    } catch (JarvisException unavailable) {
      LOG.debug("The journal is taken up later: {}", unavailable.getMessage());
    }
  }

  private void takeUp(EventJournal present) {
    if (present != taken) {
      long head = present.head();
      if (delivered < 0 || delivered > head) {
        delivered = head;
      }
      taken = present;
    }
  }

  /** Something was appended to the journal; the subscribers get it soon. Returns at once. */
  public void poke() {
    synchronized (waking) {
      readerWanted = true;
      if (readerRunning) {
        return;
      }
      readerRunning = true;
    }
    try {
      executor.execute(this::readOn);
    } catch (RejectedExecutionException leaving) {
      // Whoever appended is done all the same: it is in the journal, and nobody is left to tell.
      LOG.debug("Jarvis is ending; nobody is told of the newest event.");
    }
  }

  private boolean readerGoesOn() {
    synchronized (waking) {
      readerRunning = readerWanted;
      readerWanted = false;
      return readerRunning;
    }
  }

  private void readOn() {
    while (readerGoesOn()) {
      try {
        distribute();
      } catch (RuntimeException | LinkageError unavailable) {
        // What was appended is safe in the journal; the next event's poke reads it too.
        LOG.warn("Events wait in the journal: {}", unavailable.toString());
      }
    }
  }

  private void distribute() {
    while (true) {
      List<RecordedEvent> batch;
      synchronized (reading) {
        EventJournal present = journal.require();
        takeUp(present);
        batch = present.after(delivered, BATCH);
        if (batch.isEmpty()) {
          return;
        }
        delivered = batch.get(batch.size() - 1).seq();
        feeds.forEach(feed -> feed.add(batch));
      }
    }
  }

  /** What one subscriber has still to get. */
  private final class Feed {
    private final Listener listener;
    private final Deque<RecordedEvent> pending = new ArrayDeque<>();
    private boolean running;
    private boolean overrun;
    private boolean closed;

    Feed(Listener listener) {
      this.listener = listener;
    }

    synchronized void add(List<RecordedEvent> events) {
      if (closed || overrun) {
        return;
      }
      pending.addAll(events);
      if (pending.size() > MAX_BEHIND) {
        pending.clear();
        overrun = true;
      }
      if (!running) {
        running = true;
        executor.execute(this::run);
      }
    }

    synchronized void close() {
      closed = true;
      pending.clear();
    }

    private void run() {
      while (true) {
        RecordedEvent next;
        synchronized (this) {
          next = pending.poll();
          if (next == null || closed) {
            running = false;
            break;
          }
        }
        deliver(next);
      }
      tellOverrun();
    }

    private void deliver(RecordedEvent event) {
      try {
        listener.recorded(event);
      } catch (RuntimeException failure) {
        LOG.warn("A listener to the event stream failed: {}", listener.getClass(), failure);
      }
    }

    private void tellOverrun() {
      synchronized (this) {
        if (!overrun || closed) {
          return;
        }
        closed = true;
      }
      feeds.remove(this);
      listener.overrun();
    }
  }
}
