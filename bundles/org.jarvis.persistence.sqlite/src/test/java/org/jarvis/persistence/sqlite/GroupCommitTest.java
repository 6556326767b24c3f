package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.ibatis.session.SqlSession;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

@Timeout(60)
class GroupCommitTest {
  @TempDir Path folder;

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final AtomicReference<JarvisException> outcome = new AtomicReference<>();
  private CountingSession session;
  private GroupCommit writer;

  @BeforeEach
  void open() {
    DatabaseFile file = DatabaseFile.jarvis(folder);
    Database.open(file).close();
    var source = Database.writerSource(file, Duration.ofMillis(50));
    session =
        new CountingSession(
            new SqliteWriteSession(source::getConnection, MapperSessions.over(source)));
    writer = new GroupCommit(DatabaseKind.JARVIS, session, outcome::set, System::nanoTime).start();
  }

  @AfterEach
  void close() {
    writer.close();
    callers.shutdownNow();
  }

  private static Function<SqlSession, Boolean> put(String name) {
    return statements -> statements.getMapper(SettingMapper.class).put(name, "v") == 1;
  }

  private String stored(String name) {
    return writer.write(
        statements -> {
          String value = statements.getMapper(SettingMapper.class).value(name);
          return value == null ? "nothing" : value;
        });
  }

  /** Queues all work while the writer is busy, so that it becomes one group. */
  private List<CompletableFuture<Boolean>> asOneGroup(List<Function<SqlSession, Boolean>> works)
      throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    var unused =
        callers.submit(
            () ->
                writer.write(
                    statements -> {
                      busy.countDown();
                      awaitQuietly(release);
                      return true;
                    }));
    busy.await();
    List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    for (Function<SqlSession, Boolean> work : works) {
      int waiting = writer.waiting();
      answers.add(CompletableFuture.supplyAsync(() -> writer.write(work), callers));
      while (writer.waiting() == waiting) {
        Thread.onSpinWait();
      }
    }
    session.commits.set(-1);
    release.countDown();
    return answers;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void makesTheWorkOfSeveralCallersDurableWithOneCommit() throws Exception {
    List<CompletableFuture<Boolean>> answers = asOneGroup(List.of(put("a"), put("b"), put("c")));

    for (CompletableFuture<Boolean> answer : answers) {
      assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(session.commits).hasValue(1);
    assertThat(List.of(stored("a"), stored("b"), stored("c"))).containsOnly("v");
  }

  @Test
  void takesBackOnlyTheWorkThatFailed() throws Exception {
    List<CompletableFuture<Boolean>> answers =
        asOneGroup(
            List.of(
                put("a"),
                statements -> {
                  var unused = put("b").apply(statements);
                  throw new IllegalStateException("no");
                },
                put("c")));

    assertThat(answers.get(0).get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(answers.get(2).get(10, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> answers.get(1).get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(JarvisException.class);
    assertThat(session.commits).hasValue(1);
    assertThat(List.of(stored("a"), stored("b"), stored("c"))).containsExactly("v", "nothing", "v");
    assertThat(outcome).hasValue(null);
  }

  @Test
  void passesOnTheErrorThatTheWorkRaised() {
    assertThatThrownBy(
            () ->
                writer.write(
                    statements -> {
                      throw new JarvisException(ErrorCode.CONFLICT, "was there before");
                    }))
        .isInstanceOfSatisfying(
            JarvisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
        .hasMessage("was there before");
  }

  @Test
  void triesEachCallerAloneWhenTheCommitOfTheGroupFails() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    Function<SqlSession, Boolean> failingTheFirstTime =
        statements -> {
          if (attempts.incrementAndGet() == 1) {
            session.commitFailures.add(SQLiteErrorCode.SQLITE_FULL);
          }
          return put("a").apply(statements);
        };

    List<CompletableFuture<Boolean>> answers = asOneGroup(List.of(failingTheFirstTime, put("b")));

    for (CompletableFuture<Boolean> answer : answers) {
      assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(attempts).hasValue(2);
    assertThat(session.commits).hasValue(2);
    assertThat(List.of(stored("a"), stored("b"))).containsOnly("v");
  }

  @Test
  void saysThatTheDiskIsFullAndWritesAgainWhenItIsNot() {
    session.commitFailures.add(SQLiteErrorCode.SQLITE_FULL);

    assertThatThrownBy(() -> writer.write(put("a")))
        .isInstanceOfSatisfying(
            JarvisException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE))
        .hasMessageContaining("jarvis.db cannot be written: the disk is full");
    assertThat(outcome.get()).hasMessageContaining("the disk is full");

    assertThat(stored("a")).isEqualTo("nothing");
    assertThat(writer.write(put("a"))).isTrue();
    assertThat(outcome).hasValue(null);
  }

  @Test
  void waitsOnThroughAnInterruptAndKeepsIt() throws Exception {
    CompletableFuture<Boolean> interruptedAfter = new CompletableFuture<>();
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () -> {
              writer.write(
                  statements -> {
                    busy.countDown();
                    awaitQuietly(release);
                    return put("a").apply(statements);
                  });
              interruptedAfter.complete(Thread.currentThread().isInterrupted());
            });
    caller.start();
    busy.await();

    caller.interrupt();
    release.countDown();

    assertThat(interruptedAfter.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(stored("a")).isEqualTo("v");
  }

  @Test
  void finishesWhatItTookBeforeItClosesAndThenTakesNoMore() throws Exception {
    List<CompletableFuture<Boolean>> answers = asOneGroup(List.of(put("a"), put("b")));

    writer.close();

    for (CompletableFuture<Boolean> answer : answers) {
      assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThatThrownBy(() -> writer.write(put("c")))
        .isInstanceOf(JarvisException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void survivesAnErrorInTheWork() {
    assertThatThrownBy(
            () ->
                writer.write(
                    statements -> {
                      throw new AssertionError("out of luck");
                    }))
        .isInstanceOf(JarvisException.class);

    assertThat(writer.write(put("a"))).isTrue();
  }

  /** Counts commits, and fails those it is told to. */
  private static final class CountingSession implements WriteSession {
    private final WriteSession actual;
    final AtomicInteger commits = new AtomicInteger();
    final Deque<SQLiteErrorCode> commitFailures = new ConcurrentLinkedDeque<>();

    CountingSession(WriteSession actual) {
      this.actual = actual;
    }

    @Override
    public void begin() throws SQLException {
      actual.begin();
    }

    @Override
    public void mark() throws SQLException {
      actual.mark();
    }

    @Override
    public void undo() throws SQLException {
      actual.undo();
    }

    @Override
    public void commit() throws SQLException {
      SQLiteErrorCode failure = commitFailures.poll();
      if (failure != null) {
        throw new SQLiteException("told to fail", failure);
      }
      actual.commit();
      commits.incrementAndGet();
    }

    @Override
    public SqlSession statements() throws SQLException {
      return actual.statements();
    }

    @Override
    public void discard() {
      actual.discard();
    }

    @Override
    public void close() {
      actual.close();
    }
  }
}
