package org.jarvis.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.TreeMap;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.text.InertText;
import org.jarvis.api.tool.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * What models are told of an action's outcome, as JSON. What is too long is shortened by its
 * structure, and says what was left out: lists have fewer members, texts end early. All strings in
 * it are inert.
 */
final class ResultText {
  /** How long a result may be, in characters. */
  static final int MOST = 12_000;

  private static final int MOST_MEMBERS = 400;
  private static final int MOST_TEXT = 4_000;
  private static final int LEAST = 2;
  private static final int DEPTH = 24;

  private ResultText() {}

  static String of(Action action, int most) {
    ObjectNode json =
        Json.object().put("state", action.state().name()).put("summary", summary(action));
    if (action.failure() != null) {
      json.put("code", action.failure().code().code());
    }
    ToolResult result = action.result();
    if (result != null) {
      json.set("data", Json.of(result.data()));
    }
    return shortened(json, most);
  }

  /** How an action stands, in one sentence, which names the action only where nothing else does. */
  static String summary(Action action) {
    if (action.state() == ActionState.SUCCEEDED && action.result() != null) {
      return InertText.lines(action.result().summary());
    }
    return InertText.lines(
        action.state().ended() && action.failure() != null
            ? action.failure().message()
            : action.summary());
  }

  static String shortened(ObjectNode json, int most) {
    int members = MOST_MEMBERS;
    int text = MOST_TEXT;
    String told = told(json, members, text);
    while (told.length() > most && (members > LEAST || text > LEAST)) {
      members = Math.max(LEAST, members / 2);
      text = Math.max(LEAST, text / 2);
      told = told(json, members, text);
    }
    if (told.length() > most) {
      told =
          Json.object()
              .put("state", json.path("state").asText())
              .put("summary", Inert.line(json.path("summary").asText(), 200))
              .put("leftOut", "The result is too large. Ask for less.")
              .toString();
    }
    return told;
  }

  private static String told(ObjectNode json, int members, int text) {
    return Inert.json(shorten(json, members, text, DEPTH).toString());
  }

  /** The same bounds for what people see of it; {@code null} where there is nothing. */
  static @Nullable Map<String, @Nullable Object> data(@Nullable ToolResult result) {
    return result == null || result.data().isEmpty()
        ? null
        : Json.plain(shorten(Json.of(result.data()), 200, 2_000, DEPTH));
  }

  private static JsonNode shorten(JsonNode node, int members, int text, int depth) {
    if (node.isTextual()) {
      String inert = InertText.lines(node.textValue());
      return TextNode.valueOf(
          inert.length() <= text
              ? inert
              : InertText.cut(inert, text) + "… (" + (inert.length() - text) + " characters more)");
    }
    if (!node.isContainerNode()) {
      return node;
    }
    if (depth == 0) {
      return TextNode.valueOf("(left out: too deep)");
    }
    return node.isArray()
        ? array((ArrayNode) node, members, text, depth)
        : object((ObjectNode) node, members, text, depth);
  }

  private static JsonNode array(ArrayNode array, int members, int text, int depth) {
    ArrayNode shorter = Json.array();
    for (int i = 0; i < array.size() && i < members; i++) {
      shorter.add(shorten(array.get(i), members, text, depth - 1));
    }
    if (array.size() > members) {
      shorter.addObject().put("leftOut", array.size() - members);
    }
    return shorter;
  }

  private static JsonNode object(ObjectNode object, int members, int text, int depth) {
    ObjectNode shorter = Json.object();
    int taken = 0;
    // What the gate says of an action comes first; the members of data in their order.
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (taken++ == members) {
        shorter.put("leftOut", object.size() - members);
        break;
      }
      shorter.set(
          Inert.line(member.getKey(), 200), shorten(member.getValue(), members, text, depth - 1));
    }
    return shorter;
  }

  /** Arguments in an order that does not depend on how they were written. */
  static String canonical(Map<String, @Nullable Object> arguments) {
    return Json.of(new TreeMap<>(arguments)).toString();
  }
}
