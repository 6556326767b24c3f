package org.jarvis.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionRequest;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.safety.Tier;
import org.jarvis.api.tool.Arguments;
import org.jarvis.api.tool.Effect;
import org.jarvis.gateway.FakeCore;
import org.junit.jupiter.api.Test;

class ActionEncoderTest {
  private static final Arguments MEDIA = new Arguments(Map.of("vmid", 101));

  private static JsonNode told(Action.PlanStep step) {
    Action one =
        FakeCore.action(
            "plan-1",
            ActionState.RUNNING,
            new ActionRequest(
                PlanGate.TOOL,
                Arguments.none(),
                new Principal("ada", PrincipalKind.PERSON, "s"),
                Origin.BROWSER));
    Action plan =
        new Action(
            one.id(),
            one.tool(),
            one.title(),
            one.arguments(),
            one.argumentsHash(),
            one.targets(),
            one.state(),
            one.tier(),
            one.consent(),
            one.verdicts(),
            one.principal(),
            one.origin(),
            one.requestedAt(),
            one.startedAt(),
            one.endedAt(),
            one.phase(),
            one.task(),
            one.log(),
            one.impact(),
            one.approval(),
            one.result(),
            one.failure(),
            null,
            null,
            List.of(step));
    return ActionEncoder.encode(plan).path("steps").get(0);
  }

  @Test
  void offersNoUndoOfWhatWasUndone() {
    Action done =
        FakeCore.action(
            "action-1",
            ActionState.SUCCEEDED,
            new ActionRequest(
                "stop_vm", MEDIA, new Principal("ada", PrincipalKind.PERSON, "s"), Origin.BROWSER));
    assertThat(ActionEncoder.encode(done).path("undo").path("available").asBoolean()).isTrue();

    JsonNode undo =
        ActionEncoder.encode(withUndo(done, new Action.Undo("start_vm", MEDIA, "action-2")))
            .path("undo");

    assertThat(undo.path("available").asBoolean()).isFalse();
    assertThat(undo.path("reason").asText()).isEqualTo("It has been undone.");
  }

  private static Action withUndo(Action one, Action.Undo undo) {
    return new Action(
        one.id(),
        one.tool(),
        one.title(),
        one.arguments(),
        one.argumentsHash(),
        one.targets(),
        one.state(),
        one.tier(),
        one.consent(),
        one.verdicts(),
        one.principal(),
        one.origin(),
        one.requestedAt(),
        one.startedAt(),
        one.endedAt(),
        one.phase(),
        one.task(),
        one.log(),
        one.impact(),
        one.approval(),
        one.result(),
        one.failure(),
        undo,
        one.plan(),
        one.steps());
  }

  @Test
  void tellsOfEachStepWhatItDoesHowItIsUndoneAndHowLongItMayTake() throws Exception {
    Action.PlanStep step =
        new Action.PlanStep(
            "delete_vm",
            "Delete",
            MEDIA,
            Tier.RED,
            List.of(),
            "Deletes media.",
            Effect.DESTROYS,
            null,
            Duration.ofMinutes(3),
            null,
            null);

    assertThat(Json.parse(Json.text(told(step))))
        .isEqualTo(
            Json.parse(
                """
                {"tool":"delete_vm","title":"Delete","arguments":{"vmid":101},"targets":[],
                 "tier":"RED","summary":"Deletes media.","effect":"destroys","undo":null,
                 "atMost":180,"action":null,"state":null}
                """));
  }

  @Test
  void claimsNothingOfStepsThatWereKeptWithoutThat() {
    Action.PlanStep old =
        new Action.PlanStep(
            "start_vm",
            "Start",
            MEDIA,
            Tier.YELLOW,
            List.of(),
            "Starts media.",
            null,
            null,
            null,
            "action-1",
            ActionState.SUCCEEDED);

    JsonNode told = told(old);

    assertThat(told.has("effect") || told.has("undo") || told.has("atMost")).isFalse();
    assertThat(told.path("state").asText()).isEqualTo("SUCCEEDED");
  }
}
