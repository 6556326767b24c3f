package org.jarvis.itests.container;

import static org.junit.Assert.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for what a starting distribution brings: Pax Exam runs its probe as soon as the probe
 * itself is there, while bundles and routes still come.
 */
final class Patience {
  private static final long LIMIT = TimeUnit.MINUTES.toNanos(1);

  private Patience() {}

  /** What is found once it is whole; fails with what was there after a minute. */
  static <T> T await(Supplier<T> look, Predicate<T> whole) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT;
    T found = look.get();
    while (!whole.test(found) && System.nanoTime() < deadline) {
      new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
      found = look.get();
    }
    assertTrue("found only " + found, whole.test(found));
    return found;
  }
}
