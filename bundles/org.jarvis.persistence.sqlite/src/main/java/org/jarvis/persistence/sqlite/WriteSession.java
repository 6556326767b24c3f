package org.jarvis.persistence.sqlite;

import java.sql.SQLException;
import org.apache.ibatis.session.SqlSession;

/**
 * The one way to write: a connection, opened when first needed, with the transaction control that a
 * group commit takes. Used by one thread at a time.
 */
interface WriteSession extends AutoCloseable {
  /** Begins a transaction and takes the write lock. */
  void begin() throws SQLException;

  /** Marks where {@link #undo} goes back to. */
  void mark() throws SQLException;

  /** Takes back everything since the mark. */
  void undo() throws SQLException;

  /** Ends the transaction; returns when the disk has it. */
  void commit() throws SQLException;

  /** Where statements run. */
  SqlSession statements() throws SQLException;

  /** Gives up the transaction and the connection; the next use opens a new one. */
  void discard();

  @Override
  void close();
}
