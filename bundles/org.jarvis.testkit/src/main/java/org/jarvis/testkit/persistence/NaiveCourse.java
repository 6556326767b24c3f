package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jarvis.api.persistence.MetricStore.Point;
import org.jarvis.api.persistence.MetricStore.Sample;

/**
 * All samples of a series, as nobody could keep them, to judge what a store tells of them. Not
 * thread-safe.
 */
public final class NaiveCourse {
  /** What a store may lose of an average. */
  private static final double LOSS = 1.0 / 5_000;

  private final NavigableMap<Instant, Double> samples = new TreeMap<>();

  /** An empty one. */
  public NaiveCourse() {}

  /** Also appended to the store. */
  public void add(Sample sample) {
    samples.put(sample.at(), sample.value());
  }

  /**
   * A course that ends with the present is right when each point tells of exactly the samples from
   * its moment to that of the next one: then each of them counts once, and none from elsewhere.
   *
   * @param course oldest first
   * @param to the first moment that counts no more
   */
  public void requireRight(List<Point> course, Instant to) {
    for (int i = 0; i < course.size(); i++) {
      Point point = course.get(i);
      Instant end = i + 1 < course.size() ? course.get(i + 1).at() : to;
      DoubleSummaryStatistics actual =
          samples.subMap(point.at(), end).values().stream()
              .mapToDouble(Double::doubleValue)
              .summaryStatistics();
      assertThat(point.at()).isBefore(end);
      assertThat(actual.getCount()).as("samples from %s to %s", point.at(), end).isPositive();
      assertThat(point.lowest())
          .as("lowest from %s to %s", point.at(), end)
          .isEqualTo(actual.getMin());
      assertThat(point.highest())
          .as("highest from %s to %s", point.at(), end)
          .isEqualTo(actual.getMax());
      assertThat(point.average())
          .as("average from %s to %s", point.at(), end)
          .isCloseTo(
              actual.getAverage(),
              within(LOSS * Math.max(Math.abs(actual.getMin()), Math.abs(actual.getMax()))));
    }
  }

  /** How many samples there are from one moment to another. */
  public int count(Instant from, Instant to) {
    return samples.subMap(from, to).size();
  }
}
