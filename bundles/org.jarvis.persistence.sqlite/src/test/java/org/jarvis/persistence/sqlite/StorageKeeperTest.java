package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The storage in trouble, and after it. The keeper is asked to tend when the test wants it to. */
@Timeout(60)
class StorageKeeperTest {
  @TempDir Path folder;

  private final List<Database> published = new ArrayList<>();
  private StorageKeeper keeper;

  @AfterEach
  void close() {
    keeper.close();
  }

  private void keep(DatabaseFile file, SQLiteDataSource writerSource) {
    keeper =
        new StorageKeeper(
            file.path().toString(),
            () -> Database.open(file, writerSource, MigrationScripts.all()),
            opened -> {
              published.add(opened);
              return () -> published.remove(opened);
            });
  }

  private void keep(DatabaseFile file) {
    keep(file, Database.writerSource(file, Duration.ofMillis(50)));
  }

  private SqliteSettingStore settings() {
    return new SqliteSettingStore(published.get(0));
  }

  /** A work that fails as the storage does makes the writer open a new connection. */
  private void forgetTheWritersConnection() {
    JarvisException failure = new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "told to fail");
    assertThatThrownBy(
            () ->
                published
                    .get(0)
                    .write(
                        statements -> {
                          throw failure;
                        }))
        .hasMessage("told to fail");
  }

  @Test
  void isDownUntilItHasOpened() {
    keep(DatabaseFile.in(folder));

    assertThat(keeper.health().status()).isEqualTo(Status.DOWN);
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    assertThat(published).hasSize(1);
  }

  @Test
  void opensOnceOnly() {
    keep(DatabaseFile.in(folder));
    keeper.tend();
    keeper.tend();

    assertThat(published).hasSize(1);
  }

  @Test
  void withdrawsTheStoresWhenItClosesAndStaysClosed() {
    keep(DatabaseFile.in(folder));
    keeper.tend();

    keeper.close();
    keeper.tend();

    assertThat(published).isEmpty();
    assertThat(keeper.health().status()).isEqualTo(Status.DOWN);
  }

  @Test
  void saysThatTheFolderCannotBeMadeAndOpensWhenItCan() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("data"), "a file where the folder should be");
    keep(DatabaseFile.in(inTheWay));

    keeper.tend();

    assertThat(published).isEmpty();
    assertThat(keeper.health().status()).isEqualTo(Status.DOWN);
    assertThat(keeper.health().detail())
        .contains("jarvis.db cannot be created in the data folder", "--data")
        .doesNotContain(folder.toString());

    Files.delete(inTheWay);
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    assertThat(published).hasSize(1);
  }

  @Test
  void saysThatTheFileIsNoDatabaseAndOpensWhenItIsMovedAway() throws IOException {
    DatabaseFile file = DatabaseFile.in(folder);
    Files.writeString(file.path(), "not a database, but long enough to be one ".repeat(50));
    keep(file);

    keeper.tend();

    assertThat(keeper.health().detail()).contains("is no SQLite database");

    Files.move(file.path(), folder.resolve("elsewhere"));
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
  }

  @Test
  void isDegradedWhileAnotherProgramHoldsTheFileAndHealsByItself() throws SQLException {
    DatabaseFile file = DatabaseFile.in(folder);
    keep(file);
    keeper.tend();
    settings().put("key", "before");
    try (Connection other = Database.writerSource(file, Duration.ofSeconds(1)).getConnection();
        var statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");

      assertThatThrownBy(() -> settings().put("key", "during"))
          .isInstanceOfSatisfying(
              JarvisException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE))
          .hasMessageContaining("another program keeps it locked");
      assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
      assertThat(settings().get("key")).contains("before");

      keeper.tend();
      assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    }
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    assertThat(settings().get("key")).contains("before");
    settings().put("key", "after");
    assertThat(settings().get("key")).contains("after");
  }

  @Test
  void refusesWritesOnAFullDiskReadsOnAndHealsByItself() {
    DatabaseFile file = DatabaseFile.in(folder);
    LimitedSource source = new LimitedSource(file);
    keep(file, source);
    keeper.tend();
    settings().put("key", "before");
    // The connection that is open now grew up on a disk without limit.
    source.pragma = "PRAGMA max_page_count = 1";
    forgetTheWritersConnection();

    assertThatThrownBy(() -> settings().put("large", "x".repeat(1 << 20)))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining("the disk is full");

    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(keeper.health().detail()).contains("jarvis.db", "Free some space");
    assertThat(settings().get("key")).contains("before");
    assertThat(settings().get("large")).isEmpty();

    source.pragma = "";
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    settings().put("large", "x".repeat(1 << 20));
    assertThat(settings().get("large")).isPresent();
  }

  @Test
  void refusesWritesToAReadOnlyFileAndHealsByItself() {
    DatabaseFile file = DatabaseFile.in(folder);
    LimitedSource source = new LimitedSource(file);
    keep(file, source);
    keeper.tend();
    settings().put("key", "before");
    source.pragma = "PRAGMA query_only = ON";
    forgetTheWritersConnection();

    assertThatThrownBy(() -> settings().put("key", "during"))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining("read-only");
    keeper.tend();
    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(settings().get("key")).contains("before");

    source.pragma = "";
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    settings().put("key", "after");
  }

  /** A source whose connections can be told to meet what a full or read-only disk gives. */
  private static final class LimitedSource extends SQLiteDataSource {
    volatile String pragma = "";

    LimitedSource(DatabaseFile file) {
      super(new SQLiteConfig());
      SQLiteDataSource actual = Database.writerSource(file, Duration.ofMillis(50));
      setConfig(actual.getConfig());
      setUrl(actual.getUrl());
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      if (!pragma.isEmpty()) {
        try (var statement = connection.createStatement()) {
          statement.execute(pragma);
        }
      }
      return connection;
    }
  }
}
