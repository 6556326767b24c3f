package org.jarvis.persistence.sqlite;

import java.util.List;
import org.apache.ibatis.cursor.Cursor;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the audit log in the table {@code audit}; see {@link AuditChain}. */
@Component
public final class SqliteAuditLog implements AuditLog {
  private final Database database;

  @Activate
  public SqliteAuditLog(@Reference Database database) {
    this.database = database;
  }

  @Override
  public AuditRecord append(AuditEntry entry) {
    return database.write(statements -> AuditTrail.append(statements, entry));
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

  /** Reads row by row, so that the log may be longer than the memory. */
  @Override
  public Verification verify() {
    return database.read(
        statements -> {
          AuditMapper mapper = statements.getMapper(AuditMapper.class);
          AuditVerification verification = new AuditVerification();
          // A cursor reports neither by checked exception nor at all that closing failed.
          Cursor<AuditMapper.Row> rows = mapper.all();
          rows.forEach(verification::check);
          return verification.finish(mapper.head());
        });
  }
}
