package org.jarvis.persistence.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.jarvis.api.error.JarvisException;
import org.jarvis.persistence.sqlite.SqliteFailures.Attempt;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;

/**
 * An open database: one writer with group commit, and a few readers that never wait for it.
 *
 * <p>Write-ahead log; its {@link DatabaseKind} decides whether a commit returns when the disk has
 * it. Safe from any thread. As a service it is {@code jarvis.db} and of use inside this bundle
 * only; it is there as long as the file is open, and the stores with it.
 */
final class Database implements AutoCloseable {
  private static final Duration PATIENCE_WITH_LOCKS = Duration.ofSeconds(5);
  private static final Duration PATIENCE_WITH_READERS = Duration.ofMillis(250);
  private static final int LARGEST_IDLE_LOG = 16 * 1024 * 1024;

  private final DatabaseFile file;
  private final HikariDataSource readers;
  private final SqlSessionFactory sessions;
  private final GroupCommit writer;
  private final AtomicReference<@Nullable JarvisException> trouble = new AtomicReference<>();

  private Database(
      DatabaseFile file,
      HikariDataSource readers,
      WriteSession session,
      SqlSessionFactory sessions) {
    this.file = file;
    this.readers = readers;
    this.sessions = sessions;
    this.writer = new GroupCommit(file.kind(), session, trouble::set).start();
  }

  /** Opens the file, makes it where it is missing, and brings its schema up to date. */
  static Database open(DatabaseFile file) {
    return open(file, writerSource(file, PATIENCE_WITH_LOCKS), file.kind().scripts());
  }

  /** With another source for the writer's connections. */
  static Database open(DatabaseFile file, DataSource writerSource, MigrationScripts scripts) {
    file.prepare();
    HikariDataSource readers = null;
    try {
      try (Connection connection = writerSource.getConnection()) {
        // This connection keeps a restore away from now on; the readers' takes over from it.
        file.requireNoRestore();
        new SchemaMigrations(file.kind(), scripts).migrate(connection);
        readers = new HikariDataSource(readerPool(file));
        touch(readers);
      }
      SqlSessionFactory sessions = MapperSessions.over(readers);
      return new Database(file, readers, new SqliteWriteSession(writerSource, sessions), sessions);
    } catch (SQLException | RuntimeException | LinkageError e) {
      if (readers != null) {
        readers.close();
      }
      throw SqliteFailures.translate(file.kind(), e, Attempt.OPEN);
    }
  }

  /** A connection holds its lock on the file from when it has read from it. */
  private static void touch(DataSource readers) throws SQLException {
    try (Connection connection = readers.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM changelog")) {
      row.next();
    }
  }

  /** A source of connections that write as durably as the file asks for. */
  static SQLiteDataSource writerSource(DatabaseFile file, Duration patienceWithLocks) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(file.kind().synchronous());
    config.setBusyTimeout((int) patienceWithLocks.toMillis());
    config.setJournalSizeLimit(LARGEST_IDLE_LOG);
    return source(file, config);
  }

  private static HikariConfig readerPool(DatabaseFile file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) PATIENCE_WITH_LOCKS.toMillis());
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("jarvis-readers-" + file.kind().fileName());
    pool.setDataSource(source(file, config));
    pool.setConnectionInitSql("PRAGMA query_only = ON");
    pool.setMaximumPoolSize(file.kind().readers());
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
    // A file does not drop connections, so there is no use in renewing them.
    pool.setMaxLifetime(0);
    return pool;
  }

  private static SQLiteDataSource source(DatabaseFile file, SQLiteConfig config) {
    config.setTempStore(TempStore.MEMORY);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.path());
    return source;
  }

  /** Runs the work in a transaction; returns its result once the disk has it. */
  <T> T write(Function<SqlSession, T> work) {
    return writer.write(work);
  }

  /** Runs the work on one state of the database, which no writer changes meanwhile. */
  <T> T read(Function<SqlSession, T> work) {
    try (Connection connection = readers.getConnection()) {
      connection.setAutoCommit(false);
      try (SqlSession session = sessions.openSession(connection)) {
        return work.apply(session);
      } finally {
        connection.rollback();
      }
    } catch (SQLException | RuntimeException e) {
      throw SqliteFailures.translate(file.kind(), e, Attempt.READ);
    }
  }

  /** Why the last write failed, empty when it did not. */
  Optional<JarvisException> trouble() {
    return Optional.ofNullable(trouble.get());
  }

  /** Writes something of no consequence, to learn whether writing works again. */
  boolean probe() {
    try {
      return write(statements -> statements.getMapper(ChangelogMapper.class).rewriteFirst() == 1);
    } catch (JarvisException e) {
      return false;
    }
  }

  /**
   * Takes the write-ahead log into the database and makes it short. SQLite does so by itself where
   * it finds a moment without readers; this waits for one, but not long.
   */
  void shortenLog() {
    try (Connection connection = writerSource(file, PATIENCE_WITH_READERS).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw SqliteFailures.translate(file.kind(), e, Attempt.WRITE);
    }
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
  }
}
