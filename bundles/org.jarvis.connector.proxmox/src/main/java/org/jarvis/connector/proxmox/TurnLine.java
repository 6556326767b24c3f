package org.jarvis.connector.proxmox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jarvis.api.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one aspect in the order in which they have waited: those that were never read, and
 * behind each other those that were. So that whoever asks whose turn it is looks at the first of
 * each line and not at thousands. Not thread-safe.
 */
final class TurnLine {
  private final Map<Turn, State> unread = new LinkedHashMap<>();
  private final Map<Turn, State> read = new LinkedHashMap<>();

  /** How one turn stands. */
  static final class State {
    Instant since;
    @Nullable Instant last;
    boolean wasRead;
    boolean demanded;
    boolean underWay;
    Instant notBefore = Instant.MIN;
    @Nullable ErrorCode failure;
    Instant notReleasedBefore = Instant.MIN;

    State(Instant since) {
      this.since = since;
    }

    /** Whether it may be read at this moment. */
    boolean isFree(Instant now) {
      return !underWay && !now.isBefore(notBefore);
    }
  }

  /** How a turn stands, {@code null} where it takes no part. */
  @Nullable State find(Turn turn) {
    State state = unread.get(turn);
    return state == null ? read.get(turn) : state;
  }

  /** It takes part from now on, if it did not. */
  void add(Turn turn, Instant now) {
    if (!read.containsKey(turn)) {
      unread.computeIfAbsent(turn, added -> new State(now));
    }
  }

  /** Something came of it at that moment: it goes to the end. */
  void wentAt(Turn turn, Instant at) {
    State state = taken(turn);
    if (state != null) {
      state.last = at;
      read.put(turn, state);
    }
  }

  /** It waits from now on as if it had never been read. */
  void beginsAnew(Turn turn, Instant now) {
    State state = taken(turn);
    if (state != null) {
      state.last = null;
      state.since = now;
      unread.put(turn, state);
    }
  }

  private @Nullable State taken(Turn turn) {
    State state = unread.remove(turn);
    return state == null ? read.remove(turn) : state;
  }

  /** Those go for which this is so. */
  void removeIf(Predicate<Map.Entry<Turn, State>> leaves) {
    unread.entrySet().removeIf(leaves);
    read.entrySet().removeIf(leaves);
  }

  /** All of them; nobody moves meanwhile. */
  void forEach(BiConsumer<Turn, State> each) {
    unread.forEach(each);
    read.forEach(each);
  }

  /** The first that wait, of those never read and of those read, as far as they may be taken. */
  List<Map.Entry<Turn, State>> first(Predicate<Map.Entry<Turn, State>> possible) {
    List<Map.Entry<Turn, State>> first = new ArrayList<>(2);
    for (Map<Turn, State> part : List.of(unread, read)) {
      for (Map.Entry<Turn, State> entry : part.entrySet()) {
        if (possible.test(entry)) {
          first.add(entry);
          break;
        }
      }
    }
    return first;
  }
}
