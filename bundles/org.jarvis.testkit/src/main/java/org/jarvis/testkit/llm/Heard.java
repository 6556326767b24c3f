package org.jarvis.testkit.llm;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelFailure;

/** Takes the events of one exchange, and minds that they come as they have to. */
public final class Heard implements Consumer<AnswerEvent> {
  private static final int PATIENCE_SECONDS = 20;

  private final List<AnswerEvent> events = new CopyOnWriteArrayList<>();
  private final CompletableFuture<AnswerEvent> last = new CompletableFuture<>();
  private final Semaphore arrivals = new Semaphore(0);
  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean disorder;

  @Override
  public void accept(AnswerEvent event) {
    boolean alone = inside.incrementAndGet() == 1;
    disorder |= !alone || last.isDone();
    events.add(event);
    inside.decrementAndGet();
    arrivals.release();
    if (event instanceof AnswerEvent.Completed || event instanceof AnswerEvent.Failed) {
      last.complete(event);
    }
  }

  /** Whether two events came at once, or one after the last. */
  public boolean disorder() {
    return disorder;
  }

  /** What came so far. */
  public List<AnswerEvent> events() {
    return events;
  }

  /** The words that came so far, one after the other. */
  public String words() {
    return events.stream()
        .filter(AnswerEvent.TextDelta.class::isInstance)
        .map(event -> ((AnswerEvent.TextDelta) event).text())
        .collect(Collectors.joining());
  }

  /** Waits for an event that nobody waited for yet. */
  public boolean awaitEvent() {
    try {
      return arrivals.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for the last event. */
  public AnswerEvent end() {
    try {
      return last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException never) {
      throw new AssertionError("There was no last event after " + events, never);
    }
  }

  /** Waits for a whole answer. */
  public Answer answer() {
    if (end() instanceof AnswerEvent.Completed completed) {
      return completed.answer();
    }
    throw new AssertionError("It ended with " + end());
  }

  /** Waits for a failure. */
  public ModelFailure failure() {
    if (end() instanceof AnswerEvent.Failed failed) {
      return failed.failure();
    }
    throw new AssertionError("It ended with " + end());
  }
}
