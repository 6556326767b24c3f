package org.jarvis.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.tool.Arguments;
import org.jarvis.testkit.llm.Questions;
import org.junit.jupiter.api.Test;

class ChatRequestTest {
  private static JsonNode body(ModelRequest request, LimitField field) {
    return Objects.requireNonNull(
        Json.object(
            new ChatRequest(Models.definition(URI.create("http://127.0.0.1:1")), field)
                .json(request)));
  }

  @Test
  void asksForAStreamWithUsage() {
    JsonNode body = body(Questions.first(), LimitField.MAX_TOKENS);

    assertThat(body.path("stream").asBoolean()).isTrue();
    assertThat(body.at("/stream_options/include_usage").asBoolean()).isTrue();
    assertThat(body.path("max_tokens").asInt()).isEqualTo(1000);
    assertThat(body.at("/tools/0/function/parameters").toString())
        .isEqualTo(Questions.START_VM.inputSchema());
  }

  @Test
  void namesTheLimitAsTheServerKnowsIt() {
    JsonNode body = body(Questions.first(), LimitField.MAX_COMPLETION_TOKENS);

    assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(1000);
    assertThat(body.has("max_tokens")).isFalse();
  }

  @Test
  void tellsEverythingBeforehandInOneMessage() {
    JsonNode messages = body(Questions.first(), LimitField.MAX_TOKENS).path("messages");

    assertThat(messages.path(0).toString())
        .isEqualTo(
            "{\"role\":\"system\",\"content\":\"You are Jarvis.\\n\\nThe cluster has 4 nodes.\"}");
    assertThat(messages).hasSize(2);
  }

  @Test
  void handsCallsBackWithTheirOutcomes() {
    JsonNode messages =
        body(
                Questions.of(
                    List.of(
                        new Turn.Said("Start it."),
                        new Turn.Answered(
                            List.of(
                                new AnswerPart.Opaque("anthropic", "{}"),
                                new AnswerPart.Call(
                                    "a", "start_vm", new Arguments(Map.of("vmid", 101))),
                                new AnswerPart.UnusableCall("b", "nothing", "No such tool."))),
                        new Turn.Results(
                            List.of(
                                new Turn.ToolOutcome("a", "It runs.", false),
                                new Turn.ToolOutcome("b", "No such tool.", true)),
                            "And now?"))),
                LimitField.MAX_TOKENS)
            .path("messages");

    assertThat(messages.path(2).path("content").textValue()).isEmpty();
    assertThat(messages.at("/2/tool_calls/0").toString())
        .isEqualTo(
            """
            {"id":"a","type":"function","function":{"name":"start_vm",\
            "arguments":"{\\"vmid\\":101}"}}""");
    assertThat(messages.at("/2/tool_calls/1/function/arguments").asText()).isEqualTo("{}");
    assertThat(messages.path(3).toString())
        .isEqualTo("{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"It runs.\"}");
    assertThat(messages.path(4).path("content").asText()).isEqualTo("Error: No such tool.");
    assertThat(messages.path(5).path("role").asText()).isEqualTo("user");
    assertThat(messages.toString()).doesNotContain("anthropic");
  }
}
