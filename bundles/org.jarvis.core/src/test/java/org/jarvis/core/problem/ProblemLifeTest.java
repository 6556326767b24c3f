package org.jarvis.core.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jarvis.core.problem.ProblemHouse.ADA;
import static org.jarvis.core.problem.ProblemHouse.PVE1;
import static org.jarvis.core.problem.ProblemHouse.down;
import static org.jarvis.core.problem.ProblemHouse.kind;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How problems begin, return and end. */
class ProblemLifeTest {
  private final ProblemHouse house = new ProblemHouse();
  private final ResourceRef guest = house.guest(101);

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void raisesAtOnceWhatHasToLastForNoTime() {
    house.found.add(down(guest));
    house.look();

    assertThat(house.only().name()).isEqualTo("guest101 (VM 101)");
    assertThat(house.only().since()).isEqualTo(house.clock.instant());
    assertThat(house.told()).containsExactly("problem.raised");
    assertThat(house.kept.open()).hasSize(1);
    assertThat(house.problems().of(guest)).hasSize(1);
    assertThat(house.problems().of(PVE1)).isEmpty();
  }

  @Test
  void raisesOnlyWhatLastsAndSaysSinceWhen() {
    house.watchFor(kind("guest-down").after(30, 0));
    house.found.add(down(guest));
    Instant began = house.clock.instant();
    house.look();
    house.lookAfter(Duration.ofSeconds(29));
    assertThat(house.open()).isEmpty();

    house.lookAfter(Duration.ofSeconds(1));

    assertThat(house.only().since()).isEqualTo(began);
  }

  @Test
  void countsFromAnewWhatWasGoneMeanwhile() {
    house.watchFor(kind("guest-down").after(30, 0));
    house.found.add(down(guest));
    house.look();
    house.lookAfter(Duration.ofSeconds(20));
    house.found.clear();
    house.lookAfter(Duration.ofSeconds(5));
    house.found.add(down(guest));
    house.lookAfter(Duration.ofSeconds(5));
    house.lookAfter(Duration.ofSeconds(29));
    assertThat(house.open()).isEmpty();

    house.lookAfter(Duration.ofSeconds(1));

    assertThat(house.open()).hasSize(1);
  }

  @Test
  void resolvesOnlyWhatIsGoneForLongEnough() {
    house.watchFor(kind("guest-down").after(0, 60));
    house.found.add(down(guest));
    house.look();
    house.found.clear();
    house.lookAfter(Duration.ofSeconds(5));
    house.lookAfter(Duration.ofSeconds(59));
    assertThat(house.open()).hasSize(1);

    house.lookAfter(Duration.ofSeconds(1));

    assertThat(house.open()).isEmpty();
    assertThat(house.problems().resolved(10))
        .singleElement()
        .satisfies(
            ended -> {
              assertThat(ended.resolution()).isEqualTo(Reconciliation.OVER);
              assertThat(ended.resolvedAt()).isEqualTo(house.clock.instant());
            });
    assertThat(house.told()).containsExactly("problem.raised", "problem.resolved");
  }

