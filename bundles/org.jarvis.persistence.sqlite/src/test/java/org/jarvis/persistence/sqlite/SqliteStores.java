package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.ActionJournal;
import org.jarvis.api.persistence.AttemptStore;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.ConsentStore;
import org.jarvis.api.persistence.ConversationStore;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.MetricStore;
import org.jarvis.api.persistence.PreferenceStore;
import org.jarvis.api.persistence.ProblemStore;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.api.persistence.SnapshotStore;
import org.jarvis.api.persistence.TokenStore;
import org.jarvis.testkit.persistence.PersistenceUnderTest;

/** The stores of this bundle, wired as the component runtime does. */
final class SqliteStores implements PersistenceUnderTest {
  private final Supplier<Database> opener;
  private final Supplier<Database> metricsOpener;
  private Database database;
  private MetricsDatabase metrics;

  private SqliteStores(Supplier<Database> opener, Supplier<Database> metricsOpener) {
    this.opener = opener;
    this.metricsOpener = metricsOpener;
    database = opener.get();
    metrics = new MetricsDatabase(metricsOpener.get());
  }

  static SqliteStores in(Path folder) {
    return new SqliteStores(
        () -> Database.open(DatabaseFile.jarvis(folder)),
        () -> Database.open(DatabaseFile.metrics(folder)));
  }

  Database database() {
    return database;
  }

  MetricsDatabase metricsDatabase() {
    return metrics;
  }

  @Override
  public ActionJournal actions() {
    return new SqliteActionJournal(database);
  }

  @Override
  public EventJournal events() {
    return new SqliteEventJournal(database);
  }

  @Override
  public AuditLog audit() {
    return new SqliteAuditLog(database);
  }

  @Override
  public AccountStore accounts() {
    return new SqliteAccountStore(database);
  }

  @Override
  public TokenStore tokens() {
    return new SqliteTokenStore(database);
  }

  @Override
  public AttemptStore attempts() {
    return new SqliteAttemptStore(database);
  }

  @Override
  public PreferenceStore preferences() {
    return new SqlitePreferenceStore(database);
  }

  @Override
  public SnapshotStore snapshots() {
    return new SqliteSnapshotStore(database);
  }

  @Override
  public ConsentStore consents() {
    return new SqliteConsentStore(database);
  }

  @Override
  public SettingStore settings() {
    return new SqliteSettingStore(database);
  }

  @Override
  public ProblemStore problems() {
    return new SqliteProblemStore(database);
  }

  @Override
  public ConversationStore conversations() {
    return new SqliteConversationStore(database);
  }

  @Override
  public MetricStore metrics() {
    return new SqliteMetricStore(metrics);
  }

  @Override
  public void tend(Instant now) {
    new Retention(
            database,
            RetentionLimits.of("", "", complaint -> {}),
            Clock.fixed(now, ZoneOffset.UTC),
            new RetentionTrouble())
        .prune();
    new HistoryUpkeep(metrics).run(now, HistoryLimits.DEFAULT);
  }

  @Override
  public void restart() {
    close();
    database = opener.get();
    metrics = new MetricsDatabase(metricsOpener.get());
  }

  @Override
  public void close() {
    database.close();
    metrics.database().close();
  }
}
