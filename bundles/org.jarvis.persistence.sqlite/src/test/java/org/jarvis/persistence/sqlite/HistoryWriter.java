package org.jarvis.persistence.sqlite;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.persistence.MetricStore.Sample;

/**
 * A program that records without end and tends the history all the time, in a time that passes
 * fast. It prints the number of each reading once it is told that it is recorded. It is there to be
 * killed.
 */
final class HistoryWriter {
  static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
  static final String SUBJECT = "guest0";
  static final int SERIES = 300;
  private static final int SECONDS = 60;

  private HistoryWriter() {}

  /** Goes on with the reading of this number. */
  public static void main(String[] arguments) {
    MetricsDatabase metrics =
        new MetricsDatabase(Database.open(DatabaseFile.metrics(Path.of(arguments[0]))));
    SqliteMetricStore store = new SqliteMetricStore(metrics);
    HistoryUpkeep upkeep = new HistoryUpkeep(metrics);
    for (int number = Integer.parseInt(arguments[1]); ; number++) {
      List<Sample> samples = new ArrayList<>();
      for (int series = 0; series < SERIES; series++) {
        samples.add(new Sample("guest" + series, "cpu", at(number), value(number + series)));
      }
      store.append(samples);
      System.out.println(number);
      if (number % 7 == 0) {
        upkeep.run(at(number), HistoryLimits.DEFAULT);
      }
    }
  }

  static Instant at(int number) {
    return BEGIN.plusSeconds((long) SECONDS * number);
  }

  static double value(int number) {
    return number * 7_919L % 1_000 / 1_024.0;
  }
}
