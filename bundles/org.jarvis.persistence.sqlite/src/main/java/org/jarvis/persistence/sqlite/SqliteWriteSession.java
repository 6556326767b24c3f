package org.jarvis.persistence.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes through one SQLite connection. Transactions are controlled by statements, with the driver
 * in auto-commit mode: its own transactions know no {@code BEGIN IMMEDIATE} around savepoints.
 */
final class SqliteWriteSession implements WriteSession {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteWriteSession.class);

  private final Source source;
  private final SqlSessionFactory sessions;
  private @Nullable Opened opened;

  /** Opens the writer's connections. */
  interface Source {
    /** A new connection. */
    Connection getConnection() throws SQLException;
  }

  SqliteWriteSession(Source source, SqlSessionFactory sessions) {
    this.source = source;
    this.sessions = sessions;
  }

  private record Opened(Connection connection, Statement control, SqlSession statements) {
    /** Rolls back what is open. */
    void close() throws SQLException {
      try {
        statements.close();
        control.close();
      } finally {
        connection.close();
      }
    }
  }

  @Override
  public void begin() throws SQLException {
    control("BEGIN IMMEDIATE");
  }

  @Override
  public void mark() throws SQLException {
    control("SAVEPOINT caller");
  }

  @Override
  public void undo() throws SQLException {
    control("ROLLBACK TO caller");
  }

  @Override
  public void commit() throws SQLException {
    control("COMMIT");
  }

  @Override
  public SqlSession statements() throws SQLException {
    return open().statements();
  }

  @Override
  public void discard() {
    Opened old = opened;
    opened = null;
    if (old == null) {
      return;
    }
    try {
      old.close();
    } catch (SQLException | RuntimeException e) {
      LOG.debug("A connection did not close cleanly", e);
    }
  }

  @Override
  public void close() {
    discard();
  }

  private void control(String statement) throws SQLException {
    open().control().execute(statement);
  }

  private Opened open() throws SQLException {
    if (opened == null) {
      Connection connection = source.getConnection();
      try {
        opened =
            new Opened(
                connection,
                connection.createStatement(),
                sessions.openSession(ExecutorType.REUSE, connection));
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }
    return opened;
  }
}
