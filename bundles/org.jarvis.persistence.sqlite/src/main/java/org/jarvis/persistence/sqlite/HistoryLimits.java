package org.jarvis.persistence.sqlite;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * For how long the history keeps each grain.
 *
 * @param raw samples as they came
 * @param minutes steps of a minute
 * @param hours steps of an hour
 * @param days steps of a day
 */
record HistoryLimits(Duration raw, Duration minutes, Duration hours, Duration days) {
  static final HistoryLimits DEFAULT =
      new HistoryLimits(
          Duration.ofHours(2), Duration.ofHours(24), Duration.ofDays(30), Duration.ofDays(730));

  /** Reads the settings; one that is wrong is told, and its default holds. */
  static HistoryLimits of(
      String raw, String minutes, String hours, String days, Consumer<String> complaint) {
    return new HistoryLimits(
        Duration.ofHours(RetentionLimits.number("history.raw.hours", raw, 2, 168, 2, complaint)),
        Duration.ofHours(
            RetentionLimits.number("history.minute.hours", minutes, 12, 8760, 24, complaint)),
        Duration.ofDays(RetentionLimits.number("history.hour.days", hours, 8, 3650, 30, complaint)),
        Duration.ofDays(RetentionLimits.number("history.day.days", days, 8, 3650, 730, complaint)));
  }

  Duration of(Grain grain) {
    return switch (grain) {
      case RAW -> raw;
      case MINUTE -> minutes;
      case HOUR -> hours;
      case DAY -> days;
    };
  }

  /** After how long nothing is left of a series that is seen no more. */
  Duration longest() {
    Duration longest = raw;
    for (Grain grain : Grain.values()) {
      longest = of(grain).compareTo(longest) > 0 ? of(grain) : longest;
    }
    return longest;
  }
}
