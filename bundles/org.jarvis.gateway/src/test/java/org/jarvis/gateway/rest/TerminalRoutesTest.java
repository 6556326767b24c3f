package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.jarvis.api.action.ActionState;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.FakeTerminals;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalRoutesTest {
  private static final String WISH = "{\"host\":\"home/pve1\",\"password\":\"right\"}";

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /api/terminals                        |
          POST   | /api/terminals                        | {"host":"home/pve1","password":"right"}
          DELETE | /api/terminals/terminal-1             |
          GET    | /api/terminals/recordings             |
          GET    | /api/terminals/recordings/recording-1 |
          """)
  void isForPersonsAlone(String method, String path, String body) throws Exception {
    HttpResponse<String> admin =
        server.send(method, path, body, "Authorization", "Bearer " + FakeAuthenticator.ADMIN_TOKEN);
    assertThat(admin.statusCode()).isEqualTo(403);
    assertThat(json(admin).path("code").asText()).isEqualTo("person-required");
    HttpResponse<String> mcp =
        server.send(method, path, body, "Authorization", "Bearer " + FakeAuthenticator.MCP_TOKEN);
    assertThat(mcp.statusCode()).isEqualTo(403);
    assertThat(server.send(method, path, body).statusCode()).isEqualTo(401);
    assertThat(server.terminals.wishes).isEmpty();
    assertThat(server.terminals.told).isEmpty();
  }

  @Test
  void opensOneAndTellsItsSecretOnlyThen() throws Exception {
    HttpResponse<String> opened =
        server.person(
            "POST",
            "/api/terminals",
            "{\"ref\":\"pve:home:guest:101\",\"password\":\"right\",\"columns\":132,\"rows\":50}");
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    JsonNode reply = json(opened);
    assertThat(reply.path("action").path("state").asText()).isEqualTo("RUNNING");
    assertThat(reply.path("terminal").path("id").asText()).isEqualTo(FakeTerminals.ID);
    assertThat(reply.path("terminal").path("secret").asText()).isEqualTo(FakeTerminals.SECRET);
    assertThat(reply.path("terminal").path("expiresAt").asText()).isNotEmpty();
    assertThat(server.terminals.wishes.get(0).columns()).isEqualTo(132);
    assertThat(server.terminals.wishes.get(0).resource()).hasToString("pve:home:guest:101");

    HttpResponse<String> list = server.person("GET", "/api/terminals", null);
    assertThat(list.body()).doesNotContain(FakeTerminals.SECRET);
    assertThat(json(list).path("items").get(0).path("title").asText()).isEqualTo("root@pve1");
    assertThat(json(list).path("terms").path("password").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"host":"home/pve1","password":"wrong"}             | 401
          {"host":"home/pve1"}                                | 401
          {"host":7,"password":"right"}                       | 422
          {"ref":"nonsense","password":"right"}               | 422
          {"host":"home/pve1","password":"right","columns":0} | 422
          {"host":"home/pve1","password":"right","rows":1001} | 422
          {"host":"home/pve1","password":"right","confirmed":true} | 422
          []                                                  | 400
          """)
  void refusesABadWish(String body, int status) throws Exception {
    assertThat(server.person("POST", "/api/terminals", body).statusCode()).isEqualTo(status);
    assertThat(server.terminals.wishes).isEmpty();
  }

  @Test
  void needsTheCsrfTokenAndItsOwnOrigin() throws Exception {
    String cookie = "jarvis_session=" + FakeAuthenticator.COOKIE;
    assertThat(server.send("POST", "/api/terminals", WISH, "Cookie", cookie).statusCode())
        .isEqualTo(403);
    assertThat(
            server
                .send(
                    "POST",
                    "/api/terminals",
                    WISH,
                    "Cookie",
                    cookie,
                    "X-CSRF-Token",
                    FakeAuthenticator.CSRF,
                    "Origin",
                    "https://evil.test")
                .statusCode())
        .isEqualTo(403);
    assertThat(server.terminals.wishes).isEmpty();
  }

  @Test
  void tellsARefusalAsForEveryAction() throws Exception {
    server.terminals.outcome = ActionState.REFUSED;
    HttpResponse<String> refused = server.person("POST", "/api/terminals", WISH);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(json(refused).path("action").path("state").asText()).isEqualTo("REFUSED");
    assertThat(json(refused).has("terminal")).isFalse();
    server.terminals.outcome = ActionState.FAILED;
    assertThat(server.person("POST", "/api/terminals", WISH).statusCode()).isEqualTo(200);
  }

  @Test
  void endsOne() throws Exception {
    assertThat(server.person("DELETE", "/api/terminals/" + FakeTerminals.ID, null).statusCode())
        .isEqualTo(204);
    assertThat(server.person("DELETE", "/api/terminals/other", null).statusCode()).isEqualTo(404);
    assertThat(server.terminals.told).containsExactly("close");
  }

  @Test
  void givesRecordingsAsFiles() throws Exception {
    JsonNode list = json(server.person("GET", "/api/terminals/recordings", null));
    assertThat(list.path("items").get(0).path("id").asText()).isEqualTo("recording-1");
    HttpResponse<String> file = server.person("GET", "/api/terminals/recordings/recording-1", null);
    assertThat(file.body()).isEqualTo("{\"version\":2}\n");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"recording-1.cast\"");
    assertThat(server.person("GET", "/api/terminals/recordings/x", null).statusCode())
        .isEqualTo(404);
  }
}
