package org.jarvis.core.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jarvis.core.problem.ProblemHouse.ADA;
import static org.jarvis.core.problem.ProblemHouse.down;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.ResourceRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Remedies are requests to the gate as any other. */
class MendingTest {
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Principal CLIENT = new Principal("bot", PrincipalKind.MCP, "token");

  private final ProblemHouse house = new ProblemHouse();
  private final ResourceRef guest = house.guest(101);

  @AfterEach
  void close() {
    house.close();
  }

  private Problem raised(Finding finding) {
    house.found.add(finding);
    house.lookAfter(STEP);
    return house.only();
  }

  @Test
  void asksTheGateAsWhoeverAskedAndNotesIt() {
    Problem problem = raised(down(guest));

    Action action = house.problems().mend(problem.id(), "start", false, CLIENT, Origin.MCP);

    assertThat(house.gate.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.tool()).isEqualTo("start_vm");
              assertThat(request.principal()).isEqualTo(CLIENT);
              assertThat(request.origin()).isEqualTo(Origin.MCP);
            });
    assertThat(house.only().attempts())
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.action()).isEqualTo(action.id());
              assertThat(attempt.by()).isEqualTo("bot");
            });
    assertThat(house.told()).containsExactly("problem.raised", "problem.attempted");
  }

  @Test
  void previewsWithoutATrace() {
    Problem problem = raised(down(guest));

    house.problems().preview(problem.id(), "start", false, ADA, Origin.BROWSER);

    assertThat(house.gate.requests).isEmpty();
    assertThat(house.only().attempts()).isEmpty();
  }

  @Test
  void asksForAPlanOrItsFirstStep() {
    Problem problem =
        raised(
            new Finding(
                "guest-down",
                guest,
                "",
                Severity.WARNING,
                "It hangs.",
                List.of(new Evidence("State", "io-error")),
                List.of(ProblemHouse.remedy("restart", 2))));

    house.problems().mend(problem.id(), "restart", false, ADA, Origin.BROWSER);
    house.problems().mend(problem.id(), "restart", true, ADA, Origin.BROWSER);

    assertThat(house.gate.planRequests)
        .singleElement()
        .satisfies(plan -> assertThat(plan.title()).isEqualTo("Start it"));
    assertThat(house.gate.requests).hasSize(1);
  }

  @Test
  void staysOpenWhereTheRemedyFails() {
    Problem problem = raised(down(guest));
    Action action = house.problems().mend(problem.id(), "start", false, ADA, Origin.BROWSER);
    house.gate.end(action.id(), ActionState.FAILED);

    house.lookAfter(STEP);

    assertThat(house.only().id()).isEqualTo(problem.id());
    assertThat(house.only().attempts()).hasSize(1);
  }

  @Test
  void withdrawsWhatWaitsWhenItEndsByItself() {
    Problem problem = raised(down(guest));
    house.gate.answer = ActionState.AWAITING_APPROVAL;
    house.problems().mend(problem.id(), "start", false, CLIENT, Origin.MCP);
    house.found.clear();

    house.lookAfter(STEP);

    assertThat(house.gate.withdrawn).containsExactly("action-1 by bot");
    assertThat(house.settings.audit())
        .extracting(entry -> entry.activity() + " by " + entry.actor())
        .contains("problem.withdrew-remedy by jarvis");
  }

  @Test
  void leavesAloneWhatRuns() {
    Problem problem = raised(down(guest));
    house.problems().mend(problem.id(), "start", false, ADA, Origin.BROWSER);
    house.found.clear();

    house.lookAfter(STEP);

    assertThat(house.open()).isEmpty();
    assertThat(house.gate.withdrawn).isEmpty();
  }

  @Test
  void mendsNothingThatIsOverOrUnknown() {
    Problem problem = raised(down(guest));
    assertThatThrownBy(() -> house.problems().mend(problem.id(), "x", false, ADA, Origin.BROWSER))
        .hasMessageContaining("no remedy x");
    house.found.clear();
    house.lookAfter(STEP);

    assertThatThrownBy(
            () -> house.problems().mend(problem.id(), "start", false, ADA, Origin.BROWSER))
        .hasMessageContaining("is over");
    assertThat(house.gate.requests).isEmpty();
  }
}
