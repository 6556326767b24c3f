package org.jarvis.gateway.socket;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final SharedBeat beat = new SharedBeat();

  /** The latest messages without a gap, each at its number modulo the length. */
  private final @Nullable Frame[] recent = new Frame[KEPT];

  private long oldest;
  private long end;
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
    forget();
  }

  @Override
  public void recorded(RecordedEvent event) {
    Frame frame = frame(event);
    synchronized (this) {
      keep(frame);
      head = Math.max(head, event.seq());
    }
    told.accept(event);
  }

  @Override
  public synchronized void overrun() {
    LOG.warn("The event feed fell behind; clients catch up from the stored events.");
    subscription = null;
    forget();
  }

  private void keep(Frame frame) {
    if (frame.seq() != end) {
      forget();
      oldest = frame.seq();
    }
    recent[place(frame.seq())] = frame;
    end = frame.seq() + 1;
    oldest = Math.max(oldest, end - KEPT);
  }

  private void forget() {
    Arrays.fill(recent, null);
    oldest = 0;
    end = 0;
  }

  private static int place(long seq) {
    return (int) (seq % KEPT);
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
      if (oldest < end && position + 1 >= oldest) {
        return kept(position + 1);
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

  private List<Frame> kept(long from) {
    List<Frame> frames = new ArrayList<>();
    for (long seq = from; seq < Math.min(end, from + BATCH); seq++) {
      Frame frame = recent[place(seq)];
      if (frame != null) {
        frames.add(frame);
      }
    }
    return frames;
  }

  /** The heartbeat's message. */
  String heartbeat() {
    long seq = Math.max(0, head());
    return beat.text(
        seq,
        clock.instant(),
        now ->
            Json.text(
                Json.object().put("type", "heartbeat").put("seq", seq).put("at", Json.time(now))));
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
