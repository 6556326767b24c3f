package org.jarvis.core.action;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.tool.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * The newest actions that only observed, in memory: so many, and so much of what they were given
 * and brought to light. Safe from any thread.
 */
final class HeldObservations {
  static final int MOST = 500;
  static final long MOST_BYTES = 16L * 1024 * 1024;

  /** About what an object takes besides its text. */
  private static final long PER_VALUE = 32;

  private final Map<String, Held> held = new LinkedHashMap<>();
  private long bytes;

  private record Held(Action action, long bytes) {}

  /** Holds one, and lets go of the oldest that are too many. */
  synchronized void add(Action action) {
    ToolResult result = action.result();
    Held fresh =
        new Held(
            action,
            size(action.arguments().values()) + size(result == null ? null : result.data()));
    Held before = held.put(action.id(), fresh);
    bytes += fresh.bytes() - (before == null ? 0 : before.bytes());
    Iterator<Held> oldest = held.values().iterator();
    while (held.size() > MOST || (bytes > MOST_BYTES && held.size() > 1)) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  synchronized Optional<Action> find(String id) {
    return Optional.ofNullable(held.get(id)).map(Held::action);
  }

  /** Them all, the oldest first. */
  synchronized List<Action> all() {
    return held.values().stream().map(Held::action).toList();
  }

  private static long size(@Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      return object.entrySet().stream()
          .mapToLong(member -> size(member.getKey()) + size(member.getValue()))
          .sum();
    }
    if (value instanceof List<?> list) {
      return PER_VALUE + list.stream().mapToLong(HeldObservations::size).sum();
    }
    return PER_VALUE + (value instanceof String text ? 2L * text.length() : 0);
  }
}
