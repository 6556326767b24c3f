package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.NewEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaMigrationsTest {
  private static final String FIRST = "0001_first_tables.sql";
  private static final String HALF_BROKEN = "0002_test_half_broken.sql";
  private static final String ADDITION = "0900_test_addition.sql";

  @TempDir Path folder;
  private DatabaseFile file;

  @BeforeEach
  void placeFile() {
    file = DatabaseFile.jarvis(folder);
  }

  private void migrate(String... scripts) {
    Database.open(
            file,
            Database.writerSource(file, Duration.ofSeconds(1)),
            MigrationScripts.in("migrations/", List.of(scripts)))
        .close();
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private long number(String query) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private Connection connect() throws SQLException {
    return Database.writerSource(file, Duration.ofSeconds(1)).getConnection();
  }

  @Test
  void makesTheTablesOnce() throws SQLException {
    migrate(FIRST);
    migrate(FIRST);

    assertThat(number("SELECT count(*) FROM changelog")).isEqualTo(1);
    assertThat(number("SELECT id FROM changelog")).isEqualTo(1);
  }

  @Test
  void addsWhatIsPendingAndKeepsTheData() throws SQLException {
    try (SqliteStores stores = SqliteStores.in(folder)) {
      stores.settings().put("key", "kept");
    }

    migrate(FIRST, ADDITION);

    assertThat(number("SELECT max(id) FROM changelog")).isEqualTo(900);
    assertThat(number("SELECT count(*) FROM addition")).isZero();
    assertThat(number("SELECT count(*) FROM setting WHERE value = 'kept'")).isEqualTo(1);
  }

  @Test
  void leavesTheSchemaAsItWasWhenAScriptFails() throws SQLException {
    migrate(FIRST);

    assertThatThrownBy(() -> migrate(FIRST, HALF_BROKEN, ADDITION))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining("jarvis.db cannot be opened");

    assertThat(number("SELECT count(*) FROM sqlite_schema WHERE name = 'half'")).isZero();
    assertThat(number("SELECT max(id) FROM changelog")).isEqualTo(1);
    migrate(FIRST);
  }

  @Test
  void leavesAnEmptyFileWhenTheFirstMigrationFails() throws SQLException {
    assertThatThrownBy(() -> migrate(FIRST, HALF_BROKEN)).isInstanceOf(JarvisException.class);

    assertThat(number("SELECT count(*) FROM sqlite_schema")).isZero();
    migrate(FIRST);
  }

  @Test
  void refusesADatabaseThatANewerJarvisWroteAndDoesNotTouchIt() throws SQLException {
    migrate(FIRST, ADDITION);
    sql("INSERT INTO addition VALUES (42)");

    assertThatThrownBy(() -> migrate(FIRST))
        .isInstanceOfSatisfying(
            JarvisException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
              assertThat(refusal.getMessage())
                  .contains("newer Jarvis", "its schema is 900", "knows 1 at most", "backup");
            });

    assertThat(number("SELECT id FROM addition")).isEqualTo(42);
  }

  @Test
  void refusesTheDatabaseOfAnotherProgram() throws SQLException {
    sql("CREATE TABLE recipes (id INTEGER)");

    assertThatThrownBy(() -> migrate(FIRST))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining("belongs to another program");

    assertThat(number("SELECT count(*) FROM sqlite_schema")).isEqualTo(1);
  }

  @Test
  void refusesADatabaseThatIsMarkedAsAnotherPrograms() throws SQLException {
    sql("PRAGMA application_id = 252006674");

    assertThatThrownBy(() -> migrate(FIRST))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining("belongs to another program");
  }

  @Test
  void refusesAFileThatIsNoDatabaseAndDoesNotTouchIt() throws Exception {
    String text = "These are my notes, not a database. ".repeat(100);
    Files.writeString(file.path(), text);

    assertThatThrownBy(() -> migrate(FIRST))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining("is no SQLite database");

    assertThat(file.path()).hasContent(text);
  }

  @Test
  void keepsTheAuditLogFromBeingEdited() throws SQLException {
    try (SqliteStores stores = SqliteStores.in(folder)) {
      stores.audit().append(AuditEntries.numbered(1));
    }

    for (String edit : List.of("UPDATE audit SET actor = 'eve'", "DELETE FROM audit")) {
      assertThatThrownBy(() -> sql(edit))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void keepsCountingWhenOldEventsAreRemoved() throws SQLException {
    try (SqliteStores stores = SqliteStores.in(folder)) {
      NewEvent event = new NewEvent(AuditEntries.NOON, "t", null, "s", "{}");
      stores.events().append(List.of(event, event));
      sql("DELETE FROM event");

      assertThat(stores.events().append(List.of(event))).isEqualTo(3);
    }
  }
}
