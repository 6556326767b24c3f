package org.jarvis.gateway.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A heartbeat's message, made once for all clients that get it at about the same moment: a thousand
 * of them would otherwise be the most that this part does. Safe from any thread.
 */
final class SharedBeat {
  /** Its time is told to the millisecond, and read by pages that wait for seconds. */
  private static final Duration SHARED = Duration.ofMillis(50);

  private @Nullable String text;
  private Instant madeAt = Instant.MIN;
  private long seq;

  /**
   * The message for now.
   *
   * @param head how far a client is that has it; with another one it is made anew
   * @param now the time
   * @param made makes it, given its time
   */
  synchronized String text(long head, Instant now, Function<Instant, String> made) {
    String shared = text;
    if (shared == null
        || head != seq
        || now.isBefore(madeAt)
        || !now.isBefore(madeAt.plus(SHARED))) {
      shared = made.apply(now);
      text = shared;
      madeAt = now;
      seq = head;
    }
    return shared;
  }

  /** What it tells has changed. */
  synchronized void outdated() {
    text = null;
  }
}
