package org.jarvis.api.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps the course of figures over time: the finer, the shorter. What is too old to be kept as it
 * came is kept by the minute, then by the hour, then by the day, each with its average, lowest and
 * highest value. How long each is kept is the provider's configuration.
 *
 * <p>Other than what the other stores keep, the newest samples may be lost when the machine loses
 * power; what is older than a few seconds is not. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}. Safe from any
 * thread.
 */
@ConsumerType
public interface MetricStore {
  /**
   * What the samples of a resource are filed under. A guest's history belongs to one life of it: a
   * guest made anew under the same number begins an empty one.
   *
   * @param life which life of a guest; {@code null} for what has only one
   */
  static String subject(ResourceRef resource, @Nullable Incarnation life) {
    // No address holds this character.
    return life == null ? resource.toString() : resource + "#" + life;
  }

  /**
   * Appends samples; one of the same series and moment replaces the earlier. They come in any
   * order, also from a clock that went back.
   */
  void append(List<Sample> samples);

  /** Whether {@link #addPast} was called for this subject, and it has not been forgotten since. */
  boolean knowsPast(String subject);

  /**
   * Adds what somebody else recorded of a subject, or that nothing of the kind is to be had.
   * Samples that were appended, or will be, hold where they tell of the same time.
   *
   * @param at when that was found out
   */
  void addPast(String subject, Instant at, List<Past> pasts);

  /** The figures that are kept of a subject, sorted. */
  List<String> figures(String subject);

  /**
   * The course of one figure, oldest first, as fine as it is kept at each moment. A time without
   * samples gives no points.
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
   * What somebody else recorded of a figure.
   *
   * @param figure what was measured
   * @param step how far apart its values are
   * @param values each of the time from its moment on, for the length of the step; finite
   */
  record Past(String figure, Duration step, Map<Instant, Double> values) {
    /** Refuses what is no number. */
    public Past {
      values = Map.copyOf(values);
      if (!values.values().stream().allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("The past of %s is not finite.".formatted(figure));
      }
    }
  }

  /**
   * One or several samples, as a chart draws them.
   *
   * @param at when the first of them was measured, or when the minute, hour or day began that is
   *     left of them
   * @param average of them
   * @param lowest of them
   * @param highest of them
   */
  record Point(Instant at, double average, double lowest, double highest) {}
}
