package org.jarvis.api.connector;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jarvis.api.resource.ResourceRef;

/**
 * The course of a resource's figures, as its cluster recorded it.
 *
 * @param resource whose
 * @param timeframe how far back
 * @param points oldest first
 */
public record RecordedCourse(ResourceRef resource, Timeframe timeframe, List<Point> points) {
  /** Keeps the points from changing. */
  public RecordedCourse {
    points = List.copyOf(points);
  }

  /**
   * One moment.
   *
   * @param at when
   * @param figures what was recorded, by the cluster's own names such as {@code cpu}, {@code
   *     memused} or {@code netin}; in its units: shares from 0 to 1, bytes, bytes per second. What
   *     was not recorded is absent.
   */
  public record Point(Instant at, Map<String, Double> figures) {
    /** Keeps the figures from changing. */
    public Point {
      figures = Map.copyOf(figures);
    }
  }
}
