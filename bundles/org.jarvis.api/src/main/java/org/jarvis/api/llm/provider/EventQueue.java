package org.jarvis.api.llm.provider;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jarvis.api.llm.AnswerEvent;
import org.jspecify.annotations.Nullable;

/**
 * Delivers events in order and one at a time, whichever thread brings them, and the last one
 * exactly once, as {@link org.jarvis.api.llm.ModelProvider#converse} demands. Nobody waits for a
 * consumer but the thread that is delivering to it. Safe for several threads.
 */
public final class EventQueue {
  private final Consumer<AnswerEvent> consumer;
  private final Runnable brokenConsumer;

  // Guarded by this.
  private final Deque<AnswerEvent> waiting = new ArrayDeque<>();
  private boolean delivering;
  private boolean over;

  /**
   * A queue.
   *
   * @param consumer takes the events
   * @param brokenConsumer called when it throws, to end the exchange
   */
  public EventQueue(Consumer<AnswerEvent> consumer, Runnable brokenConsumer) {
    this.consumer = consumer;
    this.brokenConsumer = brokenConsumer;
  }

  /** Delivers an event, unless the last one has been told. */
  public void tell(AnswerEvent event) {
    synchronized (this) {
      if (over) {
        return;
      }
      waiting.add(event);
    }
    deliver();
  }

  /**
   * Delivers the last event, unless there was one already.
   *
   * @param last the last event
   * @param dropWaiting whether nobody wants any more what is still waiting to be delivered
   * @return whether it was the first last one
   */
  public boolean finish(AnswerEvent last, boolean dropWaiting) {
    synchronized (this) {
      if (over) {
        return false;
      }
      over = true;
      if (dropWaiting) {
        waiting.clear();
      }
      waiting.add(last);
    }
    deliver();
    return true;
  }

  /** Whether the last event has been told, or is about to be. */
  public synchronized boolean isOver() {
    return over;
  }

  private void deliver() {
    synchronized (this) {
      if (delivering) {
        // The thread that is at it takes this one as well.
        return;
      }
      delivering = true;
    }
    AnswerEvent next = next();
    while (next != null) {
      try {
        consumer.accept(next);
      } catch (RuntimeException | LinkageError broken) {
        // It is foreign code, and its bundle may have left.
        brokenConsumer.run();
      }
      next = next();
    }
  }

  private synchronized @Nullable AnswerEvent next() {
    AnswerEvent next = waiting.poll();
    if (next == null) {
      delivering = false;
    }
    return next;
  }
}
