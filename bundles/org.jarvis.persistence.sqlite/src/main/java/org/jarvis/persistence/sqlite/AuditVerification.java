package org.jarvis.persistence.sqlite;

import org.jarvis.api.persistence.AuditLog.Verification;
import org.jspecify.annotations.Nullable;

/** Follows the audit chain from its first record to its last, and notes the first that is wrong. */
final class AuditVerification {
  private long records;
  private long lastSeq;
  private String lastHash = AuditChain.GENESIS;
  private @Nullable Long firstBad;

  /** The next record in order of numbers. */
  void check(AuditMapper.Row row) {
    if (firstBad == null) {
      long expected = lastSeq + 1;
      if (row.seq() != expected) {
        // A missing record is bad itself; a number that cannot be, such as 0, is the bad one.
        firstBad = Math.min(expected, row.seq());
      } else if (!row.hash().equals(AuditChain.hash(lastHash, expected, row.entry()))) {
        firstBad = expected;
      }
    }
    records++;
    lastSeq = row.seq();
    lastHash = row.hash();
  }

  /** What was found, given where the chain should end. */
  Verification finish(AuditMapper.@Nullable Head head) {
    if (firstBad == null) {
      firstBad = badEnd(head == null ? new AuditMapper.Head(0, "") : head);
    }
    return new Verification(firstBad == null, records, firstBad, lastHash);
  }

  private @Nullable Long badEnd(AuditMapper.Head head) {
    if (head.seq() != lastSeq) {
      return Math.max(0, Math.min(head.seq(), lastSeq)) + 1;
    }
    return head.hash().equals(lastHash) ? null : Long.valueOf(Math.max(1, lastSeq));
  }
}
