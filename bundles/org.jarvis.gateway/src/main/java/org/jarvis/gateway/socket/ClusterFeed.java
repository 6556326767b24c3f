package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of all clusters, as one snapshot and a chain of deltas that are made once for
 * all clients. Keeps the latest deltas for clients that come back. Safe from any thread.
 *
 * <p>Numbers begin at a value made of the time of start, so that a client of an earlier life of
 * this process cannot take this chain for the one that it knew.
 */
final class ClusterFeed {
  private static final int KEPT_DELTAS = 256;

  /** A client that is further behind gets a snapshot: it is smaller than so many deltas. */
  private static final int DELTAS_AT_MOST = 64;

  private static final long NUMBERS_PER_MILLI = 1000;

  private final Clock clock;
  private final Deque<Frame> deltas = new ArrayDeque<>();
  private final SharedBeat beat = new SharedBeat();
  private @Nullable ClusterView view;
  private @Nullable Frame snapshot;
  private long head;

  ClusterFeed(Clock clock) {
    this.clock = clock;
    this.head = clock.millis() * NUMBERS_PER_MILLI;
  }

  /** Shows this from now on; whether that is any change. */
  synchronized boolean show(ClusterView next) {
    ClusterView before = view;
    view = next;
    snapshot = null;
    beat.outdated();
    if (before == null) {
      return true;
    }
    Optional<ObjectNode> difference = next.since(before);
    if (difference.isEmpty()) {
      return false;
    }
    head++;
    ObjectNode delta = message("delta");
    delta.setAll(difference.get());
    delta.set("observed", next.observed());
    deltas.addLast(new Frame(head, Json.text(delta)));
    if (deltas.size() > KEPT_DELTAS) {
      deltas.removeFirst();
    }
    return true;
  }

  /** The next message for a client that has come this far; {@code null} when it has all. */
  synchronized @Nullable Frame after(long position) {
    if (view == null || position == head) {
      return null;
    }
    if (position < head && head - position <= Math.min(DELTAS_AT_MOST, deltas.size())) {
      for (Frame delta : deltas) {
        if (delta.seq() == position + 1) {
          return delta;
        }
      }
    }
    return snapshot(view);
  }

  /** The heartbeat's message. */
  synchronized String heartbeat() {
    return beat.text(
        head,
        clock.instant(),
        now -> {
          ObjectNode message = message("heartbeat", now);
          if (view != null) {
            message.set("observed", view.observed());
          }
          return Json.text(message);
        });
  }

  private Frame snapshot(ClusterView shown) {
    if (snapshot == null) {
      ObjectNode message = message("snapshot");
      shown.addTo(message);
      snapshot = new Frame(head, Json.text(message));
    }
    return snapshot;
  }

  private ObjectNode message(String type) {
    return message(type, clock.instant());
  }

  private ObjectNode message(String type, Instant now) {
    return Json.object().put("type", type).put("seq", head).put("at", Json.time(now));
  }
}
