package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.gateway.FakeConversations.answer;
import static org.jarvis.gateway.FakeConversations.call;
import static org.jarvis.gateway.FakeConversations.conversation;
import static org.jarvis.gateway.FakeConversations.user;
import static org.jarvis.gateway.FakeConversations.with;
import static org.jarvis.gateway.FakeConversations.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.MessagePart;
import org.jarvis.api.chat.Utterance;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationRoutesTest {
  private static final String SAY = "/api/conversations/c1/messages";

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
    server.conversations.put(conversation("c1", "owner", user("m0", "Hello")));
    server.conversations.put(conversation("c2", "another", user("m0", "A secret")));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }

  private void idleAfter(MessagePart... parts) {
    server.conversations.answer =
        before ->
            with(before, Conversation.State.IDLE, answer("a" + before.revision(), true, parts));
  }

  @Test
  void listsWhatTheAccountHas() throws Exception {
    JsonNode list = json(server.person("GET", "/api/conversations?q=%20hel%20&limit=5", null));
    assertThat(list.path("total").asInt()).isEqualTo(1);
    assertThat(list.path("next").isNull()).isTrue();
    assertThat(list.path("items").get(0))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"id":"c1","title":"New","createdAt":"2026-03-01T12:00:00.000Z",
                     "changedAt":"2026-03-01T12:00:00.000Z","state":"IDLE","messages":1}
                    """));
    assertThat(server.conversations.searches).containsExactly("hel");
  }

  @Test
  void countsThoseBeyondTheLimitToo() throws Exception {
    server.conversations.put(conversation("c3", "owner"));
    JsonNode list = json(server.token("GET", "/api/conversations?limit=1", null));
    assertThat(list.path("items")).hasSize(1);
    assertThat(list.path("total").asInt()).isEqualTo(2);
  }

  @Test
  void beginsNamesAndForgetsOne() throws Exception {
    HttpResponse<String> begun = server.person("POST", "/api/conversations", null);
    assertThat(begun.statusCode()).isEqualTo(200);
    String path = "/api/conversations/" + json(begun).path("id").asText();
    JsonNode named = json(server.person("PUT", path, "{\"title\":\" Heat in pve1 \"}"));
    assertThat(named.path("title").asText()).isEqualTo("Heat in pve1");
    assertThat(json(server.person("GET", path, null))).isEqualTo(named);
    assertThat(server.person("DELETE", path, null).statusCode()).isEqualTo(204);
    assertThat(server.person("GET", path, null).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /api/conversations/c2          |
          PUT    | /api/conversations/c2          | {"title":"mine"}
          DELETE | /api/conversations/c2          |
          POST   | /api/conversations/c2/messages | {"text":"Hello"}
          POST   | /api/conversations/c2/stop     |
          """)
  void knowsNothingOfWhatIsAnothers(String method, String path, String body) throws Exception {
    Conversation before = server.conversations.get("c2");
    HttpResponse<String> response = server.person(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
    assertThat(json(response).path("code").asText()).isEqualTo("not-found");
    assertThat(server.conversations.get("c2")).isEqualTo(before);
  }

  @Test
  void answersWhatWasSaidFromThenOnAndTheActions() throws Exception {
    server.token("POST", "/api/tools/stop_vm", "{\"arguments\":{\"vmid\":101}}");
    idleAfter(words("I shut it down."), call("action-1", ActionState.SUCCEEDED));

    HttpResponse<String> said = server.person("POST", SAY + "?wait=30s", "{\"text\":\"Stop it\"}");

    assertThat(said.statusCode()).as(said.body()).isEqualTo(200);
    JsonNode reply = json(said);
    assertThat(reply.path("state").asText()).isEqualTo("IDLE");
    assertThat(reply.path("messages")).hasSize(2);
    assertThat(reply.at("/messages/0/role").asText()).isEqualTo("user");
    assertThat(reply.at("/messages/0/text").asText()).isEqualTo("Stop it");
    assertThat(reply.at("/messages/0/answerer").isNull()).isTrue();
    assertThat(reply.at("/messages/1/text").asText()).isEqualTo("I shut it down.");
    assertThat(reply.at("/messages/1/answerer"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"provider":"claude","title":"Claude","model":"a-model",
                     "leavesTheHouse":true,"inputTokens":240,"cachedTokens":200,
                     "outputTokens":40,"cost":0.0125,"currency":"USD"}
                    """));
    assertThat(reply.at("/messages/1/parts/1"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"kind":"tool","callId":"call-1","tool":"stop_vm","title":"Shut down",
                     "arguments":{"vmid":101},"action":"action-1","state":"SUCCEEDED",
                     "tier":"RED","approval":null,"summary":"It stands.","data":{"n":1},
                     "startedAt":"2026-03-01T12:00:00.000Z","endedAt":null}
                    """));
    assertThat(reply.path("actions")).hasSize(1);
    assertThat(reply.at("/actions/0/id").asText()).isEqualTo("action-1");
    assertThat(reply.at("/actions/0/result/summary").asText()).isEqualTo("Done.");
  }

  @Test
  void saysThatItGoesOn() throws Exception {
    HttpResponse<String> said = server.person("POST", SAY + "?wait=10ms", "{\"text\":\"Stop it\"}");
    assertThat(said.statusCode()).isEqualTo(202);
    assertThat(json(said).path("state").asText()).isEqualTo("RUNNING");
    assertThat(json(said).path("messages")).hasSize(1);

    server.conversations.answer =
        before ->
            with(
                before, Conversation.State.AWAITING_APPROVAL, answer("a", false, call(null, null)));
    HttpResponse<String> waits = server.person("POST", SAY + "?wait=9s", "{\"text\":\"And?\"}");
    assertThat(waits.statusCode()).isEqualTo(202);
    assertThat(json(waits).path("state").asText()).isEqualTo("AWAITING_APPROVAL");
    assertThat(json(waits).at("/messages/1/parts/0/state").isNull()).isTrue();
    assertThat(json(waits).path("actions")).isEmpty();
  }

  @Test
  void waitsForNobodyWhoDoesNotAskForIt() throws Exception {
    idleAfter(words("Done."));
    assertThat(server.person("POST", SAY, "{\"text\":\"Stop it\"}").statusCode()).isEqualTo(202);
  }

  @Test
  void takesOnlyWhatAPersonTypedForTyped() throws Exception {
    idleAfter();
    server.person("POST", SAY, "{\"text\":\"one\"}");
    server.person("POST", SAY, "{\"text\":\"two\",\"pasted\":true}");
    server.person("POST", SAY, "{\"text\":\"three\",\"pasted\":false}");
    server.token("POST", SAY, "{\"text\":\"four\"}");
    server.token("POST", SAY, "{\"text\":\"five\",\"pasted\":false}");
    assertThat(server.conversations.said)
        .containsExactly(
            new Utterance("one", true),
            new Utterance("two", false),
            new Utterance("three", true),
            new Utterance("four", false),
            new Utterance("five", false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"text":"  "}                            | 422
          {"text":7}                               | 422
          {"text":"Stop it","typed":true}          | 422
          {"text":"Stop it","pasted":"no"}         | 422
          {"text":"Stop it","confirmed":true}      | 422
          {}                                       | 400
          []                                       | 400
          """)
  void refusesWhatIsNoUtterance(String body, int status) throws Exception {
    HttpResponse<String> refused = server.person("POST", SAY, body);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
    assertThat(server.conversations.said).isEmpty();
  }

  @Test
  void namesTheFieldThatIsTooLong() throws Exception {
    String longest = "x".repeat(Utterance.MAX_TEXT);
    HttpResponse<String> refused = server.person("POST", SAY, "{\"text\":\"" + longest + "x\"}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).at("/errors/0/field").asText()).isEqualTo("text");
    assertThat(server.person("POST", SAY, "{\"text\":\"" + longest + "\"}").statusCode())
        .isEqualTo(202);
    String title = "x".repeat(Conversation.MAX_TITLE + 1);
    HttpResponse<String> name =
        server.person("PUT", "/api/conversations/c1", "{\"title\":\"" + title + "\"}");
    assertThat(name.statusCode()).isEqualTo(422);
    assertThat(json(name).at("/errors/0/field").asText()).isEqualTo("title");
  }

  @Test
  void stopsWhatGoesOn() throws Exception {
    server.person("POST", SAY, "{\"text\":\"Stop it\"}");
    HttpResponse<String> stopped = server.person("POST", "/api/conversations/c1/stop", null);
    assertThat(stopped.statusCode()).isEqualTo(200);
    assertThat(stopped.body()).isEqualTo("{\"state\":\"IDLE\"}");
  }

  @Test
  void tellsWhoWouldBeAsked() throws Exception {
    JsonNode list = json(server.token("GET", "/api/chat/providers", null));
    assertThat(list.path("items"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    [{"id":"claude","title":"Claude","model":"a-model",
                      "destination":"api.anthropic.com","leavesTheHouse":true,"free":false},
                     {"id":"built-in","title":"Built in","model":"rules",
                      "destination":"","leavesTheHouse":false,"free":true}]
                    """));
  }

  @Test
  void isForNoTokenOfMcp() throws Exception {
    HttpResponse<String> refused =
        server.send(
            "POST",
            SAY,
            "{\"text\":\"Stop it\"}",
            "Authorization",
            "Bearer " + FakeAuthenticator.MCP_TOKEN);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(server.conversations.said).isEmpty();
  }

  @Test
  void saysWhichPartIsMissing() throws Exception {
    server.parts.conversations().remove(server.conversations);
    for (String path : new String[] {"/api/conversations", "/api/chat/providers"}) {
      HttpResponse<String> missing = server.person("GET", path, null);
      assertThat(missing.statusCode()).isEqualTo(503);
      assertThat(json(missing).path("code").asText()).isEqualTo("part-missing");
      assertThat(missing.body()).contains("org.jarvis.chat");
    }
  }

  @Test
  void tellsAConflictOfTheChatAsOne() throws Exception {
    server.conversations.failure = new JarvisException(ErrorCode.CONFLICT, "It is busy.");
    HttpResponse<String> busy = server.person("POST", SAY, "{\"text\":\"Stop it\"}");
    assertThat(busy.statusCode()).isEqualTo(409);
    assertThat(json(busy).path("detail").asText()).isEqualTo("It is busy.");
  }
}
