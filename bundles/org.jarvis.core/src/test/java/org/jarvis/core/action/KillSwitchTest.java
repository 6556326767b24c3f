package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.api.tool.Touch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KillSwitchTest {
  private final GateFixture fixture = new GateFixture();

  @BeforeEach
  void halt() {
    set(true, Autonomy.ACT);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void set(boolean halted, Autonomy autonomy) {
    fixture.setGuardrails(new Guardrails(halted, autonomy));
  }

  private Action start(PrincipalKind kind, Origin origin) {
    return fixture
        .gate()
        .submit(
            new ActionRequest(
                "start_vm",
                new Arguments(Map.of("vmid", 101)),
                new Principal("ada", kind, "credential"),
                origin));
  }

  @ParameterizedTest
  @CsvSource({
    "TOKEN, API",
    "CONSOLE, CONSOLE",
    "MCP, MCP",
    "TOKEN, MCP",
    "PERSON, MCP",
    "PERSON, CHAT",
    "PERSON, RUNBOOK",
    "RUNBOOK, RUNBOOK"
  })
  void refusesWhatNoPersonDirectlyAskedFor(PrincipalKind kind, Origin origin) {
    Action refused = start(kind, origin);

    assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
    assertThat(GateFixture.reasons(refused)).first().asString().contains("kill switch is on");
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void letsAPersonActDirectly() throws InterruptedException {
    assertThat(fixture.ended(start(PrincipalKind.PERSON, Origin.BROWSER)).state())
        .isEqualTo(ActionState.SUCCEEDED);
  }

  @Test
  void refusesWhatWaitedForAPersonAlsoWhenThatPersonApproves() {
    set(false, Autonomy.ACT);
    fixture.policies.add(
        GateFixture.policy("careful", new Decision.RequireApproval("Ask.", Consent.HOLD)),
        "org.example");
    Action waiting = start(PrincipalKind.MCP, Origin.MCP);
    set(true, Autonomy.ACT);

    Action answered = fixture.approve(waiting);

    assertThat(answered.state()).isEqualTo(ActionState.REFUSED);
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void letsARunningActionTakeNoFurtherStep() {
    Restraint restraint = new Restraint(OperatingMode.NORMAL, fixture.assembly().guardrails());
    Principal token = new Principal("ada", PrincipalKind.TOKEN, "credential");
    set(false, Autonomy.ACT);
    ScopedOperations scoped =
        new ScopedOperations(
            fixture.cluster,
            List.of(
                ScopedOperationsTest.decided(
                    fixture.cluster.guest(new GuestId(101)).orElseThrow().guest(),
                    Touch.TAKES_DOWN,
                    null)),
            Effect.DISRUPTS,
            () -> restraint.objection(token, Origin.API));

    set(true, Autonomy.ACT);

    assertThatThrownBy(
            () ->
                scoped.start(
                    fixture.cluster.guest(new GuestId(101)).orElseThrow().guest(),
                    ScopedOperationsTest.IGNORING))
        .isInstanceOfSatisfying(
            JarvisException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED));
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void letsNoModelOrClientChangeAnythingAtTheLevelObserve() {
    set(false, Autonomy.OBSERVE);

    assertThat(start(PrincipalKind.MCP, Origin.MCP).state()).isEqualTo(ActionState.REFUSED);
    assertThat(start(PrincipalKind.TOKEN, Origin.API).state()).isEqualTo(ActionState.RUNNING);
  }
}
