package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A client of {@code /ws/cluster}. It may say what it shows: {@code {"type":"show","refs":[…]}}; of
 * these guests it gets metrics at once, of others at most once a minute. What it says last within a
 * beat counts, and of that what is known.
 */
final class ClusterChannel extends Channel {
  private static final int MOST_SHOWN = 500;

  private final ClusterFeed feed;

  /** What the client said last and nobody has taken up yet. */
  private final AtomicReference<@Nullable String> said = new AtomicReference<>();

  private final Map<String, String> sent = new HashMap<>();
  private long position;

  /** The feed's own texts of the addresses: a client cannot make this process keep others. */
  private volatile Set<String> shown = Set.of();

  private volatile List<ResourceRef> addresses = List.of();

  /** A client that has come this far. */
  ClusterChannel(Caller caller, Outlet outlet, Clock clock, ClusterFeed feed, long after) {
    super(caller, outlet, clock);
    this.feed = feed;
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

  /** Only kept: what it says is taken up once a beat, so it costs nothing to say it often. */
  @Override
  void received(String text) {
    said.set(text);
  }

  /**
   * Takes up what the client said last, as soon as there is something that it could show. One call
   * at a time.
   *
   * @return whether it shows something else by that
   */
  boolean takeUp() {
    String text = said.get();
    if (text == null || !feed.isBegun()) {
      return false;
    }
    said.compareAndSet(text, null);
    Optional<List<ResourceRef>> wanted = refs(text);
    if (wanted.isEmpty()) {
      return false;
    }
    List<ShownItem> known = feed.known(wanted.get());
    shown = known.stream().map(ShownItem::ref).collect(Collectors.toUnmodifiableSet());
    addresses = known.stream().map(ShownItem::address).toList();
    pump();
    return true;
  }

  private static Optional<List<ResourceRef>> refs(String text) {
    return Json.untrusted(text)
        .filter(frame -> frame.path("type").asText().equals("show"))
        .map(frame -> frame.get("refs"))
        .filter(JsonNode::isArray)
        .map(
            refs ->
                StreamSupport.stream(refs.spliterator(), false)
                    .filter(JsonNode::isTextual)
                    .limit(MOST_SHOWN)
                    .map(ref -> ResourceRef.parse(ref.textValue()))
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList());
  }

  /** What the client shows, as far as it is known; 500 at most. */
  List<ResourceRef> shown() {
    return addresses;
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
