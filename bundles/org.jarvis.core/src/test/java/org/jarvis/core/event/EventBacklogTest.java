package org.jarvis.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.NewEvent;
import org.jarvis.core.MemoryJournal;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.Test;

class EventBacklogTest {
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final MemoryJournal journal = new MemoryJournal();
  private final ServiceSlot<EventJournal> slot = new ServiceSlot<>("none");
  private final SteppingClock clock = new SteppingClock();
  private final DurableEventStream stream = new DurableEventStream(clock, slot, Runnable::run);
  private final EventBacklog backlog = new EventBacklog(clock, stream, work::add);

  EventBacklogTest() {
    slot.fill(journal);
  }

  @Test
  void recordsInOrderWhatComesInAQuickSuccession() {
    for (int i = 0; i < 1_200; i++) {
      backlog.add(event("user" + i));
    }
    assertThat(stream.head()).as("before anybody had time").isZero();

    runAll();

    assertThat(stream.head()).isEqualTo(1_200);
    assertThat(stream.after(0, 2))
        .extracting(RecordedEvent::summary)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("user0 "),
            second -> assertThat(second).startsWith("user1 "));
  }

  @Test
  void keepsWhatCannotBeRecordedUntilItCan() {
    journal.breakDown(true);
    backlog.add(event("ada"));
    runAll();
    backlog.add(event("bob"));
    runAll();
    journal.breakDown(false);

    backlog.retry();
    runAll();

    assertThat(stream.after(0, 10))
        .extracting(RecordedEvent::summary)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("ada "),
            second -> assertThat(second).startsWith("bob "));
  }

  @Test
  void recordsWhenSomethingHappenedAndNotWhenThereWasRoomForIt() {
    Instant happened = clock.instant();
    journal.breakDown(true);
    backlog.add(event("ada"));
    runAll();
    clock.advance(Duration.ofHours(6));
    journal.breakDown(false);

    backlog.retry();
    runAll();

    assertThat(stream.after(0, 1).get(0).at()).isEqualTo(happened);
  }

  @Test
  void goesOnAfterAStoreThatFailsInAnUnknownWay() {
    slot.empty(journal);
    slot.fill(new VanishingJournal());
    backlog.add(event("ada"));
    runAll();
    slot.fill(journal);

    backlog.retry();
    runAll();

    assertThat(stream.head()).isEqualTo(1);
  }

  @Test
  void dropsOneThatIsRefusedForItsOwnSakeAndNoOther() {
    journal.refuse(event -> event.summary().startsWith("odd "));
    backlog.add(event("ada"));
    backlog.add(event("odd"));
    backlog.add(event("bob"));

    runAll();

    assertThat(stream.after(0, 10)).hasSize(2);
    assertThat(backlog.waiting()).isZero();
  }

  /** A journal whose bundle is leaving. */
  private static final class VanishingJournal implements EventJournal {
    @Override
    public long append(List<NewEvent> events) {
      throw new NoClassDefFoundError("gone");
    }

    @Override
    public List<RecordedEvent> after(long seq, int limit) {
      throw new NoClassDefFoundError("gone");
    }

    @Override
    public long head() {
      throw new NoClassDefFoundError("gone");
    }
  }

  @Test
  void doesNotAskAStoreInTroubleForEachEvent() {
    journal.breakDown(true);
    backlog.add(event("ada"));
    runAll();

    backlog.add(event("bob"));

    assertThat(work).isEmpty();
  }

  @Test
  void givesUpTheOldestWhenThereAreTooMany() {
    for (int i = 0; i < 10_001; i++) {
      backlog.add(event("user" + i));
    }

    runAll();

    assertThat(stream.head()).isEqualTo(10_000);
    assertThat(stream.after(0, 1).get(0).summary()).startsWith("user1 ");
  }

  private void runAll() {
    while (!work.isEmpty()) {
      work.poll().run();
    }
  }

  private static Event event(String username) {
    return new Event.AccountActivity(
        Event.AccountActivity.Kind.SESSION_STARTED, username, "127.0.0.1");
  }
}
