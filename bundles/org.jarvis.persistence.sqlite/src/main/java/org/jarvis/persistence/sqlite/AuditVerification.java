package org.jarvis.persistence.sqlite;

import java.util.Collections;
import java.util.SortedMap;
import org.jarvis.api.persistence.AuditLog.Verification;
import org.jspecify.annotations.Nullable;

/**
 * Follows the audit chain from its first record to its last, and notes the first that is wrong: by
 * the chain itself, by the head that is kept beside it, and by heads that were noted elsewhere.
 */
final class AuditVerification {
  private final SortedMap<Long, String> anchors;
  private long records;
  private long lastSeq;
  private String lastHash = AuditChain.GENESIS;
  private @Nullable Long firstBad;

  /** Goes by the database alone. */
  AuditVerification() {
    this(Collections.emptySortedMap());
  }

  /**
   * Goes by heads that the log once had as well.
   *
   * @param anchors hashes by the numbers of their records
   */
  AuditVerification(SortedMap<Long, String> anchors) {
    this.anchors = anchors;
  }

  /** The next record in order of numbers. */
  void check(AuditMapper.Row row) {
    if (firstBad == null) {
      long expected = lastSeq + 1;
      if (row.seq() != expected) {
        // A missing record is bad itself; a number that cannot be, such as 0, is the bad one.
        firstBad = Math.min(expected, row.seq());
      } else if (!row.hash().equals(AuditChain.hash(lastHash, expected, row.entry()))) {
        firstBad = expected;
      } else if (!row.hash().equals(anchors.getOrDefault(expected, row.hash()))) {
        // A chain that was computed anew is sound in itself, but not the one that was anchored.
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
    if (firstBad == null && !anchors.isEmpty() && anchors.lastKey() > lastSeq) {
      firstBad = lastSeq + 1;
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
