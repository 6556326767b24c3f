package org.jarvis.core.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.MetricStore.Point;
import org.jarvis.api.problem.Growth;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.core.ServiceSlot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How fast what is on storages and disks grows: by least squares over the figure {@code disk} of
 * the last three days. Reckoned only of what is asked for, beside whoever asks, and again after ten
 * minutes, or one where it was not known; until then the answer is the former one. Safe from any
 * thread.
 */
final class GrowthRates {
  private static final Logger LOG = LoggerFactory.getLogger(GrowthRates.class);
  private static final String FIGURE = "disk";
  private static final Duration LOOKED_AT = Duration.ofDays(3);
  private static final Duration ENOUGH = Duration.ofHours(6);
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

  /** What was before Jarvis is read in turn after its start. */
  private static final Duration UNKNOWN_AGAIN_AFTER = Duration.ofMinutes(1);

  private static final int POINTS = 288;
  private static final int FEWEST = 12;
  private static final int MOST = 5_000;
  private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

  private final ServiceSlot<MetricStore> store;
  private final Executor executor;
  private final Map<ResourceRef, Reckoned> known = new ConcurrentHashMap<>();

  /**
   * What is known of one.
   *
   * @param asked when it was asked for
   * @param told whether that was answered ever
   * @param rate the answer
   */
  private record Reckoned(Instant asked, boolean told, Optional<Double> rate) {
    boolean isDue(Instant now) {
      return !now.isBefore(asked.plus(rate.isEmpty() ? UNKNOWN_AGAIN_AFTER : AGAIN_AFTER));
    }
  }

  /**
   * @param executor reckons, which waits for the disk
   */
  GrowthRates(ServiceSlot<MetricStore> store, Executor executor) {
    this.store = store;
    this.executor = executor;
  }

  /** Bytes a day, where enough is known. Returns at once. */
  Optional<Double> find(ResourceRef resource, Instant now) {
    return look(resource, now).rate();
  }

  /** The same, and where it is not known whether it will be. */
  Growth growth(ResourceRef resource, Instant now) {
    Reckoned reckoned = look(resource, now);
    return reckoned
        .rate()
        .map(Growth::of)
        .orElseGet(
            () -> Growth.unknown(reckoned.told() ? Growth.State.TOO_LITTLE : Growth.State.ASKED));
  }

  private Reckoned look(ResourceRef resource, Instant now) {
    Reckoned reckoned = known.get(resource);
    if (reckoned != null && !reckoned.isDue(now)) {
      return reckoned;
    }
    Reckoned before =
        reckoned == null
            ? new Reckoned(now, false, Optional.empty())
            : new Reckoned(now, reckoned.told(), reckoned.rate());
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(resource, before);
    reckonSoon(resource, now);
    return known.getOrDefault(resource, before);
  }

  private void reckonSoon(ResourceRef resource, Instant now) {
    try {
      executor.execute(
          () -> {
            try {
              known.put(resource, new Reckoned(now, true, reckon(resource, now)));
            } catch (JarvisException unavailable) {
              LOG.debug("The growth of {} cannot be told: {}", resource, unavailable.getMessage());
            }
          });
    } catch (RejectedExecutionException leaving) {
      LOG.debug("Jarvis is ending; nothing more is reckoned.");
    }
  }

  private Optional<Double> reckon(ResourceRef resource, Instant now) {
    return slope(
        store
            .require()
            .course(resource.toString(), FIGURE, now.minus(LOOKED_AT), now.plusSeconds(1), POINTS));
  }

  /** The slope of the line that fits best, a day. */
  static Optional<Double> slope(List<Point> points) {
    if (points.size() < FEWEST) {
      return Optional.empty();
    }
    Instant first = points.get(0).at();
    Duration span = Duration.between(first, points.get(points.size() - 1).at());
    if (span.compareTo(ENOUGH) < 0) {
      return Optional.empty();
    }
    double meanTime = 0;
    double meanValue = 0;
    for (Point point : points) {
      meanTime += days(first, point) / points.size();
      meanValue += point.average() / points.size();
    }
    double together = 0;
    double spread = 0;
    for (Point point : points) {
      double time = days(first, point) - meanTime;
      together += time * (point.average() - meanValue);
      spread += time * time;
    }
    return Optional.of(together / spread);
  }

  private static double days(Instant first, Point point) {
    return Duration.between(first, point.at()).toSeconds() / SECONDS_A_DAY;
  }
}
