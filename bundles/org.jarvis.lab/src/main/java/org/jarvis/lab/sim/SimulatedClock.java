package org.jarvis.lab.sim;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that starts with another one and then runs a constant number of times as fast.
 * Thread-safe.
 */
public final class SimulatedClock {

  private final Clock base;
  private final Instant start;
  private final double speed;
  private volatile Duration off = Duration.ZERO;

  /** A clock that agrees with {@code base} now. */
  public SimulatedClock(Clock base, double speed) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed " + speed + " is not above zero");
    }
    this.base = base;
    this.start = base.instant();
    this.speed = speed;
  }

  /** The simulated time. */
  public Instant now() {
    Instant real = base.instant();
    Instant right =
        speed == 1
            ? real
            : start.plusNanos(Math.round(Duration.between(start, real).toNanos() * speed));
    return right.plus(off);
  }

  /**
   * The time of day by the clock on the wall, at whatever speed the rest goes: whoever compares it
   * with their own finds the two apart only where somebody set one of them wrong.
   */
  public Instant wall() {
    return base.instant().plus(off);
  }

  /** Is set to another time, as by a person or a time server; it goes on from there. */
  void step(Duration by) {
    off = off.plus(by);
  }

  /** The zone in which the household lives. */
  public ZoneId zone() {
    return base.getZone();
  }
}
