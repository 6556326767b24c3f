package org.jarvis.core.state;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * Asks a cluster once for what several want to know at the same time, and gives an answer again
 * while it is young. A failure is an answer as well: a cluster that is hard pressed is not asked
 * the more for it. Safe from any thread.
 *
 * @param <K> what is asked
 * @param <V> the answer
 */
final class YoungAnswers<K, V> {
  /** For how long an answer is given again. */
  static final Duration YOUNG = Duration.ofSeconds(5);

  private final LongSupplier nanos;
  private final Map<K, Answer<V>> answers = new HashMap<>();

  /** No answers yet. */
  YoungAnswers(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** An answer, or one that is still on its way. Holds no connector back that has gone. */
  private static final class Answer<V> {
    private final WeakReference<ClusterReader> reader;
    private final CompletableFuture<V> given = new CompletableFuture<>();
    private long givenAt;

    Answer(ClusterReader reader) {
      this.reader = new WeakReference<>(reader);
    }
  }

  /** What this reader answers, or has just answered. */
  V get(K question, ClusterReader reader, Supplier<V> ask) {
    Answer<V> mine = new Answer<>(reader);
    Answer<V> answer = young(question, mine, reader);
    if (answer != mine) {
      return await(answer.given);
    }
    try {
      V value = ask.get();
      give(mine, () -> mine.given.complete(value));
      return value;
    } catch (RuntimeException | Error failure) {
      give(mine, () -> mine.given.completeExceptionally(failure));
      throw failure;
    }
  }

  private synchronized Answer<V> young(K question, Answer<V> mine, ClusterReader reader) {
    answers.values().removeIf(this::isOld);
    Answer<V> known = answers.get(question);
    if (known != null && known.reader.refersTo(reader)) {
      return known;
    }
    answers.put(question, mine);
    return mine;
  }

  private boolean isOld(Answer<V> answer) {
    return answer.given.isDone() && nanos.getAsLong() - answer.givenAt >= YOUNG.toNanos();
  }

  private synchronized void give(Answer<V> answer, Runnable giving) {
    answer.givenAt = nanos.getAsLong();
    giving.run();
  }

  private static <V> V await(CompletableFuture<V> given) {
    try {
      return given.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof JarvisException known) {
        throw known;
      }
      throw new IllegalStateException("What was asked already failed.", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new JarvisException(
          ErrorCode.TIMED_OUT, "Waiting for the cluster's answer was cut short. Try again.");
    }
  }
}
