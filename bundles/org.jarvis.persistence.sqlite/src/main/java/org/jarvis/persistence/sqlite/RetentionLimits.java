package org.jarvis.persistence.sqlite;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * For how long {@code jarvis.db} keeps what grows. The audit log is not among it: it is never
 * shortened.
 *
 * @param events how old an event may become
 * @param actions how old an action may become once it has ended
 */
record RetentionLimits(Duration events, Duration actions) {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final int TEN_YEARS_OF_DAYS = 3650;

  /** A request may wait for a person for a week, and counts from when it was made. */
  private static final int SHORTEST_FOR_ACTIONS = 8;

  /**
   * Reads the settings.
   *
   * @param complaint told about each that is wrong; then its default holds
   */
  static RetentionLimits of(String events, String actions, Consumer<String> complaint) {
    return new RetentionLimits(
        Duration.ofDays(number("events.days", events, 1, TEN_YEARS_OF_DAYS, 90, complaint)),
        Duration.ofDays(
            number(
                "actions.days", actions, SHORTEST_FOR_ACTIONS, TEN_YEARS_OF_DAYS, 365, complaint)));
  }

  /** A whole number from the settings, or the default, with a complaint. */
  static int number(
      String key,
      String given,
      int lowest,
      int highest,
      int otherwise,
      Consumer<String> complaint) {
    String text = given.strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    if (WHOLE_NUMBER.matcher(text).matches()) {
      int number = Integer.parseInt(text);
      if (number >= lowest && number <= highest) {
        return number;
      }
    }
    complaint.accept(
        "etc/%s.cfg: %s is a whole number from %d to %d, not '%s'. The default, %d, holds."
            .formatted(SqlitePersistence.PID, key, lowest, highest, text, otherwise));
    return otherwise;
  }
}
