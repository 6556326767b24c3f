package org.jarvis.persistence.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes the head of the audit log outside its database from time to time and at the end: in the
 * log, in the event stream, and in a file where one is configured. Whoever rewrites the database as
 * a whole has to rewrite all of these too. Safe from any thread.
 *
 * <p>Immediate, because it works by the clock.
 */
@Component(
    service = {AuditAnchors.class, HealthContributor.class},
    immediate = true,
    configurationPid = SqlitePersistence.PID)
public final class AuditAnchors implements HealthContributor {
  static final String FILE_KEY = "audit.anchor.file";
  static final String MINUTES_KEY = "audit.anchor.minutes";

  private static final Logger LOG = LoggerFactory.getLogger(AuditAnchors.class);
  private static final String HEALTH_NAME = "audit-anchor";
  private static final Duration AFTER_START = Duration.ofMinutes(1);
  private static final int A_WEEK_OF_MINUTES = 10_080;
  private static final int USUAL_MINUTES = 60;

  private final Database database;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(AuditAnchors::thread);
  private final Object anchoring = new Object();
  private volatile @Nullable EventStream events;
  private volatile @Nullable AnchorFile file;
  private volatile AuditMapper.@Nullable Head noted;
  private volatile @Nullable String trouble;
  private AuditMapper.@Nullable Head anchored;
  private @Nullable ScheduledFuture<?> schedule;

  /** Begins to note heads. */
  @Activate
  public AuditAnchors(@Reference Database database, SqlitePersistence.Settings settings) {
    this(database, Clock.systemUTC());
    configure(settings.audit_anchor_file());
    schedule(settings, AFTER_START);
  }

  AuditAnchors(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Modified
  void modified(SqlitePersistence.Settings settings) {
    configure(settings.audit_anchor_file());
    schedule(settings, Duration.ZERO);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setEvents(EventStream arrived) {
    events = arrived;
  }

  void unsetEvents(EventStream left) {
    if (events == left) {
      events = null;
    }
  }

  /** The last head is noted in the log and the file; the stream may be gone by now. */
  @Deactivate
  void close() {
    timer.shutdownNow();
    anchor(null);
  }

  private void schedule(SqlitePersistence.Settings settings, Duration first) {
    int minutes =
        RetentionLimits.number(
            MINUTES_KEY,
            settings.audit_anchor_minutes(),
            1,
            A_WEEK_OF_MINUTES,
            USUAL_MINUTES,
            LOG::warn);
    synchronized (anchoring) {
      if (schedule != null) {
        schedule.cancel(false);
      }
      schedule =
          timer.scheduleWithFixedDelay(
              () -> anchor(events),
              first.toSeconds(),
              Duration.ofMinutes(minutes).toSeconds(),
              TimeUnit.SECONDS);
    }
  }

  /** Uses another file from now on; nothing for none. */
  void configure(String setting) {
    file = null;
    trouble = null;
    if (setting.isBlank()) {
      return;
    }
    try {
      Path path = Path.of(setting.strip());
      if (path.isAbsolute()) {
        file = new AnchorFile(path);
        return;
      }
    } catch (InvalidPathException none) {
      // Told below, as for one that is relative.
    }
    inTrouble(
        "%s in etc/%s.cfg is no absolute path of a file, so the audit log is anchored in no file."
            .formatted(FILE_KEY, SqlitePersistence.PID));
  }

  /** Notes the head now, unless it is the one that was noted last. */
  void anchor(@Nullable EventStream stream) {
    synchronized (anchoring) {
      try {
        AuditMapper.Head head =
            database.read(statements -> AuditTrail.head(statements.getMapper(AuditMapper.class)));
        if (head.seq() == 0 || head.equals(anchored)) {
          return;
        }
        LOG.info("Audit log anchored: record {}, SHA-256 {}", head.seq(), head.hash());
        note(head);
        write(head);
        if (stream != null) {
          stream.publish(new Event.AuditAnchored(head.seq(), head.hash()));
        }
        anchored = head;
      } catch (RuntimeException unavailable) {
        // Tried again at the next time; a timer that throws would never run again.
        LOG.warn("The audit log could not be anchored: {}", unavailable.getMessage());
      }
    }
  }

  private void write(AuditMapper.Head head) {
    AnchorFile present = file;
    if (present == null) {
      return;
    }
    try {
      present.append(clock.instant(), head);
      trouble = null;
    } catch (IOException failed) {
      inTrouble(
          "The file of %s in etc/%s.cfg cannot be written, so the audit log is not anchored there. See the log."
              .formatted(FILE_KEY, SqlitePersistence.PID));
      LOG.warn("{}: {}", present.path(), failed.toString());
    }
  }

  private void inTrouble(String what) {
    if (!what.equals(trouble)) {
      LOG.error("{}", what);
    }
    trouble = what;
  }

  /** Notes, in memory alone, that the log had this head. */
  void note(AuditMapper.Head head) {
    AuditMapper.Head before = noted;
    if (before == null || head.seq() > before.seq()) {
      noted = head;
    }
  }

  /**
   * All heads that are known from outside the database: hashes by the numbers of their records.
   *
   * @throws JarvisException with {@code STORAGE_UNAVAILABLE} where the file cannot be read: without
   *     it nobody can say that nothing is missing
   */
  SortedMap<Long, String> known() {
    SortedMap<Long, String> known = new TreeMap<>();
    AnchorFile present = file;
    if (present != null) {
      try {
        known.putAll(present.read());
      } catch (IOException | UncheckedIOException unreadable) {
        throw new JarvisException(
            ErrorCode.STORAGE_UNAVAILABLE,
            "The file of %s in etc/%s.cfg cannot be read, so nobody can tell whether the audit log was cut off: %s"
                .formatted(FILE_KEY, SqlitePersistence.PID, unreadable.getMessage()),
            unreadable);
      }
    }
    AuditMapper.Head newest = noted;
    if (newest != null) {
      known.putIfAbsent(newest.seq(), newest.hash());
    }
    return Collections.unmodifiableSortedMap(known);
  }

  @Override
  public ComponentHealth health() {
    String wrong = trouble;
    return wrong == null
        ? new ComponentHealth(
            HEALTH_NAME,
            ComponentHealth.Status.UP,
            file == null
                ? "The audit log is anchored in the log and the event stream."
                : "The audit log is anchored in the log, the event stream and a file.")
        : new ComponentHealth(HEALTH_NAME, ComponentHealth.Status.DEGRADED, wrong);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "jarvis-audit-anchor");
    thread.setDaemon(true);
    return thread;
  }
}
