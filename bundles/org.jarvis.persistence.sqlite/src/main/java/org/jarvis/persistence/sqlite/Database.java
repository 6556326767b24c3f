package org.jarvis.persistence.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
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
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;

/**
 * The open database: one writer with group commit, and a few readers that never wait for it.
 *
 * <p>Write-ahead log with {@code synchronous=FULL}: a commit returns when the disk has it. Safe
 * from any thread. As a service it is of use inside this bundle only; it is there as long as the
 * file is open, and the stores with it.
 */
final class Database implements AutoCloseable {
  private static final Duration PATIENCE_WITH_LOCKS = Duration.ofSeconds(5);
  private static final int READERS = 4;
  private static final int LARGEST_IDLE_LOG = 16 * 1024 * 1024;

  private final HikariDataSource readers;
  private final SqlSessionFactory sessions;
  private final GroupCommit writer;
  private final AtomicReference<@Nullable JarvisException> trouble = new AtomicReference<>();

  private Database(HikariDataSource readers, WriteSession session, SqlSessionFactory sessions) {
    this.readers = readers;
    this.sessions = sessions;
    this.writer = new GroupCommit(session, trouble::set).start();
  }

  /** Opens the file, makes it where it is missing, and brings its schema up to date. */
  static Database open(DatabaseFile file) {
    return open(file, writerSource(file, PATIENCE_WITH_LOCKS), MigrationScripts.all());
  }

  /** With another source for the writer's connections. */
  static Database open(DatabaseFile file, DataSource writerSource, MigrationScripts scripts) {
    file.prepare();
    HikariDataSource readers = null;
    try {
      try (Connection connection = writerSource.getConnection()) {
        new SchemaMigrations(scripts).migrate(connection);
      }
      readers = new HikariDataSource(readerPool(file));
      SqlSessionFactory sessions = MapperSessions.over(readers);
      return new Database(readers, new SqliteWriteSession(writerSource, sessions), sessions);
    } catch (SQLException | RuntimeException | LinkageError e) {
      if (readers != null) {
        readers.close();
      }
      throw SqliteFailures.translate(e, Attempt.OPEN);
    }
  }

  /** A source of connections that write durably. */
  static SQLiteDataSource writerSource(DatabaseFile file, Duration patienceWithLocks) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout((int) patienceWithLocks.toMillis());
    config.setJournalSizeLimit(LARGEST_IDLE_LOG);
    return source(file, config);
  }

  private static HikariConfig readerPool(DatabaseFile file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) PATIENCE_WITH_LOCKS.toMillis());
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("jarvis-storage-readers");
    pool.setDataSource(source(file, config));
    pool.setConnectionInitSql("PRAGMA query_only = ON");
    pool.setMaximumPoolSize(READERS);
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
      throw SqliteFailures.translate(e, Attempt.READ);
    }
  }

  /** Why the last write failed, empty when it did not. */
  Optional<JarvisException> trouble() {
    return Optional.ofNullable(trouble.get());
  }

  /** Writes something of no consequence, to learn whether writing works again. */
  boolean probe() {
    try {
      return write(statements -> statements.getMapper(EventMapper.class).rewriteHead() == 1);
    } catch (JarvisException e) {
      return false;
    }
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
  }
}
