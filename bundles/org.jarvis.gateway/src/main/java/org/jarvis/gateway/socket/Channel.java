package org.jarvis.gateway.socket;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * One client on one live channel. It has no queue: it knows how far the client has come, and
 * fetches the next frame when the one before is out. So a slow client costs no memory and delays
 * nobody; what it missed reaches it as one. One that takes nothing for ten seconds is dropped. Safe
 * from any thread.
 */
abstract class Channel {
  private static final Duration SEND_LIMIT = Duration.ofSeconds(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final int POLICY_VIOLATION = 1008;
  private static final int TRY_AGAIN_LATER = 1013;

  private final Caller caller;
  private final Outlet outlet;
  private final Clock clock;
  private boolean heartbeatDue;
  private boolean pumping;
  private boolean closed;
  private @Nullable Instant sendingSince;
  private @Nullable String closing;
  private @Nullable Instant closingSince;
  private boolean farewellSent;

  Channel(Caller caller, Outlet outlet, Clock clock) {
    this.caller = caller;
    this.outlet = outlet;
    this.clock = clock;
  }

  /** The next frame for this client, {@code null} when it has all. One call at a time. */
  abstract @Nullable String next();

  /** The heartbeat's frame, {@code null} while there is nothing yet that beats. */
  abstract @Nullable String heartbeat();

  /** The client sent this; only a channel that expects something looks at it. */
  void received(String text) {
    // What clients of other channels send is of no interest.
  }

  /** The client is gone; may be told more than once. */
  void left() {
    // Most channels keep nothing for their client.
  }

  /** Who it belongs to. */
  final Caller caller() {
    return caller;
  }

  /** Whether it is over. */
  final synchronized boolean isClosed() {
    return closed;
  }

  /** Sends what there is to send, as far as the client takes it. */
  final void pump() {
    synchronized (this) {
      if (pumping) {
        return;
      }
      pumping = true;
    }
    String frame = take();
    while (frame != null) {
      outlet.send(frame, this::sent);
      frame = take();
    }
  }

  /** What it is called in figures. */
  abstract String name();

  /** A second has passed; whether that was one too many for a client that takes nothing. */
  final boolean tick() {
    String late = null;
    synchronized (this) {
      if (closed) {
        return false;
      }
      Instant now = clock.instant();
      if (sendingSince != null && sendingSince.plus(SEND_LIMIT).isBefore(now)) {
        late = "The client is too slow.";
      } else if (closingSince != null && closingSince.plus(CLOSE_LIMIT).isBefore(now)) {
        late = closing;
      }
      heartbeatDue = true;
    }
    if (late == null) {
      pump();
      return false;
    }
    abandon(TRY_AGAIN_LATER, late);
    return true;
  }

  /** Tells the client why and closes. */
  final void close(String reason) {
    synchronized (this) {
      if (closing != null) {
        return;
      }
      closing = reason;
      closingSince = clock.instant();
    }
    pump();
  }

  /** Closes at once. */
  final void abandon(int code, String reason) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    outlet.close(code, reason);
    left();
  }

  /** The client has gone by itself. */
  final void gone() {
    synchronized (this) {
      closed = true;
    }
    left();
  }

  private synchronized @Nullable String take() {
    String frame = sendingSince != null || closed ? null : choose();
    if (frame == null) {
      pumping = false;
    } else {
      sendingSince = clock.instant();
    }
    return frame;
  }

  private @Nullable String choose() {
    String frame = closing == null ? next() : null;
    if (closing != null && frame == null) {
      if (farewellSent) {
        return null;
      }
      farewellSent = true;
      return Json.text(Json.object().put("type", "closing").put("reason", closing));
    }
    if (frame == null && heartbeatDue) {
      frame = heartbeat();
      heartbeatDue = frame == null;
    }
    return frame;
  }

  private void sent(boolean ok) {
    boolean finished;
    synchronized (this) {
      sendingSince = null;
      finished = farewellSent;
    }
    if (!ok) {
      abandon(TRY_AGAIN_LATER, "The connection failed.");
    } else if (finished) {
      abandon(POLICY_VIOLATION, closing == null ? "" : closing);
    } else {
      pump();
    }
  }
}
