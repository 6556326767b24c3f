package org.jarvis.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.Instruction;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.ToolSchema;
import org.jarvis.api.llm.Turn;

/**
 * Writes requests of the chat completions API. Caching needs no word: where these servers have a
 * cache, they find by themselves what is the same. Thinking is not handed back; the protocol has no
 * field for it, and some servers refuse theirs.
 */
final class ChatRequest {
  private final ProviderDefinition definition;
  private final LimitField limitField;

  ChatRequest(ProviderDefinition definition, LimitField limitField) {
    this.definition = definition;
    this.limitField = limitField;
  }

  String json(ModelRequest request) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("model", definition.model());
    body.put("stream", true);
    body.putObject("stream_options").put("include_usage", true);
    body.put(
        limitField.word(),
        Math.min(request.limits().outputTokens(), definition.capabilities().outputTokens()));
    ArrayNode messages = body.putArray("messages");
    if (!request.instructions().isEmpty()) {
      // One message: the templates of many models know no second one.
      message(messages, "system")
          .put(
              "content",
              request.instructions().stream()
                  .map(Instruction::text)
                  .collect(Collectors.joining("\n\n")));
    }
    request.turns().forEach(turn -> turn(messages, turn));
    if (definition.capabilities().tools() && !request.tools().isEmpty()) {
      tools(body.putArray("tools"), request.tools());
    }
    return body.toString();
  }

  private static void tools(ArrayNode array, List<ToolSchema> tools) {
    for (ToolSchema tool : tools) {
      JsonNode schema = Json.object(tool.inputSchema());
      if (schema == null) {
        throw new IllegalArgumentException(
            "The schema of the tool " + tool.name() + " is no JSON object.");
      }
      array
          .addObject()
          .put("type", "function")
          .putObject("function")
          .put("name", tool.name())
          .put("description", tool.description())
          .set("parameters", schema);
    }
  }

  private static void turn(ArrayNode messages, Turn turn) {
    if (turn instanceof Turn.Said said) {
      message(messages, "user").put("content", said.text());
    } else if (turn instanceof Turn.Answered answered) {
      answer(message(messages, "assistant"), answered.parts());
    } else if (turn instanceof Turn.Results results) {
      for (Turn.ToolOutcome outcome : results.outcomes()) {
        // There is no field for it, so the words have to say that it came to nothing.
        message(messages, "tool")
            .put("tool_call_id", outcome.callId())
            .put("content", outcome.error() ? "Error: " + outcome.text() : outcome.text());
      }
      if (!results.remark().isBlank()) {
        message(messages, "user").put("content", results.remark());
      }
    }
  }

  private static ObjectNode message(ArrayNode messages, String role) {
    return messages.addObject().put("role", role);
  }

  private static void answer(ObjectNode message, List<AnswerPart> parts) {
    StringBuilder words = new StringBuilder();
    ArrayNode calls = Json.MAPPER.createArrayNode();
    for (AnswerPart part : parts) {
      if (part instanceof AnswerPart.Text text) {
        words.append(text.text());
      } else if (part instanceof AnswerPart.Call call) {
        call(calls, call, Json.MAPPER.valueToTree(call.arguments().values()).toString());
      } else if (part instanceof AnswerPart.UnusableCall call) {
        call(calls, call, "{}");
      }
    }
    // Empty rather than null beside calls: the templates of some servers stumble over null.
    message.put("content", words.toString());
    if (!calls.isEmpty()) {
      message.set("tool_calls", calls);
    }
  }

  private static void call(ArrayNode calls, AnswerPart.Asking call, String arguments) {
    calls
        .addObject()
        .put("id", call.id())
        .put("type", "function")
        .putObject("function")
        .put("name", call.name())
        .put("arguments", arguments);
  }
}
