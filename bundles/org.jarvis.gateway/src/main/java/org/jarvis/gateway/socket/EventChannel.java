package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jarvis.api.panel.PanelDefinition;
import org.jarvis.api.panel.PanelKey;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A client of {@code /ws/events}. It may say which panels it shows: {@code
 * {"type":"show","panels":[{"id":…,"ref":…}]}}; of these it gets what they show. What it says last
 * within a beat counts. What Jarvis shows in the centre, everybody gets.
 */
final class EventChannel extends Channel {
  private static final int MOST_SHOWN = 20;
  private static final int LONGEST_ID = PanelDefinition.MAX_ID;

  private final EventFeed feed;
  private final PanelFeed panels;
  private final PanelFeed.Position panelPosition = new PanelFeed.Position();
  private final ScreenFeed screen;
  private final ScreenFeed.Position screenPosition = new ScreenFeed.Position();

  /** What the client said last and nobody has taken up yet. */
  private final AtomicReference<@Nullable String> said = new AtomicReference<>();

  private volatile Set<PanelKey> shown = Set.of();
  private final Deque<Frame> batch = new ArrayDeque<>();
  private long position;
  private boolean placed;

  EventChannel(
      Caller caller,
      Outlet outlet,
      Clock clock,
      EventFeed feed,
      PanelFeed panels,
      ScreenFeed screen,
      long after) {
    super(caller, outlet, clock);
    this.feed = feed;
    this.panels = panels;
    this.screen = screen;
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
      String show = screen.next(screenPosition, position);
      return show == null ? panels.next(shown, panelPosition, position) : show;
    }
    position = frame.seq();
    return frame.text();
  }

  /** Only kept: what it says is taken up once a beat, so it costs nothing to say it often. */
  @Override
  void received(String text) {
    said.set(text);
  }

  /** Takes up what the client said last. One call at a time. */
  void takeUp() {
    String text = said.getAndSet(null);
    if (text != null) {
      keys(text).ifPresent(keys -> shown = keys);
    }
  }

  private static Optional<Set<PanelKey>> keys(String text) {
    return Json.untrusted(text)
        .filter(frame -> frame.path("type").asText().equals("show"))
        .map(frame -> frame.get("panels"))
        .filter(JsonNode::isArray)
        .map(
            panels ->
                StreamSupport.stream(panels.spliterator(), false)
                    .limit(MOST_SHOWN)
                    .map(EventChannel::key)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toUnmodifiableSet()));
  }

  private static Optional<PanelKey> key(JsonNode panel) {
    JsonNode id = panel.path("id");
    JsonNode ref = panel.path("ref");
    if (!id.isTextual() || id.textValue().length() > LONGEST_ID) {
      return Optional.empty();
    }
    return ref.isTextual()
        ? ResourceRef.parse(ref.textValue()).map(found -> new PanelKey(id.textValue(), found))
        : Optional.of(new PanelKey(id.textValue(), null));
  }

  /** The panels that the client shows; 20 at most. */
  Set<PanelKey> shown() {
    return shown;
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

  /** Not before it is known where the client begins: what happens after a beat reaches it. */
  @Override
  @Nullable String heartbeat() {
    return placed ? feed.heartbeat() : null;
  }
}
