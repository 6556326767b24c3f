package org.jarvis.gateway.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The guests whose metrics have moved since they were told, by when it is their turn to be told
 * again: once a minute. Only those whose turn it is are looked at. Not thread-safe.
 */
final class MovedFigures {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final NavigableMap<Instant, Set<String>> waiting = new TreeMap<>();

  /** When the metrics of something new count as told; spread, or all would be due at once. */
  static Instant spread(String ref, Instant now) {
    return now.minusSeconds(Math.floorMod(ref.hashCode(), EVERY.toSeconds()));
  }

  /** This guest's metrics have moved, which were told at that moment. */
  void add(String ref, Instant told) {
    waiting.computeIfAbsent(told.plus(EVERY), due -> new LinkedHashSet<>()).add(ref);
  }

  /** It waits no more; whether it did. */
  boolean remove(String ref, Instant told) {
    Instant due = told.plus(EVERY);
    Set<String> refs = waiting.get(due);
    boolean waited = refs != null && refs.remove(ref);
    if (refs != null && refs.isEmpty()) {
      waiting.remove(due);
    }
    return waited;
  }

  /** Those whose turn it is by now, who wait no more. */
  List<String> due(Instant now) {
    return taken(waiting.headMap(now, true));
  }

  /** All, who wait no more. */
  List<String> all() {
    return taken(waiting);
  }

  private static List<String> taken(Map<Instant, Set<String>> turns) {
    List<String> taken = new ArrayList<>();
    turns.values().forEach(taken::addAll);
    turns.clear();
    return taken;
  }
}
