package org.jarvis.persistence.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * Brings a database to the schema that this code knows.
 *
 * <p>Everything that is pending runs in one SQLite transaction, together with its entries in the
 * changelog: an interruption at any moment leaves the schema as it was. A database that a newer
 * Jarvis wrote, or that is not Jarvis's at all, is refused and not touched.
 */
final class SchemaMigrations {
  private final DatabaseKind kind;
  private final MigrationScripts scripts;

  SchemaMigrations(DatabaseKind kind, MigrationScripts scripts) {
    this.kind = kind;
    this.scripts = scripts;
  }

  /** Runs what is pending. The connection must be in auto-commit mode, and is so afterwards. */
  void migrate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        requireOurs(statement);
        requireKnownSchema(statement);
        DatabaseOperationOption option = new DatabaseOperationOption();
        option.setStopOnError(true);
        new UpOperation().operate(() -> EnclosedConnection.of(connection), scripts, option, null);
        statement.execute("PRAGMA application_id = " + kind.applicationId());
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        rollBack(statement, e);
        throw e;
      }
    }
  }

  private static void rollBack(Statement statement, Exception failure) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private void requireOurs(Statement statement) throws SQLException {
    long applicationId = number(statement, "PRAGMA application_id");
    boolean unmarkedButUsed =
        applicationId == 0 && number(statement, "SELECT count(*) FROM sqlite_schema") > 0;
    if (applicationId != kind.applicationId() && (applicationId != 0 || unmarkedButUsed)) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "%s belongs to another program. Move the file away, or give Jarvis another data folder by --data."
              .formatted(kind.fileName()));
    }
  }

  private void requireKnownSchema(Statement statement) throws SQLException {
    if (number(statement, "SELECT count(*) FROM sqlite_schema WHERE name = 'changelog'") == 0) {
      return;
    }
    long stored = number(statement, "SELECT coalesce(max(id), 0) FROM changelog");
    if (stored > scripts.newest()) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "%s was written by a newer Jarvis (its schema is %d, this Jarvis knows %d at most). Start that newer Jarvis again, or restore a backup that this one made."
              .formatted(kind.fileName(), stored, scripts.newest()));
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (var result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
