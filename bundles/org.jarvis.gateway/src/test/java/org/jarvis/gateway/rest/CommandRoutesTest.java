package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands mean, and whose word makes rules count. */
class CommandRoutesTest {
  private static final String PREVIEW = "/api/commands/preview";
  private static final String RULES = "/api/commands/rules/ups.rules";

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void tellsWhatACommandMeans() throws Exception {
    HttpResponse<String> answer =
        server.token("POST", PREVIEW, "{\"host\":\"pve1\",\"command\":\"uptime\"}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer.body()))
        .isEqualTo(
            json(
                """
                {"parsed":true,"tier":"GREEN","autoRuns":true,"canonical":"/usr/bin/uptime",
                 "reasons":["uptime only looks."]}
                """));
    assertThat(server.commands.asked).containsExactly("pve1: uptime");
  }

  @Test
  void tellsWhatWouldBeAcceptedInsteadOfWhatIsNotUnderstood() throws Exception {
    HttpResponse<String> answer =
        server.token("POST", PREVIEW, "{\"host\":\"pve1\",\"command\":\"up$(x)\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer.body()))
        .isEqualTo(
            json(
                """
                {"parsed":false,"tier":"BLACK","autoRuns":false,"canonical":"",
                 "reasons":["Nobody understands it.","Say uptime."]}
                """));
  }

  @Test
  void namesWhatIsMissingOrTooMuch() throws Exception {
    assertThat(server.token("POST", PREVIEW, "{\"host\":\"pve1\"}").statusCode()).isEqualTo(400);
    assertThat(
            server
                .token("POST", PREVIEW, "{\"host\":\"pve1\",\"command\":\"x\",\"run\":true}")
                .statusCode())
        .isEqualTo(422);
    assertThat(server.commands.asked).isEmpty();
  }

  @Test
  void onlyAPersonConfirmsRules() throws Exception {
    HttpResponse<String> admin =
        server.send(
            "POST",
            RULES,
            "{\"sha256\":\"ab12\"}",
            "Authorization",
            "Bearer " + FakeAuthenticator.ADMIN_TOKEN);
    assertThat(admin.statusCode()).isEqualTo(403);
    assertThat(json(admin.body()).path("code").asText()).isEqualTo("person-required");
    assertThat(server.commands.confirmed).isEmpty();

    HttpResponse<String> person = server.person("POST", RULES, "{\"sha256\":\"AB12\"}");

    assertThat(person.statusCode()).as(person.body()).isEqualTo(200);
    assertThat(server.commands.confirmed).containsExactly("ups.rules ab12 owner 127.0.0.1");
    assertThat(json(person.body()).path("items").get(0))
        .isEqualTo(
            json(
                """
                {"name":"ups.rules","sha256":"ab12","confirmed":true,"programs":["upsc"],
                 "problem":null}
                """));
  }
}
