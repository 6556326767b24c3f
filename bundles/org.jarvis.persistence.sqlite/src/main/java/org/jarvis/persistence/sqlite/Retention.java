package org.jarvis.persistence.sqlite;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.ibatis.session.SqlSession;
import org.jspecify.annotations.Nullable;

/**
 * Removes what is older than it may become, a little at a time: others write between two steps.
 * What is removed leaves room in the files for what comes, so that they do not grow on.
 */
final class Retention {
  /** So many rows are gone before the writer has noticed. */
  static final int STEP = 500;

  private static final Duration CLOCKS_MAY_DIFFER = Duration.ofDays(1);

  private final Database jarvis;
  private final @Nullable Database metrics;
  private final RetentionLimits limits;
  private final Clock clock;
  private final RetentionTrouble trouble;

  /**
   * @param metrics {@code null} while {@code metrics.db} is not open
   */
  Retention(
      Database jarvis,
      @Nullable Database metrics,
      RetentionLimits limits,
      Clock clock,
      RetentionTrouble trouble) {
    this.jarvis = jarvis;
    this.metrics = metrics;
    this.limits = limits;
    this.clock = clock;
    this.trouble = trouble;
  }

  /** Removes all that is too old now. Ends early when its thread is interrupted. */
  void prune() {
    Instant now = clock.instant();
    attempt(DatabaseKind.JARVIS, () -> pruneJarvis(jarvis, now));
    Database figures = metrics;
    if (figures != null) {
      attempt(DatabaseKind.METRICS, () -> pruneMetrics(figures, now.minus(limits.metrics())));
    }
  }

  /** What is wrong with one database does not keep the other from being pruned. */
  private void attempt(DatabaseKind kind, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      trouble.tell(kind, e);
    }
  }

  private void pruneJarvis(Database jarvis, Instant now) {
    removeStepwise(
        jarvis,
        statements ->
            statements
                .getMapper(EventMapper.class)
                .deleteOldest(now.minus(limits.events()), now.plus(CLOCKS_MAY_DIFFER), STEP));
    removeStepwise(
        jarvis,
        statements ->
            statements
                .getMapper(ActionMapper.class)
                .deleteEndedBefore(now.minus(limits.actions()), STEP));
    jarvis.shortenLog();
  }

  private static void pruneMetrics(Database metrics, Instant moment) {
    long after = 0;
    List<Long> found = seriesAfter(metrics, after);
    while (!found.isEmpty() && !Thread.currentThread().isInterrupted()) {
      for (long series : found) {
        removeStepwise(
            metrics,
            statements ->
                statements.getMapper(MetricMapper.class).deleteBefore(series, moment, STEP));
        after = series;
      }
      List<Long> empty = found;
      metrics.write(
          statements -> {
            MetricMapper mapper = statements.getMapper(MetricMapper.class);
            return empty.stream().mapToInt(mapper::deleteIfEmpty).sum();
          });
      found = seriesAfter(metrics, after);
    }
    metrics.shortenLog();
  }

  private static List<Long> seriesAfter(Database metrics, long series) {
    return metrics.read(
        statements -> statements.getMapper(MetricMapper.class).seriesAfter(series, STEP));
  }

  private static void removeStepwise(Database database, ToIntFunction<SqlSession> step) {
    int removed = STEP;
    while (removed >= STEP && !Thread.currentThread().isInterrupted()) {
      removed = database.write(step::applyAsInt);
    }
  }
}
