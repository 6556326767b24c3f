package org.jarvis.persistence.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.jarvis.api.persistence.NewEvent;
import org.junit.jupiter.api.Test;

/**
 * Measures how fast the storage writes what must not be lost, and prints it; it asserts nothing.
 * Run by {@code mvn -Pbenchmark verify}, read in {@code docs/benchmarks.md}.
 *
 * <p>It is in the bundle's own package because the databases are no service that others can see.
 */
class StorageBenchmark {
  private static final int ROUNDS = 7;
  private static final Duration ROUND =
      Duration.ofMillis(Integer.getInteger("jarvis.round.millis", 2000));
  private static final int BATCH = 100;
  private static final int WRITERS = 8;
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void printFigures() throws Exception {
    // Not the folder for temporary files, which may be no disk at all.
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "storage");
    Database jarvis = Database.open(DatabaseFile.jarvis(folder));
    Database metrics = Database.open(DatabaseFile.metrics(folder));
    try {
      SqliteEventJournal events = new SqliteEventJournal(jarvis);
      SqliteAuditLog audit = new SqliteAuditLog(jarvis);
      List<NewEvent> batch = IntStream.range(0, BATCH).mapToObj(StorageBenchmark::event).toList();
      System.out.printf("%nOn %s%n", Files.getFileStore(folder));
      print(
          "durable events in batches of " + BATCH + ", 1 writer",
          1,
          i -> {
            events.append(batch);
            return BATCH;
          });
      print(
          "durable events one by one, " + WRITERS + " writers",
          WRITERS,
          i -> {
            events.append(List.of(event(i)));
            return 1;
          });
      print(
          "durable events one by one, 1 writer",
          1,
          i -> {
            events.append(List.of(event(i)));
            return 1;
          });
      print(
          "audit records, " + WRITERS + " writers",
          WRITERS,
          i -> {
            audit.append(entry(i));
            return 1;
          });
      printCourse(new SqliteMetricStore(new MetricsDatabase(metrics)));
    } finally {
      metrics.close();
      jarvis.close();
      PrivateFiles.remove(folder);
    }
  }

  private static NewEvent event(int number) {
    return new NewEvent(
        AT,
        "guest.status",
        "pve:home:guest:" + number % 1000,
        "web-" + number + " is running",
        "{\"from\":\"stopped\",\"to\":\"running\",\"number\":" + number + "}");
  }

  private static AuditEntry entry(int number) {
    return new AuditEntry(
        AT,
        "ada",
        "browser 192.0.2.7",
        "action.requested",
        "action-" + number,
        "{\"tier\":\"RED\"}");
  }

  private static void print(String what, int writers, IntToLongFunction write) throws Exception {
    rate(writers, write);
    List<Long> rates = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rates.add(rate(writers, write));
    }
    Collections.sort(rates);
    System.out.printf(
        Locale.ROOT,
        "%s: median %,d a second, from %,d to %,d, of %d rounds of %d ms%n",
        what,
        rates.get(ROUNDS / 2),
        rates.get(0),
        rates.get(ROUNDS - 1),
        ROUNDS,
        ROUND.toMillis());
  }

  private static long rate(int writers, IntToLongFunction write) throws Exception {
    AtomicLong written = new AtomicLong();
    AtomicBoolean enough = new AtomicBoolean();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int i = 0; !enough.get(); i++) {
                  written.addAndGet(write.applyAsLong(i));
                }
              });
      thread.start();
      threads.add(thread);
    }
    long begin = System.nanoTime();
    go.countDown();
    new CountDownLatch(1).await(ROUND.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    enough.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    return written.get() * 1_000_000_000L / (System.nanoTime() - begin);
  }

  private static void printCourse(SqliteMetricStore store) throws IOException {
    int perDay = 8640;
    for (int day = 0; day < 7; day++) {
      Instant begin = AT.plus(Duration.ofDays(day));
      store.append(
          IntStream.range(0, perDay)
              .mapToObj(
                  i -> new Sample("pve:home:node:pve1", "cpu", begin.plusSeconds(i * 10L), i % 100))
              .toList());
    }
    for (int days : List.of(1, 7)) {
      List<Long> micros = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        long begin = System.nanoTime();
        store.course("pve:home:node:pve1", "cpu", AT, AT.plus(Duration.ofDays(days)), 300);
        micros.add((System.nanoTime() - begin) / 1000);
      }
      Collections.sort(micros);
      System.out.printf(
          Locale.ROOT,
          "course of %d days in 300 points, of %,d samples: median %,d µs, at most %,d µs%n",
          days,
          (long) days * perDay,
          micros.get(15),
          micros.get(29));
    }
  }
}
