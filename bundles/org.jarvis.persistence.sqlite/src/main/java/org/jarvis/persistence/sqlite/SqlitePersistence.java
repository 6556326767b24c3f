package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Opens the database in the data folder and registers it as a service, on which the stores depend:
 * they are there exactly as long as the database is open.
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
@Designate(ocd = SqlitePersistence.Settings.class)
public final class SqlitePersistence implements HealthContributor {
  static final String PID = "org.jarvis.persistence.sqlite";

  private static final Duration TENDED_EVERY = Duration.ofSeconds(5);

  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(SqlitePersistence::thread);
  private final StorageKeeper keeper;

  /** Where the database is. */
  @ObjectClassDefinition(
      id = PID,
      name = "Jarvis: storage on SQLite",
      description = "Where Jarvis keeps what it must not lose.")
  @interface Settings {
    /** The folder of the database. */
    @AttributeDefinition(
        required = false,
        description =
            "The folder that holds jarvis.db. Empty means the data folder that Jarvis was started"
                + " with (--data).")
    String folder() default "";
  }

  @Activate
  public SqlitePersistence(BundleContext context, Settings settings) {
    Path folder = folder(context, settings);
    keeper =
        folder == null
            ? new StorageKeeper("no data folder", SqlitePersistence::refuse, opened -> () -> {})
            : keeper(context, DatabaseFile.in(folder));
    keeper.tendEvery(TENDED_EVERY, scheduler);
  }

  private static StorageKeeper keeper(BundleContext context, DatabaseFile file) {
    return new StorageKeeper(
        file.path().toString(),
        () -> Database.open(file),
        opened -> {
          ServiceRegistration<Database> registration =
              context.registerService(Database.class, opened, null);
          return registration::unregister;
        });
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
    return keeper.health();
  }

  @Deactivate
  void close() {
    scheduler.shutdownNow();
    keeper.close();
  }
}
