package org.jarvis.detectors;

import java.time.Duration;
import java.util.Optional;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ResourceRef;

/**
 * When something will be full, if it goes on as in the last days.
 *
 * @param bytesADay how fast it grows
 * @param days until it is full
 */
record Forecast(double bytesADay, double days) {
  private static final double SECONDS_A_DAY = 86_400;
  private static final double FOREVER = 3_650;

  /** The forecast, empty where it does not grow or nobody can tell. */
  static Optional<Forecast> of(Situation situation, ResourceRef ref, Bytes used, Bytes total) {
    return situation
        .growth(ref)
        .filter(growth -> growth > 0)
        .map(
            growth ->
                new Forecast(growth, Math.max(0, (double) (total.value() - used.value())) / growth))
        .filter(forecast -> forecast.days < FOREVER);
  }

  /** In words: {@code 12.0 GiB a day, so it is full in 3 days}. */
  String words() {
    return Words.amount(bytesADay) + " a day, so it is full in " + time();
  }

  /** The time until it is full, in words. */
  String time() {
    return Words.time(Duration.ofSeconds((long) (days * SECONDS_A_DAY)));
  }
}
