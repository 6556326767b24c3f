package org.jarvis.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.gateway.json.ActionEncoder;
import org.jarvis.gateway.json.Json;
import org.jarvis.gateway.problem.Problem;

/** The forms of replies. They leave as finished bytes, so no provider can change them. */
final class Replies {
  private static final int ACCEPTED = 202;
  private static final int FORBIDDEN = 403;
  private static final String ACTION = "action";

  private Replies() {}

  static Response ok(JsonNode body) {
    return json(Response.Status.OK.getStatusCode(), body);
  }

  static Response created(JsonNode body) {
    return json(Response.Status.CREATED.getStatusCode(), body);
  }

  /** 202: it goes on after the reply. */
  static Response accepted(JsonNode body) {
    return json(ACCEPTED, body);
  }

  static Response list(ArrayNode items) {
    return ok(Json.list(items, items.size(), null));
  }

  static Response problem(Problem problem) {
    Response.ResponseBuilder builder =
        Response.status(problem.status())
            .type(Problem.MEDIA_TYPE)
            .entity(Json.bytes(problem.body()));
    problem.headers().forEach(builder::header);
    return builder.build();
  }

  /** 200 with the action as it is. */
  static Response action(Action action) {
    return action(ACTION, action);
  }

  /** The same under another name, such as {@code plan}. */
  static Response action(String member, Action action) {
    return ok(Json.object().set(member, ActionEncoder.encode(action)));
  }

  /**
   * 200 with the action's members as they are in lists, and once more under {@code action}, as in
   * every reply about a single action.
   */
  static Response item(Action action) {
    return item(ACTION, action);
  }

  static Response item(String member, Action action) {
    ObjectNode item = ActionEncoder.encode(action);
    item.set(member, ActionEncoder.encode(action));
    return ok(item);
  }

  /** 200 when it has ended, 202 while it runs or waits for a person, 403 where it was refused. */
  static Response outcome(Action action) {
    return outcome(ACTION, action);
  }

  static Response outcome(String member, Action action) {
    if (action.state() == ActionState.REFUSED) {
      return refusal(member, action);
    }
    JsonNode body = Json.object().set(member, ActionEncoder.encode(action));
    return action.state().ended() ? ok(body) : accepted(body);
  }

  /** 403 where it would be refused, 200 otherwise. */
  static Response preview(Action action) {
    return preview(ACTION, action);
  }

  static Response preview(String member, Action action) {
    return action.state() == ActionState.REFUSED ? refusal(member, action) : action(member, action);
  }

  private static Response refusal(String member, Action action) {
    Action.Failure failure = action.failure();
    String code = failure == null ? ErrorCode.REFUSED.code() : failure.code().code();
    String detail = failure == null ? action.summary() : failure.message();
    return problem(Problem.of(FORBIDDEN, code, detail).with(member, ActionEncoder.encode(action)));
  }

  private static Response json(int status, JsonNode body) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Json.bytes(body))
        .build();
  }
}
