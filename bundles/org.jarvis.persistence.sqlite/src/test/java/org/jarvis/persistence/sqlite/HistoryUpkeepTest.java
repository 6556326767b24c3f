package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jarvis.api.persistence.MetricStore.Past;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.jarvis.testkit.persistence.NaiveCourse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryUpkeepTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");
  private static final String NODE = "pve:home:node:pve1";

  @TempDir Path folder;

  private SqliteStores stores;
  private final NaiveCourse naive = new NaiveCourse();

  @BeforeEach
  void open() {
    stores = SqliteStores.in(folder);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private Instant append(int hours, int everySeconds, String... figures) {
    Random random = new Random(7);
    Instant end = BEGIN.plus(Duration.ofHours(hours));
    for (Instant hour = BEGIN; hour.isBefore(end); hour = hour.plusSeconds(3600)) {
      List<Sample> samples = new ArrayList<>();
      for (int second = 0; second < 3600; second += everySeconds) {
        for (String figure : figures) {
          Sample sample =
              new Sample(NODE, figure, hour.plusSeconds(second), random.nextInt(100) / 64.0);
          samples.add(sample);
          if (figure.equals("cpu")) {
            naive.add(sample);
          }
        }
      }
      stores.metrics().append(samples);
    }
    return end;
  }

  private void requireRight(Instant now) {
    for (int points : new int[] {25, 10_000}) {
      naive.requireRight(stores.metrics().course(NODE, "cpu", BEGIN, now, points), now);
    }
    naive.requireRight(
        stores.metrics().course(NODE, "cpu", BEGIN, now.plus(Duration.ofDays(3)), 100), now);
  }

  /** What a kill leaves behind is what was committed: the steps up to some moment. */
  @Test
  void isRightWhereverItWasInterrupted() {
    Instant now = append(27, 60, "cpu", "memory");
    int interruptions = 0;
    AtomicBoolean stopped = new AtomicBoolean(true);
    while (stopped.get()) {
      int steps = interruptions / 4;
      AtomicInteger left = new AtomicInteger(steps);
      stopped.set(false);
      new HistoryUpkeep(
              stores.metricsDatabase(),
              () -> {
                boolean stop = left.getAndDecrement() <= 0;
                stopped.compareAndSet(false, stop);
                return stop;
              })
          .run(now, HistoryLimits.DEFAULT);

      requireRight(now);
      if (interruptions % 5 == 0) {
        stores.restart();
      }
      interruptions++;
      assertThat(interruptions).as("it gets on").isLessThan(2_000);
    }
    assertThat(interruptions).isGreaterThan(20);
  }

  @Test
  void doesNothingTwice() throws SQLException {
    Instant now = append(30, 60, "cpu").plusSeconds(600);
    stores.tend(now);
    List<String> once = rows();

    stores.tend(now);

    assertThat(rows()).isEqualTo(once);
    assertThat(number("SELECT count(*) FROM batch")).isZero();
  }

  @Test
  void letsOthersWriteBetweenItsSteps() throws InterruptedException {
    Instant now = append(48, 20, "cpu");
    CountDownLatch between = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    AtomicInteger steps = new AtomicInteger();
    Thread tending =
        new Thread(
            () ->
                new HistoryUpkeep(
                        stores.metricsDatabase(),
                        () -> {
                          if (steps.incrementAndGet() == 4) {
                            between.countDown();
                            await(written);
                          }
                          return false;
                        })
                    .run(now, HistoryLimits.DEFAULT));
    tending.start();
    between.await();

    Sample meanwhile = new Sample(NODE, "cpu", now.minusSeconds(4_207), 0.5);
    naive.add(meanwhile);
    stores.metrics().append(List.of(meanwhile));
    stores.metrics().addPast("other", now, List.of());
    written.countDown();
    tending.join();

    stores.tend(now.plusSeconds(60));
    requireRight(now);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void removesOldChunksInManySteps() throws SQLException {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 3 * HistoryDeletion.STEP + 7; i++) {
      samples.add(new Sample("guest" + i, "cpu", BEGIN, i));
    }
    stores.metrics().append(samples);
    stores.tend(BEGIN.plus(Duration.ofHours(1)));
    assertThat(number("SELECT count(*) FROM chunk WHERE grain = 0")).isEqualTo(samples.size());

    stores.tend(BEGIN.plus(Duration.ofHours(5)));

    assertThat(number("SELECT count(*) FROM chunk WHERE grain = 0")).isZero();
    assertThat(number("SELECT count(*) FROM chunk WHERE grain = 1")).isEqualTo(samples.size());
  }

  @Test
  void keepsWhatACoarserChunkIsStillToBeMadeFrom() throws SQLException {
    append(3, 10, "cpu");
    AtomicInteger left = new AtomicInteger(6);
    Instant later = BEGIN.plus(Duration.ofHours(60));

    new HistoryUpkeep(stores.metricsDatabase(), () -> left.getAndDecrement() <= 0)
        .run(later, HistoryLimits.DEFAULT);
    requireRight(later);
    stores.tend(later);

    requireRight(later);
    assertThat(number("SELECT count(*) FROM chunk WHERE grain < 2")).isZero();
  }

  @Test
  void movesWhatWasRecordedBeforeTheHistoryHadGrains() throws SQLException {
    stores.close();
    Path file = folder.resolve("metrics.db");
    for (String name : new String[] {"metrics.db", "metrics.db-wal", "metrics.db-shm"}) {
      folder.resolve(name).toFile().delete();
    }
    DatabaseFile metrics = DatabaseFile.metrics(folder);
    Database.open(
            metrics,
            Database.writerSource(metrics, Duration.ofSeconds(1)),
            MigrationScripts.in("migrations/metrics/", List.of("0001_series_and_samples.sql")))
        .close();
    Instant now = BEGIN.plus(Duration.ofHours(50));
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO series VALUES (7, '" + NODE + "', 'cpu')");
      statement.execute("INSERT INTO series VALUES (9, 'pve:home:guest:101', 'cpu')");
      connection.setAutoCommit(false);
      for (int minute = 0; minute < 50 * 60; minute++) {
        Sample sample =
            new Sample(NODE, "cpu", BEGIN.plusSeconds(60L * minute + 1), minute % 97 / 128.0);
        naive.add(new Sample(NODE, "cpu", sample.at().minusSeconds(1), sample.value()));
        long at = InstantAsNanoseconds.of(sample.at());
        statement.execute(
            "INSERT INTO sample VALUES (7, "
                + at
                + ", "
                + sample.value()
                + "), (9, "
                + at
                + ", 1)");
      }
      connection.commit();
    }

    stores = SqliteStores.in(folder);
    AtomicInteger left = new AtomicInteger(3);
    new HistoryUpkeep(stores.metricsDatabase(), () -> left.getAndDecrement() <= 0)
        .run(now, HistoryLimits.DEFAULT);
    stores.restart();
    stores.tend(now);

    requireRight(now);
    assertThat(stores.metrics().course(NODE, "cpu", BEGIN, now, 10_000)).hasSizeGreaterThan(1_440);
    assertThat(stores.metrics().figures("pve:home:guest:101#first")).containsExactly("cpu");
    assertThat(stores.metrics().figures("pve:home:guest:101")).isEmpty();
    assertThat(number("SELECT count(*) FROM sample")).isZero();
    assertThat(file).exists();
  }

  @Test
  void makesCoarserChunksOfThePastToo() throws SQLException {
    Instant now = append(30, 60, "cpu");
    stores.tend(now);
    stores
        .metrics()
        .addPast(
            NODE,
            now,
            List.of(
                new Past("memory", Duration.ofMinutes(1), Map.of(BEGIN.plusSeconds(3600), 5.0))));

    stores.tend(now.plusSeconds(60));

    assertThat(number("SELECT count(*) FROM chunk WHERE grain = 2")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 24, 30, 730, history.raw.hours is a whole number from 2 to 168",
    "2, 11, 30, 730, history.minute.hours is a whole number from 12 to 8760",
    "2, 24, many, 730, history.hour.days is a whole number from 8 to 3650",
    "2, 24, 30, 99999, history.day.days is a whole number from 8 to 3650"
  })
  void namesWhatIsWrongAndHoldsToTheDefault(
      String raw, String minutes, String hours, String days, String complaint) {
    List<String> complaints = new ArrayList<>();

    assertThat(HistoryLimits.of(raw, minutes, hours, days, complaints::add))
        .isEqualTo(HistoryLimits.DEFAULT);

    assertThat(complaints).singleElement().asString().contains(complaint, "The default");
  }

  @Test
  void takesOtherLimits() {
    assertThat(HistoryLimits.of("4", "48", "60", "3650", complaint -> {}))
        .isEqualTo(
            new HistoryLimits(
                Duration.ofHours(4),
                Duration.ofHours(48),
                Duration.ofDays(60),
                Duration.ofDays(3650)));
  }

  private List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT grain || ' ' || slot || ' ' || series || ' ' || hex(content) FROM chunk"
                    + " UNION ALL SELECT grain || ' ' || slot || ' ' || mark FROM pending")) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private long number(String query) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private Connection connect() throws SQLException {
    return Database.writerSource(DatabaseFile.metrics(folder), Duration.ofSeconds(1))
        .getConnection();
  }
}
