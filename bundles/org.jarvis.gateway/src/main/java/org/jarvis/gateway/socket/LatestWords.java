package org.jarvis.gateway.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jarvis.api.chat.Growth;
import org.jspecify.annotations.Nullable;

/**
 * Words that came to a conversation since it was looked at, without a gap. Only so many: of a
 * client that is slower than the words, the conversation is looked at again. Safe from any thread.
 */
final class LatestWords {
  private static final int MOST = 64;
  private static final long UNKNOWN = -1;

  private final Deque<Growth> waiting = new ArrayDeque<>();
  private int watch;

  /** Up to which revision all is known, be it by looking or by these words. */
  private long known = UNKNOWN;

  /** By this watch the conversation was seen, as it was at this revision. */
  synchronized void seen(int byWatch, long revision) {
    if (byWatch != watch) {
      watch = byWatch;
      waiting.clear();
      known = revision;
    } else if (revision > known) {
      waiting.clear();
      known = revision;
    }
  }

  /** Keeps words; false where it takes a look to know what there is now. */
  synchronized boolean add(int byWatch, Growth growth) {
    boolean follows = byWatch == watch && known != UNKNOWN && growth.revision() == known + 1;
    if (follows && waiting.size() < MOST) {
      waiting.add(growth);
      known = growth.revision();
      return true;
    }
    if (byWatch == watch) {
      waiting.clear();
      known = UNKNOWN;
    }
    return false;
  }

  /** Takes the words that came after this revision as one; {@code null} where there are none. */
  synchronized @Nullable Growth take(long revision) {
    while (!waiting.isEmpty() && waiting.getFirst().revision() <= revision) {
      waiting.removeFirst();
    }
    if (waiting.isEmpty() || waiting.getFirst().revision() != revision + 1) {
      return null;
    }
    Growth first = waiting.removeFirst();
    if (!continues(first, waiting.peekFirst())) {
      return first;
    }
    StringBuilder words = new StringBuilder(first.words());
    Growth last = first;
    while (continues(last, waiting.peekFirst())) {
      last = waiting.removeFirst();
      words.append(last.words());
    }
    return new Growth(last.revision(), first.message(), first.part(), words.toString());
  }

  private static boolean continues(Growth growth, @Nullable Growth next) {
    return next != null && next.message().equals(growth.message()) && next.part() == growth.part();
  }
}
