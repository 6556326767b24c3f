package org.jarvis.persistence.sqlite;

import org.apache.ibatis.session.SqlSession;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditRecord;

/** Appends to the audit chain, within the transaction of what it tells about. */
final class AuditTrail {
  private AuditTrail() {}

  static AuditRecord append(SqlSession statements, AuditEntry given) {
    AuditMapper mapper = statements.getMapper(AuditMapper.class);
    AuditMapper.Head head = head(mapper);
    AuditEntry entry = asStored(given);
    AuditMapper.Head next =
        new AuditMapper.Head(head.seq() + 1, AuditChain.hash(head.hash(), head.seq() + 1, entry));
    mapper.insert(next.seq(), entry, next.hash());
    mapper.moveHead(next);
    return new AuditRecord(next.seq(), entry, next.hash());
  }

  /** Where the chain ends; its number is how many records there are. */
  static AuditMapper.Head head(AuditMapper mapper) {
    AuditMapper.Head head = mapper.head();
    if (head == null) {
      throw headIsMissing();
    }
    return head;
  }

  /** What reading it back gives, so that the appended record equals the one that is read. */
  private static AuditEntry asStored(AuditEntry entry) {
    return new AuditEntry(
        entry.at(),
        WellFormedText.of(entry.actor()),
        WellFormedText.of(entry.origin()),
        WellFormedText.of(entry.activity()),
        WellFormedText.of(entry.subject()),
        WellFormedText.of(entry.detail()));
  }

  private static JarvisException headIsMissing() {
    return new JarvisException(
        ErrorCode.STORAGE_UNAVAILABLE,
        "%s was edited: its audit log has lost its head, so nothing can be appended. Stop Jarvis and restore a backup."
            .formatted(DatabaseKind.JARVIS.fileName()));
  }
}
