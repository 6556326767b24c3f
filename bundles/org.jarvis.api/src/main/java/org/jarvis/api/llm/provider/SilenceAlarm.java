package org.jarvis.api.llm.provider;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Goes off once nothing has been heard for long enough. Made for streams of many small pieces: each
 * of them moves the moment on, and what was scheduled for an earlier one finds that when it is due.
 * Safe from any thread.
 */
final class SilenceAlarm {
  private final ScheduledExecutorService alarms;
  private final LongSupplier nanoTime;
  private @Nullable Runnable task;
  private long due;
  private @Nullable Future<?> scheduled;
  private long scheduledFor;
  private boolean over;

  /**
   * One that is not set.
   *
   * @param alarms what wakes it
   * @param nanoTime as {@link System#nanoTime}
   */
  SilenceAlarm(ScheduledExecutorService alarms, LongSupplier nanoTime) {
    this.alarms = alarms;
    this.nanoTime = nanoTime;
  }

  /** Goes off after this time, unless it is set anew or paused before. */
  synchronized void set(Duration wait, Runnable next) {
    if (over) {
      return;
    }
    task = next;
    due = nanoTime.getAsLong() + wait.toNanos();
    if (scheduled != null && scheduledFor - due > 0) {
      scheduled.cancel(false);
      scheduled = null;
    }
    if (scheduled == null) {
      schedule(wait.toNanos());
    }
  }

  /** Does not go off until it is set again. */
  synchronized void pause() {
    task = null;
  }

  /** Never goes off again. */
  synchronized void end() {
    over = true;
    task = null;
    if (scheduled != null) {
      scheduled.cancel(false);
      scheduled = null;
    }
  }

  private void schedule(long nanos) {
    try {
      scheduledFor = due;
      scheduled = alarms.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // The client is closing, which ends every exchange.
      scheduled = null;
    }
  }

  private void look() {
    Runnable now = null;
    synchronized (this) {
      scheduled = null;
      long left = due - nanoTime.getAsLong();
      if (task != null && left > 0) {
        schedule(left);
      } else if (task != null) {
        now = task;
        task = null;
      }
    }
    if (now != null) {
      now.run();
    }
  }
}
