package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.ComponentHealth.Status;
import org.jarvis.api.health.HealthContributor;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Opens the databases in the data folder and registers each as a service, on which its stores
 * depend: they are there exactly as long as it is open. One that cannot be opened does not keep the
 * other from its work.
 *
 * <p>Immediate, because nobody asks for it: others ask for the stores.
 */
@Component(
    immediate = true,
    service = HealthContributor.class,
    configurationPid = SqlitePersistence.PID)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=org.jarvis.persistence.sqlite.Database")
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=org.jarvis.persistence.sqlite.MetricsDatabase")
@Designate(ocd = SqlitePersistence.Settings.class)
public final class SqlitePersistence implements HealthContributor {
  static final String PID = "org.jarvis.persistence.sqlite";

  private static final Duration TENDED_EVERY = Duration.ofSeconds(5);

  private final BundleContext context;
  private volatile OpenFolder open;

  /** Where the databases are, and for how long they keep what grows. */
  @ObjectClassDefinition(
      id = PID,
      name = "Jarvis: storage on SQLite",
      description = "Where Jarvis keeps what it must not lose, and for how long.")
  @interface Settings {
    /** The folder of the databases. */
    @AttributeDefinition(
        required = false,
        description =
            "The folder that holds jarvis.db and metrics.db. Empty means the data folder that Jarvis was started"
                + " with (--data).")
    String folder() default "";

    /** For how long events are kept. */
    @AttributeDefinition(
        required = false,
        description =
            "How many days events are kept, from 1 to 3650. The audit log is never shortened.")
    String events_days() default "90";

    /** For how long actions that have ended are kept. */
    @AttributeDefinition(
        required = false,
        description =
            "How many days actions that have ended are kept, counted from when they were asked for,"
                + " from 8 to 3650.")
    String actions_days() default "365";

    /** For how long samples are kept as they came. */
    @AttributeDefinition(
        required = false,
        description =
            "How many hours the figures of the charts are kept as they came, from 2 to 168.")
    String history_raw_hours() default "2";

    /** For how long a step a minute is kept. */
    @AttributeDefinition(
        required = false,
        description = "How many hours they are kept by the minute, from 12 to 8760.")
    String history_minute_hours() default "24";

    /** For how long a step an hour is kept. */
    @AttributeDefinition(
        required = false,
        description = "How many days they are kept by the hour, from 8 to 3650.")
    String history_hour_days() default "30";

    /** For how long a step a day is kept. */
    @AttributeDefinition(
        required = false,
        description = "How many days they are kept by the day, from 8 to 3650.")
    String history_day_days() default "730";

    /** Where the head of the audit log is noted. */
    @AttributeDefinition(
        required = false,
        description =
            "A file, by its absolute path, that the head of the audit log is appended to. Empty for"
                + " none. Best on another disk or machine than the data folder.")
    String audit_anchor_file() default "";

    /** How often the head of the audit log is noted. */
    @AttributeDefinition(
        required = false,
        description =
            "After how many minutes the head of the audit log is noted anew, from 1 to 10080.")
    String audit_anchor_minutes() default "60";
  }

  @Activate
  public SqlitePersistence(BundleContext context, Settings settings) {
    this.context = context;
    open = new OpenFolder(context, folder(context, settings));
  }

  /** Other limits are the retention's business; only another folder has to be opened. */
  @Modified
  synchronized void modified(Settings settings) {
    Path folder = folder(context, settings);
    if (!Objects.equals(folder, open.folder)) {
      open.close();
      open = new OpenFolder(context, folder);
    }
  }

  /** The databases of one folder, looked after. */
  private static final class OpenFolder implements AutoCloseable {
    private final ScheduledExecutorService scheduler =
        Executors.newSingleThreadScheduledExecutor(SqlitePersistence::thread);
    private final @Nullable Path folder;
    private final StorageKeeper jarvis;
    private final StorageKeeper metrics;

    OpenFolder(BundleContext context, @Nullable Path folder) {
      this.folder = folder;
      jarvis =
          keeper(
              folder,
              DatabaseKind.JARVIS,
              opened -> context.registerService(Database.class, opened, null));
      metrics =
          keeper(
              folder,
              DatabaseKind.METRICS,
              opened ->
                  context.registerService(
                      MetricsDatabase.class, new MetricsDatabase(opened), null));
      jarvis.tendEvery(TENDED_EVERY, scheduler);
      metrics.tendEvery(TENDED_EVERY, scheduler);
    }

    @Override
    public void close() {
      scheduler.shutdownNow();
      try {
        metrics.close();
      } finally {
        jarvis.close();
      }
    }
  }

  private static StorageKeeper keeper(
      @Nullable Path folder,
      DatabaseKind kind,
      Function<Database, ServiceRegistration<?>> registration) {
    Function<Database, Runnable> publisher = opened -> registration.apply(opened)::unregister;
    if (folder == null) {
      return new StorageKeeper(kind, "no data folder", SqlitePersistence::refuse, publisher);
    }
    DatabaseFile file = DatabaseFile.in(folder, kind);
    return new StorageKeeper(kind, file.path().toString(), () -> Database.open(file), publisher);
  }

  private static @Nullable Path folder(BundleContext context, Settings settings) {
    if (!settings.folder().isBlank()) {
      return Path.of(settings.folder().strip());
    }
    String data = context.getProperty("jarvis.data");
    if (data != null && !data.isBlank()) {
      return Path.of(data);
    }
    String karaf = context.getProperty("karaf.data");
    return karaf == null || karaf.isBlank() ? null : Path.of(karaf, "jarvis");
  }

  private static Database refuse() {
    throw new JarvisException(
        ErrorCode.STORAGE_UNAVAILABLE,
        "There is no data folder. Name one by --data, or by folder= in etc/%s.cfg.".formatted(PID));
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "jarvis-storage-keeper");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public ComponentHealth health() {
    OpenFolder now = open;
    return together(now.jarvis.health(), now.metrics.health());
  }

  /** Without its figures Jarvis does less than it should, but goes on. */
  static ComponentHealth together(ComponentHealth jarvis, ComponentHealth metrics) {
    if (jarvis.status() != Status.UP) {
      return jarvis;
    }
    return metrics.status() == Status.UP
        ? new ComponentHealth(jarvis.name(), Status.UP, jarvis.detail() + " " + metrics.detail())
        : new ComponentHealth(jarvis.name(), Status.DEGRADED, metrics.detail());
  }

  @Deactivate
  synchronized void close() {
    open.close();
  }
}
