package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jarvis.api.auth.Audience;
import org.jarvis.api.auth.Scope;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.ComponentHealth.Status;
import org.jarvis.api.persistence.AccountStore.Account;
import org.jarvis.api.persistence.AccountStore.KnownBrowser;
import org.jarvis.api.persistence.AttemptStore.StoredAttempts;
import org.jarvis.api.persistence.AuditEntry;
import org.jarvis.api.persistence.ConsentStore.StoredConsent;
import org.jarvis.api.persistence.MetricStore.Sample;
import org.jarvis.api.persistence.SnapshotStore.StoredSnapshot;
import org.jarvis.api.persistence.TokenStore.StoredToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The storage in trouble, and after it. The keeper is asked to tend when the test wants it to. */
@Timeout(60)
class StorageKeeperTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  private final List<Database> published = new ArrayList<>();
  private StorageKeeper keeper;

  @AfterEach
  void close() {
    keeper.close();
  }

  private void keep(DatabaseFile file, SQLiteDataSource writerSource) {
    keep(file, () -> Database.open(file, writerSource, file.kind().scripts()));
  }

  private void keep(DatabaseFile file, Supplier<Database> opener) {
    keeper =
        new StorageKeeper(
            file.kind(),
            file.path().toString(),
            opener,
            opened -> {
              published.add(opened);
              return () -> published.remove(opened);
            });
  }

  private void keep(DatabaseFile file) {
    keep(file, Database.writerSource(file, Duration.ofMillis(50)));
  }

  private SqliteSettingStore settings() {
    return new SqliteSettingStore(published.get(0));
  }

  /** A work that fails as the storage does makes the writer open a new connection. */
  private void forgetTheWritersConnection() {
    JarvisException failure = new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "told to fail");
    assertThatThrownBy(
            () ->
                published
                    .get(0)
                    .write(
                        statements -> {
                          throw failure;
                        }))
        .hasMessage("told to fail");
  }

  @Test
  void isDownUntilItHasOpened() {
    keep(DatabaseFile.jarvis(folder));

    assertThat(keeper.health().status()).isEqualTo(Status.DOWN);
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    assertThat(published).hasSize(1);
  }

  @Test
  void opensOnceOnly() {
    keep(DatabaseFile.jarvis(folder));
    keeper.tend();
    keeper.tend();

    assertThat(published).hasSize(1);
  }

  /** As after the disk was mounted anew, which leaves the open files of the old one in use. */
  private static void putCopyInItsPlace(DatabaseFile file) throws IOException {
    for (String suffix : List.of("", "-wal")) {
      Path original = file.path().resolveSibling(file.path().getFileName() + suffix);
      if (Files.exists(original)) {
        Path copy = original.resolveSibling("copy");
        Files.copy(original, copy);
        Files.move(original, original.resolveSibling(original.getFileName() + ".old"));
        Files.move(copy, original);
      }
    }
    Path index = file.path().resolveSibling(file.path().getFileName() + "-shm");
    Files.move(index, index.resolveSibling(index.getFileName() + ".old"));
  }

  @Test
  void writesNothingToAFileThatItsReadersDoNotSee() throws IOException {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    keep(file);
    keeper.tend();
    settings().put("key", "before");
    putCopyInItsPlace(file);
    forgetTheWritersConnection();

    assertThatThrownBy(() -> settings().put("key", "between"))
        .isInstanceOfSatisfying(
            JarvisException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE))
        .hasMessageContaining("mounted anew");
    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(settings().get("key")).contains("before");
  }

  @Test
  void opensTheFileThatHasComeInItsPlaceAndLosesNothing() throws IOException {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    keep(file);
    keeper.tend();
    settings().put("key", "before");
    Database old = published.get(0);
    putCopyInItsPlace(file);

    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    assertThat(published).hasSize(1).doesNotContain(old);
    assertThat(settings().get("key")).contains("before");
    settings().put("key", "after");
    keeper.close();
    keep(file);
    keeper.tend();
    assertThat(settings().get("key")).contains("after");
  }

  @Test
  void keepsWhatItHasOpenWhileNothingIsInItsPlace() throws IOException {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    keep(file);
    keeper.tend();
    Database open = published.get(0);
    Path away = folder.resolve("away");
    Files.move(file.path(), away);
    keeper.tend();
    assertThat(published).containsExactly(open);

    Files.move(away, file.path());
    keeper.tend();
    assertThat(published).containsExactly(open);
    assertThat(keeper.health().status()).isEqualTo(Status.UP);
  }

  @Test
  void withdrawsTheStoresWhenItClosesAndStaysClosed() {
    keep(DatabaseFile.jarvis(folder));
    keeper.tend();

    keeper.close();
    keeper.tend();

    assertThat(published).isEmpty();
    assertThat(keeper.health().status()).isEqualTo(Status.DOWN);
  }

  @Test
  void saysThatTheFolderCannotBeMadeAndOpensWhenItCan() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("data"), "a file where the folder should be");
    keep(DatabaseFile.jarvis(inTheWay));

    keeper.tend();

    assertThat(published).isEmpty();
    assertThat(keeper.health().status()).isEqualTo(Status.DOWN);
    assertThat(keeper.health().detail())
        .contains("jarvis.db cannot be created in the data folder", "--data")
        .doesNotContain(folder.toString());

    Files.delete(inTheWay);
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    assertThat(published).hasSize(1);
  }

  @Test
  void saysThatTheFileIsNoDatabaseAndOpensWhenItIsMovedAway() throws IOException {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    Files.writeString(file.path(), "not a database, but long enough to be one ".repeat(50));
    keep(file);

    keeper.tend();

    assertThat(keeper.health().detail()).contains("is no SQLite database");

    Files.move(file.path(), folder.resolve("elsewhere"));
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
  }

  @Test
  void isDegradedWhileAnotherProgramHoldsTheFileAndHealsByItself() throws SQLException {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    keep(file);
    keeper.tend();
    settings().put("key", "before");
    try (Connection other = Database.writerSource(file, Duration.ofSeconds(1)).getConnection();
        var statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");

      assertThatThrownBy(() -> settings().put("key", "during"))
          .isInstanceOfSatisfying(
              JarvisException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE))
          .hasMessageContaining("another program keeps it locked");
      assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
      assertThat(settings().get("key")).contains("before");

      keeper.tend();
      assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    }
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    assertThat(settings().get("key")).contains("before");
    settings().put("key", "after");
    assertThat(settings().get("key")).contains("after");
  }

  @Test
  void refusesWritesOnAFullDiskReadsOnAndHealsByItself() {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    LimitedSource source = new LimitedSource(file);
    keep(file, source);
    keeper.tend();
    settings().put("key", "before");
    // The connection that is open now grew up on a disk without limit.
    source.pragma = "PRAGMA max_page_count = 1";
    forgetTheWritersConnection();

    assertThatThrownBy(() -> settings().put("large", "x".repeat(1 << 20)))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining("the disk is full");

    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(keeper.health().detail()).contains("jarvis.db", "Free some space");
    assertThat(settings().get("key")).contains("before");
    assertThat(settings().get("large")).isEmpty();

    source.pragma = "";
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    settings().put("large", "x".repeat(1 << 20));
    assertThat(settings().get("large")).isPresent();
  }

  @Test
  void refusesWritesToAReadOnlyFileAndHealsByItself() {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    LimitedSource source = new LimitedSource(file);
    keep(file, source);
    keeper.tend();
    settings().put("key", "before");
    source.pragma = "PRAGMA query_only = ON";
    forgetTheWritersConnection();

    assertThatThrownBy(() -> settings().put("key", "during"))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining("read-only");
    keeper.tend();
    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(settings().get("key")).contains("before");

    source.pragma = "";
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    settings().put("key", "after");
  }

  private void failToRead(Exception failure) {
    assertThatThrownBy(
            () ->
                published
                    .get(0)
                    .read(
                        statements -> {
                          throw new PersistenceException(failure);
                        }))
        .isInstanceOf(JarvisException.class);
  }

  @Test
  void isDegradedWhenReadingFailsUntilAProbeHasRead() {
    keep(DatabaseFile.jarvis(folder));
    keeper.tend();

    failToRead(new SQLiteException("told to fail", SQLiteErrorCode.SQLITE_IOERR_READ));

    settings().put("key", "writing works");
    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(keeper.health().detail()).contains("jarvis.db cannot be read", "the disk failed");
    keeper.tend();
    assertThat(keeper.health().status()).isEqualTo(Status.UP);
  }

  @Test
  void staysDegradedWhenAPartOfTheFileIsDamaged() {
    keep(DatabaseFile.jarvis(folder));
    keeper.tend();

    failToRead(new SQLiteException("told to fail", SQLiteErrorCode.SQLITE_CORRUPT));
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(keeper.health().detail()).contains("restore a backup");
  }

  @Test
  void isUpWhenOnlyTooManyRead() {
    keep(DatabaseFile.jarvis(folder));
    keeper.tend();

    failToRead(new SQLTransientConnectionException("told to time out"));

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
  }

  @Test
  void isDegradedWhileTheDiskDoesNotAnswerTheWriter() throws Exception {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    AtomicLong nanoTime = new AtomicLong();
    keep(
        file,
        () ->
            Database.open(
                file,
                Database.writerSource(file, Duration.ofMillis(50)),
                file.kind().scripts(),
                nanoTime::get));
    keeper.tend();
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    CompletableFuture<Integer> hung =
        CompletableFuture.supplyAsync(
            () ->
                published
                    .get(0)
                    .write(
                        statements -> {
                          writing.countDown();
                          return wait(answer);
                        }));
    writing.await();
    CompletableFuture<Void> next =
        CompletableFuture.runAsync(() -> settings().put("key", "at last"));
    while (published.get(0).waiting() == 0) {
      Thread.onSpinWait();
    }

    nanoTime.set(Duration.ofSeconds(10).toNanos());
    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    nanoTime.incrementAndGet();

    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(keeper.health().detail()).contains("more than 10 seconds", "Writes that wait: 1.");
    keeper.tend();
    answer.countDown();
    hung.get(10, TimeUnit.SECONDS);
    next.get(10, TimeUnit.SECONDS);
    settings().put("key", "after");
    assertThat(keeper.health().status()).isEqualTo(Status.UP);
  }

  private static int wait(CountDownLatch latch) {
    try {
      latch.await();
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What each store writes, by its name. */
  private Map<String, Runnable> writes() {
    Database jarvis = published.get(0);
    Map<String, Runnable> writes = new LinkedHashMap<>();
    AuditEntry audit = AuditEntries.numbered(1);
    // Larger than any room that a database still has within itself.
    String large = "x".repeat(1 << 20);
    SqliteAccountStore accounts = new SqliteAccountStore(jarvis);
    writes.put("account", () -> accounts.addFirst(new Account("ada", large, NOON), audit));
    writes.put("browser", () -> accounts.addBrowser(new KnownBrowser(large, "ada", NOON)));
    writes.put(
        "token",
        () ->
            new SqliteTokenStore(jarvis)
                .add(
                    new StoredToken(
                        "t",
                        large,
                        false,
                        "h",
                        "ada",
                        Set.of(Scope.READ),
                        Audience.API,
                        NOON,
                        null,
                        null,
                        null),
                    audit));
    writes.put(
        "attempts",
        () -> new SqliteAttemptStore(jarvis).put(List.of(new StoredAttempts(large, 1, NOON))));
    writes.put(
        "preference", () -> new SqlitePreferenceStore(jarvis).put("ada", "key", large, NOON, 10));
    writes.put(
        "snapshot",
        () -> new SqliteSnapshotStore(jarvis).put(new StoredSnapshot("home", NOON, large)));
    writes.put(
        "consent",
        () ->
            new SqliteConsentStore(jarvis)
                .put(new StoredConsent("aa", large, "1", true, null, "ada", NOON), audit));
    return writes;
  }

  @ParameterizedTest
  @CsvSource({"PRAGMA max_page_count = 1, the disk is full", "PRAGMA query_only = ON, read-only"})
  void refusesTheWritesOfEveryStoreAndTakesThemAfterwards(String pragma, String reason) {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    LimitedSource source = new LimitedSource(file);
    keep(file, source);
    keeper.tend();
    settings().put("key", "before");
    source.pragma = pragma;
    forgetTheWritersConnection();

    writes()
        .forEach(
            (name, write) ->
                assertThatThrownBy(write::run)
                    .as(name)
                    .isInstanceOfSatisfying(
                        JarvisException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE))
                    .hasMessageContaining(reason));
    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(new SqliteAuditLog(published.get(0)).size()).isZero();
    assertThat(new SqliteAccountStore(published.get(0)).anyAccount()).isFalse();

    source.pragma = "";
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    writes().values().forEach(Runnable::run);
    assertThat(new SqliteAuditLog(published.get(0)).verify().records()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"PRAGMA max_page_count = 1, the disk is full", "PRAGMA query_only = ON, read-only"})
  void refusesFiguresAndTakesThemAfterwards(String pragma, String reason) {
    DatabaseFile file = DatabaseFile.metrics(folder);
    LimitedSource source = new LimitedSource(file);
    keep(file, source);
    keeper.tend();
    SqliteMetricStore metrics = new SqliteMetricStore(new MetricsDatabase(published.get(0)));
    metrics.append(List.of(new Sample("node", "cpu", NOON, 1)));
    source.pragma = pragma;
    forgetTheWritersConnection();

    List<Sample> many =
        IntStream.range(0, 20_000).mapToObj(i -> new Sample("guest " + i, "cpu", NOON, i)).toList();
    assertThatThrownBy(() -> metrics.append(many))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining("metrics.db")
        .hasMessageContaining(reason);
    assertThat(keeper.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(metrics.course("node", "cpu", NOON, NOON.plusSeconds(1), 10)).hasSize(1);

    source.pragma = "";
    keeper.tend();

    assertThat(keeper.health().status()).isEqualTo(Status.UP);
    metrics.append(many);
    assertThat(metrics.figures("guest 7")).containsExactly("cpu");
  }

  @Test
  void saysWhichFileIsDamagedAndThatItsLossIsSmall() throws IOException {
    DatabaseFile file = DatabaseFile.metrics(folder);
    Files.writeString(file.path(), "not a database, but long enough to be one ".repeat(50));
    keep(file);

    keeper.tend();

    assertThat(keeper.health().detail())
        .contains("metrics.db", "is no SQLite database", "Move it away", "charts");
  }

  @Test
  void goesOnWithoutFigures() {
    ComponentHealth up = new ComponentHealth("storage", Status.UP, "jarvis.db is open.");
    ComponentHealth down = new ComponentHealth("storage", Status.DOWN, "metrics.db is damaged.");

    keep(DatabaseFile.jarvis(folder));
    assertThat(SqlitePersistence.together(up, down))
        .isEqualTo(new ComponentHealth("storage", Status.DEGRADED, "metrics.db is damaged."));
    assertThat(SqlitePersistence.together(down, up)).isEqualTo(down);
    assertThat(SqlitePersistence.together(up, up).status()).isEqualTo(Status.UP);
  }

  /** A source whose connections can be told to meet what a full or read-only disk gives. */
  private static final class LimitedSource extends SQLiteDataSource {
    volatile String pragma = "";

    LimitedSource(DatabaseFile file) {
      super(new SQLiteConfig());
      SQLiteDataSource actual = Database.writerSource(file, Duration.ofMillis(50));
      setConfig(actual.getConfig());
      setUrl(actual.getUrl());
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      if (!pragma.isEmpty()) {
        try (var statement = connection.createStatement()) {
          statement.execute(pragma);
        }
      }
      return connection;
    }
  }
}
