package org.jarvis.persistence.sqlite;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fine a part of the history is. Each grain keeps a series in chunks, one for each slot of
 * time; slots are counted from 1970 in UTC, and those of a finer grain divide those of a coarser.
 */
enum Grain {
  /** The samples as they came. */
  RAW(0, Duration.ZERO, Duration.ofMinutes(10)),
  /** A step a minute. */
  MINUTE(1, Duration.ofMinutes(1), Duration.ofHours(2)),
  /** A step an hour. */
  HOUR(2, Duration.ofHours(1), Duration.ofHours(12)),
  /** A step a day. */
  DAY(3, Duration.ofDays(1), Duration.ofDays(8));

  static final long SECOND = 1_000_000_000L;

  /** A sample of a seed's span of time weighs as much as the usual samples in it would. */
  private static final int USUAL_INTERVAL_SECONDS = 10;

  private final int number;
  private final long step;
  private final long width;

  Grain(int number, Duration step, Duration width) {
    this.number = number;
    this.step = step.toSeconds();
    this.width = width.toSeconds();
  }

  /** Its number in the database. */
  int number() {
    return number;
  }

  static Grain of(int number) {
    return switch (number) {
      case 0 -> RAW;
      case 1 -> MINUTE;
      case 2 -> HOUR;
      case 3 -> DAY;
      default -> throw new IllegalStateException("There is no grain " + number);
    };
  }

  /** How long a slot is, in seconds. */
  long width() {
    return width;
  }

  /** How long a step is, in nanoseconds; 0 for samples. */
  long step() {
    return step * SECOND;
  }

  /** What a step weighs that stands for no samples of ours. */
  int usualSamples() {
    return (int) Math.max(1, step / USUAL_INTERVAL_SECONDS);
  }

  /** The slot that holds this moment. */
  long slot(long at) {
    return slotOfSecond(Math.floorDiv(at, SECOND));
  }

  /** The slot that holds this second. */
  long slotOfSecond(long second) {
    return Math.floorDiv(second, width) * width;
  }

  /** The beginning of the step that holds this moment. */
  long stepOf(long at) {
    return Math.floorDiv(at, step()) * step();
  }

  /** The next finer grain, {@code null} for the finest. */
  @Nullable Grain finer() {
    return this == RAW ? null : of(number - 1);
  }

  /** The next coarser grain, {@code null} for the coarsest. */
  @Nullable Grain coarser() {
    return this == DAY ? null : of(number + 1);
  }

  /** The coarsest that keeps apart what was recorded at this distance. */
  static Grain holding(Duration distance) {
    if (distance.compareTo(Duration.ofMinutes(2)) <= 0) {
      return MINUTE;
    }
    return distance.compareTo(Duration.ofHours(1)) <= 0 ? HOUR : DAY;
  }
}
