package org.jarvis.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jarvis.api.llm.Answer;
import org.jarvis.api.llm.AnswerEvent;
import org.jarvis.api.llm.AnswerPart;
import org.jarvis.api.llm.ModelFailure.Kind;
import org.jarvis.api.llm.ModelProvider;
import org.jarvis.api.llm.StopReason;
import org.jarvis.testkit.llm.Dialect;
import org.jarvis.testkit.llm.Heard;
import org.jarvis.testkit.llm.HttpProviderContract;
import org.jarvis.testkit.llm.OpenAiDialect;
import org.jarvis.testkit.llm.Questions;
import org.jarvis.testkit.llm.StubModelServer;
import org.jarvis.testkit.llm.StubReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of every provider, and what the servers of this protocol differ in. */
class OpenAiModelTest extends HttpProviderContract {
  @Override
  protected ModelProvider provider(URI server, Waits waits) {
    return Models.at(server, CANARY, waits.first(), waits.silence());
  }

  @Override
  protected void leave(ModelProvider provider) {
    ((OpenAiModel) provider).close();
  }

  @Override
  protected Dialect dialect() {
    return new OpenAiDialect();
  }

  private Answer answer(String... data) {
    StringBuilder body = new StringBuilder();
    for (String one : data) {
      body.append("data: ").append(one).append("\n\n");
    }
    return ask(StubReply.stream(body.toString()).byteByByte()).answer();
  }

  private static String delta(String delta) {
    return "{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}";
  }

  private static String finish(String reason) {
    return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
  }

  @Test
  void ollamaSendsACallAtOnceAndSaysStop() {
    Answer answer =
        answer(
            delta(
                """
                {"role":"assistant","content":"","tool_calls":[{"id":"call_x","index":0,\
                "type":"function","function":{"name":"start_vm","arguments":"{\\"vmid\\":101}"}}]}"""),
            finish("stop"),
            "[DONE]");

    assertThat(answer.stop()).isEqualTo(StopReason.TOOL_CALLS);
    assertThat(answer.calls())
        .singleElement()
        .satisfies(call -> assertThat(call.arguments().integer("vmid")).contains(101));
  }

  @Test
  void olderOllamaSendsAllCallsUnderOneIndex() {
    String call =
        """
        {"tool_calls":[{"id":"%s","index":0,"type":"function",\
        "function":{"name":"start_vm","arguments":"{\\"vmid\\":%d}"}}]}""";

    Answer answer =
        answer(
            delta(call.formatted("call_a", 101)),
            delta(call.formatted("call_b", 102)),
            finish("tool_calls"),
            "[DONE]");

    assertThat(answer.calls())
        .extracting(one -> one.arguments().integer("vmid").orElseThrow())
        .containsExactly(101, 102);
  }

