package org.jarvis.persistence.sqlite;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.jarvis.persistence.sqlite.MetricMapper.Pending;
import org.jarvis.persistence.sqlite.MetricMapper.Place;

/** Removes what the history keeps no longer, oldest first, in small steps. Used by one thread. */
final class HistoryDeletion {
  /** So many rows are gone before the writer has noticed. */
  static final int STEP = 250;

  private final Database database;
  private final SeriesNumbers numbers;
  private final BooleanSupplier stop;

  HistoryDeletion(MetricsDatabase metrics, BooleanSupplier stop) {
    this.stop = stop;
    this.database = metrics.database();
    this.numbers = metrics.series();
  }

  /** Ends early when it is to stop. */
  void delete(long now, HistoryLimits limits) {
    for (Grain grain : Grain.values()) {
      deleteBefore(grain, limit(grain, now - limits.of(grain).toNanos()));
    }
    deleteSeries(now - limits.longest().toNanos() - coarsest());
  }

  /** A chunk may hold something that is younger than its slot. */
  private static long coarsest() {
    return Grain.DAY.width() * Grain.SECOND;
  }

  /**
   * The first slot that stays. What is gone ends where a step of the coarser grain does, which then
   * goes on without a gap; and nothing goes that a coarser chunk is still to be made from.
   */
  private long limit(Grain grain, long moment) {
    Grain coarser = grain.coarser();
    if (coarser == null) {
      return grain.slot(moment);
    }
    long limit = grain.slot(coarser.stepOf(moment));
    List<Pending> pending =
        database.read(statements -> statements.getMapper(MetricMapper.class).pending());
    for (Pending each : pending) {
      if (each.grain() == coarser.number()) {
        limit = Math.min(limit, each.slot());
      }
    }
    return limit;
  }

  private void deleteBefore(Grain grain, long slot) {
    int removed = STEP;
    while (removed >= STEP && !stop.getAsBoolean()) {
      removed =
          database.write(
              statements -> {
                MetricMapper mapper = statements.getMapper(MetricMapper.class);
                Place end = mapper.chunkAfter(grain.number(), slot, STEP);
                return end == null
                    ? mapper.deleteChunksBefore(grain.number(), slot, Long.MIN_VALUE)
                    : mapper.deleteChunksBefore(grain.number(), end.slot(), end.series());
              });
    }
  }

  private void deleteSeries(long moment) {
    // Looking through all of them is not done while others wait to write.
    if (!database.read(
        statements -> statements.getMapper(MetricMapper.class).hasSeriesBefore(moment))) {
      return;
    }
    int removed = STEP;
    boolean any = false;
    while (removed >= STEP && !stop.getAsBoolean()) {
      removed =
          database.write(
              statements -> {
                MetricMapper mapper = statements.getMapper(MetricMapper.class);
                return mapper.deleteSeries(moment, STEP);
              });
      any |= removed > 0;
    }
    if (any) {
      numbers.forget();
    }
    database.write(statements -> statements.getMapper(MetricMapper.class).deletePast(moment));
  }
}
