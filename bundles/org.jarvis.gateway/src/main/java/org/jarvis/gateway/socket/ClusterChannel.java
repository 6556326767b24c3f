package org.jarvis.gateway.socket;

import java.time.Clock;
import org.jarvis.gateway.guard.Caller;
import org.jspecify.annotations.Nullable;

/** A client of {@code /ws/cluster}. */
final class ClusterChannel extends Channel {
  private final ClusterFeed feed;
  private long position;

  ClusterChannel(Caller caller, Outlet outlet, Clock clock, ClusterFeed feed, long after) {
    super(caller, outlet, clock);
    this.feed = feed;
    this.position = after;
  }

  @Override
  @Nullable String next() {
    Frame frame = feed.after(position);
    if (frame == null) {
      return null;
    }
    position = frame.seq();
    return frame.text();
  }

  @Override
  String name() {
    return "cluster";
  }

  @Override
  String heartbeat() {
    return feed.heartbeat();
  }
}
