package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.safety.Aliases;
import org.jarvis.api.safety.Autonomy;
import org.jarvis.api.safety.Guardrails;
import org.jarvis.api.safety.ProtectionLedger.Item;
import org.jarvis.api.safety.ProtectionLedger.Source;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.FakeCore;
import org.jarvis.gateway.GatewayServer;
import org.jarvis.gateway.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a person may change about safety. */
class SafetyRoutesTest {
  private static final String MEDIA = "pve:home:guest:101";

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
    server.safety.items.add(
        new Item(
            Source.TAG, ResourceRef.parse(MEDIA).orElseThrow(), "media", "It had the tag.", null));
    server.safety.items.add(
        new Item(Source.SERVICE, null, "docker", "It is named.", "Take it out there."));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body());
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT    | /api/guardrails                      | {"halted":false}
          PUT    | /api/guardrails                      | {"halted":true}
          DELETE | /api/protections/pve:home:guest:101  | {"typed":"media"}
          PUT    | /api/whereabouts/home                | {"outside":true}
          DELETE | /api/whereabouts/home                |
          PUT    | /api/aliases/cinema                  | {"ref":"pve:home:guest:101"}
          DELETE | /api/aliases/cinema                  |
          """)
  void noBearerTokenEverStandsForAPerson(String method, String path, String body) throws Exception {
    HttpResponse<String> admin =
        server.send(method, path, body, "Authorization", "Bearer " + FakeAuthenticator.ADMIN_TOKEN);
    assertThat(admin.statusCode()).isEqualTo(403);
    assertThat(json(admin).path("code").asText()).isEqualTo("person-required");
    assertThat(server.send(method, path, body).statusCode()).isEqualTo(401);
    assertThat(server.safety.told).isEmpty();
  }

  @Test
  void listsProtections() throws Exception {
    JsonNode list = json(server.token("GET", "/api/protections", null));

    assertThat(list.path("total").asInt()).isEqualTo(2);
    assertThat(list.path("items").get(0))
        .isEqualTo(
            json(
                """
                {"ref":"pve:home:guest:101","source":"tag","name":"media",
                 "reason":"It had the tag.","releasable":true,"obstacle":null}
                """));
    assertThat(list.path("items").get(1).path("ref").isNull()).isTrue();
    assertThat(list.path("items").get(1).path("releasable").asBoolean()).isFalse();
  }

  @Test
  void aPersonReleasesByTypingTheName() throws Exception {
    String path = "/api/protections/" + MEDIA;
    assertThat(server.person("DELETE", path, "{\"typed\":\"nas\"}").statusCode()).isEqualTo(422);
    assertThat(server.person("DELETE", path, "{}").statusCode()).isEqualTo(400);
    assertThat(server.person("DELETE", path, "{\"typed\":\"media\",\"force\":true}").statusCode())
        .isEqualTo(422);
    assertThat(
            server.person("DELETE", "/api/protections/101", "{\"typed\":\"media\"}").statusCode())
        .isEqualTo(422);
    assertThat(server.safety.told).isEmpty();

    HttpResponse<String> done = server.person("DELETE", path, "{\"typed\":\"media\"}");

    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(json(done).path("total").asInt()).isZero();
    assertThat(server.safety.told).containsExactly(MEDIA + " owner 127.0.0.1");
  }

  @Test
  void aPersonStatesWhereJarvisRuns() throws Exception {
    server.core.show(Home.at(FakeCore.START, Guest.Status.RUNNING, 0.1, Duration.ofHours(1)));
    String path = "/api/whereabouts/home";
    assertThat(json(server.person("GET", "/api/whereabouts", null)).path("items").get(0))
        .isEqualTo(
            json(
                """
                {"cluster":"home","place":"unknown","guest":null,"source":"nobody",
                 "reason":"Nobody knows."}
                """));
    assertThat(json(server.person("PUT", path, "{\"outside\":true}")).path("place").asText())
        .isEqualTo("outside");
    assertThat(json(server.person("PUT", path, "{\"guest\":101}")).path("guest").asInt())
        .isEqualTo(101);
    assertThat(json(server.person("DELETE", path, null)).path("place").asText())
        .isEqualTo("unknown");
    assertThat(server.safety.told)
        .containsExactly(
            "home Outside[] owner 127.0.0.1",
            "home InGuest[guest=101] owner 127.0.0.1",
            "home Unknown[] owner 127.0.0.1");
  }

  @Test
  void aPersonGivesAnAliasAndTakesItAway() throws Exception {
    server.core.show(Home.at(FakeCore.START, Guest.Status.RUNNING, 0.1, Duration.ofHours(1)));
    String path = "/api/aliases/home%20cinema";
    String body = "{\"ref\":\"pve:home:guest:101\"}";
    JsonNode given =
        json(
            """
            {"alias":"home cinema","ref":"pve:home:guest:101","name":"media","stands":true}
            """);
    assertThat(json(server.person("PUT", path, body))).isEqualTo(given);
    assertThat(json(server.token("GET", "/api/aliases", null)).path("items").get(0))
        .isEqualTo(given);

    server.safety.aliases.add(
        new Aliases.Alias("old", ResourceRef.parse(MEDIA).orElseThrow(), "nas"));
    assertThat(json(server.token("GET", "/api/aliases", null)).at("/items/1/stands").asBoolean())
        .isFalse();

    assertThat(server.person("PUT", path, "{\"ref\":\"media\"}").statusCode()).isEqualTo(422);
    assertThat(server.person("PUT", path, "{}").statusCode()).isEqualTo(400);
    assertThat(server.person("DELETE", path, null).statusCode()).isEqualTo(204);
    assertThat(server.safety.told)
        .containsExactly(
            "home cinema for pve:home:guest:101 owner 127.0.0.1", "no home cinema owner 127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}
          {"outside":false}
          {"outside":true,"guest":101}
          {"guest":99}
          {"guest":"101"}
          {"guest":101.5}
          {"guest":1000000000}
          {"outside":"true"}
          {"outside":true,"confirmed":true}
          """)
  void takesNoStatementThatSaysNothingOrTwoThings(String body) throws Exception {
    HttpResponse<String> response = server.person("PUT", "/api/whereabouts/home", body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
    assertThat(json(response).path("errors")).isNotEmpty();
    assertThat(server.safety.told).isEmpty();
  }

  @Test
  void knowsNoClusterByAnImpossibleName() throws Exception {
    assertThat(server.person("PUT", "/api/whereabouts/Home!", "{\"outside\":true}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aPersonChangesGuardrailsAndWhatIsMissingStays() throws Exception {
    assertThat(json(server.token("GET", "/api/guardrails", null)))
        .isEqualTo(json("{\"halted\":false,\"autonomy\":\"ask\"}"));

    assertThat(json(server.person("PUT", "/api/guardrails", "{\"autonomy\":\"act\"}")))
        .isEqualTo(json("{\"halted\":false,\"autonomy\":\"act\",\"durable\":true}"));
    server.safety.durable = false;
    assertThat(json(server.person("PUT", "/api/guardrails", "{\"halted\":true}")))
        .isEqualTo(json("{\"halted\":true,\"autonomy\":\"act\",\"durable\":false}"));
    assertThat(server.safety.guardrails).isEqualTo(new Guardrails(true, Autonomy.ACT));
  }

  @Test
  void namesTheLevelsWhereOneIsUnknown() throws Exception {
    HttpResponse<String> response =
        server.person("PUT", "/api/guardrails", "{\"autonomy\":\"yolo\"}");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("observe, ask, act");
    assertThat(server.person("PUT", "/api/guardrails", "{\"halted\":\"no\"}").statusCode())
        .isEqualTo(422);
    assertThat(server.person("PUT", "/api/guardrails", "{\"halt\":true}").statusCode())
        .isEqualTo(422);
    assertThat(server.person("PUT", "/api/guardrails", "{}").statusCode()).isEqualTo(422);
    assertThat(server.safety.guardrails).isEqualTo(Guardrails.INITIAL);
  }

  @Test
  void doesNotUndoAHaltThatComesWhileTheLevelIsChanged() throws Exception {
    server.safety.whileChanging =
        () -> {
          try {
            server.person("PUT", "/api/guardrails", "{\"halted\":true}");
          } catch (Exception failure) {
            throw new AssertionError(failure);
          }
        };

    JsonNode answer = json(server.person("PUT", "/api/guardrails", "{\"autonomy\":\"act\"}"));

    assertThat(answer.path("halted").asBoolean()).isTrue();
    assertThat(server.safety.guardrails).isEqualTo(new Guardrails(true, Autonomy.ACT));
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    server.parts.guardrails().remove(server.safety);
    server.parts.protections().remove(server.safety);
    server.parts.place().remove(server.safety);
    server.parts.aliases().remove(server.safety);
    server.core.show(Home.at(FakeCore.START, Guest.Status.RUNNING, 0.1, Duration.ofHours(1)));

    for (String path :
        List.of("/api/guardrails", "/api/protections", "/api/whereabouts", "/api/aliases")) {
      HttpResponse<String> response = server.token("GET", path, null);
      assertThat(response.statusCode()).as(path).isEqualTo(503);
      assertThat(json(response).path("code").asText()).isEqualTo("part-missing");
    }
    HttpResponse<String> halt = server.person("PUT", "/api/guardrails", "{\"halted\":true}");
    assertThat(halt.statusCode()).isEqualTo(503);
  }
}
