package org.jarvis.llm.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.Instruction;
import org.jarvis.api.llm.ModelRequest;
import org.jarvis.api.llm.RequestLimits;
import org.jarvis.api.llm.ToolSchema;
import org.jarvis.api.llm.Turn;
import org.jarvis.api.tool.Arguments;
import org.jarvis.testkit.llm.Questions;
import org.junit.jupiter.api.Test;

class MessagesRequestTest {
  private static final URI SERVER = URI.create("http://127.0.0.1:1");

  private static JsonNode body(ModelRequest request) {
    return body(request, 0);
  }

  private static JsonNode body(ModelRequest request, int thinking) {
    return Objects.requireNonNull(
        Json.object(new MessagesRequest(Models.definition(SERVER), thinking).json(request)));
  }

  private static ModelRequest of(List<Instruction> instructions, List<Turn> turns) {
    return new ModelRequest(
        instructions,
        turns,
        List.of(Questions.GET_STATUS),
        new RequestLimits(4000, Duration.ofMinutes(1)));
  }

  @Test
  void handsToolsOnWithTheirSchemasAsTheyAre() {
    JsonNode tool = body(Questions.first()).path("tools").path(0);

    assertThat(tool.path("name").asText()).isEqualTo("start_vm");
    assertThat(tool.path("input_schema").toString()).isEqualTo(Questions.START_VM.inputSchema());
  }

  @Test
  void marksStableInstructionsAndTheEndForTheCache() {
    JsonNode body = body(Questions.first());

    assertThat(body.at("/system/0/cache_control/type").asText()).isEqualTo("ephemeral");
    assertThat(body.at("/system/1").has("cache_control")).isFalse();
    assertThat(body.at("/messages/0/content/0/cache_control/type").asText()).isEqualTo("ephemeral");
  }

  @Test
  void marksNoMoreThanTheServerTakes() {
    List<Instruction> six =
        IntStream.range(0, 6).mapToObj(i -> new Instruction("Rule " + i, true)).toList();

    String json = body(of(six, List.of(new Turn.Said("Hello")))).toString();

    assertThat(json.split("cache_control", -1)).hasSize(4 + 1);
  }

  @Test
  void marksNothingWhereNothingIsStable() {
    assertThat(body(of(List.of(), List.of(new Turn.Said("Hello")))).toString())
        .doesNotContain("cache_control", "\"system\"");
  }

  @Test
  void handsThinkingBackUnchangedAndInItsPlace() {
    String thinking = "{\"type\":\"thinking\",\"thinking\":\"Hm. \\u2028\",\"signature\":\"s==\"}";
    String redacted = "{\"type\":\"redacted_thinking\",\"data\":\"x\"}";
    JsonNode content =
        body(of(
                List.of(),
                List.of(
                    new Turn.Said("How is it?"),
                    new Turn.Answered(
                        List.of(
                            new AnswerPart.Opaque("anthropic", thinking),
                            new AnswerPart.Opaque("another", "{\"type\":\"x\"}"),
                            new AnswerPart.Text("  "),
                            new AnswerPart.Text("I look."),
                            new AnswerPart.Opaque("anthropic", redacted),
                            new AnswerPart.Call("a", "get_cluster_status", new Arguments(Map.of())),
                            new AnswerPart.UnusableCall("b", "no such/tool", "None."))),
                    new Turn.Results(
                        List.of(
                            new Turn.ToolOutcome("a", "Well.", false),
                            new Turn.ToolOutcome("b", "There is no such tool.", true)),
                        "Go on."))))
            .path("messages");

    JsonNode answer = content.path(1).path("content");
    assertThat(answer).hasSize(5);
    assertThat(answer.path(0)).isEqualTo(Json.object(thinking));
    assertThat(answer.path(1).path("text").asText()).isEqualTo("I look.");
    assertThat(answer.path(2)).isEqualTo(Json.object(redacted));
    assertThat(answer.path(3).toString())
        .isEqualTo(
            "{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"get_cluster_status\",\"input\":{}}");
    assertThat(answer.path(4).path("name").asText()).isEqualTo("no_such_tool");
    JsonNode results = content.path(2).path("content");
    assertThat(results.path(0).path("type").asText()).isEqualTo("tool_result");
    assertThat(results.path(0).has("is_error")).isFalse();
    assertThat(results.path(1).path("is_error").asBoolean()).isTrue();
    assertThat(results.path(2).path("text").asText()).as("words come last").isEqualTo("Go on.");
  }

  @Test
  void thinksOnlyWhereThereIsRoomForIt() {
    assertThat(body(Questions.first()).has("thinking")).isFalse();
    assertThat(body(of(List.of(), List.of(new Turn.Said("Hello"))), 10_000).path("thinking"))
        .isEqualTo(Json.object("{\"type\":\"enabled\",\"budget_tokens\":2000}"));
    assertThat(body(Questions.first(), 10_000).has("thinking"))
        .as("an answer of 1000 tokens leaves no room for the 1024 of least thinking")
        .isFalse();
  }

  @Test
  void refusesASchemaThatIsNone() {
    ModelRequest request =
        new ModelRequest(
            List.of(),
            List.of(new Turn.Said("Hello")),
            List.of(new ToolSchema("broken", "Broken.", "{")),
            new RequestLimits(100, Duration.ofMinutes(1)));

    assertThatThrownBy(() -> body(request)).isInstanceOf(IllegalArgumentException.class);
  }
}
