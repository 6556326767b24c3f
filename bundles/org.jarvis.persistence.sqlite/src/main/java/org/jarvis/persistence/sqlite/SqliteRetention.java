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
 * Keeps {@code jarvis.db} from growing for ever, by what is configured.
 *
 * <p>Immediate, because nobody asks for it.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = SqlitePersistence.PID)
public final class SqliteRetention {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteRetention.class);
  private static final Duration AFTER_START = Duration.ofMinutes(2);
  private static final Duration INTERVAL = Duration.ofMinutes(30);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(SqliteRetention::thread);

  private final RetentionTrouble trouble = new RetentionTrouble();
  private final Database jarvis;
  private volatile Retention retention;

  /** Begins to look from time to time. */
  @Activate
  public SqliteRetention(@Reference Database jarvis, SqlitePersistence.Settings settings) {
    this.jarvis = jarvis;
    this.retention = retention(settings);
    var unused =
        timer.scheduleWithFixedDelay(
            () -> retention.prune(),
            AFTER_START.toSeconds(),
            INTERVAL.toSeconds(),
            TimeUnit.SECONDS);
  }

  /** Other limits hold from the next time on. */
  @Modified
  void modified(SqlitePersistence.Settings settings) {
    retention = retention(settings);
  }

  private Retention retention(SqlitePersistence.Settings settings) {
    return new Retention(
        jarvis,
        RetentionLimits.of(settings.events_days(), settings.actions_days(), LOG::warn),
        Clock.systemUTC(),
        trouble);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "jarvis-storage-retention");
    thread.setDaemon(true);
    return thread;
  }

  @Deactivate
  void close() {
    timer.shutdownNow();
  }
}
