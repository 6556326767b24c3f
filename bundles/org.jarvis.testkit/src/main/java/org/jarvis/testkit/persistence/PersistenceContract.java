package org.jarvis.testkit.persistence;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.NewEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the contracts have in common: fresh stores for each test, and hostile material. */
public abstract class PersistenceContract {
  protected static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

  private static final int THREADS = 8;

  protected PersistenceUnderTest stores;

  /** Opens the provider's stores in an empty folder. */
  protected abstract PersistenceUnderTest open(Path emptyFolder);

  @BeforeEach
  void openStores(@TempDir Path folder) {
    stores = open(folder);
  }

  @AfterEach
  void closeStores() {
    stores.close();
  }

  static Stream<String> hostileTexts() {
    return Stream.of(
        "",
        " ",
        "a\0b",
        "\0",
        "'; DROP TABLE audit; --",
        "\"double\" `back` \\ ${x} #{y} %s {} ?1 :name @p",
        "Zo\u00eb \u65e5\u672c\u8a9e \u202e\u0661 e\u0301",
        "\ud83d\ude80\ud83d\udc69\u200d\ud83d\udcbb",
        "line\r\nline\u2028line\u0085\t\u001b[31m\u007f",
        "\ufeff\ufffe\uffff",
        "null",
        "0012.50",
        "x".repeat(1 << 20),
        "\ud83d\ude80\0\u00e9".repeat(200_000));
  }

  static AuditEntry entry(String text) {
    return new AuditEntry(NOON, "ada", "browser", "action.requested", text, "{}");
  }

  static NewEvent event(String text) {
    return new NewEvent(NOON, "action.requested", null, text, "{}");
  }

  /** Runs the work of all callers at the same time and returns their results, in order. */
  static <T> List<T> atOnce(List<Callable<T>> callers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, callers.size()));
    try {
      CountDownLatch go = new CountDownLatch(1);
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> caller : callers) {
        futures.add(
            threads.submit(
                () -> {
                  go.await();
                  return caller.call();
                }));
      }
      go.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(60, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
