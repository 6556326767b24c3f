package org.jarvis.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.EventJournal;
import org.jarvis.api.persistence.NewEvent;
import org.jarvis.core.MemoryJournal;
import org.jarvis.core.ServiceSlot;
import org.jarvis.core.SteppingClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DurableEventStreamTest {
  private static final int MANY = 400;
  private static final int TOO_MANY = 6_000;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ServiceSlot<EventJournal> journal = new ServiceSlot<>("none");
  private final DurableEventStream stream =
      new DurableEventStream(new SteppingClock(), journal, executor);

  @BeforeEach
  void fill() {
    journal.fill(new MemoryJournal());
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void bringsEveryEventOnceAndInOrderWhoeverWritesIt() throws Exception {
    List<Long> heard = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch all = new CountDownLatch(MANY);
    stream.subscribe(
        event -> {
          heard.add(event.seq());
          all.countDown();
        });

    for (int writer = 0; writer < 4; writer++) {
      executor.execute(
          () -> {
            for (int i = 0; i < MANY / 4; i++) {
              stream.publish(event());
            }
          });
    }

    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(heard).containsExactlyElementsOf(LongStream.rangeClosed(1, MANY).boxed().toList());
  }

  @Test
  void tellsASubscriberNothingOlder() throws Exception {
    stream.publish(event());
    CountDownLatch one = new CountDownLatch(1);
    List<Long> heard = Collections.synchronizedList(new ArrayList<>());
    stream.subscribe(
        event -> {
          heard.add(event.seq());
          one.countDown();
        });

    stream.publish(event());

    assertThat(one.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(heard).containsExactly(2L);
  }

  @Test
  void bringsEventsToWhoeverSubscribedBeforeThereWasAJournal() throws Exception {
    MemoryJournal late = new MemoryJournal();
    journal.empty(journal.require());
    CountDownLatch one = new CountDownLatch(1);
    List<Long> heard = Collections.synchronizedList(new ArrayList<>());
    stream.subscribe(
        event -> {
          heard.add(event.seq());
          one.countDown();
        });
    late.append(List.of(EventEncoding.encode(event(), java.time.Instant.EPOCH)));

    journal.fill(late);
    stream.journalArrived();
    stream.publish(event());

    assertThat(one.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(heard).containsExactly(2L);
  }

  @Test
  void keepsNoWriterWaitingWhileTheJournalIsRead() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    stream.subscribe(event -> {});
    journal.fill(new SlowToRead(read, goOn));
    stream.poke();
    read.await();

    Future<?> poked = executor.submit(stream::poke);

    try {
      assertThat(poked.get(20, TimeUnit.SECONDS)).isNull();
    } finally {
      goOn.countDown();
    }
  }

  @Test
  void recordsAnEventAlsoWhileJarvisEnds() {
    executor.shutdownNow();

    assertThat(stream.publish(event()).seq()).isEqualTo(1);
  }

  private record SlowToRead(CountDownLatch read, CountDownLatch goOn) implements EventJournal {
    @Override
    public long append(List<NewEvent> events) {
      return 0;
    }

    @Override
    public List<RecordedEvent> after(long seq, int limit) {
      read.countDown();
      try {
        goOn.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      return List.of();
    }

    @Override
    public long head() {
      return 0;
    }
  }

  @Test
  void doesNotLetASubscriberThatHangsHoldUpTheWriter() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch overrun = new CountDownLatch(1);
    stream.subscribe(
        new EventStream.Listener() {
          @Override
          public void recorded(RecordedEvent event) {
            try {
              release.await();
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void overrun() {
            overrun.countDown();
          }
        });
    CountDownLatch told = tellsOnceEverybodyGot(TOO_MANY);

    for (int i = 0; i < TOO_MANY; i++) {
      stream.publish(event());
    }
    // Let go earlier, it might still catch up with a reader that is no further.
    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    release.countDown();

    assertThat(overrun.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(stream.head()).isEqualTo(TOO_MANY);
  }

  /** Subscribers are handed events in the order in which they came, so the last one is last. */
  private CountDownLatch tellsOnceEverybodyGot(int seq) {
    CountDownLatch told = new CountDownLatch(1);
    stream.subscribe(
        new EventStream.Listener() {
          @Override
          public void recorded(RecordedEvent event) {
            if (event.seq() >= seq) {
              told.countDown();
            }
          }

          @Override
          public void overrun() {
            told.countDown();
          }
        });
    return told;
  }

  private static Event event() {
    return new Event.AccountActivity(
        Event.AccountActivity.Kind.SESSION_STARTED, "ada", "127.0.0.1");
  }
}
