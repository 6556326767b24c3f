package org.jarvis.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.safety.Decision;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.api.safety.PolicyRequest;
import org.jarvis.api.safety.SafetyPolicy;
import org.jarvis.api.tool.Arguments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which of a person's words reach the policies, and what follows from them. */
class TypedWordTest {
  private static final String TYPED = "start media";

  private final GateFixture fixture = new GateFixture();
  private final List<Optional<String>> heard = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void rely() {
    fixture.setGuardrails(new Guardrails(false, Autonomy.ACT));
    fixture.policies.add(GateFixture.policy("listening", this::judge), "org.example");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Lets through what comes with a typed word, and no other. */
  private Decision judge(PolicyRequest request) {
    heard.add(Optional.ofNullable(request.typed()));
    return request.typed() == null
        ? new Decision.RequireApproval("Nobody typed it.", Consent.HOLD)
        : new Decision.AllowAndRecord("The person typed it themselves.");
  }

  private static ActionRequest wish(String tool, int vmid, Principal principal, Origin origin) {
    return new ActionRequest(tool, new Arguments(Map.of("vmid", vmid)), principal, origin, TYPED);
  }

  private Action submit(String tool, int vmid) {
    return fixture.gate().submit(wish(tool, vmid, GateFixture.PERSON, Origin.CHAT));
  }

  @Test
  void reachesThePoliciesFromAPersonsChatAndStaysInTheRecordAsAReason() throws Exception {
    Action ended = fixture.ended(submit("start_vm", 101));

    assertThat(ended.state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(heard).isNotEmpty().containsOnly(Optional.of(TYPED));
    assertThat(GateFixture.reasons(ended)).contains("The person typed it themselves.");
  }

  @Test
  void countsInAPreviewAsWell() {
    Action preview = fixture.gate().preview(wish("start_vm", 101, GateFixture.PERSON, Origin.CHAT));

    assertThat(preview.state()).isEqualTo(ActionState.RUNNING);
  }

  @ParameterizedTest
  @EnumSource(value = Origin.class, mode = EnumSource.Mode.EXCLUDE, names = "CHAT")
  void isDroppedByEveryOtherWay(Origin origin) {
    Action action = fixture.gate().submit(wish("start_vm", 101, GateFixture.PERSON, origin));

    assertThat(action.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(heard).isNotEmpty().containsOnly(Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(value = PrincipalKind.class, mode = EnumSource.Mode.EXCLUDE, names = "PERSON")
  void isDroppedForWhoeverIsNoPerson(PrincipalKind kind) {
    Action action =
        fixture
            .gate()
            .submit(wish("start_vm", 101, new Principal("ada", kind, "token-1"), Origin.CHAT));

    assertThat(action.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(heard).isNotEmpty().containsOnly(Optional.empty());
  }

  @Test
  void goesWithNoPlan() {
    Action plan =
        fixture
            .assembly()
            .plans()
            .submit(
                new PlanRequest(
                    TYPED,
                    List.of(new PlanRequest.Step("start_vm", new Arguments(Map.of("vmid", 101)))),
                    GateFixture.PERSON,
                    Origin.CHAT));

    assertThat(plan.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(heard).isNotEmpty().containsOnly(Optional.empty());
  }

  @Test
  void isNothingToTheDecisionAfterAnApproval() throws Exception {
    SafetyPolicy strict =
        GateFixture.policy("strict", new Decision.RequireApproval("Always.", Consent.HOLD));
    fixture.policies.add(strict, "org.example");
    Action waiting = submit("start_vm", 101);
    assertThat(waiting.state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    heard.clear();

    Action ended = fixture.ended(fixture.approve(waiting));

    assertThat(ended.state()).isEqualTo(ActionState.SUCCEEDED);
    assertThat(heard).isNotEmpty().containsOnly(Optional.empty());
  }

  @Test
  void doesNotAnswerForThePersonWhereTheTargetChangedMeanwhile() {
    SafetyPolicy strict =
        GateFixture.policy("strict", new Decision.RequireApproval("Always.", Consent.HOLD));
    fixture.policies.add(strict, "org.example");
    Action waiting = submit("start_vm", 101);
    fixture.policies.remove(strict);
    fixture.cluster.put(101, org.jarvis.api.resource.Guest.Status.PAUSED);
    fixture.observe();
    heard.clear();

    assertThatThrownBy(() -> fixture.approve(waiting)).hasMessageContaining("lapsed");

    assertThat(heard).isNotEmpty().containsOnly(Optional.empty());
    assertThat(fixture.gate().awaitingApproval()).hasSize(1);
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void doesNotLetRedRun() {
    assertThat(submit("stop_vm", 102).state()).isEqualTo(ActionState.AWAITING_APPROVAL);
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true, ACT", "true, ASK", "false, OBSERVE"})
  void doesNotPassTheGuardrails(boolean halted, Autonomy autonomy) {
    fixture.setGuardrails(new Guardrails(halted, autonomy));

    assertThat(submit("start_vm", 101).state()).isEqualTo(ActionState.REFUSED);
    assertThat(fixture.cluster.done()).isEmpty();
  }

  @Test
  void doesNotPassSafeMode() {
    try (GateFixture safe =
        new GateFixture(new org.jarvis.core.MemoryJournal(), OperatingMode.SAFE)) {
      Action refused = safe.gate().submit(wish("start_vm", 101, GateFixture.PERSON, Origin.CHAT));

      assertThat(refused.state()).isEqualTo(ActionState.REFUSED);
      assertThat(safe.cluster.done()).isEmpty();
    }
  }
}
