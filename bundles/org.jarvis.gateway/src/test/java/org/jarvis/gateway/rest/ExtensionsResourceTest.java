package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.extension.Extension;
import org.jarvis.api.extension.Extensions;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExtensionsResourceTest {
  private static final String PATH = "/api/extensions/f00d";

  private final List<String> decisions = new ArrayList<>();
  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
    server.parts.extensions().add(new OneExtension());
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private final class OneExtension implements Extensions {
    private final Extension extension =
        new Extension(
            "f00d",
            "memory.jar",
            "org.example.memory",
            "1.0.0",
            "Memory <b>",
            null,
            4666,
            new Extension.Signer("CN=Ada", "beef"),
            List.of("It adds a line."),
            "cafe",
            Extension.State.AWAITING_CONSENT,
            null,
            "ada",
            Instant.parse("2026-03-01T12:00:00Z"));

    @Override
    public List<Extension> all() {
      return List.of(extension);
    }

    @Override
    public Optional<Extension> find(String id) {
      return id.equals("f00d") ? Optional.of(extension) : Optional.empty();
    }

    @Override
    public Extension decide(
        String id, boolean granted, boolean pinSigner, Principal person, String address) {
      decisions.add(id + " " + granted + " " + pinSigner + " " + person.isPerson());
      return extension;
    }
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void showsEverythingThatAPersonHasToKnow() throws Exception {
    JsonNode list = json(server.person("GET", "/api/extensions", null));

    assertThat(list.path("total").asInt()).isEqualTo(1);
    assertThat(list.path("next").isNull()).isTrue();
    JsonNode item = list.path("items").get(0);
    assertThat(item).isEqualTo(json(server.person("GET", PATH, null)));
    assertThat(item)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"id": "f00d", "file": "memory.jar", "symbolicName": "org.example.memory",
                     "version": "1.0.0", "name": "Memory <b>", "description": null, "size": 4666,
                     "sha256": "f00d", "signer": {"subject": "CN=Ada", "fingerprint": "beef"},
                     "asks": ["It adds a line."], "replaces": "cafe",
                     "state": "awaiting-consent", "reason": null, "decidedBy": "ada",
                     "decidedAt": "2026-03-01T12:00:00.000Z"}
                    """));
  }

  @Test
  void aPersonDecides() throws Exception {
    String pinned = "{\"decision\":\"approve\",\"pinSigner\":true}";
    assertThat(server.person("POST", PATH, pinned).statusCode()).isEqualTo(200);
    assertThat(server.person("POST", PATH, "{\"decision\":\"reject\"}").statusCode())
        .isEqualTo(200);
    assertThat(decisions).containsExactly("f00d true true true", "f00d false false true");
  }

  @Test
  void nobodyElseDoes() throws Exception {
    HttpResponse<String> token = server.token("POST", PATH, "{\"decision\":\"approve\"}");
    assertThat(token.statusCode()).isEqualTo(403);
    assertThat(json(token).path("code").asText()).isEqualTo("person-required");
    assertThat(server.send("POST", PATH, "{\"decision\":\"approve\"}").statusCode()).isEqualTo(401);
    assertThat(decisions).isEmpty();
  }

  @Test
  void namesTheFieldThatIsWrong() throws Exception {
    for (String body :
        List.of(
            "{\"decision\":\"maybe\"}",
            "{\"decision\":\"approve\",\"pinSigner\":\"yes\"}",
            "{\"decision\":\"approve\",\"confirmed\":true}")) {
      HttpResponse<String> response = server.person("POST", PATH, body);
      assertThat(response.statusCode()).as(body).isEqualTo(422);
      assertThat(json(response).path("errors").toString())
          .as(response.body())
          .contains("\"field\"");
    }
    assertThat(server.person("POST", PATH, "{}").statusCode()).isEqualTo(400);
    assertThat(server.person("GET", "/api/extensions/other", null).statusCode()).isEqualTo(404);
    assertThat(decisions).isEmpty();
  }
}
