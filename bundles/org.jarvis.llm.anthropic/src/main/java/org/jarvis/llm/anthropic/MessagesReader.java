package org.jarvis.llm.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.ModelFailure;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.StopReason;
import org.jarvis.api.llm.TokenUsage;
import org.jarvis.api.llm.provider.AnswerDraft;
import org.jarvis.api.llm.provider.EventReader;
import org.jarvis.api.llm.provider.HttpRefusal;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of the Messages API. A message is a list of blocks that begin, grow and end.
 * Kinds of events, blocks and pieces that it does not know are passed over, as the protocol asks;
 * so are the traces of tools that the server runs itself, which Jarvis never asks for.
 */
final class MessagesReader implements EventReader {
  /** Whose thinking it is. */
  static final String FORMAT = "anthropic";

  private final ModelRequest request;
  private final Map<Integer, Block> blocks = new LinkedHashMap<>();
  private String model;
  private String stopReason = "";
  private @Nullable String requestId;
  private volatile TokenUsage usage = TokenUsage.UNKNOWN;

  MessagesReader(ModelRequest request, String model) {
    this.request = request;
    this.model = model;
  }

  @Override
  public void begin(@Nullable String given) {
    requestId = given;
  }

  @Override
  public TokenUsage usage() {
    return usage;
  }

  @Override
  public List<AnswerEvent> read(String name, String data) {
    JsonNode event = Json.object(data);
    if (event == null) {
      return List.of(failed(Kind.BROKEN_ANSWER, "The answer holds something that is no JSON."));
    }
    return switch (Json.text(event, "type")) {
      case "message_start" -> {
        begin(event.path("message"));
        yield List.of();
      }
      case "content_block_start" -> begin(event.path("index").asInt(), event.path("content_block"));
      case "content_block_delta" -> grow(blocks.get(event.path("index").asInt()), event);
      case "content_block_stop" -> {
        Block block = blocks.get(event.path("index").asInt());
        if (block != null) {
          block.whole = true;
        }
        yield List.of();
      }
      case "message_delta" -> {
        String told = Json.text(event.path("delta"), "stop_reason");
        stopReason = told.isEmpty() ? stopReason : told;
        usage = usage.updatedBy(usage(event.path("usage")));
        yield List.of();
      }
      case "message_stop" -> List.of(new AnswerEvent.Completed(answer()));
      case "error" -> List.of(failed(event.path("error")));
      default -> List.of();
    };
  }

  private void begin(JsonNode message) {
    String told = Json.text(message, "model");
    model = told.isEmpty() ? model : told;
    usage = usage(message.path("usage"));
  }

  private List<AnswerEvent> begin(int index, JsonNode start) {
    Block block = new Block(start);
    blocks.put(index, block);
    return switch (block.type) {
      case "text" -> {
        block.grown.append(Json.text(start, "text"));
        yield words(Json.text(start, "text"));
      }
      case "thinking" -> {
        block.grown.append(Json.text(start, "thinking"));
        block.signature.append(Json.text(start, "signature"));
        yield List.of();
      }
      case "tool_use" -> List.of(new AnswerEvent.CallBegun(Json.text(start, "name")));
      default -> List.of();
    };
  }

  private static List<AnswerEvent> grow(@Nullable Block block, JsonNode event) {
    if (block == null) {
      return List.of();
    }
    JsonNode delta = event.path("delta");
    return switch (Json.text(delta, "type")) {
      case "text_delta" -> {
        String text = Json.text(delta, "text");
        block.grown.append(text);
        yield block.type.equals("text") ? words(text) : List.of();
      }
      case "thinking_delta" -> {
        String text = Json.text(delta, "thinking");
        block.grown.append(text);
        yield text.isEmpty() ? List.of() : List.of(new AnswerEvent.ThinkingDelta(text));
      }
      case "signature_delta" -> {
        block.signature.append(Json.text(delta, "signature"));
        yield List.of();
      }
      case "input_json_delta" -> {
        block.grown.append(Json.text(delta, "partial_json"));
        yield List.of();
      }
      default -> List.of();
    };
  }

  private static List<AnswerEvent> words(String text) {
    return text.isEmpty() ? List.of() : List.of(new AnswerEvent.TextDelta(text));
  }

