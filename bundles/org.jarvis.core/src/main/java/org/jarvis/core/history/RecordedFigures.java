package org.jarvis.core.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.RecordedCourse.Point;
import org.jarvis.api.persistence.MetricStore.Past;
import org.jarvis.api.resource.ResourceKind;

/**
 * What a cluster recorded, by our names. The names of Proxmox VE are those of {@code rrddata}; of a
 * node's network nothing is taken, as nothing of it is recorded later.
 */
final class RecordedFigures {
  private static final Map<String, String> NODE =
      Map.of("cpu", "cpu", "memused", "memory", "rootused", "disk", "loadavg", "load");
  private static final Map<String, String> GUEST =
      Map.of(
          "cpu", "cpu",
          "mem", "memory",
          "netin", "netIn",
          "netout", "netOut",
          "diskread", "diskRead",
          "diskwrite", "diskWritten");
  private static final Map<String, String> STORAGE = Map.of("used", "disk");

  private RecordedFigures() {}

  /** How far apart the moments are; empty where there are not two. */
  static Optional<Duration> step(List<Point> points) {
    Duration least = null;
    for (int i = 1; i < points.size(); i++) {
      Duration distance = Duration.between(points.get(i - 1).at(), points.get(i).at());
      if (distance.compareTo(Duration.ZERO) > 0
          && (least == null || distance.compareTo(least) < 0)) {
        least = distance;
      }
    }
    return Optional.ofNullable(least);
  }

  /** The figures that we record too. */
  static List<Past> of(RecordedCourse course, Duration step) {
    List<Past> pasts = new ArrayList<>();
    names(course.resource().kind())
        .forEach(
            (theirs, ours) -> {
              Map<Instant, Double> values = new HashMap<>();
              for (Point point : course.points()) {
                Double value = point.figures().get(theirs);
                if (value != null && Double.isFinite(value) && value >= 0) {
                  values.put(point.at(), Rounding.of(value));
                }
              }
              if (!values.isEmpty()) {
                pasts.add(new Past(ours, step, values));
              }
            });
    return pasts;
  }

  private static Map<String, String> names(ResourceKind kind) {
    return switch (kind) {
      case NODE -> NODE;
      case GUEST -> GUEST;
      case STORAGE -> STORAGE;
      case CLUSTER -> Map.of();
    };
  }
}
