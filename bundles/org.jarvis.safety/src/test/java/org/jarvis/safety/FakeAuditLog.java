package org.jarvis.safety;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditRecord;

/** Keeps entries in memory, and can be broken. */
final class FakeAuditLog implements AuditLog {
  final List<AuditEntry> entries = new CopyOnWriteArrayList<>();
  boolean broken;

  @Override
  public AuditRecord append(AuditEntry entry) {
    if (broken) {
      throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "the disk is full");
    }
    entries.add(entry);
    return new AuditRecord(entries.size(), entry, "");
  }

  @Override
  public List<AuditRecord> after(long seq, int limit) {
    return List.of();
  }

  @Override
  public long size() {
    return entries.size();
  }

  @Override
  public Verification verify() {
    return new Verification(true, entries.size(), null, "");
  }
}