  @Test
  void olderLlamaServerRepeatsTheNameAndPutsTheIdIntoTheFunction() {
    String piece =
        """
        {"tool_calls":[{"index":0,"type":"function",\
        "function":{"id":"x1","name":"start_vm","arguments":"%s"}}]}""";

    Answer answer =
        answer(
            delta(piece.formatted("{\\\"vm")),
            delta(piece.formatted("id\\\":1")),
            delta(piece.formatted("01}")),
            finish("tool_calls"),
            "[DONE]");

    assertThat(answer.calls())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.id()).isEqualTo("x1");
              assertThat(call.name()).isEqualTo("start_vm");
              assertThat(call.arguments().integer("vmid")).contains(101);
            });
  }

  @ParameterizedTest
  @CsvSource({"null", "'\"\"'"})
  void callsWithoutAnIdGetOne(String id) {
    Answer answer =
        answer(
            delta(
                """
                {"content":null,"tool_calls":[{"index":0,"id":%s,\
                "function":{"name":"get_cluster_status","arguments":null}}]}"""
                    .formatted(id)),
            finish("tool_calls"));

    assertThat(answer.calls())
        .singleElement()
        .satisfies(call -> assertThat(call.id()).startsWith("call_"));
  }

  @Test
  void someServersSendArgumentsAsAnObject() {
    Answer answer =
        answer(
            delta(
                """
                {"tool_calls":[{"function":{"name":"start_vm","arguments":{"vmid":101}}}]}"""),
            finish("stop"),
            "[DONE]");

    assertThat(answer.calls())
        .singleElement()
        .satisfies(call -> assertThat(call.arguments().integer("vmid")).contains(101));
  }

  @Test
  void someServersForgetToSayDone() {
    assertThat(answer(delta("{\"content\":\"Hello\"}"), finish("stop")).text()).isEqualTo("Hello");
  }

  @Test
  void whoNeverSaysWhyItEndedAsksForNothing() {
    Answer answer =
        answer(
            delta(
                """
                {"tool_calls":[{"index":0,"id":"a",\
                "function":{"name":"get_cluster_status","arguments":"{}"}}]}"""),
            "[DONE]");

    assertThat(answer.stop()).isEqualTo(StopReason.OTHER);
    assertThat(answer.parts()).noneMatch(AnswerPart.Asking.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource({"reasoning", "reasoning_content"})
  void thinkingIsNoPartOfTheAnswer(String field) {
    String body =
        "data: "
            + delta("{\"content\":\"\",\"" + field + "\":\"Hm.\"}")
            + "\n\n"
            + dialect().says(List.of("Hello"));

    Heard heard = ask(StubReply.stream(body));

    assertThat(heard.answer().text()).isEqualTo("Hello");
    assertThat(heard.events()).contains(new AnswerEvent.ThinkingDelta("Hm."));
  }

  @Test
  void aRefusalInWordsIsOne() {
    Answer answer =
        answer(delta("{\"refusal\":\"I would rather not.\"}"), finish("stop"), "[DONE]");

    assertThat(answer.stop()).isEqualTo(StopReason.REFUSED);
    assertThat(answer.text()).isEqualTo("I would rather not.");
  }

  @Test
  void whatCameFromTheCacheIsNotCountedTwice() {
    Answer answer =
        answer(
            delta("{\"content\":\"Hello\"}"),
            finish("stop"),
            """
            {"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":5,\
            "prompt_tokens_details":{"cached_tokens":900}}}""",
            "[DONE]");

    assertThat(answer.usage().input()).isEqualTo(100);
    assertThat(answer.usage().cacheRead()).isEqualTo(900);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | {\"error\":\"model 'x' not found\"} | MODEL_MISSING | model 'x' not found",
        "500 | {\"error\":{\"code\":500,\"message\":\"tools param requires --jinja flag\",\"type\":\"server_error\"}} | INVALID_REQUEST | --jinja",
        "503 | {\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}} | OVERLOADED | Loading model",
        "400 | {\"error\":{\"code\":400,\"message\":\"the request exceeds the available context size\",\"type\":\"exceed_context_size_error\"}} | TOO_LARGE | context size",
        "400 | {\"error\":{\"message\":\"maximum context length\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}} | TOO_LARGE | maximum",
        "429 | {\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"}} | BILLING | quota",
        "404 | {\"object\":\"error\",\"message\":\"The model does not exist.\",\"type\":\"NotFoundError\",\"code\":404} | MODEL_MISSING | does not exist",
        "422 | {\"detail\":\"Field required\"} | INVALID_REQUEST | Field required"
      })
  void tellsErrorsOfEveryServer(int status, String body, Kind kind, String said) {
    Heard heard = ask(StubReply.error(status, body));

    assertThat(heard.failure().kind()).isEqualTo(kind);
    assertThat(heard.failure().message()).contains(said);
  }

  @Test
  void asksAsTheProtocolDemands() {
    ask(StubReply.stream(dialect().says(List.of("Hello")))).answer();

    StubModelServer.Received received = server().received().get(0);
    assertThat(received.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
    assertThat(received.headers())
        .containsEntry("authorization", "Bearer " + CANARY)
        .containsEntry("content-type", "application/json")
        .doesNotContainKey("upgrade");
  }

  @Test
  void takesAnAddressWithAPathAsItIs() {
    server().answers(StubReply.stream(dialect().says(List.of("Hello"))));
    Heard heard = new Heard();
    try (OpenAiModel model =
        Models.at(
            URI.create(server().address() + "/api/v2/"),
            "",
            Duration.ofSeconds(20),
            Duration.ofSeconds(20))) {
      model.converse(Questions.first(), heard);
      heard.answer();
    }

    assertThat(server().received().get(0).line())
        .isEqualTo("POST /api/v2/chat/completions HTTP/1.1");
    assertThat(server().received().get(0).headers()).doesNotContainKey("authorization");
  }
}
