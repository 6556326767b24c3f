package org.jarvis.api.persistence;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps the course of figures over time.
 *
 * <p>Other than what the other stores keep, the newest samples may be lost when the machine loses
 * power; what is older than a few seconds is not. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}. Safe from any
 * thread.
 */
@ConsumerType
public interface MetricStore {
  /** Appends samples; one of the same series and moment replaces the earlier. */
  void append(List<Sample> samples);

  /** The figures that are kept of a subject, sorted. */
  List<String> figures(String subject);

  /**
   * The course of one figure, oldest first.
   *
   * @param from the first moment that counts
   * @param to the first moment that counts no more
   * @param points how many points at most, from 1; where there are more samples, each point stands
   *     for the samples of an equal share of the time
   */
  List<Point> course(String subject, String figure, Instant from, Instant to, int points);

  /**
   * A figure at one moment.
   *
   * @param subject what it was measured of: a resource's address
   * @param figure what was measured, such as {@code cpu}
   * @param at when
   * @param value how much; finite
   */
  record Sample(String subject, String figure, Instant at, double value) {
    /** Refuses what is no number. */
    public Sample {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "The figure %s of %s is not finite.".formatted(figure, subject));
      }
    }
  }

  /**
   * One or several samples, as a chart draws them.
   *
   * @param at when the first of them was measured
   * @param average of them
   * @param lowest of them
   * @param highest of them
   */
  record Point(Instant at, double average, double lowest, double highest) {}
}
