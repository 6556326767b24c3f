package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jarvis.api.persistence.AuditEntry;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/**
 * Writes into an unpacked {@code jarvis.db} that it was restored: an audit record, with the time of
 * the backup and the end of the audit log that it replaces, and an event. Plain JDBC, because the
 * schema may still be that of an older Jarvis.
 *
 * <p>The events are numbered on from the backup's last one, so numbers that were given since are
 * given again: the journal has no gap, and whoever read it before the restore begins anew.
 */
final class RestoreTrace {
  static final String ACTIVITY = "backup.restored";

  private static final String BY = "command";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Instant now;
  private final Instant made;
  private final AuditMapper.@Nullable Head replaced;

  /**
   * @param made when the backup was made
   * @param replaced where the audit log ends that is replaced, if there is one
   */
  RestoreTrace(Instant now, Instant made, AuditMapper.@Nullable Head replaced) {
    this.now = now;
    this.made = made;
    this.replaced = replaced;
  }

  void leaveIn(Path staged) throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + staged.resolve(DatabaseKind.JARVIS.fileName()));
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      appendAudit(connection);
      appendEvent(connection);
      connection.commit();
    }
  }

  private void appendAudit(Connection connection) throws SQLException {
    AuditMapper.Head head;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT seq, hash FROM audit_head WHERE only_row = 1")) {
      if (!row.next()) {
        throw BackupManifest.unreadable("the head of its audit log is missing");
      }
      head = new AuditMapper.Head(row.getLong(1), row.getString(2));
    }
    AuditEntry entry =
        new AuditEntry(now, BY, BY, ACTIVITY, DatabaseKind.JARVIS.fileName(), detail());
    long seq = head.seq() + 1;
    String hash = AuditChain.hash(head.hash(), seq, entry);
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO audit (seq, at, actor, origin, activity, subject, detail, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      insert.setLong(1, seq);
      insert.setLong(2, InstantAsNanoseconds.of(entry.at()));
      insert.setString(3, entry.actor());
      insert.setString(4, entry.origin());
      insert.setString(5, entry.activity());
      insert.setString(6, entry.subject());
      insert.setString(7, entry.detail());
      insert.setString(8, hash);
      insert.executeUpdate();
    }
    try (PreparedStatement move =
        connection.prepareStatement("UPDATE audit_head SET seq = ?, hash = ? WHERE only_row = 1")) {
      move.setLong(1, seq);
      move.setString(2, hash);
      move.executeUpdate();
    }
  }

  private String detail() {
    StringBuilder detail = new StringBuilder("{\"backupOf\":\"").append(made).append('"');
    if (replaced != null) {
      detail.append(",\"replacedRecords\":").append(replaced.seq());
      // Whatever was there is not trusted to be a hash.
      if (HASH.matcher(replaced.hash()).matches()) {
        detail.append(",\"replacedHash\":\"").append(replaced.hash()).append('"');
      }
    }
    return detail.append('}').toString();
  }

  private void appendEvent(Connection connection) throws SQLException {
    try (Statement move = connection.createStatement()) {
      if (move.executeUpdate("UPDATE event_head SET seq = seq + 1 WHERE only_row = 1") != 1) {
        throw BackupManifest.unreadable("its counter of events is missing");
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO event (seq, at, type, subject, summary, data)
            SELECT seq, ?, ?, NULL, ?, ? FROM event_head WHERE only_row = 1
            """)) {
      insert.setLong(1, InstantAsNanoseconds.of(now));
      insert.setString(2, ACTIVITY);
      insert.setString(3, "The backup of %s was restored.".formatted(made));
      insert.setString(4, "{\"backupOf\":\"%s\"}".formatted(made));
      insert.executeUpdate();
    }
  }
}