  @Test
  void comesBackAsItselfWithinTenMinutes() {
    Problem first = raised();
    gone();
    house.clock.advance(Duration.ofMinutes(9));

    Problem second = raised();

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.returns()).isOne();
    assertThat(second.since()).isEqualTo(first.since());
    assertThat(house.kept.resolved(10)).isEmpty();
  }

  @Test
  void isAnotherOneAfterTenMinutes() {
    Problem first = raised();
    gone();
    house.clock.advance(Duration.ofMinutes(10));

    Problem second = raised();

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.returns()).isZero();
  }

  @Test
  void saysNothingOfEachFlap() {
    raised();
    for (int i = 0; i < 3; i++) {
      gone();
      raised();
    }
    int told = house.told().size();

    for (int i = 0; i < 20; i++) {
      gone();
      raised();
    }

    assertThat(house.told()).hasSize(told);
    assertThat(house.only().returns()).isEqualTo(3);
    gone();
    house.lookAfter(Duration.ofMinutes(14));
    assertThat(house.open()).hasSize(1);
    house.lookAfter(Duration.ofMinutes(1));
    assertThat(house.open()).isEmpty();
  }

  @Test
  void stillSaysNothingOfEachFlapAfterARestart() {
    raised();
    for (int i = 0; i < 3; i++) {
      gone();
      raised();
    }
    house.restartWithDetector();
    house.lookAfter(Duration.ofSeconds(5));
    int told = house.told().size();

    gone();
    raised();
    gone();
    house.lookAfter(Duration.ofMinutes(14));

    assertThat(house.told()).hasSize(told);
    assertThat(house.open()).hasSize(1);
    house.lookAfter(Duration.ofMinutes(1));
    assertThat(house.open()).isEmpty();
  }

  @Test
  void saysByWhatItsEndIsSeen() {
    Problem before = raised();
    house.seenAtTheEnd = "guest101 (VM 101) runs again.";
    gone();

    assertThat(house.problems().find(before.id()).orElseThrow().resolution())
        .isEqualTo("guest101 (VM 101) runs again.");
  }

  @Test
  void saysWhatMendedIt() {
    Problem before = raised();
    Action action = house.problems().mend(before.id(), "start", false, ADA, Origin.MCP);
    house.gate.end(action.id(), ActionState.SUCCEEDED);
    house.seenAtTheEnd = "guest101 (VM 101) runs again.";
    gone();

    assertThat(house.problems().find(before.id()).orElseThrow().resolution())
        .isEqualTo("guest101 (VM 101) runs again. Mended by “Start it”, as ada wanted.");
  }

  @Test
  void callsNothingMendedByWhatFailed() {
    Problem before = raised();
    Action action = house.problems().mend(before.id(), "start", false, ADA, Origin.MCP);
    house.gate.end(action.id(), ActionState.FAILED);
    gone();

    assertThat(house.problems().find(before.id()).orElseThrow().resolution())
        .isEqualTo(Reconciliation.OVER);
  }

  @Test
  void namesTheFieldOfASilenceThatIsTooLong() {
    Problem problem = raised();
    Instant tooLate = house.clock.instant().plus(Duration.ofDays(400));

    assertThatThrownBy(() -> house.problems().silence(problem.id(), tooLate, ADA))
        .isInstanceOfSatisfying(
            JarvisException.class,
            refused ->
                assertThat(refused.fields())
                    .containsExactly(new FieldError("until", "must be within a year")));
  }

  private Problem raised() {
    house.found.add(down(guest));
    house.lookAfter(Duration.ofSeconds(5));
    return house.only();
  }

  private void gone() {
    house.found.clear();
    house.lookAfter(Duration.ofSeconds(5));
  }

  @Test
  void tellsOfMoreThanAnotherFigure() {
    house.found.add(down(guest));
    house.look();
    house.found.clear();
    house.found.add(figures(Severity.CRITICAL, "97 %"));
    house.look();
    assertThat(house.told()).containsExactly("problem.raised");
    assertThat(house.only().evidence().get(0).value()).isEqualTo("97 %");

    house.found.clear();
    house.found.add(figures(Severity.WARNING, "91 %"));
    house.look();

    assertThat(house.told()).containsExactly("problem.raised", "problem.changed");
    assertThat(house.kept.open().get(0).document()).contains("91 %");
  }

  private Finding figures(Severity severity, String value) {
    return new Finding(
        "guest-down",
        guest,
        "",
        severity,
        "It is at " + value + ".",
        List.of(new Evidence("Used", value)),
        List.of(ProblemHouse.remedy("start", 1)));
  }

  @Test
  void keepsAGuestsProblemWhileItMigrates() {
    Problem before = raised();

    house.guests.put(new GuestId(101), new NodeName("pve2"));
    house.lookAfter(Duration.ofSeconds(5));

    assertThat(house.only().id()).isEqualTo(before.id());
    assertThat(house.told()).containsExactly("problem.raised");
  }

  @Test
  void endsWithItsResource() {
    raised();

    house.guests.clear();
    house.lives.clear();
    house.lookAfter(Duration.ofSeconds(5));

    assertThat(house.open()).isEmpty();
    assertThat(house.problems().resolved(1).get(0).resolution()).contains("is gone");
  }

  @Test
  void inheritsNothingFromAnotherLifeUnderTheSameNumber() {
    Problem before = raised();
    house.problems().silence(before.id(), house.clock.instant().plusSeconds(9_000), ADA);

    house.lives.put(new GuestId(101), new Incarnation("second"));
    house.lookAfter(Duration.ofSeconds(5));

    assertThat(house.only().id()).isNotEqualTo(before.id());
    assertThat(house.only().silence()).isNull();
    assertThat(house.only().returns()).isZero();
    assertThat(house.problems().find(before.id()))
        .get()
        .extracting(Problem::resolution)
        .isEqualTo(Reconciliation.REPLACED);
  }

  @Test
  void isNoLongerWatchedAMinuteAfterItsDetectorLeft() {
    raised();
    house.engine.detectors().remove(house);
    house.lookAfter(Duration.ofSeconds(5));
    house.lookAfter(Duration.ofSeconds(59));
    assertThat(house.open()).hasSize(1);

    house.lookAfter(Duration.ofSeconds(1));

    assertThat(house.open()).isEmpty();
    assertThat(house.problems().resolved(1).get(0).resolution())
        .isEqualTo(Reconciliation.UNWATCHED);
  }

  @Test
  void standsThroughTheReplacementOfItsDetector() {
    Problem before = raised();
    house.engine.detectors().remove(house);
    house.lookAfter(Duration.ofSeconds(5));
    house.engine.detectors().add(house, DetectorRegistry.BUILT_IN);
    house.lookAfter(Duration.ofSeconds(5));

    assertThat(house.only().id()).isEqualTo(before.id());
    assertThat(house.told()).containsExactly("problem.raised");
  }

  @Test
  void isBounded() {
    house.watchFor(kind("guest-down"), kind("other"));
    for (int i = 0; i < Reconciliation.MOST_OPEN + 5; i++) {
      house.found.add(
          new Finding(
              "guest-down",
              ProblemHouse.CLUSTER,
              "part " + i,
              Severity.WARNING,
              "One of many.",
              List.of(),
              List.of(ProblemHouse.remedy("r", 1))));
    }
    house.look();

    assertThat(house.open()).hasSize(Reconciliation.MOST_OPEN);
    assertThat(house.engine.health().detail()).contains("2000 open problems");
  }
}
