package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.tool.Arguments;
import org.jarvis.gateway.GatewayServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScreenRouteTest {
  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private JsonNode screen() throws Exception {
    HttpResponse<String> response = server.token("GET", "/api/screen", null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body()).get("screen");
  }

  @Test
  void tellsWhatIsShown() throws Exception {
    assertThat(screen().isNull()).isTrue();

    server.screen.show(
        new Arguments(Map.of("show", "log", "title", "Journal")), "ada", Origin.CHAT);
    assertThat(screen().path("content").path("title").asText()).isEqualTo("Journal");
    assertThat(screen().path("by").asText()).isEqualTo("ada");
    assertThat(screen().path("origin").asText()).isEqualTo("chat");

    server.screen.clear("bob", Origin.API);
    assertThat(screen().path("revision").asInt()).isEqualTo(2);
    assertThat(screen().path("content").isNull()).isTrue();
  }

  @Test
  void saysSoWhileTheCoreIsAway() throws Exception {
    server.parts.screen().remove(server.screen);

    assertThat(server.token("GET", "/api/screen", null).statusCode()).isEqualTo(503);
  }

  @Test
  void isNotPublic() throws Exception {
    server.screen.show(
        new Arguments(Map.of("show", "log", "title", "Journal")), "ada", Origin.CHAT);

    HttpResponse<String> response = server.send("GET", "/api/screen", null);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).doesNotContain("Journal");
  }
}
