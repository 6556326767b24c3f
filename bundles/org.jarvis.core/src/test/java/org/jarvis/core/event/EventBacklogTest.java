package org.jarvis.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.core.MemoryJournal;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.Test;

class EventBacklogTest {
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final MemoryJournal journal = new MemoryJournal();
  private final ServiceSlot<EventJournal> slot = new ServiceSlot<>("none");
  private final DurableEventStream stream =
      new DurableEventStream(new SteppingClock(), slot, Runnable::run);
  private final EventBacklog backlog = new EventBacklog(stream, work::add);

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
