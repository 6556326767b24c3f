package org.jarvis.detectors;

import java.time.Duration;
import java.util.Optional;
import org.jarvis.api.problem.Growth;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ResourceRef;

/**
 * When something will be full, if it goes on as in the last days.
 *
 * @param bytesADay how fast it grows
 * @param left until it is full
 */
record Forecast(double bytesADay, Duration left) {
  private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

  /** The forecast, empty where it does not grow or nobody can tell. */
  static Optional<Forecast> of(Situation situation, ResourceRef ref, Bytes used, Bytes total) {
    return situation
        .growth(ref)
        .flatMap(
            growth ->
                Growth.of(growth).timeToFull(used, total).map(left -> new Forecast(growth, left)));
  }

  /** How many days are left. */
  double days() {
    return left.toSeconds() / SECONDS_A_DAY;
  }

  /** In words: {@code 12.0 GiB a day, so it is full in 3 days}. */
  String words() {
    return Words.amount(bytesADay) + " a day, so it is full in " + time();
  }

  /** The time until it is full, in words. */
  String time() {
    return Words.time(left);
  }
}
