package org.jarvis.gateway.socket;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.gateway.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What pages show of all clusters, as one snapshot and a chain of deltas that are made once for all
 * clients. Keeps the latest deltas for clients that come back. Safe from any thread.
 *
 * <p>The metrics of guests go into that chain at most once a minute, each guest's at another
 * moment; they move all the time, and of ten thousand guests hardly any is on a screen. Those that
 * a client does show reach it at once by {@link #figures}, beside the chain.
 *
 * <p>Numbers begin at a value made of the time of start, so that a client of an earlier life of
 * this process cannot take this chain for the one that it knew.
 */
final class ClusterFeed {
  private static final int KEPT_DELTAS = 256;

  /** A client that is further behind gets a snapshot: it is smaller than so many deltas. */
  private static final int DELTAS_AT_MOST = 64;

  private static final long NUMBERS_PER_MILLI = 1000;

  /** Up to so many guests all metrics go into the chain at once: a page shows most of them. */
  private static final int FEW_GUESTS = 200;

  private final Clock clock;
  private final int few;
  private final Deque<Frame> deltas = new ArrayDeque<>();
  private final SharedBeat beat = new SharedBeat();

  /** What the chain has told so far, by address. */
  private final Map<String, Told> told = new HashMap<>();

  /** The guests whose metrics have moved since the chain told them. */
  private final MovedFigures moved = new MovedFigures();

  private @Nullable ClusterView view;
  private @Nullable Frame snapshot;
  private long head;

  ClusterFeed(Clock clock) {
    this(clock, FEW_GUESTS);
  }

  /**
   * An empty feed.
   *
   * @param few up to how many guests all metrics are told to everybody at once
   */
  ClusterFeed(Clock clock, int few) {
    this.clock = clock;
    this.few = few;
    this.head = clock.millis() * NUMBERS_PER_MILLI;
  }

  /** What the chain has told of a resource, and since when its metrics stand like that. */
  private record Told(ShownItem item, Instant figuresAt) {
    static Told first(ShownItem item, Instant now) {
      return new Told(item, MovedFigures.spread(item.ref(), now));
    }
  }

  /** Shows this from now on; whether the chain goes on by it. */
  synchronized boolean show(ClusterView next) {
    Instant now = clock.instant();
    ClusterView before = view;
    view = next;
    snapshot = null;
    beat.outdated();
    if (before == null) {
      all(next).forEach(item -> told.put(item.ref(), Told.first(item, now)));
      return true;
    }
    Delta delta = new Delta();
    if (before.resources() != next.resources()) {
      compare(next, now, delta);
    }
    tellMoved(next, now, delta);
    if (delta.isEmpty()) {
      return false;
    }
    head++;
    ObjectNode message = message("delta");
    delta.addTo(message);
    message.set("observed", next.observed());
    deltas.addLast(new Frame(head, Json.text(message), null));
    if (deltas.size() > KEPT_DELTAS) {
      deltas.removeFirst();
    }
    return true;
  }

  private boolean isFew(ClusterView shown) {
    return shown.guests() <= few;
  }

  private static Stream<ShownItem> all(ClusterView view) {
    return Stream.concat(view.clusters().values().stream(), view.resources().values().stream());
  }

  private void compare(ClusterView next, Instant now, Delta delta) {
    all(next).forEach(item -> compare(item, now, delta));
    if (told.size() > next.clusters().size() + next.resources().size()) {
      Iterator<Map.Entry<String, Told>> all = told.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<String, Told> entry = all.next();
        String ref = entry.getKey();
        if (!next.resources().containsKey(ref) && !next.clusters().containsKey(ref)) {
          all.remove();
          moved.remove(ref, entry.getValue().figuresAt());
          delta.removed.add(ref);
        }
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // The same item is shown alike; nothing is to be compared.
  private void compare(ShownItem item, Instant now, Delta delta) {
    Told before = told.get(item.ref());
    if (before == null) {
      told.put(item.ref(), Told.first(item, now));
      delta.add(item);
    } else if (before.item() != item) {
      if (item.differsInFiguresAlone(before.item())) {
        moved.add(item.ref(), before.figuresAt());
      } else {
        ObjectNode change = item.since(before.item());
        if (moved.remove(item.ref(), before.figuresAt())) {
          change.setAll(item.figuresNode());
        }
        if (change.size() > 1) {
          delta.change(item, change);
        }
        told.put(item.ref(), new Told(item, now));
      }
    }
  }

  /** The metrics that are due. They are told whole, since a client may have been told others. */
  private void tellMoved(ClusterView next, Instant now, Delta delta) {
    for (String ref : isFew(next) ? moved.all() : moved.due(now)) {
      ShownItem item = next.resources().get(ref);
      if (item != null) {
        told.put(ref, new Told(item, now));
        delta.change(item, item.figuresNode());
      }
    }
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

  /**
   * The metrics of guests that a client shows, where they are others than it has; {@code null} when
   * it has all. Such a delta repeats the number of the one before: it is no part of the chain.
   *
   * @param shown the addresses that the client shows
   * @param sent what the client has; brought up to date
   */
  synchronized @Nullable String figures(Set<String> shown, Map<String, String> sent) {
    sent.keySet().retainAll(shown);
    ClusterView now = view;
    if (now == null || isFew(now)) {
      return null;
    }
    StringBuilder changed = new StringBuilder();
    for (ShownItem item : shown(now, shown)) {
      String patch = item.figures();
      if (!patch.equals(sent.put(item.ref(), patch))) {
        changed.append(changed.isEmpty() ? "" : ",").append(patch);
      }
    }
    if (changed.isEmpty()) {
      return null;
    }
    StringBuilder text = begin("delta");
    return text.append(",\"changed\":[")
        .append(changed)
        .append("],\"added\":[],\"removed\":[],\"observed\":")
        .append(Json.text(now.observed()))
        .append('}')
        .toString();
  }

  /** Whether there is anything to show yet. */
  synchronized boolean isBegun() {
    return view != null;
  }

  /** Those of these that are shown, in their order. */
  List<ShownItem> known(List<ResourceRef> refs) {
    ClusterView now;
    synchronized (this) {
      now = view;
    }
    List<ShownItem> items = new ArrayList<>();
    if (now != null) {
      for (ResourceRef ref : refs) {
        String text = ref.toString();
        ShownItem item = now.resources().get(text);
        ShownItem found = item == null ? now.clusters().get(text) : item;
        if (found != null) {
          items.add(found);
        }
      }
    }
    return items;
  }

  /** A client got this whole view, so it has these metrics. */
  static void took(ClusterView view, Set<String> shown, Map<String, String> sent) {
    sent.clear();
    shown(view, shown).forEach(item -> sent.put(item.ref(), item.figures()));
  }

  private static List<ShownItem> shown(ClusterView view, Set<String> refs) {
    List<ShownItem> items = new ArrayList<>();
    for (String ref : refs) {
      ShownItem item = view.resources().get(ref);
      if (item != null && item.isGuest()) {
        items.add(item);
      }
    }
    return items;
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
      StringBuilder text = begin("snapshot");
      shown.addTo(text);
      snapshot = new Frame(head, text.append('}').toString(), shown);
    }
    return snapshot;
  }

  private StringBuilder begin(String type) {
    String head = Json.text(message(type));
    return new StringBuilder(head.substring(0, head.length() - 1));
  }

  private ObjectNode message(String type) {
    return message(type, clock.instant());
  }

  private ObjectNode message(String type, Instant now) {
    return Json.object().put("type", type).put("seq", head).put("at", Json.time(now));
  }

  /** What changes with one step of the chain. */
  private static final class Delta {
    private final ArrayNode changed = Json.object().arrayNode();
    private final ArrayNode added = Json.object().arrayNode();
    private final ArrayNode removed = Json.object().arrayNode();
    private final ArrayNode clusters = Json.object().arrayNode();

    void add(ShownItem item) {
      (isCluster(item) ? clusters : added).add(item.whole());
    }

    void change(ShownItem item, ObjectNode change) {
      (isCluster(item) ? clusters : changed).add(change);
    }

    private static boolean isCluster(ShownItem item) {
      return item.resource() instanceof Cluster;
    }

    boolean isEmpty() {
      return changed.isEmpty() && added.isEmpty() && removed.isEmpty() && clusters.isEmpty();
    }

    void addTo(ObjectNode message) {
      message.set("changed", changed);
      message.set("added", added);
      message.set("removed", removed);
      if (!clusters.isEmpty()) {
        message.set("clusters", clusters);
      }
    }
  }
}
