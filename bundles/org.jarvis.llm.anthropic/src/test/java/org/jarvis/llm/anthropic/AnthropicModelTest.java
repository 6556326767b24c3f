package org.jarvis.llm.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.StopReason;
import org.jarvis.testkit.llm.AnthropicDialect;
import org.jarvis.testkit.llm.Dialect;
import org.jarvis.testkit.llm.Heard;
import org.jarvis.testkit.llm.HttpProviderContract;
import org.jarvis.testkit.llm.RecordedReplies;
import org.jarvis.testkit.llm.StubModelServer;
import org.jarvis.testkit.llm.StubReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every provider, what servers really sent, and what only this protocol has. */
class AnthropicModelTest extends HttpProviderContract {
  @Override
  protected ModelProvider provider(URI server, Waits waits) {
    return Models.at(server, CANARY, waits.first(), waits.silence());
  }

  @Override
  protected void leave(ModelProvider provider) {
    ((AnthropicModel) provider).close();
  }

  @Override
  protected Dialect dialect() {
    return new AnthropicDialect();
  }

  static Iterable<String> recorded() {
    return RecordedReplies.names();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void understandsEveryRecordedStreamHoweverItIsCut(String name) {
    Answer whole = ask(StubReply.stream(RecordedReplies.of(name))).answer();
    Heard cut = ask(StubReply.stream(RecordedReplies.of(name)).byteByByte());

    assertThat(cut.answer()).isEqualTo(whole);
    assertThat(cut.words()).isEqualTo(whole.text());
    assertThat(whole.usage().output()).isNotNull();
  }

  @Test
  void callsTheToolOfTheRecordedUseUnlessNobodyOfferedIt() {
    Answer answer = ask(StubReply.stream(RecordedReplies.of("tool-use"))).answer();

    assertThat(answer.stop()).isEqualTo(StopReason.TOOL_CALLS);
    assertThat(answer.text()).isEqualTo("I'll check the current weather in Paris for you.");
    assertThat(answer.parts().get(1))
        .isEqualTo(
            new AnswerPart.UnusableCall(
                "toolu_01NRLabsLyVHZPKxbKvkfSMn", "get_weather", "There is no tool of this name."));
  }

  @Test
  void makesNoCallOfTheRecordedCut() {
    Answer answer = ask(StubReply.stream(RecordedReplies.of("incomplete-partial-json"))).answer();

    assertThat(answer.stop()).isEqualTo(StopReason.LENGTH);
    assertThat(answer.parts()).allMatch(AnswerPart.Text.class::isInstance);
    assertThat(answer.usage().output()).isEqualTo(124);
    assertThat(answer.usage().input()).isEqualTo(450);
  }

  @Test
  void makesNoCallOfWhatTheServerRanItself() {
    Answer answer = ask(StubReply.stream(RecordedReplies.of("stream-a-toolrefusal"))).answer();

    assertThat(answer.stop()).isEqualTo(StopReason.REFUSED);
    assertThat(answer.calls()).isEmpty();
    assertThat(answer.text()).startsWith("Here's a summary");
  }

  @Test
  void keepsThinkingAsItCame() {
    Heard heard = ask(StubReply.stream(RecordedReplies.of("stream-a-refusal")));

    AnswerPart.Opaque thinking = (AnswerPart.Opaque) heard.answer().parts().get(0);
    assertThat(thinking.format()).isEqualTo("anthropic");
    assertThat(thinking.payload())
        .startsWith("{\"type\":\"thinking\",\"thinking\":\"Simple educational question")
        .endsWith(
            "\"signature\":\"c3ludGhldGljLXNpZ25hdHVyZS1maXh0dXJlLWEtbm90LWEtcmVhbC1zaWduYXR1cmU=\"}");
    assertThat(heard.events()).anyMatch(AnswerEvent.ThinkingDelta.class::isInstance);
    assertThat(heard.words()).isEqualTo("Hi");
  }

  @Test
  void tellsWhatTheCacheHadToDoWithIt() {
    String body =
        dialect()
            .says(List.of("Hello"))
            .replace("\"cache_creation_input_tokens\":null", "\"cache_creation_input_tokens\":7")
            .replace("\"cache_read_input_tokens\":0", "\"cache_read_input_tokens\":4000");

    Answer answer = ask(StubReply.stream(body)).answer();

    assertThat(answer.usage().cacheWrite()).isEqualTo(7);
    assertThat(answer.usage().cacheRead()).isEqualTo(4000);
    assertThat(answer.usage().input()).isEqualTo(11);
  }

  @Test
  void figuresAtTheEndReplaceThoseOfTheBeginning() {
    String body =
        dialect()
            .says(List.of("Hello"))
            .replace(
                "\"usage\":{\"output_tokens\":6}",
                "\"usage\":{\"input_tokens\":12,\"output_tokens\":6}");

    Answer answer = ask(StubReply.stream(body)).answer();

    assertThat(answer.usage().input()).as("cumulative, not added").isEqualTo(12);
    assertThat(answer.usage().output()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_request_error, 'prompt is too long: 210000 tokens > 200000 maximum', TOO_LARGE",
    "invalid_request_error, Your credit balance is too low to access the API, BILLING",
    "invalid_request_error, messages.1: text content blocks must be non-empty, INVALID_REQUEST",
    "not_found_error, model: claude-x, MODEL_MISSING",
    "of_next_year, Hm, INVALID_REQUEST"
  })
  void tellsErrorsByWhatTheyAreCalled(String type, String message, Kind kind) {
    Heard heard =
        ask(
            StubReply.error(
                400,
                "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
                    .formatted(type, message)));

    assertThat(heard.failure().kind()).isEqualTo(kind);
  }

  @Test
  void asksAsTheProtocolDemands() {
    ask(StubReply.stream(dialect().says(List.of("Hello")))).answer();

    StubModelServer.Received received = server().received().get(0);
    assertThat(received.line()).isEqualTo("POST /v1/messages HTTP/1.1");
    assertThat(received.headers())
        .containsEntry("x-api-key", CANARY)
        .containsEntry("anthropic-version", "2023-06-01")
        .containsEntry("content-type", "application/json");
  }
}
