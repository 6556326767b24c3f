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
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.junit.jupiter.api.Test;

/**
 * Measures what the history takes of a disk and of time, and prints it; it asserts nothing. Run by
 * {@code mvn -Pbenchmark verify}, read in {@code docs/benchmarks.md}. Takes some minutes: it really
 * writes the week. {@code -Djarvis.history.days}, {@code -Djarvis.history.guests} and {@code
 * -Djarvis.history.many} make it shorter or longer.
 *
 * <p>It is in the bundle's own package because the databases are no service that others can see.
 */
class HistoryBenchmark {
  private static final int DAYS = Integer.getInteger("jarvis.history.days", 7);
  private static final int GUESTS = Integer.getInteger("jarvis.history.guests", 500);
  private static final int MANY = Integer.getInteger("jarvis.history.many", 5_000);
  private static final int POLL_SECONDS = 10;
  private static final String[] FIGURES = {
    "cpu", "memory", "netIn", "netOut", "diskRead", "diskWritten"
  };
  private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");

  @Test
  void printFigures() throws Exception {
    // Not the folder for temporary files, which may be no disk at all.
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "history");
    try {
      System.out.printf("%nOn %s%n", Files.getFileStore(folder));
      printWeek(Files.createDirectory(folder.resolve("week")));
      printMany(Files.createDirectory(folder.resolve("many")));
    } finally {
      PrivateFiles.remove(folder);
    }
  }

  private static void printWeek(Path folder) throws Exception {
    try (Database database = Database.open(DatabaseFile.metrics(folder))) {
      MetricsDatabase metrics = new MetricsDatabase(database);
      SqliteMetricStore store = new SqliteMetricStore(metrics);
      HistoryUpkeep upkeep = new HistoryUpkeep(metrics);
      House house = new House(GUESTS);
      Instant end = BEGIN.plus(Duration.ofDays(DAYS));
      long written = bytesWritten();
      long begin = System.nanoTime();
      long samples = 0;
      for (Instant at = BEGIN; at.isBefore(end); at = at.plusSeconds(POLL_SECONDS)) {
        List<Sample> reading = house.read(at);
        samples += reading.size();
        store.append(reading);
        if (at.getEpochSecond() % 600 == 60) {
          upkeep.run(at, HistoryLimits.DEFAULT);
        }
      }
      double minutes = (System.nanoTime() - begin) / 60e9;
      database.shortenLog();
      System.out.printf(
          Locale.ROOT,
          "%d days of %,d guests, %,d samples: %.1f MB; written to the disk %.1f MB a day; took %.1f"
              + " min%n",
          DAYS,
          GUESTS,
          samples,
          Files.size(folder.resolve("metrics.db")) / 1e6,
          (bytesWritten() - written) / 1e6 / DAYS,
          minutes);
      for (int hours : new int[] {1, 6, 24, 48, 24 * 7, 24 * 30, 24 * 365}) {
        printCourses(store, end, hours);
      }
    }
  }

  private static void printCourses(SqliteMetricStore store, Instant end, int hours) {
    Random random = new Random(hours);
    List<Long> micros = new ArrayList<>();
    int points = 0;
    for (int i = 0; i < 500; i++) {
      String subject = House.subject(random.nextInt(GUESTS));
      String figure = FIGURES[random.nextInt(FIGURES.length)];
      long begin = System.nanoTime();
      points = store.course(subject, figure, end.minus(Duration.ofHours(hours)), end, 300).size();
      micros.add((System.nanoTime() - begin) / 1000);
    }
    print("a chart of %,d h (%d points)".formatted(hours, points), micros);
  }

  private static void printMany(Path folder) throws Exception {
    try (Database database = Database.open(DatabaseFile.metrics(folder))) {
      MetricsDatabase metrics = new MetricsDatabase(database);
      SqliteMetricStore store = new SqliteMetricStore(metrics);
      HistoryUpkeep upkeep = new HistoryUpkeep(metrics);
      House house = new House(MANY);
      List<Long> appends = new ArrayList<>();
      Instant at = BEGIN;
      long written = bytesWritten();
      for (int cycle = 0; cycle < 6 * 60 * 2 + 7; cycle++) {
        List<Sample> reading = house.read(at);
        long begin = System.nanoTime();
        store.append(reading);
        appends.add((System.nanoTime() - begin) / 1000);
        if (at.getEpochSecond() % 600 == 60 && cycle < 6 * 60 * 2) {
          upkeep.run(at, HistoryLimits.DEFAULT);
        }
        at = at.plusSeconds(POLL_SECONDS);
      }
      System.out.printf(
          Locale.ROOT,
          "first reading of %,d guests, with new series: %,d ms%n",
          MANY,
          appends.remove(0) / 1000);
      print("appending a reading of %,d guests".formatted(MANY), appends);
      List<Long> waits = Collections.synchronizedList(new ArrayList<>());
      AtomicBoolean over = new AtomicBoolean();
      Instant now = at;
      Thread prober = new Thread(() -> probe(store, now, waits, over));
      prober.start();
      long begin = System.nanoTime();
      upkeep.run(at, HistoryLimits.DEFAULT);
      long took = System.nanoTime() - begin;
      over.set(true);
      prober.join();
      System.out.printf(
          Locale.ROOT,
          "putting ten minutes of %,d guests into chunks and making two hours coarser: %,d ms%n",
          MANY,
          took / 1_000_000);
      print("another's small write meanwhile", waits);
      Instant last = at;
      for (int hours : new int[] {1, 24}) {
        List<Long> micros = new ArrayList<>();
        Random random = new Random(hours);
        for (int i = 0; i < 200; i++) {
          long start = System.nanoTime();
          store.course(
              House.subject(random.nextInt(MANY)),
              "cpu",
              last.minus(Duration.ofHours(hours)),
              last,
              300);
          micros.add((System.nanoTime() - start) / 1000);
        }
        print("a chart of %d h among %,d guests".formatted(hours, MANY), micros);
      }
      database.shortenLog();
      System.out.printf(
          Locale.ROOT,
          "two hours of %,d guests: %.1f MB; written to the disk %.1f MB an hour%n",
          MANY,
          Files.size(folder.resolve("metrics.db")) / 1e6,
          (bytesWritten() - written) / 2e6);
    }
  }

  private static void probe(
      SqliteMetricStore store, Instant now, List<Long> waits, AtomicBoolean over) {
    while (!over.get()) {
      long begin = System.nanoTime();
      store.addPast("probe", now, List.of());
      waits.add((System.nanoTime() - begin) / 1000);
    }
  }

  private static void print(String what, List<Long> micros) {
    List<Long> sorted = new ArrayList<>(micros);
    Collections.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.2f ms, 99 of 100 within %.2f ms, at most %.2f ms, of %,d%n",
        what,
        sorted.get(sorted.size() / 2) / 1e3,
        sorted.get(sorted.size() * 99 / 100) / 1e3,
        sorted.get(sorted.size() - 1) / 1e3,
        sorted.size());
  }

  /** What this process had the disk write, as Linux tells. */
  private static long bytesWritten() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/io")).stream()
        .filter(line -> line.startsWith("write_bytes:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  /** Guests whose figures wander, rounded as the recorder rounds them. */
  private static final class House {
    private static final long KEPT = -1L << 41;
    private final Random random = new Random(2026);
    private final String[] subjects;
    private final double[][] figures;

    House(int guests) {
      subjects = new String[guests];
      figures = new double[guests][FIGURES.length];
      for (int guest = 0; guest < guests; guest++) {
        subjects[guest] = subject(guest);
        for (int figure = 0; figure < FIGURES.length; figure++) {
          figures[guest][figure] = Math.exp(random.nextGaussian()) * (figure == 0 ? 0.05 : 1e6);
        }
      }
    }

    static String subject(int guest) {
      return "pve:home:guest:" + (100 + guest) + "#first";
    }

    List<Sample> read(Instant at) {
      List<Sample> samples = new ArrayList<>(subjects.length * FIGURES.length);
      for (int guest = 0; guest < subjects.length; guest++) {
        for (int figure = 0; figure < FIGURES.length; figure++) {
          figures[guest][figure] *= 1 + random.nextGaussian() / 500;
          double value = figures[guest][figure] * (1 + random.nextGaussian() / 5);
          samples.add(
              new Sample(
                  subjects[guest],
                  FIGURES[figure],
                  at,
                  Double.longBitsToDouble(Double.doubleToRawLongBits(value) & KEPT)));
        }
      }
      return samples;
    }
  }
}
