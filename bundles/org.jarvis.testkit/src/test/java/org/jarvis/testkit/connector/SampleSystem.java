package org.jarvis.testkit.connector;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;

/** A system in memory, that does on a thread of its own what it is asked. */
final class SampleSystem implements WatchedSystem {
  static final String THREAD = "sample-system";
  static final String SECRET = "canary-4711";

  private final Duration patience;
  private final Map<GuestId, Guest.Status> guests = new ConcurrentHashMap<>();
  private final List<String> changes = new CopyOnWriteArrayList<>();
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private volatile boolean reachable = true;
  private volatile boolean failing;
  private volatile boolean losing;
  private volatile Hold readings = new Hold(false);
  private volatile Hold works = new Hold(false);

  SampleSystem(Duration patience) {
    this.patience = patience;
    guests.put(running(), Guest.Status.RUNNING);
    guests.put(stopped(), Guest.Status.STOPPED);
  }

  /** It was not reached. */
  static final class Unreached extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** It did not do what it was asked. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Its answer was lost. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Map<GuestId, Guest.Status> read() {
    readings.pass();
    if (!reachable) {
      throw new Unreached();
    }
    return Map.copyOf(guests);
  }

  CompletableFuture<Void> change(GuestId guest, Guest.Status wanted) {
    if (!reachable) {
      throw new Unreached();
    }
    changes.add(guest + " " + wanted);
    CompletableFuture<Void> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> work(guest, wanted, answer), THREAD);
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  private void work(GuestId guest, Guest.Status wanted, CompletableFuture<Void> answer) {
    Hold hold = works;
    hold.pass();
    if (failing) {
      answer.completeExceptionally(new Failed());
      return;
    }
    if (cancelled.getCount() > 0) {
      guests.put(guest, wanted);
      hold.done.countDown();
    }
    if (losing) {
      answer.completeExceptionally(new Lost());
    } else {
      answer.complete(null);
    }
  }

  /** Nothing that is held back is done any more. */
  void cancel() {
    cancelled.countDown();
  }

  @Override
  public GuestId running() {
    return new GuestId(101);
  }

  @Override
  public GuestId stopped() {
    return new GuestId(102);
  }

  @Override
  public GuestId nobody() {
    return new GuestId(999);
  }

  @Override
  public Guest.Status status(GuestId guest) {
    return guests.getOrDefault(guest, Guest.Status.UNKNOWN);
  }

  @Override
  public List<String> changes() {
    return List.copyOf(changes);
  }

  @Override
  public Set<String> secrets() {
    return Set.of(SECRET);
  }

  @Override
  public void reachable(boolean now) {
    reachable = now;
  }

  @Override
  public void fail() {
    failing = true;
  }

  @Override
  public void loseAnswers() {
    losing = true;
  }

  @Override
  public Held holdReadings() {
    readings = new Hold(false);
    readings.close();
    return readings;
  }

  @Override
  public Held holdChanges() {
    works = new Hold(true);
    works.close();
    return works;
  }

  @Override
  public void close() {
    readings.gate.countDown();
    works.gate.countDown();
  }

  /** Open until it is closed. */
  private final class Hold implements Held {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final boolean awaitsDone;
    private volatile boolean closed;

    Hold(boolean awaitsDone) {
      this.awaitsDone = awaitsDone;
    }

    void close() {
      closed = true;
    }

    void pass() {
      if (closed) {
        asked.countDown();
        try {
          gate.await();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void await() {
      await(asked);
    }

    @Override
    public void letGo() {
      gate.countDown();
      if (awaitsDone) {
        await(done);
      }
    }

    private void await(CountDownLatch latch) {
      try {
        if (latch.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      throw new AssertionError("It was not asked, or it did not come to its end.");
    }
  }
}
