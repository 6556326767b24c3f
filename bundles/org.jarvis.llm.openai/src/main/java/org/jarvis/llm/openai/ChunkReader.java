package org.jarvis.llm.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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
 * Reads the chunks of a streamed chat completion: words, thinking, fragments of calls, then why it
 * ended, then what it used, then {@code [DONE]}. Servers leave out the last three in many
 * combinations; only one that never says why it ended is taken for broken.
 */
final class ChunkReader implements EventReader {
  private static final String DONE = "[DONE]";

  /** By these names servers send what their model thinks. */
  private static final List<String> THINKING = List.of("reasoning_content", "reasoning");

  private final ModelRequest request;
  private final StringBuilder words = new StringBuilder();
  private final CallFragments calls = new CallFragments();
  private String model;
  private String finishReason = "";
  private boolean refusing;
  private @Nullable String requestId;
  private volatile TokenUsage usage = TokenUsage.UNKNOWN;

  ChunkReader(ModelRequest request, String model) {
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
    if (data.strip().equals(DONE)) {
      return List.of(new AnswerEvent.Completed(answer()));
    }
    JsonNode chunk = Json.object(data);
    if (chunk == null) {
      return List.of(failed(Kind.BROKEN_ANSWER, "The answer holds something that is no JSON."));
    }
    if (chunk.hasNonNull("error")) {
      return List.of(failed(ErrorBody.of(chunk)));
    }
    String told = Json.text(chunk, "model");
    model = told.isEmpty() ? model : told;
    if (chunk.path("usage").isObject()) {
      usage = usage(chunk.path("usage"));
    }
    // There is one choice, as none was asked for; without any it is the chunk with the usage.
    JsonNode choice = chunk.path("choices").path(0);
    String reason = Json.text(choice, "finish_reason");
    finishReason = reason.isEmpty() ? finishReason : reason;
    return take(choice.path("delta"));
  }

  private List<AnswerEvent> take(JsonNode delta) {
    List<AnswerEvent> events = new ArrayList<>();
    for (String field : THINKING) {
      String thought = Json.text(delta, field);
      if (!thought.isEmpty()) {
        events.add(new AnswerEvent.ThinkingDelta(thought));
        break;
      }
    }
    refusing |= !Json.text(delta, "refusal").isEmpty();
    say(Json.text(delta, "content"), events);
    say(Json.text(delta, "refusal"), events);
    for (JsonNode fragment : delta.path("tool_calls")) {
      calls.add(fragment).ifPresent(begun -> events.add(new AnswerEvent.CallBegun(begun)));
    }
    return events;
  }

  private void say(String text, List<AnswerEvent> events) {
    if (!text.isEmpty()) {
      words.append(text);
      events.add(new AnswerEvent.TextDelta(text));
    }
  }

  private Answer answer() {
    AnswerDraft draft = new AnswerDraft(request);
    draft.text(words.toString());
    calls.addTo(draft);
    return draft.finish(refusing ? StopReason.REFUSED : stop(), usage, model, requestId);
  }

  private StopReason stop() {
    return switch (finishReason) {
      case "stop" -> StopReason.END;
      case "tool_calls", "function_call" -> StopReason.TOOL_CALLS;
      case "length" -> StopReason.LENGTH;
      case "content_filter" -> StopReason.REFUSED;
      default -> StopReason.OTHER;
    };
  }

  private static TokenUsage usage(JsonNode told) {
    Long prompt = Json.number(told, "prompt_tokens");
    Long cached = Json.number(told.path("prompt_tokens_details"), "cached_tokens");
    // Here the figure of the question holds what came from the cache.
    Long uncached = prompt == null || cached == null ? prompt : (Long) (prompt - cached);
    return new TokenUsage(uncached, cached, null, Json.number(told, "completion_tokens"));
  }

  @Override
  public AnswerEvent end() {
    return finishReason.isEmpty()
        ? failed(Kind.BROKEN_ANSWER, "The answer ended before it was complete.")
        : new AnswerEvent.Completed(answer());
  }

  private AnswerEvent failed(ErrorBody error) {
    return failed(
        error.kind(Kind.SERVER_ERROR),
        "The server failed in the middle of the answer: " + error.message());
  }

  private AnswerEvent failed(Kind kind, String message) {
    return new AnswerEvent.Failed(
        new ModelFailure(kind, message, kind.retriable(), null, requestId), usage);
  }

  @Override
  public ModelFailure refused(HttpRefusal refusal) {
    JsonNode body = Json.object(refusal.body());
    ErrorBody error = body == null ? ErrorBody.NONE : ErrorBody.of(body);
    return error.message().isEmpty()
        ? refusal.failure()
        : refusal.failure(error.kind(refusal.kind()), error.message());
  }
}
