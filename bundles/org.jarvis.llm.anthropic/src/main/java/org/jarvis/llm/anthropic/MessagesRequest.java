package org.jarvis.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.Instruction;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.ProviderDefinition;
import org.jarvis.api.llm.ToolSchema;
import org.jarvis.api.llm.Turn;

/**
 * Writes requests of the Messages API.
 *
 * <p>Caching: the server keeps everything up to a marked block, in the order tools, instructions,
 * messages, and takes four marks at most. The last three stable instructions are marked, and with
 * them, since a loop of tool calls asks again within seconds, the end of the conversation.
 */
final class MessagesRequest {
  private static final int MOST_MARKED_INSTRUCTIONS = 3;

  /** What the server demands at least. */
  private static final int LEAST_THINKING = 1024;

  private final ProviderDefinition definition;
  private final int thinkingTokens;

  MessagesRequest(ProviderDefinition definition, int thinkingTokens) {
    this.definition = definition;
    this.thinkingTokens = thinkingTokens;
  }

  String json(ModelRequest request) {
    int output =
        Math.min(request.limits().outputTokens(), definition.capabilities().outputTokens());
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("model", definition.model());
    body.put("max_tokens", output);
    body.put("stream", true);
    // Thinking is a part of the answer's length, so there has to be room beside it.
    int thinking = Math.min(thinkingTokens, output / 2);
    if (thinking >= LEAST_THINKING) {
      body.putObject("thinking").put("type", "enabled").put("budget_tokens", thinking);
    }
    boolean caching = request.instructions().stream().anyMatch(Instruction::stable);
    instructions(body, request.instructions());
    if (definition.capabilities().tools()) {
      tools(body, request.tools());
    }
    messages(body.putArray("messages"), request.turns(), caching);
    return body.toString();
  }

  private static void instructions(ObjectNode body, List<Instruction> instructions) {
    if (instructions.isEmpty()) {
      return;
    }
    List<Integer> stable =
        IntStream.range(0, instructions.size())
            .filter(i -> instructions.get(i).stable())
            .boxed()
            .toList();
    List<Integer> marked =
        stable.subList(Math.max(0, stable.size() - MOST_MARKED_INSTRUCTIONS), stable.size());
    ArrayNode system = body.putArray("system");
    for (int i = 0; i < instructions.size(); i++) {
      ObjectNode block = text(system, instructions.get(i).text());
      if (marked.contains(i)) {
        mark(block);
      }
    }
  }

  private static void tools(ObjectNode body, List<ToolSchema> tools) {
    if (tools.isEmpty()) {
      return;
    }
    ArrayNode array = body.putArray("tools");
    for (ToolSchema tool : tools) {
      JsonNode schema = Json.object(tool.inputSchema());
      if (schema == null) {
        throw new IllegalArgumentException(
            "The schema of the tool " + tool.name() + " is no JSON object.");
      }
      array
          .addObject()
          .put("name", tool.name())
          .put("description", tool.description())
          .set("input_schema", schema);
    }
  }

  private static void messages(ArrayNode messages, List<Turn> turns, boolean caching) {
    for (Turn turn : turns) {
      ObjectNode message = Json.MAPPER.createObjectNode();
      message.put("role", turn instanceof Turn.Answered ? "assistant" : "user");
      ArrayNode content = message.putArray("content");
      if (turn instanceof Turn.Said said) {
        text(content, said.text());
      } else if (turn instanceof Turn.Answered answered) {
        answered.parts().forEach(part -> part(content, part));
      } else if (turn instanceof Turn.Results results) {
        results(content, results);
      }
      // An answer of blanks alone is nothing that the server takes back.
      if (!content.isEmpty()) {
        messages.add(message);
      }
    }
    if (caching) {
      JsonNode last = messages.path(messages.size() - 1).path("content");
      mark((ObjectNode) last.path(last.size() - 1));
    }
  }

  private static void part(ArrayNode content, AnswerPart part) {
    if (part instanceof AnswerPart.Text words) {
      if (!words.text().isBlank()) {
        text(content, words.text());
      }
    } else if (part instanceof AnswerPart.Opaque opaque) {
      JsonNode block =
          opaque.format().equals(MessagesReader.FORMAT) ? Json.object(opaque.payload()) : null;
      if (block != null) {
        content.add(block);
      }
    } else if (part instanceof AnswerPart.Call call) {
      toolUse(content, call).set("input", Json.MAPPER.valueToTree(call.arguments().values()));
    } else if (part instanceof AnswerPart.UnusableCall call) {
      toolUse(content, call).putObject("input");
    }
  }

  private static ObjectNode toolUse(ArrayNode content, AnswerPart.Asking call) {
    return content
        .addObject()
        .put("type", "tool_use")
        .put("id", call.id())
        .put("name", call.name());
  }

  /** Outcomes come before words, or the server refuses them. */
  private static void results(ArrayNode content, Turn.Results results) {
    for (Turn.ToolOutcome outcome : results.outcomes()) {
      ObjectNode block =
          content
              .addObject()
              .put("type", "tool_result")
              .put("tool_use_id", outcome.callId())
              .put("content", outcome.text());
      if (outcome.error()) {
        block.put("is_error", true);
      }
    }
    if (!results.remark().isBlank()) {
      text(content, results.remark());
    }
  }

  private static ObjectNode text(ArrayNode content, String text) {
    return content.addObject().put("type", "text").put("text", text);
  }

  private static void mark(ObjectNode block) {
    block.putObject("cache_control").put("type", "ephemeral");
  }
}
