package org.jarvis.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.action.Approval;
import org.jspecify.annotations.Nullable;

/** Tells a client of an action: as JSON, and in words for a model. */
final class ActionText {
  /** How large a result may be; past that it is left out, and said so. */
  static final int MOST_BYTES = 512 * 1024;

  private ActionText() {}

  /** The action, in the members that REST has too. */
  static ObjectNode encode(Action action, String page) {
    ObjectNode json =
        Json.object()
            .put("id", action.id())
            .put("tool", action.tool())
            .put("title", action.title());
    words(json, "targets", action.targets().stream().map(t -> t.ref().toString()).toList());
    words(json, "targetNames", action.targets().stream().map(Action.Target::label).toList());
    json.put("state", action.state().name()).put("tier", action.tier().name());
    words(json, "reasons", reasons(action));
    json.put("requestedAt", Json.time(action.requestedAt()));
    time(json, "startedAt", action.startedAt());
    time(json, "endedAt", action.endedAt());
    json.put("phase", action.phase());
    addResult(json, action);
    Action.Failure failure = action.failure();
    if (failure != null) {
      json.putObject("error").put("code", failure.code().code()).put("message", failure.message());
    }
    Approval approval = action.approval();
    if (approval != null) {
      json.putObject("approval")
          .put("id", approval.id())
          .put("state", approval.state().name())
          .put("consent", approval.consent().word())
          .put("expiresAt", Json.time(approval.expiresAt()))
          .put("url", page);
    }
    return json;
  }

  /** How it stands and what the client can do, for a model. */
  static String words(Action action, String page) {
    StringBuilder text = new StringBuilder(action.summary());
    Approval approval = action.approval();
    if (action.state() == ActionState.AWAITING_APPROVAL && approval != null) {
      text.append("\nNothing has happened yet. Approval ")
          .append(approval.id())
          .append(" (action ")
          .append(action.id())
          .append(") is given or refused by a person who is signed in to Jarvis at ")
          .append(page)
          .append(" until ")
          .append(Json.time(approval.expiresAt()))
          .append(
              "; nothing that a client sends can stand for it. Tell the person, then poll with ")
          .append(poll(action));
    } else if (action.state() == ActionState.RUNNING) {
      text.append("\nIt goes on by itself. Poll with ").append(poll(action));
    }
    if (action.state() == ActionState.REFUSED) {
      reasons(action).forEach(reason -> text.append("\n- ").append(reason));
    }
    return text.toString();
  }

  private static String poll(Action action) {
    return "the tool get_action {\"id\":\""
        + action.id()
        + "\"} or the resource "
        + StateResources.ACTIONS
        + action.id()
        + ".";
  }

  private static List<String> reasons(Action action) {
    return action.verdicts().stream().map(Action.Verdict::reason).toList();
  }

  private static void addResult(ObjectNode json, Action action) {
    if (action.result() == null) {
      return;
    }
    ObjectNode result = json.putObject("result").put("summary", action.result().summary());
    ObjectNode data = Json.object();
    action.result().data().forEach((name, value) -> data.set(name, Json.of(value)));
    if (data.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      result.put("leftOut", "The result is larger than " + MOST_BYTES + " bytes. Ask for less.");
      return;
    }
    data.properties().stream()
        .filter(member -> !member.getKey().equals("summary"))
        .forEach(member -> result.set(member.getKey(), member.getValue()));
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
