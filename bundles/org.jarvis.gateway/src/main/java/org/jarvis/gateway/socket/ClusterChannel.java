package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A client of {@code /ws/cluster}. It may say what it shows: {@code {"type":"show","refs":[…]}}; of
 * these guests it gets metrics at once, of others at most once a minute.
 */
final class ClusterChannel extends Channel {
  private static final int MOST_SHOWN = 500;

  private final ClusterFeed feed;
  private final Consumer<Set<String>> attention;
  private final Map<String, String> sent = new HashMap<>();
  private long position;

  private volatile Set<String> shown = Set.of();

  /**
   * A client that has come this far.
   *
   * @param attention is told what the client shows, whenever it says so
   */
  ClusterChannel(
      Caller caller,
      Outlet outlet,
      Clock clock,
      ClusterFeed feed,
      Consumer<Set<String>> attention,
      long after) {
    super(caller, outlet, clock);
    this.feed = feed;
    this.attention = attention;
    this.position = after;
  }

  @Override
  @Nullable String next() {
    Frame frame = feed.after(position);
    if (frame == null) {
      return feed.figures(shown, sent);
    }
    position = frame.seq();
    if (frame.whole() != null) {
      ClusterFeed.took(frame.whole(), shown, sent);
    }
    return frame.text();
  }

  @Override
  void received(String text) {
    Json.untrusted(text)
        .filter(frame -> frame.path("type").asText().equals("show"))
        .map(frame -> frame.get("refs"))
        .filter(JsonNode::isArray)
        .ifPresent(
            refs -> {
              List<String> wanted = new ArrayList<>();
              for (JsonNode ref : refs) {
                if (ref.isTextual() && wanted.size() < MOST_SHOWN) {
                  wanted.add(ref.textValue());
                }
              }
              show(wanted);
              attention.accept(shown());
            });
  }

  private void show(Collection<String> refs) {
    shown = Collections.unmodifiableSet(new LinkedHashSet<>(refs));
    pump();
  }

  /** What the client said that it shows. */
  Set<String> shown() {
    return shown;
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
