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
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.jarvis.api.error.ErrorCode;
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
  private static final Duration STALLED_AFTER = Duration.ofSeconds(10);
  private static final int LARGEST_IDLE_LOG = 16 * 1024 * 1024;

  private final DatabaseFile file;
  private final @Nullable Object identity;
  private final HikariDataSource readers;
  private final SqlSessionFactory sessions;
  private final GroupCommit writer;
  private final AtomicReference<@Nullable JarvisException> writeTrouble = new AtomicReference<>();
  private final AtomicReference<@Nullable JarvisException> readTrouble = new AtomicReference<>();

  private Database(
      DatabaseFile file,
      @Nullable Object identity,
      HikariDataSource readers,
      WriteSession session,
      SqlSessionFactory sessions,
      LongSupplier nanoTime) {
    this.file = file;
    this.identity = identity;
    this.readers = readers;
    this.sessions = sessions;
    this.writer = new GroupCommit(file.kind(), session, writeTrouble::set, nanoTime).start();
  }

  /** Opens the file, makes it where it is missing, and brings its schema up to date. */
  static Database open(DatabaseFile file) {
    return open(file, writerSource(file, PATIENCE_WITH_LOCKS), file.kind().scripts());
  }

  /** With another source for the writer's connections. */
  static Database open(DatabaseFile file, DataSource writerSource, MigrationScripts scripts) {
    return open(file, writerSource, scripts, System::nanoTime);
  }

  /** With another clock for how long a write takes. */
  static Database open(
      DatabaseFile file, DataSource writerSource, MigrationScripts scripts, LongSupplier nanoTime) {
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
      Object identity = file.identity();
      return new Database(
          file,
          identity,
          readers,
          new SqliteWriteSession(() -> connection(file, identity, writerSource), sessions),
          sessions,
          nanoTime);
    } catch (SQLException | RuntimeException | LinkageError e) {
      if (readers != null) {
        readers.close();
      }
      throw SqliteFailures.translate(file.kind(), e, Attempt.OPEN);
    }
  }

  /** Never to another file than the one that the readers have open: they would not see it. */
  private static Connection connection(
      DatabaseFile file, @Nullable Object identity, DataSource source) throws SQLException {
    if (isAnother(identity, file)) {
      throw new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "%s is another file than before: it was replaced, or its disk was mounted anew. Jarvis opens it again by itself within seconds."
              .formatted(file.kind().fileName()));
    }
    return source.getConnection();
  }

  private static boolean isAnother(@Nullable Object identity, DatabaseFile file) {
    Object now = file.identity();
    return identity != null && now != null && !identity.equals(now);
  }

  /** Whether another file has come in its place, so that this one should be closed. */
  boolean isReplaced() {
    return isAnother(identity, file);
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
    // SQLite heeds them on a connection that asks for it only.
    config.enforceForeignKeys(true);
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
      JarvisException words = SqliteFailures.translate(file.kind(), e, Attempt.READ);
      if (SqliteFailures.concernsStorage(e) && !SqliteFailures.isWantOfReaders(e)) {
        readTrouble.set(words);
      }
      throw words;
    }
  }

  /** What is wrong with the storage, as the last writes and reads tell; empty when nothing is. */
  Optional<JarvisException> trouble() {
    if (isStalled()) {
      return Optional.of(
          new JarvisException(
              ErrorCode.STORAGE_UNAVAILABLE,
              "%s: a write has not ended for more than %d seconds. Check the disk that holds the data folder; Jarvis goes on by itself when it answers."
                  .formatted(file.kind().fileName(), STALLED_AFTER.toSeconds())));
    }
    JarvisException ofWriting = writeTrouble.get();
    return Optional.ofNullable(ofWriting == null ? readTrouble.get() : ofWriting);
  }

  /** Whether the disk has not answered the writer for long. */
  boolean isStalled() {
    return writer.busyFor().compareTo(STALLED_AFTER) > 0;
  }

  /** How many wait for the writer to come to them. */
  int waiting() {
    return writer.waiting();
  }

  /** Writes and reads something of no consequence, to learn whether that works again. */
  void probe() {
    JarvisException ofReading = readTrouble.get();
    try {
      write(statements -> statements.getMapper(ChangelogMapper.class).rewriteFirst());
      read(statements -> statements.getMapper(ChangelogMapper.class).count());
    } catch (JarvisException e) {
      // It is known by now.
      return;
    }
    // A damaged file has sound places too, and does not heal.
    if (ofReading != null && !SqliteFailures.isDamage(ofReading)) {
      readTrouble.compareAndSet(ofReading, null);
    }
  }

  /**
   * Takes the write-ahead log into the database and makes it short. SQLite does so by itself where
   * it finds a moment without readers; this waits for one, but not long.
   */
  void shortenLog() {
    checkpoint("TRUNCATE");
  }

  /**
   * Takes of the write-ahead log into the database what no reader needs any more, on the caller's
   * thread, while others write on. What writes much calls it now and then, or the commit that fills
   * the log would do all of it, and hold up who waits for that commit.
   */
  void takeInLog() {
    checkpoint("PASSIVE");
  }

  private void checkpoint(String mode) {
    try (Connection connection = writerSource(file, PATIENCE_WITH_READERS).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(" + mode + ")");
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
