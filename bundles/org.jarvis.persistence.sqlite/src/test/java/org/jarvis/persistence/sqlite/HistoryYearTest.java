package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jarvis.api.persistence.MetricStore.Point;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.jarvis.testkit.persistence.NaiveCourse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A year in little time: more seldom samples than in earnest, and the last day as it is. The system
 * property {@code jarvis.stress} asks for more series, and for being tended more often.
 */
class HistoryYearTest {
  private static final boolean STRESS = System.getProperty("jarvis.stress") != null;
  private static final int SERIES = STRESS ? 200 : 20;
  private static final Duration RHYTHM = Duration.ofMinutes(STRESS ? 5 : 60);
  private static final Duration TENDED = Duration.ofMinutes(STRESS ? 60 : 1_440);
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = BEGIN.plus(Duration.ofDays(365));

  /** What a day of one series may take once it is kept by the day, with its share of pages. */
  private static final int BYTES_OF_A_DAY = 40;

  @TempDir Path folder;

  private final Random random = new Random(2026);
  private final NaiveCourse naive = new NaiveCourse();

  @Test
  @Timeout(3600)
  void keepsItsBoundsAndIsRightAtEveryZoom() throws Exception {
    try (SqliteStores stores = SqliteStores.in(folder)) {
      Instant half = BEGIN.plus(Duration.ofDays(180));
      live(stores, BEGIN, half, RHYTHM, TENDED);
      requireRight(stores, half);
      long size = size(stores);

      Instant last = END.minus(Duration.ofDays(1));
      live(stores, half, last, RHYTHM, TENDED);

      long days = Duration.between(half, last).toDays();
      assertThat(size(stores) - size)
          .as("growth of the file, by what is kept for longer than half a year")
          .isLessThan(days * SERIES * BYTES_OF_A_DAY + 100_000);
      live(stores, last, END, Duration.ofSeconds(STRESS ? 10 : 30), Duration.ofHours(1));
      stores.restart();
      requireRight(stores, END);
    }
  }

  private void live(
      SqliteStores stores, Instant from, Instant to, Duration rhythm, Duration tended) {
    List<Sample> samples = new ArrayList<>();
    Instant due = from.plus(tended);
    for (Instant at = from; at.isBefore(to); at = at.plus(rhythm)) {
      // It is off for a weekend each month.
      if (Duration.between(BEGIN, at).toDays() % 30 >= 2) {
        for (int series = 0; series < SERIES; series++) {
          samples.add(new Sample("guest" + series, "cpu", at, random.nextInt(4096) / 4096.0));
        }
        naive.add(samples.get(samples.size() - SERIES));
      }
      if (!at.isBefore(due)) {
        stores.metrics().append(samples);
        samples.clear();
        tend(stores, at);
        due = at.plus(tended);
      }
    }
    stores.metrics().append(samples);
    tend(stores, to);
  }

  private static void tend(SqliteStores stores, Instant now) {
    new HistoryUpkeep(stores.metricsDatabase()).run(now, HistoryLimits.DEFAULT);
  }

  private void requireRight(SqliteStores stores, Instant now) {
    for (int hours : new int[] {1, 2, 6, 24, 30, 72, 168, 720, 1000, 2400, 4320, 8760}) {
      Instant from = now.minus(Duration.ofHours(hours));
      for (int points : new int[] {1, 300, 10_000}) {
        List<Point> course = stores.metrics().course("guest0", "cpu", from, now, points);
        assertThat(course).as("%d hours in %d points", hours, points).hasSizeBetween(1, points);
        naive.requireRight(course, now);
        if (points > 1) {
          // A day's step begins with the day, and a weekend may be in between.
          Instant begin = from.isBefore(BEGIN) ? BEGIN : from;
          assertThat(course.get(0).at()).isBefore(begin.plus(Duration.ofDays(4)));
        }
      }
    }
  }

  private long size(SqliteStores stores) throws Exception {
    stores.metricsDatabase().database().shortenLog();
    return Files.size(folder.resolve("metrics.db"));
  }
}
