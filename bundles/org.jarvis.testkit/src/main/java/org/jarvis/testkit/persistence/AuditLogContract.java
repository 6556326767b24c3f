package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.AuditLog;
import org.jarvis.api.persistence.AuditLog.Verification;
import org.jarvis.api.persistence.AuditRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link AuditLog} must do. */
public abstract class AuditLogContract extends PersistenceContract {
  @Test
  void isValidWhenEmpty() {
    Verification verification = stores.audit().verify();

    assertThat(verification.valid()).isTrue();
    assertThat(verification.records()).isZero();
    assertThat(verification.firstBad()).isNull();
    assertThat(verification.head()).matches("[0-9a-f]{64}");
  }

  @Test
  void returnsTheRecordAsItIsReadLaterAlsoAfterARestart() {
    AuditRecord first = stores.audit().append(entry("one"));
    AuditRecord second = stores.audit().append(entry("two"));
    stores.restart();
    AuditRecord third = stores.audit().append(entry("three"));

    assertThat(stores.audit().after(0, 10)).containsExactly(first, second, third);
    assertThat(third.seq()).isEqualTo(3);
    assertThat(stores.audit().verify()).isEqualTo(new Verification(true, 3, null, third.hash()));
  }

  @Test
  void knowsHowManyThereAreAlsoAfterARestart() {
    assertThat(stores.audit().size()).isZero();
    stores.audit().append(entry("one"));
    stores.audit().append(entry("two"));

    assertThat(stores.audit().size()).isEqualTo(2);
    stores.restart();
    assertThat(stores.audit().size()).isEqualTo(2);
  }

  @Test
  void chainsEqualEntriesToDifferentHashes() {
    AuditRecord first = stores.audit().append(entry("same"));
    AuditRecord second = stores.audit().append(entry("same"));

    assertThat(first.hash()).matches("[0-9a-f]{64}").isNotEqualTo(second.hash());
  }

  @Test
  void readsFromAnyNumberAtMostSoMany() {
    for (int i = 1; i <= 5; i++) {
      stores.audit().append(entry("e" + i));
    }

    assertThat(stores.audit().after(2, 2)).extracting(AuditRecord::seq).containsExactly(3L, 4L);
    assertThat(stores.audit().after(5, 2)).isEmpty();
    assertThat(stores.audit().after(0, 0)).isEmpty();
    assertThat(stores.audit().after(0, -1)).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // What must not be null is how a write is made to fail.
  void staysWholeAfterAnEntryThatCannotBeWritten() {
    stores.audit().append(entry("one"));

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(
            () -> stores.audit().append(new AuditEntry(NOON, "ada", "browser", "x", "y", null)));

    assertThat(stores.audit().append(entry("two")).seq()).isEqualTo(2);
    assertThat(stores.audit().verify().valid()).isTrue();
  }

  @Test
  void staysOneChainUnderSimultaneousWriters() throws Exception {
    List<Callable<AuditRecord>> writers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String subject = "e" + i;
      writers.add(() -> stores.audit().append(entry(subject)));
    }

    List<AuditRecord> appended = atOnce(writers);

    assertThat(appended)
        .extracting(AuditRecord::seq)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
    assertThat(stores.audit().after(0, 200)).containsExactlyInAnyOrderElementsOf(appended);
    assertThat(stores.audit().verify().valid()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    AuditRecord record = stores.audit().append(new AuditEntry(NOON, text, text, text, text, text));
    stores.restart();

    assertThat(record.entry()).isEqualTo(new AuditEntry(NOON, text, text, text, text, text));
    assertThat(stores.audit().after(0, 10)).containsExactly(record);
    assertThat(stores.audit().verify().valid()).isTrue();
  }

  @Test
  void recordsAlsoTextThatIsNoUnicode() {
    AuditRecord record = stores.audit().append(entry("half \udc00 a pair"));

    assertThat(stores.audit().after(0, 10)).containsExactly(record);
    assertThat(stores.audit().verify().valid()).isTrue();
  }
}
