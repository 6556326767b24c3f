package org.jarvis.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.event.RecordedEvent;
import org.jarvis.api.persistence.ConversationStore.StoredConversation;
import org.jarvis.api.persistence.ConversationStore.StoredUsage;
import org.jarvis.api.persistence.NewEvent;
import org.jarvis.api.persistence.ProblemStore.StoredProblem;
import org.jarvis.api.persistence.StoredAction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final RetentionLimits LIMITS =
      new RetentionLimits(Duration.ofDays(10), Duration.ofDays(20));
  private static final Instant OLD = NOW.minus(Duration.ofDays(10)).minusNanos(1);

  @TempDir Path folder;

  private SqliteStores stores;

  @BeforeEach
  void open() {
    stores = SqliteStores.in(folder);
  }

  @AfterEach
  void close() {
    stores.close();
  }

  private void prune() {
    new Retention(
            stores.database(), LIMITS, Clock.fixed(NOW, ZoneOffset.UTC), new RetentionTrouble())
        .prune();
  }

  private void events(int count, Instant at) {
    stores
        .events()
        .append(
            IntStream.range(0, count)
                .mapToObj(i -> new NewEvent(at, "t", null, "e", "{}"))
                .toList());
  }

  private List<Long> numbers() {
    return stores.events().after(0, Integer.MAX_VALUE).stream().map(RecordedEvent::seq).toList();
  }

  @Test
  void removesOldEventsInManyStepsAndNumbersOn() {
    int old = 2 * Retention.STEP + 7;
    events(old, OLD);
    events(3, OLD.plusNanos(1));

    prune();

    assertThat(numbers()).containsExactly(old + 1L, old + 2L, old + 3L);
    assertThat(stores.events().head()).isEqualTo(old + 3);
    stores.restart();
    assertThat(stores.events().append(List.of(new NewEvent(NOW, "t", null, "next", "{}"))))
        .isEqualTo(old + 4);
  }

  @Test
  void numbersOnAfterAllEventsAreGone() {
    events(5, OLD);

    prune();

    assertThat(numbers()).isEmpty();
    events(1, NOW);
    assertThat(numbers()).containsExactly(6L);
  }

  @Test
  void leavesNoGapWhereTheClockWentBack() {
    events(1, OLD);
    events(1, NOW);
    events(1, OLD);

    prune();

    assertThat(numbers()).containsExactly(2L, 3L);
  }

  @Test
  void doesNotKeepEverythingForOneEventOfAClockThatWasAhead() {
    events(1, NOW.plus(Duration.ofDays(3000)));
    events(4, OLD);
    events(1, NOW);

    prune();

    assertThat(numbers()).containsExactly(6L);
  }

  @Test
  void keepsWhatAClockThatIsBehindTakesForTheFuture() {
    events(Retention.STEP + 3, NOW.plus(Duration.ofDays(1000)));

    prune();

    assertThat(numbers()).hasSize(Retention.STEP + 3);
  }

  @Test
  void keepsWhatIsBeforeTheFirstEventOfAClockThatIsBehind() {
    events(2, OLD);
    events(3, NOW.plus(Duration.ofDays(1000)));
    events(1, NOW);

    prune();

    assertThat(numbers()).containsExactly(3L, 4L, 5L, 6L);
  }

  @ParameterizedTest
  @EnumSource(ActionState.class)
  void removesOldActionsOnceTheyHaveEnded(ActionState state) {
    Instant old = NOW.minus(LIMITS.actions()).minusNanos(1);
    NewEvent event = new NewEvent(NOW, "t", null, "e", "{}");
    stores
        .actions()
        .record(new StoredAction("old", 1, state.name(), null, old, "{}"), 0, null, event);
    stores
        .actions()
        .record(
            new StoredAction("young", 1, state.name(), null, old.plusNanos(1), "{}"),
            0,
            null,
            event);

    prune();

    assertThat(stores.actions().find("old").isEmpty()).isEqualTo(state.ended());
    assertThat(stores.actions().find("young")).isPresent();
  }

  @Test
  void removesProblemsThatEndedLongAgo() {
    Instant old = NOW.minus(Retention.PROBLEMS).minusNanos(1);
    problem("open", null);
    problem("old", old);
    problem("young", old.plusNanos(1));

    prune();

    assertThat(stores.problems().find("open")).isPresent();
    assertThat(stores.problems().find("old")).isEmpty();
    assertThat(stores.problems().find("young")).isPresent();
  }

  @Test
  void keepsTheNewestOfTooManyProblemsThatEnded() {
    stores
        .problems()
        .put(
            IntStream.range(0, Retention.MOST_PROBLEMS + Retention.STEP + 3)
                .mapToObj(
                    i -> new StoredProblem("p" + i, "k", null, OLD, NOW.minusSeconds(i), "{}"))
                .toList());
    problem("open", null);

    prune();

    assertThat(stores.problems().resolved(Integer.MAX_VALUE)).hasSize(Retention.MOST_PROBLEMS);
    assertThat(stores.problems().find("p" + (Retention.MOST_PROBLEMS - 1))).isPresent();
    assertThat(stores.problems().find("p" + Retention.MOST_PROBLEMS)).isEmpty();
    assertThat(stores.problems().open()).hasSize(1);
  }

  @Test
  void removesWhatModelsUsedLongAgoAndKeepsEveryConversation() {
    Instant old = NOW.minus(Retention.USAGE).minusNanos(1);
    stores
        .conversations()
        .put(new StoredConversation("c", "ada", "Old", "IDLE", old, old, 0, "{}"), List.of());
    for (int i = 0; i < Retention.STEP + 3; i++) {
      usage(old);
    }
    usage(old.plusNanos(1));

    prune();

    assertThat(stores.conversations().usageSince(Instant.EPOCH))
        .singleElement()
        .satisfies(usage -> assertThat(usage.at()).isEqualTo(old.plusNanos(1)));
    assertThat(stores.conversations().find("c")).isPresent();
  }

  private void usage(Instant at) {
    stores.conversations().note(new StoredUsage(at, "c", "claude", "a model", 10, 20, 30, "USD"));
  }

  private void problem(String id, @Nullable Instant resolvedAt) {
    stores.problems().put(List.of(new StoredProblem(id, "k", null, OLD, resolvedAt, "{}")));
  }

  @Test
  void neverShortensTheAuditLog() {
    stores.audit().append(AuditEntries.numbered(1));
    stores.audit().append(AuditEntries.numbered(2));

    new Retention(
            stores.database(),
            LIMITS,
            Clock.fixed(Instant.parse("2200-01-01T00:00:00Z"), ZoneOffset.UTC),
            new RetentionTrouble())
        .prune();

    assertThat(stores.audit().verify().records()).isEqualTo(2);
    assertThat(stores.audit().verify().valid()).isTrue();
  }

  @Test
  void warnsOnceOfWhatTheHealthOfTheStorageDoesNotSay() {
    RetentionTrouble trouble = new RetentionTrouble();
    JarvisException fault = new JarvisException(ErrorCode.INTERNAL, "a fault of Jarvis");
    JarvisException full = new JarvisException(ErrorCode.STORAGE_UNAVAILABLE, "disk full");

    assertThat(trouble.tell(DatabaseKind.JARVIS, full)).isFalse();
    assertThat(trouble.tell(DatabaseKind.JARVIS, fault)).isTrue();
    assertThat(trouble.tell(DatabaseKind.JARVIS, fault)).isFalse();
    assertThat(trouble.tell(DatabaseKind.METRICS, fault)).isTrue();
  }

  @Test
  void makesTheWriteAheadLogShortAgain() throws Exception {
    Path log = folder.resolve("jarvis.db-wal");
    stores.settings().put("key", "x".repeat(3_000_000));
    assertThat(Files.size(log)).isGreaterThan(1_000_000);

    prune();

    assertThat(Files.size(log)).isZero();
    assertThat(stores.settings().get("key")).isPresent();
  }

  @Test
  void reusesTheRoomOfWhatWasRemoved() throws Exception {
    Path file = folder.resolve("jarvis.db");
    events(5000, OLD);
    prune();
    long before = Files.size(file);

    events(4000, OLD);
    prune();

    assertThat(Files.size(file)).isLessThanOrEqualTo(before);
  }

  @Test
  void hasDefaults() {
    List<String> complaints = new ArrayList<>();

    assertThat(RetentionLimits.of("90", "365", complaints::add))
        .isEqualTo(RetentionLimits.of("", " ", complaints::add))
        .isEqualTo(new RetentionLimits(Duration.ofDays(90), Duration.ofDays(365)));
    assertThat(complaints).isEmpty();
  }

  @Test
  void takesWhatIsConfigured() {
    List<String> complaints = new ArrayList<>();

    assertThat(RetentionLimits.of(" 1 ", "8", complaints::add))
        .isEqualTo(new RetentionLimits(Duration.ofDays(1), Duration.ofDays(8)));
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 365, events.days is a whole number from 1 to 3650",
    "-1, 365, events.days is a whole number from 1 to 3650",
    "90, 7, actions.days is a whole number from 8 to 3650",
    "90, a year, actions.days is a whole number from 8 to 3650"
  })
  void namesWhatIsWrongAndHoldsToTheDefault(String events, String actions, String complaint) {
    List<String> complaints = new ArrayList<>();

    assertThat(RetentionLimits.of(events, actions, complaints::add))
        .isEqualTo(new RetentionLimits(Duration.ofDays(90), Duration.ofDays(365)));

    assertThat(complaints)
        .singleElement()
        .asString()
        .contains("etc/org.jarvis.persistence.sqlite.cfg: " + complaint, "The default");
  }
}
