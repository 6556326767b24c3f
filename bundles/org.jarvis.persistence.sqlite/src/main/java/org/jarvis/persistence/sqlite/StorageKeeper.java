package org.jarvis.persistence.sqlite;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.ComponentHealth.Status;
import org.jarvis.persistence.sqlite.SqliteFailures.Attempt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the database and keeps it usable: what cannot be opened is tried again, and after a failed
 * write it finds out by itself when writing works again. Says each trouble once in the log, and at
 * any time in its health.
 */
final class StorageKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(StorageKeeper.class);
  private static final String COMPONENT = "storage";

  private final Supplier<Database> opener;
  private final Function<Database, Runnable> publisher;
  private final String place;
  private volatile @Nullable Published published;
  private volatile @Nullable JarvisException refusal;
  private @Nullable String lastSaid;
  private boolean closed;

  /**
   * @param place where the database is, for the log
   * @param opener opens it, or throws
   * @param publisher makes an open database known, and returns what withdraws it
   */
  StorageKeeper(String place, Supplier<Database> opener, Function<Database, Runnable> publisher) {
    this.place = place;
    this.opener = opener;
    this.publisher = publisher;
  }

  /** Opens, and then looks after it, from time to time. */
  void tendEvery(Duration interval, ScheduledExecutorService scheduler) {
    var unused =
        scheduler.scheduleWithFixedDelay(this::tend, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** An open database that others know of. */
  private record Published(Database database, Runnable withdrawal) {}

  /** Opens what is not open, and looks whether what failed works again. */
  synchronized void tend() {
    if (closed) {
      return;
    }
    Published now = published;
    if (now == null) {
      open();
    } else if (now.database().trouble().isPresent()) {
      say(now.database().trouble().get().getMessage());
      now.database().probe();
    }
    ComponentHealth health = health();
    say(health.status() == Status.UP ? "" : health.detail());
  }

  private void open() {
    try {
      Database opened = opener.get();
      try {
        published = new Published(opened, publisher.apply(opened));
        refusal = null;
      } catch (RuntimeException e) {
        opened.close();
        throw e;
      }
    } catch (RuntimeException | LinkageError e) {
      refusal = SqliteFailures.translate(e, Attempt.OPEN);
    }
  }

  private void say(String trouble) {
    if (trouble.equals(lastSaid)) {
      return;
    }
    lastSaid = trouble;
    if (trouble.isEmpty()) {
      LOG.info("{} is open for reading and writing.", place);
    } else {
      LOG.warn("{} Jarvis looks again by itself every few seconds. The file: {}", trouble, place);
      LOG.debug("Why {} cannot be used", place, refusal);
    }
  }

  /** How the storage is at this moment. */
  ComponentHealth health() {
    Published now = published;
    JarvisException why = now == null ? refusal : now.database().trouble().orElse(null);
    if (why != null) {
      return new ComponentHealth(
          COMPONENT, now == null ? Status.DOWN : Status.DEGRADED, why.getMessage());
    }
    return now == null
        ? new ComponentHealth(COMPONENT, Status.DOWN, DatabaseFile.NAME + " is being opened.")
        : new ComponentHealth(COMPONENT, Status.UP, DatabaseFile.NAME + " is open.");
  }

  /** Withdraws and closes it, for good. */
  synchronized void close() {
    closed = true;
    Published old = published;
    published = null;
    if (old != null) {
      try {
        old.withdrawal().run();
      } finally {
        old.database().close();
      }
    }
  }
}
