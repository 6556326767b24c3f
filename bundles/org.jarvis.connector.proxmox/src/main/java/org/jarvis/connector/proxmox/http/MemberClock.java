package org.jarvis.connector.proxmox.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * How far a member's clock is from Jarvis's, by the {@code Date} of its replies (RFC 9110, 6.6.1).
 *
 * <p>Such a date has whole seconds, and was set at some time between the request and the reply. So
 * one reply is good to half the time that it took and half a second more; several are smoothed, and
 * what comes out changes only when it would be off by a second, lest it move with every reply. A
 * clock that was set, on either side, is taken over at once. Safe from any thread.
 */
final class MemberClock {
  /** A reply that took longer tells too little about when it was dated. */
  private static final Duration LONGEST_TRIP = Duration.ofSeconds(5);

  /** No two replies differ by this much unless a clock was set in between. */
  private static final long STEP_MILLIS = 5000;

  private static final long HALF_A_SECOND = 500;
  private static final int WEIGHT_OF_THE_PAST = 3;

  /** Approvals and the times of tasks can bear no more. */
  private static final Duration WRONG_ABOVE = Duration.ofSeconds(30);

  /** Less than above, so that one at the threshold is not told by turns. */
  private static final Duration RIGHT_BELOW = Duration.ofSeconds(20);

  // All guarded by this.
  private boolean heard;
  private long smoothedMillis;
  private @Nullable Duration offset;
  private boolean wrong;

  /**
   * The member answered.
   *
   * @param date the header as it came
   * @param asked when the request was sent, by Jarvis's clock
   * @param answered when the reply began to arrive
   */
  synchronized void heard(String date, Instant asked, Instant answered) {
    Duration trip = Duration.between(asked, answered);
    if (trip.isNegative() || trip.compareTo(LONGEST_TRIP) > 0) {
      return;
    }
    long sample;
    try {
      Instant told = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      sample =
          Duration.between(asked.plus(trip.dividedBy(2)), told.plusMillis(HALF_A_SECOND))
              .toMillis();
    } catch (DateTimeException | ArithmeticException noDate) {
      return;
    }
    if (!heard || Math.abs(sample - smoothedMillis) >= STEP_MILLIS) {
      heard = true;
      smoothedMillis = sample;
      offset = null;
    } else {
      smoothedMillis += (sample - smoothedMillis) / (WEIGHT_OF_THE_PAST + 1);
    }
    tell();
  }

  private void tell() {
    Duration before = offset;
    if (before == null || Math.abs(smoothedMillis - before.toMillis()) >= 2 * HALF_A_SECOND) {
      Duration now = Duration.ofSeconds(Math.round(smoothedMillis / (2.0 * HALF_A_SECOND)));
      offset = now;
      wrong = now.abs().compareTo(wrong ? RIGHT_BELOW : WRONG_ABOVE) > 0;
    }
  }

  /** How far it is ahead, in whole seconds; {@code null} while unknown. */
  synchronized @Nullable Duration offset() {
    return offset;
  }

  /** Whether it is so far off that people have to be told. */
  synchronized boolean wrong() {
    return wrong;
  }
}
