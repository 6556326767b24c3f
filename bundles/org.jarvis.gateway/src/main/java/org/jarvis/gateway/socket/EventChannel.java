package org.jarvis.gateway.socket;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jarvis.gateway.guard.Caller;
import org.jspecify.annotations.Nullable;

/** A client of {@code /ws/events}. */
final class EventChannel extends Channel {
  private final EventFeed feed;
  private final Deque<Frame> batch = new ArrayDeque<>();
  private long position;
  private boolean placed;

  EventChannel(Caller caller, Outlet outlet, Clock clock, EventFeed feed, long after) {
    super(caller, outlet, clock);
    this.feed = feed;
    this.position = after;
  }

  @Override
  @Nullable String next() {
    if (!placed && !place()) {
      return null;
    }
    if (batch.isEmpty()) {
      batch.addAll(feed.after(position));
    }
    Frame frame = batch.poll();
    if (frame == null) {
      return null;
    }
    position = frame.seq();
    return frame.text();
  }

  /** Finds where the client begins, which takes a stream. */
  private boolean place() {
    long head = feed.head();
    if (head == EventFeed.NEVER_FOLLOWED) {
      return false;
    }
    // A number that was never given belongs to another life of the storage.
    position = position < 0 ? head : Math.min(position, head);
    placed = true;
    return true;
  }

  @Override
  String name() {
    return "events";
  }

  @Override
  String heartbeat() {
    return feed.heartbeat();
  }
}
