package org.jarvis.persistence.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Keeps everybody else from the databases of a data folder. Whoever has one open holds a lock on it
 * that bars this one.
 */
final class DatabaseLocks implements AutoCloseable {
  private final List<Connection> held = new ArrayList<>();
  private AuditMapper.@Nullable Head auditHead;

  private DatabaseLocks() {}

  /** Locks those that are there, or refuses. */
  static DatabaseLocks on(Path data) throws SQLException {
    DatabaseLocks locks = new DatabaseLocks();
    try {
      for (DatabaseKind kind : DatabaseKind.values()) {
        locks.lock(kind, data.resolve(kind.fileName()));
      }
      return locks;
    } catch (SQLException | RuntimeException e) {
      locks.close();
      throw e;
    }
  }

  private void lock(DatabaseKind kind, Path file) throws SQLException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(0);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    Connection connection = source.getConnection();
    held.add(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");
      if (kind == DatabaseKind.JARVIS) {
        auditHead = readAuditHead(statement);
      }
    } catch (SQLiteException e) {
      if ((e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code) {
        throw new JarvisException(
            ErrorCode.CONFLICT,
            "%s is in use by another program. Stop Jarvis first. Nothing was changed."
                .formatted(file));
      }
      // A damaged one is in nobody's use; it is kept as it is.
    }
  }

  private static AuditMapper.@Nullable Head readAuditHead(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT seq, hash FROM audit_head WHERE only_row = 1")) {
      return row.next() ? new AuditMapper.Head(row.getLong(1), row.getString(2)) : null;
    }
  }

  /** Where the audit log of {@code jarvis.db} ends; {@code null} when it has none that is read. */
  AuditMapper.@Nullable Head auditHead() {
    return auditHead;
  }

  @Override
  public void close() {
    for (Connection connection : held) {
      try {
        connection.close();
      } catch (SQLException e) {
        // It is given up with this program then, which ends soon.
      }
    }
  }
}
