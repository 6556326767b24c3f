package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedRunTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Semaphore go = new Semaphore(0);

  private final SharedRun<Integer> shared =
      new SharedRun<>(
          () -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            int run = runs.incrementAndGet();
            begun.countDown();
            go.acquireUninterruptibly();
            atOnce.decrementAndGet();
            return run;
          });

  @AfterEach
  void stop() throws Exception {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void runsOnceForAllWhoAskWhileItRunsAndNeverForThemFromBefore() throws Exception {
    Future<Integer> first = threads.submit(shared::result);
    begun.await();
    CountDownLatch asked = new CountDownLatch(100);
    List<Future<Integer>> others = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      others.add(
          threads.submit(
              () -> {
                asked.countDown();
                return shared.result();
              }));
    }
    asked.await();
    go.release(1000);

    assertThat(first.get()).isEqualTo(1);
    for (Future<Integer> other : others) {
      assertThat(other.get()).isGreaterThan(1);
    }
    assertThat(mostAtOnce).hasValue(1);
    assertThat(runs.get()).isLessThan(100);
  }

  @Test
  void tellsWhoeverWaitsThatItFailedAndWorksAgain() {
    AtomicInteger calls = new AtomicInteger();
    SharedRun<String> failing =
        new SharedRun<>(
            () -> {
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
              }
              return "well";
            });

    assertThatThrownBy(failing::result).isInstanceOf(IllegalStateException.class);
    assertThat(failing.result()).isEqualTo("well");
  }
}
