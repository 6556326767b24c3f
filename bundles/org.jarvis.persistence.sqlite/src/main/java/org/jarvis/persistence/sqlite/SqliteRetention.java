package org.jarvis.persistence.sqlite;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the databases from growing for ever, by what is configured.
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

  /** Begins to look from time to time. */
  @Activate
  public SqliteRetention(
      @Reference Database jarvis,
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          @Nullable MetricsDatabase metrics,
      SqlitePersistence.Settings settings) {
    Retention retention =
        new Retention(
            jarvis,
            metrics == null ? null : metrics.database(),
            RetentionLimits.of(
                settings.events_days(),
                settings.actions_days(),
                settings.metrics_hours(),
                LOG::warn),
            Clock.systemUTC());
    var unused =
        timer.scheduleWithFixedDelay(
            () -> prune(retention),
            AFTER_START.toSeconds(),
            INTERVAL.toSeconds(),
            TimeUnit.SECONDS);
  }

  private static void prune(Retention retention) {
    try {
      retention.prune();
    } catch (RuntimeException e) {
      // The storage says in its health what is wrong; this is tried again next time.
      LOG.debug("Nothing old could be removed", e);
    }
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
