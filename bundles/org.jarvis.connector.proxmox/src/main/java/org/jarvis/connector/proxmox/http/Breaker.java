package org.jarvis.connector.proxmox.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.detail.ConnectionDetail.Member.State;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a member alone that fails: after some failures in a row it rests, longer each time, and is
 * then tried by one request before it is used again. Safe from any thread.
 */
final class Breaker {
  private static final int FAILURES = 3;
  private static final Duration FIRST_REST = Duration.ofSeconds(5);
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  /** For so long a member that nobody needs may be unheard of; it is one small request. */
  private static final Duration UNHEARD_OF = Duration.ofMinutes(1);

  private final Clock clock;

  // All guarded by this.
  private int failures;
  private @Nullable Duration rest;
  private @Nullable Instant restsUntil;
  private boolean tried;
  private @Nullable Instant lastAnswer;
  private @Nullable JarvisException reason;

  Breaker(Clock clock) {
    this.clock = clock;
  }

  /** The member answered. */
  synchronized void answered() {
    failures = 0;
    rest = null;
    restsUntil = null;
    tried = false;
    reason = null;
    lastAnswer = clock.instant();
  }

  /** The member did not answer as it should. */
  synchronized void failed(JarvisException why) {
    Instant now = clock.instant();
    reason = why;
    failures++;
    tried = false;
    Instant until = restsUntil;
    // Requests that were under way together are one failure.
    if (failures < FAILURES || (until != null && now.isBefore(until))) {
      return;
    }
    Duration longer = rest == null ? FIRST_REST : rest.multipliedBy(2);
    rest = longer.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : longer;
    restsUntil = now.plus(rest);
  }

  /** Whether it may be asked like any other. */
  synchronized boolean closed() {
    return restsUntil == null;
  }

  /** Whether its last answer was no failure. */
  synchronized boolean well() {
    return failures == 0;
  }

  /** Takes the one attempt that is due after a rest; false when it is not, or already taken. */
  synchronized boolean takeAttempt() {
    Instant until = restsUntil;
    if (until == null || tried || clock.instant().isBefore(until)) {
      return false;
    }
    tried = true;
    return true;
  }

  /**
   * Takes a look at a member that nobody needs meanwhile, where one is due: it was never heard of,
   * failed, or was not heard of for long. False when it is not due, or already taken.
   *
   * @param anyway whether one is due in any case
   */
  synchronized boolean takeLook(boolean anyway) {
    if (restsUntil != null || tried) {
      return false;
    }
    Instant heard = lastAnswer;
    tried =
        anyway
            || failures > 0
            || heard == null
            || heard.plus(UNHEARD_OF).compareTo(clock.instant()) <= 0;
    return tried;
  }

  /** Something else says that it may be back: it is tried next. */
  synchronized void wake() {
    if (restsUntil != null) {
      restsUntil = clock.instant();
    }
  }

  synchronized State state() {
    if (restsUntil != null) {
      return State.RESTING;
    }
    if (failures > 0) {
      return State.FAILING;
    }
    return lastAnswer == null ? State.UNTRIED : State.ANSWERING;
  }

  synchronized @Nullable Instant lastAnswer() {
    return lastAnswer;
  }

  synchronized @Nullable Instant nextAttempt() {
    return restsUntil;
  }

  synchronized @Nullable JarvisException reason() {
    return reason;
  }
}
