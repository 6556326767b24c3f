package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {
  private static final String LAYOUT = "/api/preferences/dashboard.layout";

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static String code(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body()).path("code").asText();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "true", "-1.5E+400", "\"a\\u0000b\"", "[1,[2,{}]]", "{\"a\":{\"b\":[]}}"})
  void givesBackWhatWasStored(String value) throws Exception {
    String body = "{\"value\":" + value + "}";
    HttpResponse<String> stored = server.person("PUT", LAYOUT, body);
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    assertThat(stored.body()).isEqualTo(body);
    assertThat(server.token("GET", LAYOUT, null).body()).isEqualTo(body);
  }

  @Test
  void replacesWhatWasStoredBefore() throws Exception {
    server.person("PUT", LAYOUT, "{\"value\":1}");
    server.person("PUT", LAYOUT, "{\"value\":2}");
    assertThat(server.person("GET", LAYOUT, null).body()).isEqualTo("{\"value\":2}");
  }

  @Test
  void knowsNoKeyThatWasNeverStored() throws Exception {
    HttpResponse<String> response = server.person("GET", LAYOUT, null);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(code(response)).isEqualTo("not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Theme", "1a", "a%20b", "a:b", ".a"})
  void refusesKeysOfAnotherForm(String key) throws Exception {
    for (String method : new String[] {"GET", "PUT"}) {
      HttpResponse<String> response =
          server.person(
              method, "/api/preferences/" + key, method.equals("PUT") ? "{\"value\":1}" : null);
      assertThat(response.statusCode()).as(method).isEqualTo(422);
      assertThat(response.body()).contains("\"field\":\"key\"");
    }
  }

  @Test
  void refusesAKeyThatIsTooLong() throws Exception {
    String longest = "a".repeat(128);
    assertThat(server.person("PUT", "/api/preferences/" + longest, "{\"value\":1}").statusCode())
        .isEqualTo(200);
    assertThat(
            server.person("PUT", "/api/preferences/" + longest + "a", "{\"value\":1}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void refusesAValueThatIsTooLarge() throws Exception {
    int room = 64 * 1024 - 2;
    assertThat(
            server.person("PUT", LAYOUT, "{\"value\":\"" + "a".repeat(room) + "\"}").statusCode())
        .isEqualTo(200);
    HttpResponse<String> response =
        server.person("PUT", LAYOUT, "{\"value\":\"" + "a".repeat(room + 1) + "\"}");
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("\"field\":\"value\"");
  }

  @Test
  void wantsAValueAndNothingElse() throws Exception {
    assertThat(server.person("PUT", LAYOUT, "{}").statusCode()).isEqualTo(400);
    assertThat(server.person("PUT", LAYOUT, "{\"value\":1,\"more\":2}").statusCode())
        .isEqualTo(422);
    assertThat(server.person("GET", LAYOUT, null).statusCode()).isEqualTo(404);
  }

  @Test
  void refusesOneKeyTooMany() throws Exception {
    for (int i = 0; i < 500; i++) {
      server.parts.preferences().require().put("owner", "k" + i, "1", java.time.Instant.EPOCH, 500);
    }
    HttpResponse<String> response = server.person("PUT", LAYOUT, "{\"value\":1}");
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(server.person("PUT", "/api/preferences/k1", "{\"value\":2}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void letsATokenThatMayOnlyReadStoreNothing() throws Exception {
    HttpResponse<String> response =
        server.send("PUT", LAYOUT, "{\"value\":1}", "Authorization", "Bearer read-token");
    assertThat(response.statusCode()).isEqualTo(403);
  }
}
