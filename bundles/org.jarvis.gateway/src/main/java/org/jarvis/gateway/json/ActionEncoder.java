package org.jarvis.gateway.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jarvis.api.safety.Consent;
import org.jarvis.api.tool.Impact;
import org.jspecify.annotations.Nullable;

/** Tells of actions and approvals. */
public final class ActionEncoder {
  private ActionEncoder() {}

  /** One action, or a preview of one. */
  public static ObjectNode encode(Action action) {
    boolean preview = action.id().isEmpty();
    ObjectNode json = Json.object();
    if (preview) {
      json.putNull("id").put("preview", true);
    } else {
      json.put("id", action.id());
    }
    json.put("tool", action.tool()).put("title", action.title());
    json.set("arguments", Json.of(action.arguments().values()));
    words(json, "targets", action.targets().stream().map(t -> t.ref().toString()).toList());
    words(json, "targetNames", action.targets().stream().map(Action.Target::label).toList());
    json.put("state", action.state().name())
        .put("tier", action.tier().name())
        .put("consent", action.consent().word());
    words(json, "reasons", action.verdicts().stream().map(Action.Verdict::reason).toList());
    ArrayNode decisions = json.putArray("decisions");
    action
        .verdicts()
        .forEach(
            verdict ->
                decisions
                    .addObject()
                    .put("policy", verdict.policy())
                    .put("verdict", verdict.verdict())
                    .put("reason", verdict.reason()));
    json.putObject("principal")
        .put("name", action.principal().name())
        .put("kind", action.principal().kind().word());
    json.put("origin", action.origin().word());
    json.put("requestedAt", Json.time(action.requestedAt()));
    time(json, "startedAt", action.startedAt());
    time(json, "endedAt", action.endedAt());
    json.put("phase", action.phase());
    if (action.task() != null) {
      json.put("task", action.task().value());
    }
    addPlan(json, action);
    addOutcome(json, action);
    addConsent(json, action, preview);
    return json;
  }

  /** An approval that is waited for. */
  public static ObjectNode encodePending(Action action, Approval approval) {
    ObjectNode json =
        Json.object()
            .put("id", approval.id())
            .put("state", approval.state().name())
            .put("expiresAt", Json.time(approval.expiresAt()));
    json.set("action", encode(action));
    return json;
  }

  private static void addPlan(ObjectNode json, Action action) {
    if (action.plan() != null) {
      json.put("plan", action.plan());
    }
    if (!action.isPlan()) {
      return;
    }
    ArrayNode steps = json.putArray("steps");
    for (Action.PlanStep step : action.steps()) {
      ObjectNode node = steps.addObject().put("tool", step.tool()).put("title", step.title());
      node.set("arguments", Json.of(step.arguments().values()));
      words(node, "targets", step.targets().stream().map(t -> t.ref().toString()).toList());
      node.put("tier", step.tier().name()).put("summary", step.summary());
      if (step.effect() != null && step.atMost() != null) {
        node.put("effect", step.effect().word())
            .put("undo", step.undo())
            .put("atMost", step.atMost().toSeconds());
      }
      node.put("action", step.action());
      node.put("state", step.state() == null ? null : step.state().name());
    }
  }

  private static void addOutcome(ObjectNode json, Action action) {
    if (!action.log().isEmpty()) {
      words(json, "log", action.log());
    }
    if (action.result() != null) {
      ObjectNode result = json.putObject("result").put("summary", action.result().summary());
      action
          .result()
          .data()
          .forEach(
              (name, value) -> {
                if (!name.equals("summary")) {
                  result.set(name, Json.of(value));
                }
              });
    }
    if (action.failure() != null) {
      json.putObject("error")
          .put("code", action.failure().code().code())
          .put("message", action.failure().message());
    }
    if (action.undo() != null) {
      boolean succeeded = action.state() == ActionState.SUCCEEDED;
      boolean done = action.undo().doneBy() != null;
      ObjectNode undo =
          json.putObject("undo")
              .put("available", succeeded && !done)
              .put("tool", action.undo().tool());
      if (!succeeded) {
        undo.put("reason", "Only what has succeeded can be undone.");
      } else if (done) {
        undo.put("reason", "It has been undone.");
      }
    }
  }

  private static void addConsent(ObjectNode json, Action action, boolean preview) {
    Impact impact = action.impact();
    if (impact != null) {
      ObjectNode node = json.putObject("impact").put("summary", impact.summary());
      words(node, "effects", impact.effects());
      node.put("undoable", impact.undo() != null);
      if (impact.undo() != null) {
        node.put("undo", impact.undo());
      }
    }
    Approval approval = action.approval();
    if (approval == null) {
      return;
    }
    if (preview) {
      // A preview waits for nobody; it shows what an approval would be bound to.
      json.put("fingerprint", approval.fingerprint());
      return;
    }
    ObjectNode node =
        json.putObject("approval")
            .put("id", approval.id())
            .put("state", approval.state().name())
            .put("expiresAt", Json.time(approval.expiresAt()))
            .put("consent", approval.consent().word())
            .put("fingerprint", approval.fingerprint());
    if (approval.consent() == Consent.TYPED && !action.targets().isEmpty()) {
      node.put("typedName", action.targets().get(0).name());
    }
    if (approval.decidedBy() != null) {
      node.put("decidedBy", approval.decidedBy());
    }
    time(node, "decidedAt", approval.decidedAt());
  }

  private static void time(ObjectNode json, String field, @Nullable Instant at) {
    if (at != null) {
      json.put(field, Json.time(at));
    }
  }

  private static void words(ObjectNode json, String field, List<String> values) {
    ArrayNode array = json.putArray(field);
    values.forEach(array::add);
  }
}
