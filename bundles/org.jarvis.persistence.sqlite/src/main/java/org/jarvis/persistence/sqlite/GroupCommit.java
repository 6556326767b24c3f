package org.jarvis.persistence.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.ibatis.session.SqlSession;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.persistence.sqlite.SqliteFailures.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * Runs the transactions of many callers on one thread and makes them durable together: whoever
 * waits while the disk is busy shares the next commit, so one sync serves all of them.
 *
 * <p>Each caller's work runs behind a savepoint of its own. Work that fails is taken back alone.
 * When the file itself fails, the whole group is taken back and each caller's work runs once more
 * in a transaction of its own, so that a record too large for the disk does not take small ones
 * down with it. Work may therefore run twice, and must depend on nothing but the database.
 */
final class GroupCommit implements AutoCloseable {
  /** Bounds what a failed commit has to repeat. */
  private static final int LARGEST_GROUP = 256;

  private final DatabaseKind kind;
  private final WriteSession session;
  private final Consumer<@Nullable JarvisException> outcome;
  private final BlockingQueue<Caller<?>> queue = new LinkedBlockingQueue<>();
  private final Caller<Boolean> stop;
  private final Thread thread;
  private final LongSupplier nanoTime;
  private volatile @Nullable Long began;
  private boolean closed;

  /**
   * @param outcome told after each commit: {@code null} when it worked, or how the storage failed
   * @param nanoTime as {@link System#nanoTime}
   */
  GroupCommit(
      DatabaseKind kind,
      WriteSession session,
      Consumer<@Nullable JarvisException> outcome,
      LongSupplier nanoTime) {
    this.kind = kind;
    this.session = session;
    this.outcome = outcome;
    this.nanoTime = nanoTime;
    this.stop = new Caller<>(kind, statements -> true);
    this.thread = new Thread(this::run, "jarvis-writer-" + kind.fileName());
    thread.setDaemon(true);
  }

  /** Begins to take work. */
  GroupCommit start() {
    thread.start();
    return this;
  }

  /**
   * Runs the work in a transaction and returns its result once the disk has it. Waits on through
   * interrupts: whoever left earlier would not know whether it was written.
   *
   * @throws JarvisException when nothing was written
   */
  <T> T write(Function<SqlSession, T> work) {
    Caller<T> caller = new Caller<>(kind, work);
    enqueue(caller);
    return caller.await();
  }

  /** How many callers wait for their turn. */
  int waiting() {
    return queue.size();
  }

  /** For how long the group that runs has been running, zero when none does. */
  Duration busyFor() {
    Long since = began;
    return since == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - since);
  }

  /** Lets the work that was taken end, and takes no more. */
  @Override
  public void close() {
    synchronized (queue) {
      if (closed) {
        return;
      }
      closed = true;
      queue.add(stop);
    }
    stop.await();
  }

  private void enqueue(Caller<?> caller) {
    synchronized (queue) {
      if (closed) {
        throw closedNow();
      }
      queue.add(caller);
    }
  }

  private void run() {
    List<Caller<?>> group = new ArrayList<>();
    boolean running = true;
    while (running) {
      group.clear();
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        // Only close() ends this thread: callers would wait for ever.
        continue;
      }
      queue.drainTo(group, LARGEST_GROUP - 1);
      running = !group.remove(stop);
      if (!group.isEmpty()) {
        runGuarded(group);
      }
    }
    session.close();
    stop.settle(true);
  }

  /** Nothing may end the thread, not even an error: callers would wait for ever. */
  private void runGuarded(List<Caller<?>> group) {
    began = nanoTime.getAsLong();
    try {
      run(group);
    } catch (RuntimeException | Error e) {
      session.discard();
      refuse(group, e);
    } finally {
      began = null;
    }
  }

  private void run(List<Caller<?>> group) {
    try {
      session.begin();
    } catch (SQLException | RuntimeException e) {
      // The file is locked or gone, which no second try of each caller would change.
      session.discard();
      refuse(group, e);
      return;
    }
    try {
      for (Caller<?> caller : group) {
        caller.attempt(session);
      }
      session.commit();
    } catch (SQLException | RuntimeException e) {
      session.discard();
      if (group.size() == 1) {
        refuse(group, e);
      } else {
        group.forEach(caller -> run(List.of(caller)));
      }
      return;
    }
    outcome.accept(null);
    group.forEach(Caller::settle);
  }

  private void refuse(List<Caller<?>> group, Throwable failure) {
    JarvisException words = SqliteFailures.translate(kind, failure, Attempt.WRITE);
    outcome.accept(words);
    group.forEach(caller -> caller.settle(words));
  }

  private JarvisException closedNow() {
    return new JarvisException(
        ErrorCode.STORAGE_UNAVAILABLE,
        "%s is closed because the storage is stopping or being set up anew. Try again in a moment."
            .formatted(kind.fileName()));
  }

  /** One who waits for a transaction. */
  private static final class Caller<T> {
    private final DatabaseKind kind;
    private final Function<SqlSession, T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable JarvisException failure;

    Caller(DatabaseKind kind, Function<SqlSession, T> work) {
      this.kind = kind;
      this.work = work;
    }

    /** Runs the work; throws only when the whole transaction is lost. */
    void attempt(WriteSession session) throws SQLException {
      result = null;
      failure = null;
      session.mark();
      try {
        result = work.apply(session.statements());
      } catch (RuntimeException | Error e) {
        if (SqliteFailures.concernsStorage(e)) {
          throw e;
        }
        session.undo();
        failure = SqliteFailures.translate(kind, e, Attempt.WRITE);
      }
    }

    /** Gives the answer of the last attempt. */
    void settle() {
      if (failure != null) {
        settle(failure);
      } else {
        answer.complete(result);
      }
    }

    void settle(JarvisException refusal) {
      answer.completeExceptionally(refusal);
    }

    void settle(T value) {
      answer.complete(value);
    }

    T await() {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return answer.get();
          } catch (InterruptedException e) {
            interrupted = true;
          } catch (ExecutionException e) {
            throw asSeenHere(e);
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    /** Several callers may share one failure; each gets it with a stack trace of its own. */
    private JarvisException asSeenHere(ExecutionException failure) {
      return failure.getCause() instanceof JarvisException known
          ? new JarvisException(known.code(), known.getMessage(), known)
          : SqliteFailures.translate(kind, failure, Attempt.WRITE);
    }
  }
}
