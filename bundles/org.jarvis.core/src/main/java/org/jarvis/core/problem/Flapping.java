package org.jarvis.core.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jarvis.api.problem.Finding;

/**
 * Which problems come and go. One that came back for the third time within an hour has to be gone
 * for longer before it has ended, so that nobody hears of each time. Guarded by whoever uses it.
 */
final class Flapping {
  private static final int MANY = 3;
  private static final Duration WITHIN = Duration.ofHours(1);
  private static final Duration GONE_FOR = Duration.ofMinutes(15);

  private final Map<Finding.Identity, Deque<Instant>> returns = new HashMap<>();

  /** It is back. */
  void returned(Finding.Identity identity, Instant now) {
    returns.computeIfAbsent(identity, key -> new ArrayDeque<>()).add(now);
  }

  /**
   * How long it has to be gone.
   *
   * @param all how often it came back in its whole life
   * @param usually how long its kind has to be gone
   */
  Duration clearAfter(Finding.Identity identity, int all, Duration usually) {
    Deque<Instant> lately = returns.get(identity);
    boolean flaps = all >= MANY && lately != null && lately.size() >= MANY;
    return flaps && usually.compareTo(GONE_FOR) < 0 ? GONE_FOR : usually;
  }

  /** Forgets what was more than an hour ago. */
  void forget(Instant now) {
    Instant from = now.minus(WITHIN);
    returns.values().forEach(times -> times.removeIf(time -> time.isBefore(from)));
    returns.values().removeIf(Deque::isEmpty);
  }
}
