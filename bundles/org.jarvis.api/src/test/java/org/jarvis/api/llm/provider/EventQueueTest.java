package org.jarvis.api.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.TokenUsage;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private static final AnswerEvent.Failed LAST =
      new AnswerEvent.Failed(
          ModelFailure.of(ModelFailure.Kind.CANCELLED, "Stopped."), TokenUsage.UNKNOWN);

  private final List<AnswerEvent> told = new ArrayList<>();

  private static AnswerEvent text(String text) {
    return new AnswerEvent.TextDelta(text);
  }

  @Test
  void whatIsFinishedFromWithinTellsOnlyItsEnd() {
    AtomicReference<EventQueue> self = new AtomicReference<>();
    EventQueue queue =
        new EventQueue(
            event -> {
              told.add(event);
              if (event.equals(text("a"))) {
                self.get().tell(text("b"));
                assertThat(self.get().finish(LAST, true)).isTrue();
                assertThat(told).as("one at a time").hasSize(1);
              }
            },
            () -> {});
    self.set(queue);
    queue.tell(text("a"));
    queue.tell(text("c"));

    assertThat(told).containsExactly(text("a"), LAST);
    assertThat(queue.finish(LAST, true)).isFalse();
  }

  @Test
  void whatWaitsIsToldBeforeAnEndThatCameByItself() {
    AtomicReference<EventQueue> self = new AtomicReference<>();
    EventQueue queue =
        new EventQueue(
            event -> {
              told.add(event);
              if (event.equals(text("a"))) {
                self.get().tell(text("b"));
                self.get().finish(LAST, false);
              }
            },
            () -> {});
    self.set(queue);
    queue.tell(text("a"));

    assertThat(told).containsExactly(text("a"), text("b"), LAST);
  }

  @Test
  void aConsumerThatThrowsIsNoticedAndHearsTheEnd() {
    AtomicInteger broken = new AtomicInteger();
    EventQueue queue =
        new EventQueue(
            event -> {
              told.add(event);
              throw new IllegalStateException("As it should not be.");
            },
            broken::incrementAndGet);
    queue.tell(text("a"));
    queue.finish(LAST, true);

    assertThat(told).containsExactly(text("a"), LAST);
    assertThat(broken).hasValue(2);
  }
}
