package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog.Verification;
import org.jarvis.api.persistence.AuditRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tampering that leaves a chain behind which is sound in itself. */
class AuditAnchorsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  @TempDir Path elsewhere;
  private Database database;
  private AuditAnchors anchors;
  private SqliteAuditLog log;

  @BeforeEach
  void open() {
    database = Database.open(DatabaseFile.jarvis(folder));
    start();
  }

  /** As after a start of Jarvis: what was in memory is gone. */
  private void start() {
    anchors = new AuditAnchors(database, Clock.fixed(NOW, ZoneOffset.UTC));
    anchors.configure(file().toString());
    log = new SqliteAuditLog(database, anchors);
  }

  private Path file() {
    return elsewhere.resolve("anchors");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void append(int from, int to) {
    for (int i = from; i <= to; i++) {
      log.append(AuditEntries.numbered(i));
    }
  }

  private void tamper(String... statements) throws SQLException {
    DatabaseFile written = DatabaseFile.jarvis(folder);
    try (Connection connection =
            Database.writerSource(written, Duration.ofSeconds(5)).getConnection();
        var statement = connection.createStatement()) {
      statement.execute("DROP TRIGGER IF EXISTS audit_is_not_edited");
      statement.execute("DROP TRIGGER IF EXISTS audit_is_not_cut");
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** Cuts the end off and moves the head to match, so that the chain is sound in itself. */
  private void cutOff(int last) throws SQLException {
    tamper(
        "DELETE FROM audit WHERE seq > " + last,
        "UPDATE audit_head SET seq = "
            + last
            + ", hash = (SELECT hash FROM audit WHERE seq = "
            + last
            + ")");
  }

  /** Edits a record and computes the chain anew from there. */
  private void forge(int from, String actor) throws SQLException {
    List<AuditRecord> records = log.after(0, 1000);
    String previous = from == 1 ? AuditChain.GENESIS : records.get(from - 2).hash();
    tamper();
    DatabaseFile written = DatabaseFile.jarvis(folder);
    try (Connection connection =
            Database.writerSource(written, Duration.ofSeconds(5)).getConnection();
        PreparedStatement change =
            connection.prepareStatement("UPDATE audit SET actor = ?, hash = ? WHERE seq = ?");
        PreparedStatement head = connection.prepareStatement("UPDATE audit_head SET hash = ?")) {
      for (AuditRecord record : records.subList(from - 1, records.size())) {
        AuditEntry old = record.entry();
        AuditEntry entry =
            new AuditEntry(
                old.at(),
                record.seq() == from ? actor : old.actor(),
                old.origin(),
                old.activity(),
                old.subject(),
                old.detail());
        previous = AuditChain.hash(previous, record.seq(), entry);
        change.setString(1, entry.actor());
        change.setString(2, previous);
        change.setLong(3, record.seq());
        change.executeUpdate();
      }
      head.setString(1, previous);
      head.executeUpdate();
    }
  }

  @Test
  void findsNothingWrongWithALogThatIsAsItWas() {
    append(1, 5);
    anchors.anchor(null);
    append(6, 9);
    anchors.anchor(null);
    append(10, 12);
    start();

    Verification found = log.verify();

    assertThat(found.valid()).isTrue();
    assertThat(found.records()).isEqualTo(12);
    assertThat(found.firstBad()).isNull();
  }

  @Test
  void findsACutOffEndByWhatThisProcessAppended() throws Exception {
    append(1, 10);
    cutOff(6);

    Verification found = log.verify();

    assertThat(found.valid()).isFalse();
    assertThat(found.firstBad()).isEqualTo(7);
    assertThat(found.records()).isEqualTo(6);
  }

  @Test
  void findsACutOffEndByTheFileAfterARestart() throws Exception {
    append(1, 10);
    anchors.anchor(null);
    cutOff(6);
    start();

    assertThat(log.verify().firstBad()).isEqualTo(7);
  }

  @Test
  void findsALogThatWasEmptied() throws Exception {
    append(1, 10);
    anchors.anchor(null);
    tamper(
        "DELETE FROM audit", "UPDATE audit_head SET seq = 0, hash = '" + AuditChain.GENESIS + "'");
    start();

    Verification found = log.verify();
    assertThat(found.valid()).isFalse();
    assertThat(found.firstBad()).isEqualTo(1);
  }

  @Test
  void findsAChainThatWasComputedAnew() throws Exception {
    append(1, 10);
    anchors.anchor(null);
    append(11, 15);
    forge(4, "somebody else");
    start();

    Verification found = log.verify();
    assertThat(found.valid()).isFalse();
    assertThat(found.firstBad()).isEqualTo(10);
  }

  @Test
  void findsOtherRecordsThatWereAppendedInPlaceOfThoseCutOff() throws Exception {
    append(1, 10);
    anchors.anchor(null);
    cutOff(6);
    start();
    append(21, 30);

    assertThat(log.verify().firstBad()).isEqualTo(10);
  }

  @Test
  void cannotBeTalkedOutOfItByALaterLineOfTheFile() throws Exception {
    append(1, 10);
    anchors.anchor(null);
    forge(4, "somebody else");
    start();
    Files.writeString(
        file(),
        "%s 10 %s%n".formatted(NOW, log.after(9, 1).get(0).hash()),
        StandardOpenOption.APPEND);

    assertThat(log.verify().valid()).isFalse();
  }

  @Test
  void writesEachHeadOnceToTheFileAndTheStream() throws Exception {
    List<Event> published = new ArrayList<>();
    EventStream stream = new Published(published);
    anchors.anchor(stream);
    assertThat(file()).doesNotExist();

    append(1, 3);
    anchors.anchor(stream);
    anchors.anchor(stream);
    append(4, 4);
    anchors.anchor(stream);

    String third = log.after(2, 1).get(0).hash();
    String fourth = log.after(3, 1).get(0).hash();
    assertThat(Files.readAllLines(file()))
        .containsExactly(NOW + " 3 " + third, NOW + " 4 " + fourth);
    assertThat(published)
        .containsExactly(new Event.AuditAnchored(3, third), new Event.AuditAnchored(4, fourth));
    if (PrivateFiles.arePossible()) {
      assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PrivateFiles.FILE);
    }
  }

  @Test
  void anchorsAtTheEnd() throws Exception {
    append(1, 3);
    anchors.close();

    assertThat(Files.readAllLines(file())).hasSize(1);
  }

  @Test
  void leavesOutLinesThatAreNoAnchors() throws Exception {
    append(1, 3);
    anchors.anchor(null);
    Files.writeString(file(), "half a li\n\n", StandardOpenOption.APPEND);

    assertThat(log.verify().valid()).isTrue();
  }

  @Test
  void doesNotCallALogValidWhoseAnchorsCannotBeRead() throws Exception {
    append(1, 3);
    Files.createDirectory(file());

    assertThatThrownBy(() -> log.verify())
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE))
        .hasMessageContaining("audit.anchor.file");
  }

  @Test
  void saysSoWhereTheFileCannotBeWritten() throws Exception {
    append(1, 3);
    Files.createDirectory(file());
    anchors.anchor(null);
    assertThat(anchors.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
    assertThat(anchors.health().detail()).contains("audit.anchor.file");

    Files.delete(file());
    append(4, 4);
    anchors.anchor(null);
    assertThat(anchors.health().status()).isEqualTo(ComponentHealth.Status.UP);
  }

  @Test
  void wantsAnAbsolutePath() {
    anchors.configure("anchors");

    assertThat(anchors.health().status()).isEqualTo(ComponentHealth.Status.DEGRADED);
    assertThat(anchors.health().detail()).contains("absolute path");
  }

  private record Published(List<Event> events) implements EventStream {
    @Override
    public RecordedEvent publish(Event event) {
      events.add(event);
      return new RecordedEvent(events.size(), NOW, event.type(), null, event.summary(), "{}");
    }

    @Override
    public List<RecordedEvent> publishAll(List<? extends Event> all) {
      return all.stream().map(this::publish).toList();
    }

    @Override
    public List<RecordedEvent> after(long seq, int limit) {
      return List.of();
    }

    @Override
    public long head() {
      return events.size();
    }

    @Override
    public Subscription subscribe(Listener listener) {
      return () -> {};
    }
  }
}
