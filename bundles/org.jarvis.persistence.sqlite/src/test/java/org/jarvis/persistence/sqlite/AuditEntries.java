package org.jarvis.persistence.sqlite;

import java.time.Instant;
import org.jarvis.api.persistence.AuditEntry;

/** Entries for tests. */
final class AuditEntries {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private AuditEntries() {}

  static AuditEntry numbered(int number) {
    return new AuditEntry(
        NOON.plusSeconds(number), "ada", "browser", "action.requested", "a" + number, "{}");
  }
}
