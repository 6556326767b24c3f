package org.jarvis.persistence.sqlite;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the history in order, on a thread of its own: neither a reading of a cluster nor what
 * writes to the other database ever waits for it.
 *
 * <p>Immediate, because nobody asks for it.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = SqlitePersistence.PID)
public final class SqliteHistory {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteHistory.class);
  private static final Duration AFTER_START = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(SqliteHistory::thread);

  private final RetentionTrouble trouble = new RetentionTrouble();
  private final HistoryUpkeep upkeep;
  private final Clock clock = Clock.systemUTC();
  private volatile HistoryLimits limits;

  /** Begins to look from time to time. */
  @Activate
  public SqliteHistory(@Reference MetricsDatabase metrics, SqlitePersistence.Settings settings) {
    this.upkeep = new HistoryUpkeep(metrics);
    this.limits = limits(settings);
    var unused =
        timer.scheduleWithFixedDelay(
            this::tend, AFTER_START.toSeconds(), INTERVAL.toSeconds(), TimeUnit.SECONDS);
  }

  /** Other limits hold from the next time on. */
  @Modified
  void modified(SqlitePersistence.Settings settings) {
    limits = limits(settings);
  }

  private static HistoryLimits limits(SqlitePersistence.Settings settings) {
    return HistoryLimits.of(
        settings.history_raw_hours(),
        settings.history_minute_hours(),
        settings.history_hour_days(),
        settings.history_day_days(),
        LOG::warn);
  }

  private void tend() {
    try {
      upkeep.run(clock.instant(), limits);
    } catch (RuntimeException e) {
      trouble.tell(DatabaseKind.METRICS, e);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "jarvis-history");
    thread.setDaemon(true);
    return thread;
  }

  @Deactivate
  void close() {
    timer.shutdownNow();
  }
}
