package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jarvis.api.persistence.ConversationStore;
import org.jarvis.api.persistence.ConversationStore.StoredConversation;
import org.jarvis.api.persistence.ConversationStore.StoredMessage;
import org.jarvis.api.persistence.ConversationStore.StoredUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ConversationStore} must do. */
public abstract class ConversationStoreContract extends PersistenceContract {
  private static final int ALL = Integer.MAX_VALUE;

  private static StoredConversation head(String id, String owner, String title, Instant changedAt) {
    return new StoredConversation(id, owner, title, "IDLE", NOON, changedAt, 0, "{}");
  }

  private static StoredMessage message(int number, String words) {
    return new StoredMessage(number, words, "{\"of\": " + number + "}");
  }

  private static StoredUsage usage(String conversation, Instant at) {
    return new StoredUsage(at, conversation, "claude", "a model", 1_000, -1, 25_000, "USD");
  }

  private void put(StoredConversation head, StoredMessage... messages) {
    stores.conversations().put(head, List.of(messages));
  }

  private List<String> found(String owner, String text) {
    return stores.conversations().containing(owner, text, ALL).stream()
        .map(StoredConversation::id)
        .toList();
  }

  @Test
  void keepsHeadsAndMessagesInOrder() {
    StoredConversation head = head("c", "ada", "Backups", NOON.plusNanos(1));
    put(head, message(1, "second"), message(0, "first"));
    put(head, message(2, "third"));
    stores.restart();

    assertThat(stores.conversations().find("c")).contains(head);
    assertThat(stores.conversations().messages("c"))
        .containsExactly(message(0, "first"), message(1, "second"), message(2, "third"));
    assertThat(stores.conversations().find("d")).isEmpty();
    assertThat(stores.conversations().messages("d")).isEmpty();
  }

  @Test
  void replacesWhatIsOfTheSameIdAndKeepsTheRest() {
    put(head("c", "ada", "Backups", NOON), message(0, "first"), message(1, "sec"));
    StoredConversation later =
        new StoredConversation("c", "ada", "Renamed", "RUNNING", NOON, NOON, 2, "{\"a\":1}");

    put(later, message(1, "second"));
    stores.restart();

    assertThat(stores.conversations().find("c")).contains(later);
    assertThat(stores.conversations().messages("c"))
        .containsExactly(message(0, "first"), message(1, "second"));
  }

