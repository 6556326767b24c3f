package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.FakeCertificates;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CertificateRoutesTest {
  private static final String PATH = "/api/clusters/home/certificates";
  private static final String FORGET =
      "{\"decision\":\"forget\",\"address\":\"" + FakeCertificates.ADDRESS + "\"}";
  private static final String ACCEPT =
      "{\"decision\":\"accept\",\"address\":\""
          + FakeCertificates.ADDRESS
          + "\",\"fingerprint\":\"4F:0A\",\"typed\":\"192.168.1.10\"}";

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
    JsonNode list = json(server.token("GET", PATH, null));

    assertThat(list.path("items").get(0))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"address": "https://192.168.1.10:8006", "name": "192.168.1.10",
                     "node": "pve1", "configured": true, "standing": "changed", "trusted": false,
                     "inConfiguration": false, "line": "tls.fingerprint=4F:0A",
                     "reason": "It has changed.", "expected": ["77:01"],
                     "shown": {"fingerprint": "4F:0A", "subject": "CN=pve1", "issuer": "CN=house",
                       "from": "2026-03-01T12:00:00.000Z", "until": "2026-03-01T12:01:00.000Z"},
                     "consent": {"fingerprint": "77:01", "by": "owner",
                       "at": "2026-03-01T12:00:00.000Z"}}
                    """));
    assertThat(list.path("items").get(1).path("shown").isNull()).isTrue();
    assertThat(list.path("items").get(1).path("consent").isNull()).isTrue();
    assertThat(list.path("total").asInt()).isEqualTo(2);
  }

  @Test
  void aPersonConsentsAndTakesItBack() throws Exception {
    HttpResponse<String> accepted = server.person("POST", PATH, ACCEPT);
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
    assertThat(json(accepted).path("total").asInt()).isEqualTo(2);
    assertThat(server.person("POST", PATH, FORGET).statusCode()).isEqualTo(200);

    assertThat(server.certificates.decisions)
        .containsExactly(
            "accept https://192.168.1.10:8006 4F:0A typed 192.168.1.10 by owner",
            "forget https://192.168.1.10:8006 by owner");
  }

  @Test
  void nobodyElseDoes() throws Exception {
    for (String body : List.of(ACCEPT, FORGET)) {
      HttpResponse<String> admin =
          server.send(
              "POST", PATH, body, "Authorization", "Bearer " + FakeAuthenticator.ADMIN_TOKEN);
      assertThat(admin.statusCode()).isEqualTo(403);
      assertThat(json(admin).path("code").asText()).isEqualTo("person-required");
      assertThat(server.send("POST", PATH, body).statusCode()).isEqualTo(401);
    }
    assertThat(server.certificates.decisions).isEmpty();
  }

  @Test
  void wantsAllThatAConsentIsAbout() throws Exception {
    for (String body :
        List.of(
            "{\"decision\":\"maybe\",\"address\":\"a\"}",
            "{\"decision\":\"accept\",\"address\":\"a\",\"typed\":\"a\"}",
            "{\"decision\":\"accept\",\"address\":\"a\",\"fingerprint\":\"4F\"}",
            "{\"decision\":\"forget\",\"address\":\"a\",\"confirmed\":true}")) {
      assertThat(server.person("POST", PATH, body).statusCode()).as(body).isEqualTo(422);
    }
    assertThat(server.person("POST", PATH, "{\"decision\":\"forget\"}").statusCode())
        .isEqualTo(400);
    assertThat(server.certificates.decisions).isEmpty();
  }

  @Test
  void knowsNoOtherClusters() throws Exception {
    for (String cluster : List.of("work", "HOME")) {
      String path = "/api/clusters/" + cluster + "/certificates";
      assertThat(server.token("GET", path, null).statusCode()).as(path).isEqualTo(404);
      assertThat(server.person("POST", path, ACCEPT).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(server.certificates.decisions).isEmpty();
  }
}
