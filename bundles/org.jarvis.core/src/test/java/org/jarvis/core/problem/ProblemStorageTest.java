package org.jarvis.core.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jarvis.core.problem.ProblemHouse.ADA;
import static org.jarvis.core.problem.ProblemHouse.PVE1;
import static org.jarvis.core.problem.ProblemHouse.down;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.resource.ResourceRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept, across restarts and while there is no storage; and what people say. */
class ProblemStorageTest {
  private static final Duration STEP = Duration.ofSeconds(5);

  private final ProblemHouse house = new ProblemHouse();
  private final ResourceRef guest = house.guest(101);

  @AfterEach
  void close() {
    house.close();
  }

  private Problem raised() {
    house.found.add(down(guest));
    house.lookAfter(STEP);
    return house.only();
  }

  @Test
  void standsThroughARestart() {
    Problem before = raised();
    house.problems().note(before.id(), "I am on it", ADA);
    house.problems().acknowledge(before.id(), ADA);

    house.restartWithDetector();
    house.lookAfter(STEP);

    Problem after = house.only();
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.since()).isEqualTo(before.since());
    assertThat(after.notes()).hasSize(1);
    assertThat(after.acknowledged()).isNotNull();
    assertThat(house.told()).filteredOn("problem.raised"::equals).hasSize(1);
  }

  @Test
  void endsNothingAfterARestartBeforeItsDetectorCame() {
    raised();
    house.restart();
    house.lookAfter(STEP);
    assertThat(house.open()).hasSize(1);

    house.engine.detectors().add(house, DetectorRegistry.BUILT_IN);
    house.found.clear();
    house.lookAfter(STEP);

    assertThat(house.open()).isEmpty();
  }

  @Test
  void comesBackAsItselfAfterARestart() {
    Problem before = raised();
    house.found.clear();
    house.lookAfter(STEP);
    house.restartWithDetector();

    assertThat(raised().id()).isEqualTo(before.id());
    assertThat(house.only().returns()).isOne();
  }

  @Test
  void findsAndShowsWithoutStorageButTakesNoWord() {
    house.storageLeaves();
    Problem problem = raised();

    assertUnavailable(() -> house.problems().acknowledge(problem.id(), ADA));
    assertUnavailable(() -> house.problems().note(problem.id(), "seen", ADA));
    assertUnavailable(
        () -> house.problems().silence(problem.id(), house.clock.instant().plusSeconds(60), ADA));
    assertUnavailable(
        () -> house.problems().maintain(PVE1, house.clock.instant().plusSeconds(60), "", ADA));
    assertThat(house.only()).isEqualTo(problem);
    assertThat(house.problems().maintained()).isEmpty();
  }

  @Test
  void changesNothingWhenTheDiskIsFull() {
    Problem problem = raised();
    house.kept.breakDown(true);

    assertUnavailable(() -> house.problems().acknowledge(problem.id(), ADA));

    assertThat(house.only().acknowledged()).isNull();
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
  }

  @Test
  void tellsOnlyOfWhatIsKept() {
    house.kept.breakDown(true);
    raised();
    assertThat(house.told()).isEmpty();

    house.kept.breakDown(false);
    house.lookAfter(STEP);

    assertThat(house.told()).containsExactly("problem.raised");
    assertThat(house.kept.open()).hasSize(1);
  }

  @Test
  void keepsWhatEndedMeanwhile() {
    house.storageLeaves();
    Problem problem = raised();
    house.found.clear();
    house.lookAfter(STEP);
    assertThat(house.problems().resolved(5)).extracting(Problem::id).containsExactly(problem.id());

    house.storageComes();
    house.lookAfter(STEP);

    assertThat(house.kept.resolved(5)).hasSize(1);
    assertThat(house.told()).containsExactly("problem.raised", "problem.resolved");
  }

  @Test
  void opensNothingAnewThatEndedWhileItsStorageWasReplaced() {
    raised();
    house.storageLeaves();
    house.found.clear();
    house.lookAfter(STEP);

    house.storageComes(new MemoryProblems(house.kept));
    house.lookAfter(STEP);

    assertThat(house.open()).isEmpty();
    assertThat(house.told()).containsExactly("problem.raised", "problem.resolved");
  }

  @Test
  void isOneWithWhatAStorageThatComesLateKeeps() {
    Problem before = raised();
    house.problems().note(before.id(), "known", ADA);
    int told = house.told().size();
    house.storageLeaves();
    house.restartWithDetector();
    Problem meanwhile = raised();
    assertThat(meanwhile.id()).isNotEqualTo(before.id());

    house.storageComes();
    house.lookAfter(STEP);

    assertThat(house.only().id()).isEqualTo(before.id());
    assertThat(house.only().since()).isEqualTo(before.since());
    assertThat(house.only().notes()).hasSize(1);
    assertThat(house.told()).hasSize(told);
    assertThat(house.kept.open()).hasSize(1);
  }

  @Test
  void staysSilentThroughItsReturnAndThroughAnotherOne() {
    Problem problem = raised();
    Instant until = house.clock.instant().plus(Duration.ofDays(2));
    house.problems().silence(problem.id(), until, ADA);
    house.found.clear();
    house.lookAfter(STEP);
    house.clock.advance(Duration.ofHours(1));
    house.restartWithDetector();

    Problem next = raised();

    assertThat(next.id()).isNotEqualTo(problem.id());
    assertThat(next.isSilenced(house.clock.instant())).isTrue();
    house.problems().silence(next.id(), Instant.EPOCH, ADA);
    assertThat(house.only().silence()).isNull();
    assertThat(house.told()).contains("problem.silenced");
    assertThat(house.settings.audit())
        .extracting(entry -> entry.activity() + " by " + entry.actor())
        .contains("problem.silenced by ada (person)");
  }

  @Test
  void refusesWhatNobodyCanMean() {
    Problem problem = raised();
    Instant tooLate = house.clock.instant().plus(Duration.ofDays(400));

    assertThatThrownBy(() -> house.problems().silence(problem.id(), tooLate, ADA))
        .hasMessageContaining("within a year");
    assertThatThrownBy(() -> house.problems().note(problem.id(), " ", ADA))
        .hasMessageContaining("from 1 to 2000");
    assertThatThrownBy(() -> house.problems().acknowledge("none", ADA))
        .hasMessageContaining("no problem none");
    assertThatThrownBy(() -> house.problems().maintain(PVE1, tooLate, "", ADA))
        .hasMessageContaining("within 30 days");
    assertThatThrownBy(() -> house.problems().maintain(guest, tooLate, "", ADA))
        .hasMessageContaining("Only a node");
  }
}