  @Test
  void listsAnAccountsOwnThoseThatChangedLastFirst() {
    put(head("a", "ada", "A", NOON.plusNanos(2)));
    put(head("b", "ada", "B", NOON.plusNanos(3)));
    put(head("c", "ada", "C", NOON.plusNanos(1)));
    put(head("d", "eve", "D", NOON.plusNanos(9)));

    assertThat(stores.conversations().of("ada", 2))
        .extracting(StoredConversation::id)
        .containsExactly("b", "a");
    assertThat(stores.conversations().of("ada", 0)).isEmpty();
    assertThat(stores.conversations().of("Ada", ALL)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Why is PVE2 hot?, pve2",
    "why is pve2 hot?, PVE2 HOT",
    "Übersicht der Fächer, üBERSICHT DER FÄCHER",
    "ΟΔΟΣ α, οδοσ",
    "οδός, ΟΔΌΣ",
    "Привет, пРИВЕТ",
    "café, CAFÉ",
    "100% full, 0% FULL",
    "vm_a, VM_",
    "back\\slash, K\\S"
  })
  void findsWordsInAnyCaseOfLetters(String words, String sought) {
    put(head("title", "ada", words, NOON.plusNanos(2)));
    put(head("words", "ada", "Other", NOON.plusNanos(1)), message(0, ""), message(1, words));
    put(head("neither", "ada", "Other", NOON), message(0, "other words"));
    put(head("another's", "eve", words, NOON), message(0, words));

    assertThat(found("ada", sought)).containsExactly("title", "words");
    assertThat(stores.conversations().containing("ada", sought, 1)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_", "p%e", "pve_", "\\", "*", "''"})
  void takesWhatIsSoughtAsItIs(String sought) {
    put(head("c", "ada", "pve1", NOON), message(0, "pve2 is hot"));

    assertThat(found("ada", sought)).isEmpty();
  }

  @Test
  void findsAllByNoWords() {
    put(head("c", "ada", "", NOON));

    assertThat(found("ada", "")).containsExactly("c");
  }

  @Test
  void findsWhatAMessageSaysNow() {
    put(head("c", "ada", "Backups", NOON), message(0, "before"));
    put(head("c", "ada", "Backups", NOON), message(0, "after"));

    assertThat(found("ada", "before")).isEmpty();
    assertThat(found("ada", "after")).containsExactly("c");
  }

  @Test
  void listsThoseInAStateOldestFirst() {
    for (int i : new int[] {2, 0, 1}) {
      put(new StoredConversation("c" + i, "ada", "C", "RUNNING", NOON.plusNanos(i), NOON, 0, "{}"));
    }
    put(head("idle", "ada", "D", NOON));

    assertThat(stores.conversations().inState("RUNNING"))
        .extracting(StoredConversation::id)
        .containsExactly("c0", "c1", "c2");
  }

  @Test
  void forgetsAConversationWithItsMessagesAndKeepsWhatItUsed() {
    put(head("c", "ada", "Backups", NOON), message(0, "first"));
    put(head("d", "ada", "Heat", NOON), message(0, "other"));
    stores.conversations().note(usage("c", NOON));

    stores.conversations().delete("c");
    stores.conversations().delete("was never there");
    stores.restart();

    assertThat(stores.conversations().find("c")).isEmpty();
    assertThat(stores.conversations().messages("c")).isEmpty();
    assertThat(stores.conversations().messages("d")).containsExactly(message(0, "other"));
    assertThat(stores.conversations().usageSince(NOON)).containsExactly(usage("c", NOON));
    put(head("c", "ada", "Anew", NOON));
    assertThat(stores.conversations().messages("c")).isEmpty();
  }

  @Test
  void tellsWhatWasUsedFromAMomentOnOldestFirst() {
    for (int i : new int[] {3, 1, 2, 0}) {
      stores.conversations().note(usage("c" + i, NOON.plusNanos(i)));
    }
    stores.restart();

    assertThat(stores.conversations().usageSince(NOON.plusNanos(1)))
        .containsExactly(
            usage("c1", NOON.plusNanos(1)),
            usage("c2", NOON.plusNanos(2)),
            usage("c3", NOON.plusNanos(3)));
  }

  @Test
  void keepsConversationsForeverAndUsageForAYear() {
    Instant longAgo = NOON.minus(Duration.ofDays(4_000));
    put(head("c", "ada", "Backups", longAgo), message(0, "first"));
    stores.conversations().note(usage("old", longAgo));
    stores.conversations().note(usage("young", NOON.minus(Duration.ofDays(366))));

    stores.tend(NOON);

    assertThat(stores.conversations().messages("c")).hasSize(1);
    assertThat(stores.conversations().usageSince(Instant.EPOCH))
        .extracting(StoredUsage::conversation)
        .containsExactly("young");
  }

  @Test
  void letsManyWriteAtOnce() throws Exception {
    List<Callable<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int number = i;
      callers.add(
          () -> {
            put(head("c" + number % 4, "ada", "C", NOON), message(number / 4, "w" + number));
            return true;
          });
    }

    assertThat(atOnce(callers)).hasSize(40);

    stores.restart();
    for (int i = 0; i < 4; i++) {
      assertThat(stores.conversations().messages("c" + i)).hasSize(10);
    }
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    StoredConversation head = new StoredConversation(text, text, text, text, NOON, NOON, 1, text);
    StoredMessage message = new StoredMessage(0, text, text);
    StoredUsage usage = new StoredUsage(NOON, text, text, text, 1, 2, 3, text);
    put(head, message);
    stores.conversations().note(usage);
    stores.restart();

    assertThat(stores.conversations().find(text)).contains(head);
    assertThat(stores.conversations().messages(text)).containsExactly(message);
    assertThat(stores.conversations().inState(text)).containsExactly(head);
    assertThat(stores.conversations().containing(text, text, 9)).containsExactly(head);
    assertThat(stores.conversations().usageSince(NOON)).containsExactly(usage);
  }
}
