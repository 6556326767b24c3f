package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.persistence.MetricStore.Point;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.jarvis.testkit.persistence.NaiveCourse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that records and tends the history, again and again, on the same database. A
 * small sample by default; the system property {@code jarvis.stress} asks for the full count.
 */
class HistoryKillTest {
  private static final int ROUNDS = System.getProperty("jarvis.stress") == null ? 4 : 100;
  private static final long SEED = Long.getLong("jarvis.seed", 20260302L);

  @TempDir Path folder;

  private final NaiveCourse naive = new NaiveCourse();
  private int next;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void losesAndDoublesNothingWhenItIsKilled() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      int acknowledged = recordAndKill(150 + random.nextInt(400));
      try (SqliteStores stores = SqliteStores.in(folder)) {
        int last = last(stores, acknowledged);
        assertThat(last).as("-Djarvis.seed=%d", SEED).isBetween(acknowledged, acknowledged + 1);
        for (; next <= last; next++) {
          naive.add(
              new Sample(
                  HistoryWriter.SUBJECT, "cpu", HistoryWriter.at(next), HistoryWriter.value(next)));
        }
        requireRight(stores);
        stores.tend(HistoryWriter.at(last));
        requireRight(stores);
      }
    }
  }

  /** The number of the newest sample. */
  private static int last(SqliteStores stores, int acknowledged) {
    Instant soon = HistoryWriter.at(acknowledged + 10);
    List<Point> hour =
        stores
            .metrics()
            .course(HistoryWriter.SUBJECT, "cpu", soon.minusSeconds(3600), soon, 10_000);
    Instant at = hour.get(hour.size() - 1).at();
    return (int) (Duration.between(HistoryWriter.BEGIN, at).toSeconds() / 60);
  }

  private void requireRight(SqliteStores stores) {
    Instant end = HistoryWriter.at(next);
    for (int points : new int[] {20, 10_000}) {
      naive.requireRight(
          stores.metrics().course(HistoryWriter.SUBJECT, "cpu", HistoryWriter.BEGIN, end, points),
          end);
    }
  }

  /** Kills it after so many readings; the last that it still told of. */
  private int recordAndKill(int readings) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HistoryWriter.class.getName(),
                folder.toString(),
                Integer.toString(next))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int last = -1;
    int lines = 0;
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        // What libraries log goes the same way.
        if (line.matches("\\d+")) {
          last = Math.max(last, Integer.parseInt(line));
          if (++lines == readings) {
            process.toHandle().destroyForcibly();
          }
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(lines).isGreaterThanOrEqualTo(readings);
    return last;
  }
}
