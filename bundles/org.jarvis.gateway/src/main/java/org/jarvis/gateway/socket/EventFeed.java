package org.jarvis.gateway.socket;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.gateway.Part;
import org.jarvis.gateway.json.EventEncoder;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event stream as messages, each made once for all clients. The latest are kept in memory; what
 * is older is read from the stream. Safe from any thread.
 */
final class EventFeed implements EventStream.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

  /** The head before any stream was there. */
  static final long NEVER_FOLLOWED = -1;

  private static final int KEPT = 1024;
  private static final int BATCH = 100;

  private final Part<EventStream> events;
  private final EventEncoder encoder;
  private final Clock clock;
  private final Consumer<RecordedEvent> told;
  private final Deque<Frame> recent = new ArrayDeque<>();
  private @Nullable EventStream stream;
  private EventStream.@Nullable Subscription subscription;
  private long head = NEVER_FOLLOWED;

  /**
   * A feed of this stream.
   *
   * @param told is told of every event, after clients can get it
   */
  EventFeed(
      Part<EventStream> events, EventEncoder encoder, Clock clock, Consumer<RecordedEvent> told) {
    this.events = events;
    this.encoder = encoder;
    this.clock = clock;
    this.told = told;
  }

  /**
   * Follows the stream that is there now; called every second.
   *
   * @return whether it is followed only from now on, so that something may have been missed
   */
  synchronized boolean follow() {
    EventStream present = events.find().orElse(null);
    if (present == stream && (present == null || subscription != null)) {
      return false;
    }
    leave();
    if (present == null) {
      return false;
    }
    EventStream.Subscription fresh = present.subscribe(this);
    try {
      head = Math.max(head, present.head());
      subscription = fresh;
      stream = present;
      return true;
    } catch (JarvisException unavailable) {
      // Its store comes and goes by itself, also after it; the next beat tries again.
      LOG.debug("The events cannot be followed at the moment.", unavailable);
      fresh.close();
      return false;
    }
  }

  /** Follows no stream any more. */
  synchronized void leave() {
    if (subscription != null) {
      subscription.close();
    }
    subscription = null;
    stream = null;
    recent.clear();
  }

  @Override
  public void recorded(RecordedEvent event) {
    Frame frame = frame(event);
    synchronized (this) {
      if (!recent.isEmpty() && recent.getLast().seq() + 1 != event.seq()) {
        recent.clear();
      }
      recent.addLast(frame);
      if (recent.size() > KEPT) {
        recent.removeFirst();
      }
      head = Math.max(head, event.seq());
    }
    told.accept(event);
  }

  @Override
  public synchronized void overrun() {
    LOG.warn("The event feed fell behind; clients catch up from the stored events.");
    subscription = null;
    recent.clear();
  }

  /** The number of the newest event; {@link #NEVER_FOLLOWED} before any stream was there. */
  synchronized long head() {
    return head;
  }

  /** The next messages for a client that has come this far, in order; none when it has all. */
  List<Frame> after(long position) {
    EventStream present;
    synchronized (this) {
      if (position >= head) {
        return List.of();
      }
      if (!recent.isEmpty() && position + 1 >= recent.getFirst().seq()) {
        return recent.stream().filter(frame -> frame.seq() > position).limit(BATCH).toList();
      }
      present = stream;
    }
    List<Frame> older = new ArrayList<>();
    if (present != null) {
      try {
        present.after(position, BATCH).forEach(event -> older.add(frame(event)));
      } catch (JarvisException unavailable) {
        LOG.debug("Missed events cannot be read at the moment.", unavailable);
      }
    }
    return older;
  }

  /** The heartbeat's message. */
  String heartbeat() {
    return Json.text(
        Json.object()
            .put("type", "heartbeat")
            .put("seq", Math.max(0, head()))
            .put("at", Json.time(clock.instant())));
  }

  private Frame frame(RecordedEvent event) {
    return new Frame(
        event.seq(),
        Json.text(
            Json.object()
                .put("type", "event")
                .put("seq", event.seq())
                .set("event", encoder.encode(event))));
  }
}
