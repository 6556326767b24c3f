package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditLog.Verification;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Looks at the copy of a database that nobody uses, without changing it or anything beside it.
 * Plain JDBC, because it runs outside Jarvis too.
 */
final class DatabaseInspection implements AutoCloseable {
  private final DatabaseKind kind;
  private final Connection connection;

  private DatabaseInspection(DatabaseKind kind, Connection connection) {
    this.kind = kind;
    this.connection = connection;
  }

  static DatabaseInspection of(DatabaseKind kind, Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    // Otherwise SQLite would look for a write-ahead log beside it.
    source.setUrl("jdbc:sqlite:file:" + file.toUri().getRawPath() + "?immutable=1");
    return new DatabaseInspection(kind, source.getConnection());
  }

  /**
   * Refuses what is not a sound database of this kind that this code can read.
   *
   * @param refusal makes the refusal of a clause that says why
   */
  void requireSound(Function<String, JarvisException> refusal) throws SQLException {
    if (number("PRAGMA application_id") != kind.applicationId()) {
      throw refusal.apply("%s is not Jarvis's".formatted(kind.fileName()));
    }
    long newest = kind.scripts().newest();
    if (schema() > newest) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "%s is of a newer Jarvis (its schema is %d, this Jarvis knows %d at most). Use that newer Jarvis."
              .formatted(kind.fileName(), schema(), newest));
    }
    String state = text("PRAGMA integrity_check(1)");
    if (!"ok".equals(state)) {
      throw refusal.apply("%s is damaged".formatted(kind.fileName()));
    }
  }

  /** The number of the newest change that was made to its schema. */
  long schema() throws SQLException {
    return number("SELECT coalesce(max(id), 0) FROM changelog");
  }

  /** Follows its audit chain. */
  Verification audit() throws SQLException {
    AuditVerification verification = new AuditVerification();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery(
              """
              SELECT seq, at, actor, origin, activity, subject, detail, hash
              FROM audit ORDER BY seq
              """)) {
        while (rows.next()) {
          verification.check(row(rows));
        }
      }
      try (ResultSet rows =
          statement.executeQuery("SELECT seq, hash FROM audit_head WHERE only_row = 1")) {
        return verification.finish(head(rows));
      }
    }
  }

  private static AuditMapper.@Nullable Head head(ResultSet rows) throws SQLException {
    return rows.next() ? new AuditMapper.Head(rows.getLong(1), rows.getString(2)) : null;
  }

  private static AuditMapper.Row row(ResultSet rows) throws SQLException {
    return new AuditMapper.Row(
        rows.getLong(1),
        InstantAsNanoseconds.instant(rows.getLong(2)),
        rows.getString(3),
        rows.getString(4),
        rows.getString(5),
        rows.getString(6),
        rows.getString(7),
        rows.getString(8));
  }

  private long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  private @Nullable String text(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getString(1) : null;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
