package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.panel.PanelKey;
import org.jarvis.api.panel.PanelReading;
import org.jarvis.api.panel.Panels;
import org.jarvis.gateway.Part;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.json.PanelEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The panels as messages, each made once for all clients: the list when one came or left, and of
 * those that somebody shows what they show, whole where it changed and else only how old it is.
 * {@link #look} is called by one thread at a time, all else is safe from any.
 */
final class PanelFeed {
  private final Part<Panels> panels;
  private final Clock clock;
  private volatile Told list = new Told(0, 0, "[]", "[]");
  private volatile Map<PanelKey, Told> shown = Map.of();
  private final Map<PanelKey, Known> known = new HashMap<>();
  private long last;

  /**
   * Something as it is told.
   *
   * @param whole changes whenever the content does
   * @param news changes with everything
   * @param text all of it
   * @param brief all but the content
   */
  private record Told(long whole, long news, String text, String brief) {}

  /** What was told last. */
  private record Known(PanelReading reading, boolean stale) {}

  /** How far a client is. Used by one thread at a time. */
  static final class Position {
    private final Map<PanelKey, Told> has = new HashMap<>();
    private long list;
  }

  PanelFeed(Part<Panels> panels, Clock clock) {
    this.panels = panels;
    this.clock = clock;
  }

  /** Somebody shows these: has them asked, and takes up what they answered. */
  void look(Set<PanelKey> wanted) {
    Panels present = panels.find().orElse(null);
    takeUpList(present == null ? List.of() : present.panels());
    Map<PanelKey, Told> next = new HashMap<>();
    known.keySet().retainAll(wanted);
    if (present != null) {
      present.show(wanted);
      Instant now = clock.instant();
      for (PanelKey key : wanted) {
        present.latest(key).ifPresent(reading -> next.put(key, told(reading, now)));
      }
    }
    shown = Map.copyOf(next);
  }

  private void takeUpList(Collection<Panels.Entry> entries) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    entries.forEach(entry -> items.add(PanelEncoder.encode(entry)));
    String text = Json.text(items);
    if (!text.equals(list.text())) {
      last++;
      list = new Told(last, last, text, text);
    }
  }

  private Told told(PanelReading reading, Instant now) {
    Known next = new Known(reading, reading.staleAt(now));
    Known before = known.put(reading.key(), next);
    Told former = shown.get(reading.key());
    if (former != null && next.equals(before)) {
      return former;
    }
    last++;
    ObjectNode json = PanelEncoder.encode(reading, now);
    String brief = Json.text(json);
    long whole =
        former != null && before != null && same(reading, before.reading()) ? former.whole() : last;
    json.set("content", PanelEncoder.encode(reading.content(), PanelEncoder::encode));
    return new Told(whole, last, Json.text(json), brief);
  }

  private static boolean same(PanelReading one, PanelReading other) {
    return one.content() == null ? other.content() == null : one.content().equals(other.content());
  }

  /**
   * The next message for a client; {@code null} when it has all.
   *
   * @param wanted what it shows
   * @param seq the number of the last event that it has, which this repeats
   */
  @Nullable String next(Set<PanelKey> wanted, Position position, long seq) {
    Told all = list;
    if (all.news() != position.list) {
      position.list = all.news();
      return message("panels", seq, all.text());
    }
    position.has.keySet().retainAll(wanted);
    Map<PanelKey, Told> present = shown;
    for (PanelKey key : wanted) {
      Told told = present.get(key);
      Told has = position.has.get(key);
      if (told != null && (has == null || told.news() != has.news())) {
        position.has.put(key, told);
        boolean whole = has == null || told.whole() != has.whole();
        return message("panel", seq, whole ? told.text() : told.brief());
      }
    }
    return null;
  }

  private static String message(String type, long seq, String body) {
    return "{\"type\":\"" + type + "\",\"seq\":" + seq + ",\"" + type + "\":" + body + "}";
  }
}
