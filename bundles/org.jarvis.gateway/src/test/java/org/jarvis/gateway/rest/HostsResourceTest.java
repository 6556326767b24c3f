package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import org.jarvis.gateway.FakeHosts;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostsResourceTest {
  private static final String KEY = "/api/hosts/home/pve1/key";
  private static final String ACCEPT =
      "{\"decision\":\"accept\",\"fingerprint\":\"" + FakeHosts.FINGERPRINT + "\"}";

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

  @Test
  void showsEverythingThatAPersonHasToKnow() throws Exception {
    JsonNode list = json(server.token("GET", "/api/hosts", null));

    assertThat(list.path("total").asInt()).isEqualTo(1);
    assertThat(list.path("next").isNull()).isTrue();
    assertThat(list.path("items").get(0))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"id": "home/pve1", "cluster": "home", "name": "pve1",
                     "place": "pve:home:node:pve1", "address": "192.168.1.10", "port": 22,
                     "user": "jarvis", "sudo": true, "status": "key-unknown",
                     "reason": "Compare the fingerprint and accept it.",
                     "fingerprint": "SHA256:b9f0c1", "since": "2026-03-01T12:00:00.000Z"}
                    """));
  }

  @Test
  void aPersonAcceptsAndForgets() throws Exception {
    HttpResponse<String> accepted = server.person("POST", KEY, ACCEPT);
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
    assertThat(json(accepted).path("id").asText()).isEqualTo("home/pve1");
    assertThat(server.person("POST", KEY, "{\"decision\":\"forget\"}").statusCode()).isEqualTo(200);
    assertThat(server.hosts.decisions).hasSize(2);
    assertThat(server.hosts.decisions.get(0)).startsWith("accept home/pve1 SHA256:b9f0c1 by ");
    assertThat(server.hosts.decisions.get(1)).startsWith("forget home/pve1 by ");
  }

  @Test
  void nobodyElseDoes() throws Exception {
    HttpResponse<String> token = server.token("POST", KEY, ACCEPT);
    assertThat(token.statusCode()).isEqualTo(403);
    assertThat(json(token).path("code").asText()).isEqualTo("person-required");
    assertThat(server.send("POST", KEY, ACCEPT).statusCode()).isEqualTo(401);
    assertThat(server.hosts.decisions).isEmpty();
  }

  @Test
  void refusesAKeyThatTheHostDoesNotOffer() throws Exception {
    String other = "{\"decision\":\"accept\",\"fingerprint\":\"SHA256:other\"}";
    assertThat(server.person("POST", KEY, other).statusCode()).isEqualTo(409);
    assertThat(server.hosts.decisions).isEmpty();
  }

  @Test
  void knowsNoOtherHosts() throws Exception {
    for (String path : List.of("home/pve9", "home/-pve1", "HOME/pve1", "home/..")) {
      int status = server.person("POST", "/api/hosts/" + path + "/key", ACCEPT).statusCode();
      assertThat(status).as(path).isIn(400, 404);
    }
    assertThat(server.hosts.decisions).isEmpty();
  }

  @Test
  void namesTheFieldThatIsWrong() throws Exception {
    for (String body :
        List.of(
            "{\"decision\":\"maybe\"}",
            "{\"decision\":\"accept\"}",
            "{\"decision\":\"accept\",\"fingerprint\":7}",
            "{\"decision\":\"forget\",\"confirmed\":true}")) {
      HttpResponse<String> response = server.person("POST", KEY, body);
      assertThat(response.statusCode()).as(body).isEqualTo(422);
      assertThat(json(response).path("errors").toString())
          .as(response.body())
          .contains("\"field\"");
    }
    assertThat(server.hosts.decisions).isEmpty();
  }
}
