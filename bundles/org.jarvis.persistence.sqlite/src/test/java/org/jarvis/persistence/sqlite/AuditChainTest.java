package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog.Verification;

/** The chain as arithmetic; {@link AuditTamperingTest} does the same to a real file. */
class AuditChainTest {
  @Provide
  Arbitrary<List<AuditEntry>> entries() {
    Arbitrary<String> text = Arbitraries.strings().all().ofMaxLength(12);
    Arbitrary<Instant> at =
        Arbitraries.longs()
            .between(0, 4_000_000_000_000_000_000L)
            .map(nanos -> Instant.EPOCH.plusNanos(nanos));
    return Combinators.combine(at, text, text, text, text, text)
        .as(AuditEntry::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  private static List<AuditMapper.Row> chain(List<AuditEntry> entries) {
    List<AuditMapper.Row> rows = new ArrayList<>();
    String previous = AuditChain.GENESIS;
    for (AuditEntry entry : entries) {
      long seq = rows.size() + 1L;
      previous = AuditChain.hash(previous, seq, entry);
      rows.add(row(seq, entry, previous));
    }
    return rows;
  }

  private static AuditMapper.Row row(long seq, AuditEntry e, String hash) {
    return new AuditMapper.Row(
        seq, e.at(), e.actor(), e.origin(), e.activity(), e.subject(), e.detail(), hash);
  }

  private static AuditMapper.Head head(List<AuditMapper.Row> rows) {
    AuditMapper.Row last = rows.get(rows.size() - 1);
    return new AuditMapper.Head(last.seq(), last.hash());
  }

  private static Verification verify(List<AuditMapper.Row> rows, AuditMapper.Head head) {
    AuditVerification verification = new AuditVerification();
    rows.forEach(verification::check);
    return verification.finish(head);
  }

  @Property
  void acceptsWhatItMade(@ForAll("entries") List<AuditEntry> entries) {
    List<AuditMapper.Row> rows = chain(entries);

    assertThat(verify(rows, head(rows)))
        .isEqualTo(new Verification(true, rows.size(), null, head(rows).hash()));
  }

  @Property
  void findsAnEditOfAnyField(
      @ForAll("entries") List<AuditEntry> entries,
      @ForAll @IntRange(max = 11) int at,
      @ForAll @IntRange(max = 6) int field) {
    Assume.that(at < entries.size());
    List<AuditMapper.Row> rows = chain(entries);
    AuditMapper.Head head = head(rows);
    rows.set(at, edited(rows.get(at), field));

    assertThat(verify(rows, head).firstBad()).isEqualTo(at + 1L);
  }

  private static AuditMapper.Row edited(AuditMapper.Row row, int field) {
    AuditEntry e = row.entry();
    AuditEntry edit =
        switch (field) {
          case 0 ->
              new AuditEntry(
                  e.at().plusNanos(1),
                  e.actor(),
                  e.origin(),
                  e.activity(),
                  e.subject(),
                  e.detail());
          case 1 ->
              new AuditEntry(
                  e.at(), e.actor() + "\0", e.origin(), e.activity(), e.subject(), e.detail());
          case 2 ->
              new AuditEntry(
                  e.at(), e.actor(), e.origin() + " ", e.activity(), e.subject(), e.detail());
          case 3 ->
              new AuditEntry(
                  e.at(), e.actor(), e.origin(), "x" + e.activity(), e.subject(), e.detail());
          case 4 ->
              new AuditEntry(
                  e.at(), e.actor(), e.origin(), e.activity(), e.subject() + "1", e.detail());
          default ->
              new AuditEntry(
                  e.at(), e.actor(), e.origin(), e.activity(), e.subject(), e.detail() + "{}");
        };
    return field == 6
        ? row(
            row.seq(),
            row.entry(),
            row.hash().replaceFirst("^.", row.hash().startsWith("0") ? "1" : "0"))
        : row(row.seq(), edit, row.hash());
  }

  @Property
  void findsARemovedRecord(
      @ForAll("entries") List<AuditEntry> entries, @ForAll @IntRange(max = 11) int at) {
    Assume.that(at < entries.size());
    List<AuditMapper.Row> rows = chain(entries);
    AuditMapper.Head head = head(rows);
    rows.remove(at);

    Verification verification = verify(rows, head);

    assertThat(verification.firstBad()).isEqualTo(at + 1L);
    assertThat(verification.records()).isEqualTo(entries.size() - 1L);
  }

  @Property
  void findsRecordsThatChangedPlaces(
      @ForAll("entries") List<AuditEntry> entries, @ForAll @IntRange(max = 10) int at) {
    Assume.that(at + 1 < entries.size());
    List<AuditMapper.Row> rows = chain(entries);
    AuditMapper.Head head = head(rows);
    AuditMapper.Row one = rows.get(at);
    AuditMapper.Row two = rows.get(at + 1);
    rows.set(at, row(one.seq(), two.entry(), two.hash()));
    rows.set(at + 1, row(two.seq(), one.entry(), one.hash()));

    assertThat(verify(rows, head).firstBad()).isEqualTo(at + 1L);
  }

  @Property
  void findsAnEndThatWasCutOff(
      @ForAll("entries") List<AuditEntry> entries, @ForAll @IntRange(max = 11) int left) {
    Assume.that(left < entries.size());
    List<AuditMapper.Row> rows = chain(entries);
    AuditMapper.Head head = head(rows);

    assertThat(verify(rows.subList(0, left), head).firstBad()).isEqualTo(left + 1L);
  }

  @Property
  void findsAnAppendedRecordThatTheHeadDoesNotKnow(@ForAll("entries") List<AuditEntry> entries) {
    List<AuditMapper.Row> rows = chain(entries);
    List<AuditMapper.Row> before = rows.subList(0, rows.size() - 1);
    AuditMapper.Head head =
        before.isEmpty() ? new AuditMapper.Head(0, AuditChain.GENESIS) : head(before);

    assertThat(verify(rows, head).firstBad()).isEqualTo(rows.size());
  }

  @Property
  void tellsFieldsApartWhateverTheyContain(
      @ForAll("entries") List<AuditEntry> entries, @ForAll @IntRange(min = 1, max = 12) int moved) {
    AuditEntry entry = entries.get(0);
    Assume.that(moved <= entry.actor().length());
    int cut = entry.actor().length() - moved;
    AuditEntry shifted =
        new AuditEntry(
            entry.at(),
            entry.actor().substring(0, cut),
            entry.actor().substring(cut) + entry.origin(),
            entry.activity(),
            entry.subject(),
            entry.detail());

    assertThat(AuditChain.hash(AuditChain.GENESIS, 1, shifted))
        .isNotEqualTo(AuditChain.hash(AuditChain.GENESIS, 1, entry));
  }

  @Example
  void findsALostHead() {
    assertThat(verify(List.of(), null).firstBad()).isEqualTo(1);
    assertThat(verify(chain(List.of(AuditEntries.numbered(1))), null).firstBad()).isEqualTo(1);
  }

  @Example
  void findsAnotherHashInTheHead() {
    List<AuditMapper.Row> rows = chain(List.of(AuditEntries.numbered(1), AuditEntries.numbered(2)));

    assertThat(verify(rows, new AuditMapper.Head(2, rows.get(0).hash())).firstBad()).isEqualTo(2);
  }

  /** The canonical form is a promise to whoever checks the chain with other tools. */
  @Example
  void hashesTheDocumentedForm() {
    AuditEntry entry =
        new AuditEntry(
            Instant.parse("2026-03-01T12:00:00.5Z"), "ada", "browser", "é", "", "{\"a\":1}");

    assertThat(AuditChain.hash(AuditChain.GENESIS, 1, entry))
        .isEqualTo("d47176182d1fbe6ad28dd0b26451a6c761f24ae0831ba71cda581c57306a05d4");
  }
}
