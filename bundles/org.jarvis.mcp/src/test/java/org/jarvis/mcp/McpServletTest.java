package org.jarvis.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jarvis.api.action.ActionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport as a client that keeps to no library meets it. */
class McpServletTest {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

  private HouseServer server;

  @BeforeEach
  void start() throws Exception {
    server = new HouseServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private HttpResponse<String> post(String token, String session, String body) throws Exception {
    return server.send("POST", token, body, SESSION, session);
  }

  @Test
  void demandsThatTheGuardFoundABearerToken() throws Exception {
    assertThat(server.send("POST", null, PING).statusCode()).isEqualTo(500);
    assertThat(server.house.requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03-26, 2025-03-26",
    "2025-06-18, 2025-06-18",
    "2025-11-25, 2025-11-25",
    "2099-01-01, 2025-11-25"
  })
  void agreesOnAVersion(String asked, String agreed) throws Exception {
    HttpResponse<String> answer =
        server.send("POST", HouseServer.READ, HouseServer.initialize(asked));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).contains("\"protocolVersion\":\"" + agreed + "\"");
  }

  @Test
  void makesSessionIdsThatNobodyCanGuess() throws Exception {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ids.add(server.open(HouseServer.READ));
    }
    assertThat(ids).hasSize(20).allMatch(id -> id.matches("[A-Za-z0-9_-]{43}"));
  }

  @Test
  void knowsASessionOnlyByTheTokenThatOpenedIt() throws Exception {
    String session = server.open(HouseServer.OPERATE);
    assertThat(post(HouseServer.OPERATE, session, PING).statusCode()).isEqualTo(200);
    for (String method : new String[] {"POST", "GET", "DELETE"}) {
      String body = method.equals("POST") ? PING : null;
      assertThat(server.send(method, HouseServer.OTHER, body, SESSION, session).statusCode())
          .isEqualTo(404);
    }
    // And it is still there for whom it belongs to.
    assertThat(post(HouseServer.OPERATE, session, PING).statusCode()).isEqualTo(200);
  }

  @Test
  void demandsASession() throws Exception {
    assertThat(server.send("POST", HouseServer.READ, PING).statusCode()).isEqualTo(400);
    assertThat(server.send("GET", HouseServer.READ, null).statusCode()).isEqualTo(400);
    assertThat(server.send("DELETE", HouseServer.READ, null).statusCode()).isEqualTo(400);
    assertThat(post(HouseServer.READ, "made-up", PING).statusCode()).isEqualTo(404);
  }

  @Test
  void endsASessionByDeleteAndWithItsToken() throws Exception {
    String first = server.open(HouseServer.READ);
    String second = server.open(HouseServer.READ);
    String other = server.open(HouseServer.OTHER);
    assertThat(server.send("DELETE", HouseServer.READ, null, SESSION, first).statusCode())
        .isEqualTo(204);
    assertThat(post(HouseServer.READ, first, PING).statusCode()).isEqualTo(404);
    assertThat(post(HouseServer.READ, second, PING).statusCode()).isEqualTo(200);
    server.sessions.endOf(HouseServer.READ);
    assertThat(post(HouseServer.READ, second, PING).statusCode()).isEqualTo(404);
    assertThat(post(HouseServer.OTHER, other, PING).statusCode()).isEqualTo(200);
  }

  @Test
  void endsTheStreamWithTheSession() throws Exception {
    String session = server.open(HouseServer.READ);
    HttpResponse<InputStream> stream =
        server
            .http()
            .send(
                server.request("GET", HouseServer.READ, null, SESSION, session),
                HttpResponse.BodyHandlers.ofInputStream());
    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo(": ");
      server.sessions.all().forEach(open -> open.tell("notifications/tools/list_changed"));
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("event: message");
      assertThat(lines.readLine()).contains("notifications/tools/list_changed");
      server.sessions.endOf(HouseServer.READ);
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void letsASessionListenByOneStreamAtATime() throws Exception {
    String session = server.open(HouseServer.READ);
    HttpResponse<InputStream> first = listen(session);
    HttpResponse<InputStream> second = listen(session);
    // The end of the first: its beat, and nothing more.
    assertThat(new String(first.body().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(": \n\n");
    assertThat(server.sessions.all().get(0).listens()).isTrue();
    second.body().close();
  }

  private HttpResponse<InputStream> listen(String session) throws Exception {
    return server
        .http()
        .send(
            server.request("GET", HouseServer.READ, null, SESSION, session),
            HttpResponse.BodyHandlers.ofInputStream());
  }

  @Test
  void takesBackACallWithItsActionAndAnswersNothing() throws Exception {
    server.house.next = ActionState.RUNNING;
    String session = server.open(HouseServer.READ);
    CompletableFuture<HttpResponse<String>> answer =
        server
            .http()
            .sendAsync(
                server.request(
                    "POST",
                    HouseServer.READ,
                    HouseServer.call("\"call-7\"", "get_vms", "{}"),
                    SESSION,
                    session),
                HttpResponse.BodyHandlers.ofString());
    assertThat(server.house.waiting.await(15, TimeUnit.SECONDS)).isTrue();
    String cancel =
        """
        {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"%s"}}""";
    // Another session's request of the same id, or an unknown one, is none of its business.
    String other = server.open(HouseServer.READ);
    assertThat(post(HouseServer.READ, other, cancel.formatted("call-7")).statusCode())
        .isEqualTo(202);
    assertThat(post(HouseServer.READ, session, cancel.formatted("call-8")).statusCode())
        .isEqualTo(202);
    assertThat(server.house.cancelled).isEmpty();
    assertThat(post(HouseServer.READ, session, cancel.formatted("call-7")).statusCode())
        .isEqualTo(202);
    assertThat(answer.get(15, TimeUnit.SECONDS).body()).isEmpty();
    assertThat(server.house.cancelled).containsExactly("a1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{}",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
        "{\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} {}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}"
      })
  void refusesWhatIsNotOneMessage(String body) throws Exception {
    String session = server.open(HouseServer.READ);
    HttpResponse<String> answer = post(HouseServer.READ, session, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"error\"").doesNotContain("Exception", "at org.");
  }

  @Test
  void boundsDepthAndSizeOfBodies() throws Exception {
    String session = server.open(HouseServer.READ);
    String deep = "{\"a\":".repeat(40) + "1" + "}".repeat(40);
    assertThat(post(HouseServer.READ, session, HouseServer.call(1, "get_vms", deep)).statusCode())
        .isEqualTo(400);
    String large = "{\"a\":\"" + "x".repeat(1024 * 1024) + "\"}";
    assertThat(post(HouseServer.READ, session, HouseServer.call(1, "get_vms", large)).statusCode())
        .isEqualTo(413);
    assertThat(server.house.requests).isEmpty();
  }

  @Test
  void knowsNoOtherMethodAndPassesOverOtherNotifications() throws Exception {
    String session = server.open(HouseServer.READ);
    for (String method :
        new String[] {"logging/setLevel", "sampling/createMessage", "elicitation/create", "x"}) {
      assertThat(
              post(
                      HouseServer.READ,
                      session,
                      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}")
                  .body())
          .contains("-32601");
    }
    for (String method :
        new String[] {"notifications/initialized", "notifications/roots/list_changed", "y"}) {
      assertThat(
              post(HouseServer.READ, session, "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}")
                  .statusCode())
          .isEqualTo(202);
    }
    // An answer to a question that was never asked, such as an elicitation.
    assertThat(
            post(
                    HouseServer.READ,
                    session,
                    "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{\"action\":\"accept\"}}")
                .statusCode())
        .isEqualTo(202);
  }

  @Test
  void demandsBothMediaTypesAndAKnownVersion() throws Exception {
    String session = server.open(HouseServer.READ);
    for (String accept : new String[] {"application/json", "text/event-stream", "text/html"}) {
      assertThat(
              server
                  .send("POST", HouseServer.READ, PING, SESSION, session, "Accept", accept)
                  .statusCode())
          .isEqualTo(406);
    }
    assertThat(
            server
                .send("POST", HouseServer.READ, PING, SESSION, session, "Accept", "*/*")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            server
                .send(
                    "POST",
                    HouseServer.READ,
                    PING,
                    SESSION,
                    session,
                    "MCP-Protocol-Version",
                    "1999-01-01")
                .statusCode())
        .isEqualTo(400);
    assertThat(server.send("PUT", HouseServer.READ, PING, SESSION, session).statusCode())
        .isEqualTo(405);
  }

  @Test
  void refusesParametersOfTheWrongForm() throws Exception {
    String session = server.open(HouseServer.READ);
    for (String params :
        new String[] {"[]", "7", "{}", "{\"name\":7}", "{\"name\":\"get_vms\",\"arguments\":[]}"}) {
      assertThat(
              post(
                      HouseServer.READ,
                      session,
                      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                          + params
                          + "}")
                  .body())
          .contains("-32602");
    }
    assertThat(server.house.requests).isEmpty();
  }

  @Test
  void refusesASecondRequestOfTheSameIdWhileOneIsUnderWay() throws Exception {
    server.house.next = ActionState.RUNNING;
    String session = server.open(HouseServer.READ);
    String call = HouseServer.call(5, "get_vms", "{}");
    CompletableFuture<HttpResponse<String>> first =
        server
            .http()
            .sendAsync(
                server.request("POST", HouseServer.READ, call, SESSION, session),
                HttpResponse.BodyHandlers.ofString());
    assertThat(server.house.waiting.await(15, TimeUnit.SECONDS)).isTrue();
    assertThat(post(HouseServer.READ, session, call).statusCode()).isEqualTo(429);
    server.house.become("a1", ActionState.SUCCEEDED);
    assertThat(first.get(15, TimeUnit.SECONDS).body()).contains("SUCCEEDED");
    assertThat(server.house.requests).hasSize(1);
  }
}
