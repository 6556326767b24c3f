package org.jarvis.connector.proxmox;

import java.time.Duration;
import java.time.Instant;

/**
 * How many requests may be made: a bucket of tokens that fills at a steady pace. It is filled so
 * that no minute sees more than the limit, the first one with its full bucket included. What turned
 * out to take more than was thought is owed, and paid off before anything else is allowed. Not
 * thread-safe.
 */
final class Allowance {
  private final double capacity;
  private final double perSecond;
  private double tokens;
  private Instant filled;

  /**
   * A full bucket.
   *
   * @param perMinute the limit
   * @param burst how many of them may come at once
   */
  Allowance(int perMinute, int burst, Instant now) {
    this.capacity = burst;
    this.perSecond = (perMinute - burst) / 60.0;
    this.tokens = burst;
    this.filled = now;
  }

  /** How many requests a minute it allows in the long run. */
  double perMinute() {
    return perSecond * 60;
  }

  /** Whether so many requests may be made now; more than a bucket holds are a full bucket. */
  boolean allows(int requests, Instant now) {
    fill(now);
    return tokens >= Math.min(requests, capacity);
  }

  /** So many were made. */
  void charge(int requests, Instant now) {
    fill(now);
    tokens -= requests;
  }

  private void fill(Instant now) {
    double seconds = Duration.between(filled, now).toMillis() / 1000.0;
    if (seconds > 0) {
      tokens = Math.min(capacity, tokens + seconds * perSecond);
      filled = now;
    } else if (seconds < 0) {
      // The system's clock was set back.
      filled = now;
    }
  }
}
