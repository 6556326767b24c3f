package org.jarvis.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.NewEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link EventJournal} must do. */
public abstract class EventJournalContract extends PersistenceContract {
  private static NewEvent numbered(int number) {
    return event("event " + number);
  }

  @Test
  void beginsWithNothing() {
    assertThat(stores.events().head()).isZero();
    assertThat(stores.events().after(0, 10)).isEmpty();
    assertThat(stores.events().append(List.of())).isZero();
  }

  @Test
  void numbersFromOneInTheOrderGiven() {
    assertThat(stores.events().append(List.of(numbered(1)))).isEqualTo(1);
    assertThat(stores.events().append(List.of(numbered(2), numbered(3)))).isEqualTo(3);
    assertThat(stores.events().append(List.of())).isEqualTo(3);

    assertThat(stores.events().head()).isEqualTo(3);
    assertThat(stores.events().after(0, 10))
        .extracting(RecordedEvent::seq, RecordedEvent::summary)
        .containsExactly(tuple(1L, "event 1"), tuple(2L, "event 2"), tuple(3L, "event 3"));
  }

  @Test
  void goesOnCountingAfterARestart() {
    stores.events().append(List.of(numbered(1), numbered(2)));

    stores.restart();

    assertThat(stores.events().head()).isEqualTo(2);
    assertThat(stores.events().append(List.of(numbered(3)))).isEqualTo(3);
  }

  @Test
  void readsFromAnyNumberAtMostSoMany() {
    stores.events().append(IntStream.rangeClosed(1, 20).mapToObj(i -> numbered(i)).toList());

    assertThat(stores.events().after(5, 3))
        .extracting(RecordedEvent::seq)
        .containsExactly(6L, 7L, 8L);
    assertThat(stores.events().after(18, 100))
        .extracting(RecordedEvent::seq)
        .containsExactly(19L, 20L);
    assertThat(stores.events().after(20, 100)).isEmpty();
    assertThat(stores.events().after(Long.MAX_VALUE, 100)).isEmpty();
    assertThat(stores.events().after(-5, 1)).extracting(RecordedEvent::seq).containsExactly(1L);
    assertThat(stores.events().after(0, 0)).isEmpty();
    assertThat(stores.events().after(0, -1)).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // What must not be null is how a write is made to fail.
  void writesAllOrNothingAndLeavesNoGap() {
    stores.events().append(List.of(numbered(1)));
    List<NewEvent> broken = List.of(numbered(2), new NewEvent(NOON, "t", null, null, "{}"));

    assertThatExceptionOfType(JarvisException.class)
        .isThrownBy(() -> stores.events().append(broken));

    assertThat(stores.events().head()).isEqualTo(1);
    assertThat(stores.events().append(List.of(numbered(2)))).isEqualTo(2);
    assertThat(stores.events().after(0, 10)).extracting(RecordedEvent::seq).containsExactly(1L, 2L);
  }

  @Test
  @SuppressWarnings("NullAway") // What must not be null is how a write is made to fail.
  void givesSimultaneousWritersNumbersWithoutGapOrRepeat() throws Exception {
    List<Callable<Long>> writers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int number = i;
      // Every fifth fails, which must take no number and spoil nobody else's.
      NewEvent event = i % 5 == 0 ? new NewEvent(NOON, null, null, "bad", "{}") : numbered(i);
      writers.add(
          () -> {
            try {
              return stores.events().append(List.of(event));
            } catch (JarvisException e) {
              assertThat(number % 5).isZero();
              return 0L;
            }
          });
    }

    List<Long> numbers = atOnce(writers);

    assertThat(numbers.stream().filter(n -> n > 0).sorted())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 160).boxed().toList());
    List<RecordedEvent> stored = stores.events().after(0, 1000);
    assertThat(stored).hasSize(160);
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) > 0) {
        assertThat(stored.get((int) (numbers.get(i) - 1)).summary()).isEqualTo("event " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void keepsHostileTextAsItIs(String text) {
    stores.events().append(List.of(new NewEvent(NOON, text, text, text, text)));
    stores.restart();

    assertThat(stores.events().after(0, 10))
        .containsExactly(new RecordedEvent(1, NOON, text, text, text, text));
  }

  @ParameterizedTest
  @MethodSource("instants")
  void keepsInstantsExactly(Instant at) {
    stores.events().append(List.of(new NewEvent(at, "t", null, "s", "{}")));

    assertThat(stores.events().after(0, 1)).extracting(RecordedEvent::at).containsExactly(at);
  }

  static List<Instant> instants() {
    return List.of(
        Instant.EPOCH,
        Instant.EPOCH.minusNanos(1),
        Instant.EPOCH.plusNanos(1),
        Instant.parse("1969-12-31T23:59:58.000000001Z"),
        Instant.parse("2026-02-28T23:59:59.999999999Z"),
        Instant.parse("2200-01-01T00:00:00Z"));
  }
}
