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
 * write or read it finds out by itself when that works again. Says each trouble once in the log,
 * and at any time in its health.
 */
final class StorageKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(StorageKeeper.class);
  private static final String COMPONENT = "storage";

  private final DatabaseKind kind;
  private final Supplier<Database> opener;
  private final Function<Database, Runnable> publisher;
  private final String place;
  private volatile @Nullable Published published;
  private volatile @Nullable JarvisException refusal;
  private @Nullable String lastSaid;
  private boolean closed;

  /**
   * @param kind which database it is
   * @param place where it is, for the log
   * @param opener opens it, or throws
   * @param publisher makes an open database known, and returns what withdraws it
   */
  StorageKeeper(
      DatabaseKind kind,
      String place,
      Supplier<Database> opener,
      Function<Database, Runnable> publisher) {
    this.kind = kind;
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
    } else if (!now.database().isStalled() && now.database().isReplaced()) {
      LOG.warn("{} is another file than before, and is opened again.", place);
      withdraw(now);
      open();
    } else if (!now.database().isStalled() && now.database().trouble().isPresent()) {
      // While it is stalled a probe would only wait with the others.
      now.database().trouble().ifPresent(this::say);
      now.database().probe();
    }
    say(trouble());
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
      refusal = SqliteFailures.translate(kind, e, Attempt.OPEN);
    }
  }

  private void say(@Nullable JarvisException trouble) {
    String words = trouble == null ? "" : trouble.getMessage();
    if (words.equals(lastSaid)) {
      return;
    }
    lastSaid = words;
    if (trouble == null) {
      LOG.info("{} is open for reading and writing.", place);
    } else {
      LOG.warn(
          "{} Looking again every few seconds. File: {}. Cause: {}",
          words,
          place,
          SqliteFailures.root(trouble).toString());
    }
  }

  private @Nullable JarvisException trouble() {
    Published now = published;
    return now == null ? refusal : now.database().trouble().orElse(null);
  }

  /** How the storage is at this moment. */
  ComponentHealth health() {
    Published now = published;
    JarvisException trouble = trouble();
    if (trouble != null) {
      return new ComponentHealth(
          COMPONENT,
          now == null ? Status.DOWN : Status.DEGRADED,
          trouble.getMessage() + waiting(now));
    }
    return now != null
        ? new ComponentHealth(COMPONENT, Status.UP, kind.fileName() + " is open.")
        : new ComponentHealth(COMPONENT, Status.DOWN, kind.fileName() + " is being opened.");
  }

  private static String waiting(@Nullable Published now) {
    return now != null && now.database().isStalled()
        ? " Writes that wait: %d.".formatted(now.database().waiting())
        : "";
  }

  /** Withdraws and closes it, for good. */
  synchronized void close() {
    closed = true;
    Published old = published;
    if (old != null) {
      withdraw(old);
    }
  }

  private void withdraw(Published old) {
    published = null;
    try {
      old.withdrawal().run();
    } finally {
      old.database().close();
    }
  }
}
