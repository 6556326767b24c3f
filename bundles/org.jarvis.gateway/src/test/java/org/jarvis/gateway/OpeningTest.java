package org.jarvis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpeningTest {
  private final Opening opening = new Opening();
  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer(opening);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void asksForAMomentsPatienceWhereARouteMayComeYet() throws Exception {
    HttpResponse<String> early = server.token("GET", "/api/no-such-thing", null);

    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(early.headers().firstValue("Retry-After")).contains("1");
    assertThat(early.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(code(early)).isEqualTo("part-missing");

    opening.done();
    HttpResponse<String> late = server.token("GET", "/api/no-such-thing", null);
    assertThat(late.statusCode()).isEqualTo(404);
    assertThat(code(late)).isEqualTo("not-found");
  }

  @Test
  void servesWhatIsThereAndRefusesStrangersAsEver() throws Exception {
    assertThat(server.send("GET", "/api/health", null).statusCode()).isEqualTo(200);
    assertThat(server.token("GET", "/api/clusters", null).statusCode()).isEqualTo(200);
    assertThat(server.send("GET", "/api/no-such-thing", null).statusCode()).isEqualTo(401);
    assertThat(server.token("GET", "/api/resources/pve:home:guest:999", null).statusCode())
        .as("a resource that is not there is no missing route")
        .isEqualTo(404);
    assertThat(server.token("GET", "/no-such-page", null).statusCode()).isEqualTo(404);
  }

  private static String code(HttpResponse<String> reply) throws Exception {
    return new ObjectMapper().readTree(reply.body()).path("code").asText();
  }
}
