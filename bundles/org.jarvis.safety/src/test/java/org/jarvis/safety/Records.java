package org.jarvis.safety;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jarvis.api.persistence.SettingStore;

/** A store and an audit log, for tests of other packages. */
public final class Records {
  private final FakeSettingStore store = new FakeSettingStore();
  private final FakeAuditLog log = new FakeAuditLog();
  private final DecisionRecord journal =
      new DecisionRecord(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  /** With nothing in them. */
  public Records() {
    journal.setAudit(log);
  }

  /** A book of aliases with nothing in it. */
  static AliasBook aliases() {
    Records records = new Records();
    AliasBook book = new AliasBook(records.journal());
    book.setStore(records.store());
    return book;
  }

  public SettingStore store() {
    return store;
  }

  public DecisionRecord journal() {
    return journal;
  }

  /** What was appended: who, from where, what, and about what. */
  public List<String> audited() {
    return log.entries.stream()
        .map(
            entry ->
                entry.actor()
                    + " "
                    + entry.origin()
                    + " "
                    + entry.activity()
                    + " "
                    + entry.subject())
        .toList();
  }
}
