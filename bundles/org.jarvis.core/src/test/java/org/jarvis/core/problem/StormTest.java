package org.jarvis.core.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.core.problem.ProblemHouse.CLUSTER;
import static org.jarvis.core.problem.ProblemHouse.down;
import static org.jarvis.core.problem.ProblemHouse.kind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many that are one. */
class StormTest {
  private static final Duration STEP = Duration.ofSeconds(5);

  private final ProblemHouse house = new ProblemHouse();
  private final List<ResourceRef> guests = new ArrayList<>();

  StormTest() {
    for (int i = 0; i < 500; i++) {
      guests.add(house.guest(100 + i, i < 250 ? "pve1" : "pve2"));
    }
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void down(int count) {
    house.found.clear();
    guests.subList(0, count).forEach(guest -> house.found.add(ProblemHouse.down(guest)));
    house.lookAfter(STEP);
  }

  @Test
  void tellsOfFiveHundredOnce() {
    down(500);

    Problem storm = house.only();
    assertThat(storm.subject()).isEqualTo(CLUSTER);
    assertThat(storm.part()).isEqualTo(StormRule.PART);
    assertThat(storm.summary()).isEqualTo("500 guests: Guest down");
    assertThat(storm.affected()).hasSize(500);
    assertThat(storm.evidence()).hasSize(10);
    assertThat(house.told()).containsExactly("problem.raised");
    assertThat(house.problems().of(guests.get(7))).containsExactly(storm);
  }

  @Test
  void mendsTheFirstTwentyByOnePlan() {
    down(500);
    house.gate.answer = ActionState.AWAITING_APPROVAL;

    house
        .problems()
        .mend(house.only().id(), StormRule.PART, false, ProblemHouse.ADA, Origin.BROWSER);

    assertThat(house.gate.planRequests)
        .singleElement()
        .satisfies(plan -> assertThat(plan.steps()).hasSize(20));
  }

  @Test
  void tellsOfTwentyFiveOneByOne() {
    down(25);

    assertThat(house.open()).hasSize(25);
  }

  @Test
  void fallsApartOnlyWhenFewAreLeft() {
    down(25);
    down(26);
    assertThat(house.only().affected()).hasSize(26);
    String storm = house.only().id();
    down(15);
    assertThat(house.only().id()).isEqualTo(storm);

    down(14);

    assertThat(house.open()).hasSize(14);
    assertThat(house.open()).allMatch(problem -> problem.returns() == 1);
    assertThat(house.problems().find(storm))
        .get()
        .extracting(Problem::resolution)
        .isEqualTo(Reconciliation.FEW);
  }

  @Test
  void isAsOldAsTheOldestOfThem() {
    house.watchFor(kind("guest-down").after(60, 0));
    down(20);
    house.lookAfter(Duration.ofSeconds(30));
    down(40);
    house.lookAfter(Duration.ofSeconds(20));
    assertThat(house.open()).isEmpty();

    house.lookAfter(STEP);

    assertThat(house.only().affected()).hasSize(40);
  }

  @Test
  void namesThoseWhoAreSilentNow() {
    down(400);
    house.nodes.put(new NodeName("pve1"), Node.Status.UNKNOWN);
    house.found.clear();
    guests.subList(395, 400).forEach(guest -> house.found.add(ProblemHouse.down(guest)));

    house.lookAfter(STEP);

    assertThat(house.only().affected()).hasSize(255);
  }

  @Test
  void isOverWhenAllAre() {
    down(100);
    down(0);

    assertThat(house.open()).isEmpty();
  }

  @Test
  void isStillOneAfterARestart() {
    down(100);
    String storm = house.only().id();
    house.restartWithDetector();

    down(20);

    assertThat(house.only().id()).isEqualTo(storm);
  }
}
