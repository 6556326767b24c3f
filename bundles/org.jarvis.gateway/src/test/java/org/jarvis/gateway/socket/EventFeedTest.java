package org.jarvis.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.Event;
import org.jarvis.api.event.EventStream;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.gateway.FakeCore;
import org.jarvis.gateway.Parts;
import org.jarvis.gateway.json.EventEncoder;
import org.junit.jupiter.api.Test;

class EventFeedTest {
  private final Parts parts = new Parts();
  private final FakeCore core = new FakeCore();
  private final List<RecordedEvent> told = new ArrayList<>();
  private final EventFeed feed =
      new EventFeed(parts.events(), new EventEncoder(parts), Clock.systemUTC(), told::add);

  /** The events of a core whose store comes only later. */
  private final class EarlyStream implements EventStream {
    boolean stored;
    int listeners;

    @Override
    public RecordedEvent publish(Event event) {
      return core.publish(event);
    }

    @Override
    public List<RecordedEvent> publishAll(List<? extends Event> events) {
      return core.publishAll(events);
    }

    @Override
    public List<RecordedEvent> after(long seq, int limit) {
      return core.after(seq, limit);
    }

    @Override
    public long head() {
      if (!stored) {
        throw new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "No storage is running.");
      }
      return core.head();
    }

    @Override
    public Subscription subscribe(Listener listener) {
      listeners++;
      Subscription subscription = core.subscribe(listener);
      return () -> {
        listeners--;
        subscription.close();
      };
    }
  }

  @Test
  void followsACoreWhoseStoreComesAfterIt() {
    core.record("guest.changed", "From before.", "{}");
    EarlyStream stream = new EarlyStream();
    parts.events().add(stream);

    feed.follow();
    assertThat(stream.listeners).isZero();

    stream.stored = true;
    feed.follow();
    assertThat(feed.head()).isEqualTo(1);
    assertThat(feed.after(0)).singleElement().satisfies(frame -> assertThat(frame.seq()).isOne());

    core.record("guest.changed", "From now.", "{}");
    assertThat(told).singleElement().satisfies(event -> assertThat(event.seq()).isEqualTo(2));
  }

  @Test
  void readsOnFromWhereAClientStandsHoweverLongItLasts() {
    EarlyStream stream = new EarlyStream();
    stream.stored = true;
    parts.events().add(stream);
    feed.follow();
    for (int i = 0; i < 2500; i++) {
      core.record("guest.changed", "Number " + i, "{}");
    }
    for (long start : List.of(0L, 1475L, 1476L, 1477L, 2047L, 2048L, 2399L)) {
      assertThat(feed.after(start))
          .as("after %d", start)
          .extracting(Frame::seq)
          .isEqualTo(LongStream.rangeClosed(start + 1, start + 100).boxed().toList());
    }
    assertThat(feed.after(2498)).extracting(Frame::seq).containsExactly(2499L, 2500L);
    assertThat(feed.after(2500)).isEmpty();
    assertThat(feed.after(7000)).isEmpty();
  }

  @Test
  void keepsNothingAcrossAGap() {
    EarlyStream stream = new EarlyStream();
    stream.stored = true;
    parts.events().add(stream);
    feed.follow();
    core.record("guest.changed", "First.", "{}");
    RecordedEvent first = told.get(0);
    feed.recorded(
        new RecordedEvent(
            5, first.at(), first.type(), first.subject(), first.summary(), first.data()));

    assertThat(feed.after(4)).extracting(Frame::seq).containsExactly(5L);
    assertThat(feed.after(0)).extracting(Frame::seq).containsExactly(1L);
  }

  @Test
  void forgetsWhatItKeptWhenTheStreamLeaves() {
    EarlyStream stream = new EarlyStream();
    stream.stored = true;
    parts.events().add(stream);
    feed.follow();
    core.record("guest.changed", "First.", "{}");
    feed.leave();
    assertThat(feed.after(0)).isEmpty();
  }
}
