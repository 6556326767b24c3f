package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jarvis.api.persistence.AccountStore;
import org.jarvis.api.persistence.ActionJournal;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.SettingStore;
import org.jarvis.persistence.contract.PersistenceUnderTest;

/** The stores of this bundle, wired as the component runtime does. */
final class SqliteStores implements PersistenceUnderTest {
  private final Supplier<Database> opener;
  private Database database;

  private SqliteStores(Supplier<Database> opener) {
    this.opener = opener;
    database = opener.get();
  }

  static SqliteStores in(Path folder) {
    return new SqliteStores(() -> Database.open(DatabaseFile.in(folder)));
  }

  static SqliteStores over(Supplier<Database> opener) {
    return new SqliteStores(opener);
  }

  Database database() {
    return database;
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
  public SettingStore settings() {
    return new SqliteSettingStore(database);
  }

  @Override
  public void restart() {
    database.close();
    database = opener.get();
  }

  @Override
  public void close() {
    database.close();
  }
}
