package org.jarvis.chat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelExchange;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.TokenUsage;
import org.jspecify.annotations.Nullable;

/** One question to one provider, and the wait for its end. Can be cancelled from any thread. */
final class Exchange {
  /** Providers see to the time themselves; this is for those that do not. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Duration grace;
  private final CompletableFuture<AnswerEvent> end = new CompletableFuture<>();
  private @Nullable ModelExchange running;
  private boolean cancelled;
  private volatile boolean spoke;

  Exchange() {
    this(GRACE);
  }

  /** One that waits so much longer than it may take. */
  Exchange(Duration grace) {
    this.grace = grace;
  }

  /** Asks, tells of words as they come, and waits for the last event. */
  AnswerEvent ask(ModelProvider provider, ModelRequest request, Consumer<String> words) {
    ModelExchange begun = provider.converse(request, event -> heard(event, words));
    boolean unwanted;
    synchronized (this) {
      running = begun;
      unwanted = cancelled;
    }
    if (unwanted) {
      begun.cancel();
    }
    try {
      return end.get(request.limits().time().plus(grace).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      AnswerEvent late =
          failed(
              ModelFailure.Kind.TIMED_OUT,
              "The provider did not end its answer in time, as it has to.");
      end.complete(late);
      begun.cancel();
      return late;
    } catch (InterruptedException interrupted) {
      begun.cancel();
      Thread.currentThread().interrupt();
      return failed(ModelFailure.Kind.CANCELLED, "Jarvis is stopping.");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Ends it: nothing more is told, and the server stops. */
  void cancel() {
    ModelExchange begun;
    synchronized (this) {
      cancelled = true;
      begun = running;
    }
    // Whoever waits does not wait for the provider to agree.
    end.complete(failed(ModelFailure.Kind.CANCELLED, "It was stopped."));
    if (begun != null) {
      begun.cancel();
    }
  }

  private void heard(AnswerEvent event, Consumer<String> words) {
    if (end.isDone()) {
      return;
    }
    if (!(event instanceof AnswerEvent.Failed)) {
      spoke = true;
    }
    if (event instanceof AnswerEvent.TextDelta delta) {
      words.accept(delta.text());
    } else if (event instanceof AnswerEvent.Completed || event instanceof AnswerEvent.Failed) {
      end.complete(event);
    }
  }

  /**
   * Whether the server refused before it began to answer, so that nothing was used. One that was
   * ended from here, was silent, broke off or left may have used anything.
   */
  boolean refused(AnswerEvent end) {
    if (spoke || !(end instanceof AnswerEvent.Failed failed)) {
      return false;
    }
    return switch (failed.failure().kind()) {
      case CREDENTIALS_REFUSED,
          BILLING,
          RATE_LIMITED,
          OVERLOADED,
          INVALID_REQUEST,
          TOO_LARGE,
          MODEL_MISSING,
          SERVER_ERROR,
          UNREACHABLE ->
          true;
      case TIMED_OUT, BROKEN_ANSWER, CANCELLED, PROVIDER_LEFT -> false;
    };
  }

  static AnswerEvent.Failed failed(ModelFailure.Kind kind, String message) {
    return new AnswerEvent.Failed(ModelFailure.of(kind, message), TokenUsage.UNKNOWN);
  }
}
