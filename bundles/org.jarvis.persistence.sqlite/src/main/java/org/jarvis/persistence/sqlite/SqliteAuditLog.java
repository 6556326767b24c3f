package org.jarvis.persistence.sqlite;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.apache.ibatis.cursor.Cursor;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the audit log in the table {@code audit}; see {@link AuditChain}. Verifying reads all of
 * it, so it is done once at a time, whoever asks how often.
 */
@Component
public final class SqliteAuditLog implements AuditLog {
  private final Database database;
  private final @Nullable AuditAnchors anchors;
  private final SharedRun<Verification> verifying = new SharedRun<>(this::verifyNow);

  @Activate
  public SqliteAuditLog(@Reference Database database, @Reference AuditAnchors anchors) {
    this.database = database;
    this.anchors = anchors;
  }

  /** One whose head nobody notes elsewhere. */
  SqliteAuditLog(Database database) {
    this.database = database;
    this.anchors = null;
  }

  @Override
  public AuditRecord append(AuditEntry entry) {
    AuditRecord record = database.write(statements -> AuditTrail.append(statements, entry));
    if (anchors != null) {
      anchors.note(new AuditMapper.Head(record.seq(), record.hash()));
    }
    return record;
  }

  @Override
  public List<AuditRecord> after(long seq, int limit) {
    return database.read(
        statements ->
            statements.getMapper(AuditMapper.class).after(seq, Math.max(0, limit)).stream()
                .map(AuditMapper.Row::asRecord)
                .toList());
  }

  @Override
  public long size() {
    return database.read(
        statements -> AuditTrail.head(statements.getMapper(AuditMapper.class)).seq());
  }

  @Override
  public Verification verify() {
    return verifying.result();
  }

  /** Reads row by row, so that the log may be longer than the memory. */
  private Verification verifyNow() {
    // Before the database is read: what was noted meanwhile would seem to be missing there.
    SortedMap<Long, String> known =
        anchors == null ? Collections.emptySortedMap() : anchors.known();
    return database.read(
        statements -> {
          AuditMapper mapper = statements.getMapper(AuditMapper.class);
          AuditVerification verification = new AuditVerification(known);
          // A cursor reports neither by checked exception nor at all that closing failed.
          Cursor<AuditMapper.Row> rows = mapper.all();
          rows.forEach(verification::check);
          return verification.finish(mapper.head());
        });
  }
}
