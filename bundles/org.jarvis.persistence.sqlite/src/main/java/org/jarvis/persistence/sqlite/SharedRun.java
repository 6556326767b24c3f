package org.jarvis.persistence.sqlite;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does something costly once at a time. Whoever asks while it runs waits for the next run, and all
 * who wait share that one; so nobody gets an answer from before they asked. Safe from any thread.
 *
 * @param <T> what comes of it
 */
final class SharedRun<T> {
  private final Supplier<T> work;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Object gathering = new Object();
  private @Nullable CompletableFuture<T> next;

  SharedRun(Supplier<T> work) {
    this.work = work;
  }

  /** What comes of a run that begins after this was called; throws what that one throws. */
  T result() {
    CompletableFuture<T> mine;
    boolean first;
    synchronized (gathering) {
      first = next == null;
      mine = next == null ? new CompletableFuture<>() : next;
      next = mine;
    }
    if (first) {
      lead(mine);
    }
    try {
      return mine.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private void lead(CompletableFuture<T> mine) {
    turn.lock();
    try {
      synchronized (gathering) {
        next = null;
      }
      mine.complete(work.get());
    } catch (RuntimeException | Error failed) {
      // Those who wait must hear of it, whatever it is.
      mine.completeExceptionally(failed);
    } finally {
      turn.unlock();
    }
  }
}
