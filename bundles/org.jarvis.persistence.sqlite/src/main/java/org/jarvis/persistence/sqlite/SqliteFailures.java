package org.jarvis.persistence.sqlite;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells what a failure below means, in words that name the file, the cause and the cure. */
final class SqliteFailures {
  private static final int PRIMARY_CODE = 0xff;

  private SqliteFailures() {}

  /** What could not be done to the file. */
  enum Attempt {
    OPEN("opened"),
    READ("read"),
    WRITE("written");

    private final String participle;

    Attempt(String participle) {
      this.participle = participle;
    }
  }

  /**
   * Whether the file or disk failed, and not just this one statement: then the transaction that it
   * was part of cannot be trusted any more.
   */
  static boolean concernsStorage(Throwable failure) {
    JarvisException known = find(failure, JarvisException.class);
    if (known != null) {
      return known.code() == ErrorCode.STORAGE_UNAVAILABLE;
    }
    SQLException sql = find(failure, SQLException.class);
    if (sql == null) {
      return false;
    }
    return switch (primaryCode(sql)) {
      case SQLITE_ERROR,
          SQLITE_CONSTRAINT,
          SQLITE_MISMATCH,
          SQLITE_TOOBIG,
          SQLITE_RANGE,
          SQLITE_MISUSE ->
          false;
      default -> true;
    };
  }

  /** Whether nothing failed, but all readers were taken for too long. */
  static boolean isWantOfReaders(Throwable failure) {
    return find(failure, SQLTransientConnectionException.class) != null
        && find(failure, SQLiteException.class) == null;
  }

  /** Whether the file itself is spoilt. */
  static boolean isDamage(Throwable failure) {
    SQLException sql = find(failure, SQLException.class);
    return sql != null
        && switch (primaryCode(sql)) {
          case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
          default -> false;
        };
  }

  /** The failure as callers of the stores see it. */
  static JarvisException translate(DatabaseKind kind, Throwable failure, Attempt attempt) {
    JarvisException known = find(failure, JarvisException.class);
    if (known != null) {
      return known;
    }
    SQLException sql = find(failure, SQLException.class);
    if (sql != null && concernsStorage(failure)) {
      return new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "%s cannot be %s: %s"
              .formatted(kind.fileName(), attempt.participle, causeAndCure(kind, sql)),
          failure);
    }
    if (attempt == Attempt.OPEN || failure instanceof LinkageError) {
      return new JarvisException(
          ErrorCode.STORAGE_UNAVAILABLE,
          "%s cannot be %s (%s). The log has the details."
              .formatted(kind.fileName(), attempt.participle, failure.getClass().getSimpleName()),
          failure);
    }
    return new JarvisException(
        ErrorCode.INTERNAL,
        "A record cannot be stored in %s as it is: %s. This is a fault of Jarvis; please report it."
            .formatted(kind.fileName(), (sql == null ? failure : sql).getMessage()),
        failure);
  }

  private static String causeAndCure(DatabaseKind kind, SQLException failure) {
    return switch (primaryCode(failure)) {
      case SQLITE_FULL ->
          "the disk is full. Free some space where the data folder is; Jarvis goes on by itself then.";
      case SQLITE_READONLY ->
          "the file or its disk is read-only. Make it writable for Jarvis's account; Jarvis goes on by itself then.";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another program keeps it locked. Close that program; Jarvis goes on by itself then.";
      case SQLITE_CANTOPEN ->
          "the file cannot be opened. Check that the data folder exists and belongs to Jarvis's account.";
      case SQLITE_PERM, SQLITE_AUTH ->
          "access is denied. Check that the data folder belongs to Jarvis's account.";
      case SQLITE_CORRUPT -> "it is damaged (%s). %s".formatted(failure.getMessage(), kind.cure());
      case SQLITE_NOTADB -> "it is no SQLite database. " + kind.cure();
      case SQLITE_IOERR ->
          "the disk failed (%s). Check the disk that holds the data folder, and its free space."
              .formatted(failure.getMessage());
      default ->
          failure instanceof SQLTransientConnectionException
              ? "too many readers are waiting for it. Try again in a moment."
              : failure.getMessage() + ". Check the disk that holds the data folder.";
    };
  }

  private static SQLiteErrorCode primaryCode(SQLException failure) {
    SQLiteException sqlite = find(failure, SQLiteException.class);
    return sqlite == null
        ? SQLiteErrorCode.UNKNOWN_ERROR
        : SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY_CODE);
  }

  /** What the failure goes back to, for the log. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