  private Answer answer() {
    AnswerDraft draft = new AnswerDraft(request);
    blocks.values().forEach(block -> block.addTo(draft));
    return draft.finish(stop(stopReason), usage, model, requestId);
  }

  private static StopReason stop(String reason) {
    return switch (reason) {
      case "end_turn", "stop_sequence" -> StopReason.END;
      case "tool_use" -> StopReason.TOOL_CALLS;
      case "max_tokens" -> StopReason.LENGTH;
      case "model_context_window_exceeded" -> StopReason.CONTEXT_FULL;
      case "refusal" -> StopReason.REFUSED;
      default -> StopReason.OTHER;
    };
  }

  private static TokenUsage usage(JsonNode told) {
    return new TokenUsage(
        Json.number(told, "input_tokens"),
        Json.number(told, "cache_read_input_tokens"),
        Json.number(told, "cache_creation_input_tokens"),
        Json.number(told, "output_tokens"));
  }

  @Override
  public AnswerEvent end() {
    return failed(Kind.BROKEN_ANSWER, "The answer ended before it was complete.");
  }

  private AnswerEvent failed(JsonNode error) {
    String message = Json.text(error, "message");
    Kind kind = kind(Json.text(error, "type"), message, Kind.SERVER_ERROR);
    return failed(kind, "The server failed in the middle of the answer: " + message);
  }

  private AnswerEvent failed(Kind kind, String message) {
    return new AnswerEvent.Failed(
        new ModelFailure(kind, message, kind.retriable(), null, requestId), usage);
  }

  @Override
  public ModelFailure refused(HttpRefusal refusal) {
    JsonNode body = Json.object(refusal.body());
    JsonNode error = body == null ? null : body.path("error");
    if (error == null || !error.isObject()) {
      return refusal.failure();
    }
    String message = Json.text(error, "message");
    return refusal.failure(kind(Json.text(error, "type"), message, refusal.kind()), message);
  }

  private static Kind kind(String type, String message, Kind otherwise) {
    return switch (type) {
      case "invalid_request_error" -> {
        // The two that the protocol does not tell apart by more than words.
        if (message.contains("prompt is too long")) {
          yield Kind.TOO_LARGE;
        }
        yield message.contains("credit balance is too low") ? Kind.BILLING : Kind.INVALID_REQUEST;
      }
      case "authentication_error", "permission_error" -> Kind.CREDENTIALS_REFUSED;
      case "billing_error" -> Kind.BILLING;
      case "not_found_error" -> Kind.MODEL_MISSING;
      case "request_too_large" -> Kind.TOO_LARGE;
      case "rate_limit_error" -> Kind.RATE_LIMITED;
      case "overloaded_error" -> Kind.OVERLOADED;
      case "timeout_error" -> Kind.TIMED_OUT;
      case "api_error" -> Kind.SERVER_ERROR;
      default -> otherwise;
    };
  }

  /** A block that grows. */
  private static final class Block {
    private final JsonNode start;
    private final String type;
    private final StringBuilder grown = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private boolean whole;

    Block(JsonNode start) {
      this.start = start;
      this.type = Json.text(start, "type");
    }

    void addTo(AnswerDraft draft) {
      switch (type) {
        case "text" -> draft.text(grown.toString());
        case "thinking" -> {
          // Without its signature the server would refuse it when it is handed back.
          if (whole && signature.length() > 0) {
            draft.opaque(FORMAT, thinking().toString());
          }
        }
        case "redacted_thinking" -> draft.opaque(FORMAT, start.toString());
        case "tool_use" ->
            draft.call(
                Json.text(start, "id"),
                Json.text(start, "name"),
                whole ? Json.arguments(input()) : null);
        default -> {
          // Not known, or not asked for.
        }
      }
    }

    /** What grew; or what it began with, since servers in between send it at once. */
    private String input() {
      JsonNode atOnce = start.path("input");
      return grown.length() == 0 && atOnce.isObject() ? atOnce.toString() : grown.toString();
    }

    private ObjectNode thinking() {
      return Json.MAPPER
          .createObjectNode()
          .put("type", "thinking")
          .put("thinking", grown.toString())
          .put("signature", signature.toString());
    }
  }
}
