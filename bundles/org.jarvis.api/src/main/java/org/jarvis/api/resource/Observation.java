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
    return freshUntil().isBefore(now);
  }

  /** The last moment at which the value is no older than three of its own intervals. */
  public Instant freshUntil() {
    // Asked of every guest every second: Duration.multipliedBy would take most of that time.
    return at.plusSeconds(INTERVALS_UNTIL_STALE * interval.getSeconds())
        .plusNanos((long) INTERVALS_UNTIL_STALE * interval.getNano());
  }
}
