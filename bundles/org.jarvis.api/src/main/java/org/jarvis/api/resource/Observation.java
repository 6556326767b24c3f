package org.jarvis.api.resource;

import java.time.Duration;
import java.time.Instant;

/**
 * Where a value comes from and how old it is. Every resource carries one, so that nothing stale can
 * pass for fresh.
 *
 * @param source who said so, such as {@code pve:home}
 * @param at when it was read
 * @param interval how often it is read
 */
public record Observation(String source, Instant at, Duration interval) {
  private static final int INTERVALS_UNTIL_STALE = 3;

  /** Whether the value is older than three of its own intervals. */
  public boolean staleAt(Instant now) {
    return at.plus(interval.multipliedBy(INTERVALS_UNTIL_STALE)).isBefore(now);
  }
}
