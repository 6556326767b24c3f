package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.persistence.ActionJournal;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.NewEvent;
import org.jarvis.api.persistence.StoredAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link ActionJournal} must do. */
public abstract class ActionJournalContract extends PersistenceContract {
  private static StoredAction action(String id, long revision, String state) {
    return new StoredAction(id, revision, state, null, NOON, "{\"revision\":" + revision + "}");
  }

  private Optional<Long> record(StoredAction next) {
    return stores.actions().record(next, next.revision() - 1, entry(next.id()), event(next.id()));
  }

  @Test
  void findsWhatWasRecordedAlsoAfterARestart() {
    StoredAction action = new StoredAction("a1", 1, "AWAITING_APPROVAL", "p1", NOON, "{}");

    record(action);
    stores.restart();

    assertThat(stores.actions().find("a1")).contains(action);
    assertThat(stores.actions().findByApproval("p1")).contains(action);
    assertThat(stores.actions().inState("AWAITING_APPROVAL")).containsExactly(action);
    assertThat(stores.actions().find("a2")).isEmpty();
    assertThat(stores.actions().findByApproval("a1")).isEmpty();
    assertThat(stores.actions().inState("RUNNING")).isEmpty();
  }

  @Test
  void replacesTheActionAtEachStep() {
    record(action("a1", 1, "AWAITING_APPROVAL"));
    record(action("a1", 2, "RUNNING"));

    assertThat(stores.actions().find("a1")).contains(action("a1", 2, "RUNNING"));
    assertThat(stores.actions().recent(10)).hasSize(1);
    assertThat(stores.actions().inState("AWAITING_APPROVAL")).isEmpty();
  }

  @Test
  void storesActionAuditRecordAndEventTogether() {
    Optional<Long> seq = record(action("a1", 1, "RUNNING"));

    assertThat(seq).contains(1L);
    assertThat(stores.events().after(0, 10)).extracting(e -> e.summary()).containsExactly("a1");
    assertThat(stores.audit().after(0, 10))
        .extracting(r -> r.entry().subject())
        .containsExactly("a1");
  }

  @Test
  void leavesTheAuditLogAloneAtAStepOfNoWeight() {
    stores.actions().record(action("a1", 1, "RUNNING"), 0, null, event("a1"));

    assertThat(stores.audit().after(0, 10)).isEmpty();
    assertThat(stores.events().head()).isEqualTo(1);
  }

  @Test
  void writesNothingWhenAnotherRevisionIsStored() {
    record(action("a1", 1, "AWAITING_APPROVAL"));
    record(action("a1", 2, "RUNNING"));

    assertThat(record(action("a1", 1, "REJECTED"))).isEmpty();
    assertThat(record(action("a1", 2, "REJECTED"))).isEmpty();
    assertThat(record(action("a1", 4, "REJECTED"))).isEmpty();
    assertThat(record(action("missing", 2, "REJECTED"))).isEmpty();

    assertThat(stores.actions().find("a1")).contains(action("a1", 2, "RUNNING"));
    assertThat(stores.actions().find("missing")).isEmpty();
    assertThat(stores.events().head()).isEqualTo(2);
    assertThat(stores.audit().verify().records()).isEqualTo(2);
  }

  @Test
  void refusesAStepThatDoesNotCount() {
    record(action("a1", 1, "AWAITING_APPROVAL"));

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(
            () -> stores.actions().record(action("a1", 1, "RUNNING"), 1, entry("a1"), event("a1")));
    assertThat(stores.actions().find("a1")).contains(action("a1", 1, "AWAITING_APPROVAL"));
    assertThat(stores.events().head()).isEqualTo(1);
  }

  @Test
  void letsExactlyOneOfManySimultaneousAnswersWin() throws Exception {
    record(action("a1", 1, "AWAITING_APPROVAL"));
    List<Callable<Optional<Long>>> answers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      StoredAction answer = new StoredAction("a1", 2, "RUNNING", null, NOON, "{\"by\":" + i + "}");
      answers.add(() -> record(answer));
    }

    List<Optional<Long>> results = atOnce(answers);

    List<Integer> winners =
        IntStream.range(0, results.size()).filter(i -> results.get(i).isPresent()).boxed().toList();
    assertThat(winners).hasSize(1);
    assertThat(stores.actions().find("a1").orElseThrow().document())
        .isEqualTo("{\"by\":" + winners.get(0) + "}");
    assertThat(stores.events().head()).isEqualTo(2);
    assertThat(stores.audit().verify().records()).isEqualTo(2);
  }

  @Test
  @SuppressWarnings("NullAway") // What must not be null is how a write is made to fail.
  void writesNothingWhenTheEventCannotBeWritten() {
    NewEvent broken = new NewEvent(NOON, null, null, "a1", "{}");

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(
            () -> stores.actions().record(action("a1", 1, "RUNNING"), 0, entry("a1"), broken));
    assertThat(stores.actions().find("a1")).isEmpty();
    assertThat(stores.audit().verify().records()).isZero();

    assertThat(record(action("a1", 1, "RUNNING"))).contains(1L);
  }

  @Test
  @SuppressWarnings("NullAway") // What must not be null is how a write is made to fail.
  void writesNothingWhenTheAuditRecordCannotBeWritten() {
    AuditEntry broken = new AuditEntry(NOON, null, "browser", "action.requested", "a1", "{}");

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(
            () -> stores.actions().record(action("a1", 1, "RUNNING"), 0, broken, event("a1")));
    assertThat(stores.actions().find("a1")).isEmpty();
    assertThat(stores.events().head()).isZero();
  }

  @Test
  void givesTheNewestFirstAndThoseInAStateOldestFirst() {
    for (int i = 1; i <= 5; i++) {
      Instant at = NOON.plusNanos(i);
      record(new StoredAction("a" + i, 1, i == 3 ? "FAILED" : "RUNNING", null, at, "{}"));
    }

    assertThat(stores.actions().recent(3))
        .extracting(StoredAction::id)
        .containsExactly("a5", "a4", "a3");
    assertThat(stores.actions().inState("RUNNING"))
        .extracting(StoredAction::id)
        .containsExactly("a1", "a2", "a4", "a5");
    assertThat(stores.actions().recent(0)).isEmpty();
    assertThat(stores.actions().recent(-1)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    StoredAction action = new StoredAction("id" + text, 1, "s" + text, "p" + text, NOON, text);

    record(action);
    stores.restart();

    assertThat(stores.actions().find(action.id())).contains(action);
    assertThat(stores.actions().findByApproval("p" + text)).contains(action);
    assertThat(stores.actions().inState(action.state())).containsExactly(action);
    assertThat(stores.audit().verify().valid()).isTrue();
  }

  @Test
  void recordsAlsoTextThatIsNoUnicode() {
    StoredAction action = new StoredAction("a1", 1, "RUNNING", null, NOON, "half \ud83d a pair");

    assertThat(record(action)).isPresent();
    assertThat(stores.actions().find("a1").orElseThrow().document())
        .startsWith("half ")
        .endsWith(" a pair");
  }
}
