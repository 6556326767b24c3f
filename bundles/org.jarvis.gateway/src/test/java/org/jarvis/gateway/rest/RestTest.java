package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.auth.PrincipalKind;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.health.HealthContributor;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.gateway.GatewayServer;
import org.jarvis.gateway.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RUN = "/api/tools/stop_vm";
  private static final String ARGUMENTS = "{\"arguments\":{\"vmid\":101,\"hard\":true}}";

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
    return JSON.readTree(response.body());
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = server.token("GET", path, null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  private void problem(HttpResponse<String> response, int status, String code) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(response).path("code").asText()).isEqualTo(code);
    assertThat(json(response).path("status").asInt()).isEqualTo(status);
    assertThat(response.body()).doesNotContain("Exception", "\tat ");
  }

  private void showGuests(int count) {
    Instant now = Instant.now();
    Guest[] guests = new Guest[count];
    for (int i = 0; i < count; i++) {
      guests[i] =
          Home.guest(
              100 + i, "guest-" + i % 3, Guest.Status.RUNNING, 0.5, Duration.ofHours(1), now);
    }
    server.core.show(Home.with(Home.cluster(now, Cluster.Connection.LIVE, null), guests));
  }

  @Test
  void setsACookieThatNoScriptAndNoOtherSiteCanUse() throws Exception {
    HttpResponse<String> response =
        server.send("POST", "/api/auth/login", "{\"username\":\"owner\",\"password\":\"right\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).properties())
        .extracting(e -> e.getKey())
        .containsExactly("csrfToken");
    assertThat(response.headers().firstValue("Set-Cookie").orElse(""))
        .startsWith("jarvis_session=")
        .contains("; Path=/", "; HttpOnly", "; SameSite=Strict");
  }

  @Test
  void answersATokenWithItsEnd() throws Exception {
    HttpResponse<String> response =
        server.send(
            "POST",
            "/api/auth/login",
            "{\"username\":\"owner\",\"password\":\"right\",\"kind\":\"token\"}");
    assertThat(json(response).path("token").asText()).isNotEmpty();
    assertThat(json(response).path("expiresAt").asText()).endsWith("Z");
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void tellsHowLongAThrottledClientHasToWait() throws Exception {
    server.auth.failure =
        JarvisException.retryAfter(ErrorCode.THROTTLED, "Wait.", Duration.ofSeconds(7));
    HttpResponse<String> response =
        server.send("POST", "/api/auth/login", "{\"username\":\"o\",\"password\":\"p\"}");
    problem(response, 429, "throttled");
    assertThat(response.headers().firstValue("Retry-After")).contains("7");
  }

  @Test
  void endsTheSessionAndRemovesTheCookie() throws Exception {
    HttpResponse<String> response = server.person("POST", "/api/auth/logout", null);
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(server.auth.ended).containsExactly("session-1");
    assertThat(response.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");
  }

  @Test
  void tellsAPageItsCsrfTokenAgain() throws Exception {
    JsonNode me = json(server.person("GET", "/api/auth/me", null));
    assertThat(me.path("kind").asText()).isEqualTo("session");
    assertThat(me.path("csrfToken").asText()).isNotEmpty();
    assertThat(get("/api/auth/me").has("csrfToken")).isFalse();
  }

  @Test
  void saysThatSetupIsRequiredAndWhatIsMissing() throws Exception {
    server.auth.setupToken = Secret.of("t");
    JsonNode whole = json(server.send("GET", "/api/health", null));
    assertThat(whole.path("status").asText()).isEqualTo("UP");
    assertThat(whole.path("setupRequired").asBoolean()).isTrue();
    server.parts.gate().remove(server.core);
    server
        .parts
        .contributors()
        .add(
            () -> {
              throw new IllegalStateException("broken");
            });
    server
        .parts
        .contributors()
        .add(() -> new ComponentHealth("lab", ComponentHealth.Status.DEGRADED, "Slow."));
    JsonNode health = json(server.send("GET", "/api/health", null));
    assertThat(health.path("status").asText()).isEqualTo("DEGRADED");
    assertThat(health.path("components").findValuesAsText("name")).contains("core", "lab");
    assertThat(health.path("components").findValuesAsText("status"))
        .containsExactlyInAnyOrder("DOWN", "UP", "UP", "UP", "UP", "UP", "DOWN", "DEGRADED");
  }

  @Test
  void saysThatTheChatIsMissing() throws Exception {
    server.parts.conversations().remove(server.conversations);
    JsonNode health = json(server.send("GET", "/api/health", null));
    assertThat(health.path("status").asText()).isEqualTo("DEGRADED");
    JsonNode chat =
        StreamSupport.stream(health.path("components").spliterator(), false)
            .filter(part -> part.path("name").asText().equals("chat"))
            .findFirst()
            .orElseThrow();
    assertThat(chat.path("status").asText()).isEqualTo("DOWN");
    assertThat(chat.path("detail").asText()).contains("org.jarvis.chat");
  }

  @Test
  @SuppressWarnings("NullAway") // An extension may be compiled without any such check.
  void tellsNothingThatAPartSaysWronglyOrWithControls() throws Exception {
    List<HealthContributor> contributors = server.parts.contributors();
    contributors.add(() -> new ComponentHealth("mute", ComponentHealth.Status.UP, null));
    contributors.add(() -> new ComponentHealth("vague", null, "Fine."));
    contributors.add(() -> null);
    contributors.add(
        () ->
            new ComponentHealth(
                "mem\u202Eory", ComponentHealth.Status.UP, "\u001B[31mFine\n" + "x".repeat(900)));

    JsonNode parts = json(server.send("GET", "/api/health", null)).path("components");

    assertThat(parts.findValuesAsText("detail"))
        .filteredOn(text -> text.contains("the log has the details"))
        .hasSize(3);
    assertThat(parts.findValuesAsText("name")).contains("mem ory").doesNotContain("mute", "vague");
    assertThat(parts.findValuesAsText("detail"))
        .anySatisfy(detail -> assertThat(detail).startsWith("Fine x").hasSize(300));
  }

  @Test
  void neverHangsOnAPartThatHangs() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    server
        .parts
        .contributors()
        .add(
            () -> {
              try {
                never.await();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
              return new ComponentHealth("hung", ComponentHealth.Status.UP, "");
            });
    for (int i = 0; i < 3; i++) {
      JsonNode health = json(server.send("GET", "/api/health", null));
      assertThat(health.path("components").findValuesAsText("status")).containsOnlyOnce("DOWN");
    }
  }

  @Test
  void listsResourcesPageByPageWithoutRepeatOrGap() throws Exception {
    showGuests(25);
    List<String> refs = new ArrayList<>();
    String next = "";
    int pages = 0;
    do {
      JsonNode page =
          get(
              "/api/resources?kind=guest&sort=-name&limit=10"
                  + (next.isEmpty() ? "" : "&cursor=" + next));
      assertThat(page.path("total").asInt()).isEqualTo(25);
      refs.addAll(page.path("items").findValuesAsText("ref"));
      next = page.path("next").asText("");
      assertThat(page.has("next")).isTrue();
      pages++;
    } while (!next.isEmpty() && !next.equals("null"));
    assertThat(pages).isEqualTo(3);
    assertThat(refs).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void findsResourcesByTextAndKind() throws Exception {
    showGuests(3);
    assertThat(get("/api/resources?q=GUEST-1").path("items").findValuesAsText("vmid"))
        .containsExactly("101");
    assertThat(get("/api/resources?kind=storage").path("items").findValuesAsText("ref"))
        .containsExactly("pve:home:storage:pve1:local");
    assertThat(get("/api/resources").path("total").asInt()).isEqualTo(6);
    assertThat(get("/api/clusters").path("items").findValuesAsText("connection"))
        .containsExactly("live");
  }

  @Test
  void tellsOfAGuestWithAllThatIsKnown() throws Exception {
    showGuests(2);
    JsonNode guest = get("/api/resources/pve%3Ahome%3Aguest%3A101");
    assertThat(guest)
        .isEqualTo(
            JSON.readTree(
                """
                {"ref":"pve:home:guest:101","kind":"guest","name":"guest-1","status":"running",
                 "observedAt":"%s","stale":false,"intervalSeconds":10,"source":"pve:home",
                 "type":"qemu","vmid":101,"node":"pve1","tags":["prod"],"protected":false,
                 "cpu":0.5,"cpus":2,"memoryUsedBytes":536870912,"memoryTotalBytes":2147483648,
                 "uptimeSeconds":3600,"details":{}}\
                """
                    .formatted(guest.path("observedAt").asText())));
  }

  @Test
  void marksWhatIsOldAsStaleWithTheReason() throws Exception {
    Instant old = Instant.now().minusSeconds(31);
    server.core.show(
        Home.with(
            Home.cluster(old, Cluster.Connection.FAILING, "pve1 does not answer."),
            Home.guest(101, "a", Guest.Status.RUNNING, 0, Duration.ZERO, old)));
    JsonNode guest = get("/api/resources/pve:home:guest:101");
    assertThat(guest.path("stale").asBoolean()).isTrue();
    assertThat(guest.path("reason").asText()).isEqualTo("pve1 does not answer.");
  }

  @Test
  void offersWhatCanBeDoneWithTheReasonWhyNot() throws Exception {
    JsonNode entry = get("/api/resources/pve:home:guest:101/actions").path("items").get(0);
    assertThat(entry.path("tool").asText()).isEqualTo("stop_vm");
    assertThat(entry.path("available").asBoolean(true)).isFalse();
    assertThat(entry.path("reason").asText()).isEqualTo("It is protected.");
    assertThat(entry.path("arguments").path("vmid").asInt()).isEqualTo(101);
    assertThat(entry.path("consent").asText()).isEqualTo("hold");
    assertThat(entry.path("schema").isObject()).isTrue();
  }

  @Test
  void asksTheGateAsWhoeverIsLoggedIn() throws Exception {
    server.person("POST", RUN, ARGUMENTS);
    server.token("POST", RUN, ARGUMENTS);
    assertThat(server.core.requests)
        .extracting(request -> request.origin())
        .containsExactly(Origin.BROWSER, Origin.API);
    assertThat(server.core.requests)
        .extracting(request -> request.principal().kind())
        .containsExactly(PrincipalKind.PERSON, PrincipalKind.TOKEN);
    assertThat(server.core.requests.get(0).arguments().values())
        .containsEntry("vmid", 101)
        .containsEntry("hard", true);
  }

  @ParameterizedTest
  @CsvSource({
    "SUCCEEDED, 200",
    "FAILED, 200",
    "UNKNOWN, 200",
    "RUNNING, 202",
    "AWAITING_APPROVAL, 202",
    "REFUSED, 403"
  })
  void answersByHowTheActionStands(ActionState state, int status) throws Exception {
    server.core.next = state;
    HttpResponse<String> response = server.token("POST", RUN, ARGUMENTS);
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode action = json(response).path("action");
    assertThat(action.path("state").asText()).isEqualTo(state.name());
    assertThat(action.path("reasons").get(0).asText()).isEqualTo("A reason.");
    assertThat(action.path("approval").path("id").asText())
        .isEqualTo(state == ActionState.AWAITING_APPROVAL ? "approval-1" : "");
  }

  @Test
  void refusesAsAProblemWithTheActionInIt() throws Exception {
    server.core.next = ActionState.REFUSED;
    HttpResponse<String> response = server.token("POST", RUN, ARGUMENTS);
    problem(response, 403, "refused");
    assertThat(json(response).path("detail").asText()).isEqualTo("It is protected.");
    assertThat(json(response).path("action").path("id").asText()).isEqualTo("action-1");
  }

  @Test
  void waitsForTheEndWhereWished() throws Exception {
    server.core.next = ActionState.RUNNING;
    HttpResponse<String> response = server.token("POST", RUN + "?wait=30s", ARGUMENTS);
    assertThat(response.statusCode()).isEqualTo(200);
    problem(server.token("POST", RUN + "?wait=long", ARGUMENTS), 422, "invalid-input");
  }

  @Test
  void previewsWithoutAnIdAndWithTheFingerprint() throws Exception {
    server.core.next = ActionState.AWAITING_APPROVAL;
    JsonNode action = json(server.token("POST", RUN + "/preview", ARGUMENTS)).path("action");
    assertThat(action.path("id").isNull()).isTrue();
    assertThat(action.path("preview").asBoolean()).isTrue();
    assertThat(action.path("fingerprint").asText()).isEqualTo("f00d");
    assertThat(action.path("impact").path("undoable").asBoolean()).isTrue();
    assertThat(action.has("approval")).isFalse();
  }

  @Test
  void takesAnApprovalFromAPersonOnly() throws Exception {
    server.core.next = ActionState.AWAITING_APPROVAL;
    server.person("POST", RUN, ARGUMENTS);
    String yes = "{\"decision\":\"approve\",\"fingerprint\":\"f00d\"}";
    problem(server.token("POST", "/api/approvals/approval-1", yes), 403, "person-required");
    assertThat(server.core.answers).isEmpty();
    assertThat(server.person("POST", "/api/approvals/approval-1", yes).statusCode()).isEqualTo(200);
    assertThat(server.core.answers.get(0).approve()).isTrue();
    assertThat(server.core.answers.get(0).fingerprint()).isEqualTo("f00d");
    assertThat(get("/api/approvals").path("items").findValuesAsText("expiresAt")).isNotEmpty();
  }

  @Test
  void takesNothingButYesOrNoForAnAnswer() throws Exception {
    server.core.next = ActionState.AWAITING_APPROVAL;
    server.person("POST", RUN, ARGUMENTS);
    for (String body :
        List.of(
            "{\"decision\":\"Approve\"}",
            "{\"decision\":true}",
            "{\"decision\":\"approve\",\"confirmed\":true}",
            "{}")) {
      int status = server.person("POST", "/api/approvals/approval-1", body).statusCode();
      assertThat(status).as(body).isIn(400, 422);
    }
    assertThat(server.core.answers).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "APPROVAL_USED, 409", "APPROVAL_EXPIRED, 409", "APPROVAL_LAPSED, 409", "TYPED_NAME_WRONG, 422",
    "INVALID_ARGUMENTS, 422", "UNKNOWN_TOOL, 404", "AMBIGUOUS_TARGET, 422", "TARGET_BUSY, 409",
    "STORAGE_UNAVAILABLE, 503", "CONNECTOR_MISSING, 503", "TIMED_OUT, 504", "REMOTE_ERROR, 502",
    "INTERNAL, 500"
  })
  void mapsErrorsByTheOneTable(ErrorCode code, int status) throws Exception {
    server.core.failure = new JarvisException(code, "What happened.");
    problem(server.token("POST", RUN, ARGUMENTS), status, code.code());
  }

  @Test
  void tellsNothingOfAnUnexpectedError() throws Exception {
    server.core.failure = new IllegalStateException("a secret detail");
    HttpResponse<String> response = server.token("POST", RUN, ARGUMENTS);
    problem(response, 500, "internal");
    assertThat(response.body()).doesNotContain("secret", "IllegalState");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "1",
        "{\"arguments\":{}} {}",
        "{\"arguments\":{},\"arguments\":{}}",
        "{\"arguments\":{\"a\":1,\"a\":2}}",
        "{}",
        "{'arguments':{}}",
        "{\"arguments\":{\"a\":NaN}}",
        "\u0000"
      })
  void refusesBodiesThatAreNoSoundJson(String body) throws Exception {
    problem(server.token("POST", RUN, body), 400, "malformed-request");
    assertThat(server.core.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"arguments\":[]}", "{\"arguments\":null}", "{\"arguments\":{},\"override\":1}"})
  void namesTheFieldThatIsWrong(String body) throws Exception {
    HttpResponse<String> response = server.token("POST", RUN, body);
    problem(response, 422, "invalid-input");
    assertThat(json(response).path("errors").get(0).path("field").asText())
        .isIn("arguments", "override");
    assertThat(server.core.requests).isEmpty();
  }

  @Test
  void refusesDeepNestingAndBrokenUtf8() throws Exception {
    String deep = "{\"arguments\":" + "{\"a\":".repeat(200) + "1" + "}".repeat(200) + "}";
    problem(server.token("POST", RUN, deep), 400, "malformed-request");
    String answer =
        server.raw(
            "POST "
                + RUN
                + " HTTP/1.1\r\n"
                + "Host: 127.0.0.1\r\n"
                + "Authorization: Bearer good-token\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: 17\r\n"
                + "Connection: close\r\n\r\n"
                + "{\"arguments\":\"\u00ff\"}");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("UTF-8");
  }

  @Test
  void quotesNoPasswordInAnError() throws Exception {
    HttpResponse<String> response =
        server.send("POST", "/api/auth/login", "{\"password\":\"hunter2hunter2\" \"username\"");
    problem(response, 400, "malformed-request");
    assertThat(response.body()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/resources/nonsense, 404, not-found",
    "/api/resources/pve:home:guest:999, 404, not-found",
    "/api/actions/none, 404, not-found",
    "/api/nothing, 404, not-found",
    "/nothing, 404, not-found",
    "/api/resources?limit=0, 422, invalid-input",
    "/api/resources?limit=x, 422, invalid-input",
    "/api/clusters?limit=0, 422, invalid-input",
    "/api/clusters?sort=colour, 422, invalid-input",
    "/api/clusters?cursor=x, 422, invalid-input",
    "/api/resources?kind=cat, 422, invalid-input",
    "/api/resources?sort=colour, 422, invalid-input",
    "/api/resources?cursor=!, 422, invalid-input",
    "/api/events?after=-1, 422, invalid-input",
    "/api/audit?limit=100000, 422, invalid-input",
    "/ws/cluster?after=x, 422, invalid-input",
    "/ws/events, 426, upgrade-required"
  })
  void answersBadRequestsAsProblems(String path, int status, String code) throws Exception {
    problem(server.token("GET", path, null), status, code);
  }

  @Test
  void refusesOtherMethods() throws Exception {
    HttpResponse<String> response = server.token("DELETE", "/api/tools", null);
    problem(response, 405, "method-not-allowed");
    assertThat(response.headers().firstValue("Allow").orElse("")).contains("GET");
  }

  @Test
  void saysWhichPartIsMissing() throws Exception {
    server.parts.gate().remove(server.core);
    server.parts.liveState().remove(server.core);
    problem(server.token("POST", RUN, ARGUMENTS), 503, "part-missing");
    problem(server.token("GET", "/api/resources", null), 503, "part-missing");
    server.parts.gate().add(server.core);
    assertThat(server.token("POST", RUN, ARGUMENTS).statusCode()).isEqualTo(200);
  }

  @Test
  void listsEventsWithTheirActions() throws Exception {
    server.token("POST", RUN, ARGUMENTS);
    server.core.record("guest.changed", "It changed.", "{\"from\":\"a\",\"to\":\"b\"}");
    server.core.record(
        "action.ended", "Done.", "{\"actionId\":\"action-1\",\"state\":\"SUCCEEDED\"}");
    JsonNode page = get("/api/events?after=0&limit=1");
    assertThat(page.path("total").asInt()).isEqualTo(2);
    assertThat(page.path("items").get(0).path("data").path("from").asText()).isEqualTo("a");
    JsonNode rest = get("/api/events?after=" + page.path("next").asText());
    assertThat(rest.path("next").isNull()).isTrue();
    assertThat(rest.path("items").get(0).path("data").path("action").path("tool").asText())
        .isEqualTo("stop_vm");
  }

  @Test
  void showsTheAuditLogAndVerifiesIt() throws Exception {
    JsonNode page = get("/api/audit");
    assertThat(page.path("items").get(0).path("activity").asText()).isEqualTo("login.failed");
    JsonNode verified = get("/api/audit/verify");
    assertThat(verified.path("valid").asBoolean()).isTrue();
    assertThat(verified.path("records").asInt()).isEqualTo(1);
    assertThat(verified.path("firstBad").isNull()).isTrue();
    assertThat(verified.has("head")).isTrue();
  }

  @Test
  void tellsAnActionBothWays() throws Exception {
    server.token("POST", RUN, ARGUMENTS);
    JsonNode reply = get("/api/actions/action-1");
    assertThat(reply.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(reply.path("action").path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(get("/api/actions?limit=5").path("items")).hasSize(1);
  }

  private static final String PLAN =
      """
      {"title": "Restart it", "steps": [
        {"tool": "stop_vm", "arguments": {"vmid": 101}},
        {"tool": "start_vm", "arguments": {"vmid": 101}}]}
      """;

  @Test
  void takesPlansToTheGate() throws Exception {
    server.core.next = ActionState.AWAITING_APPROVAL;

    HttpResponse<String> asked = server.token("POST", "/api/plans", PLAN);

    assertThat(asked.statusCode()).isEqualTo(202);
    assertThat(asked.body()).contains("\"plan\":{", "\"state\":\"AWAITING_APPROVAL\"");
    assertThat(server.core.plans)
        .singleElement()
        .satisfies(
            plan -> {
              assertThat(plan.title()).isEqualTo("Restart it");
              assertThat(plan.steps()).hasSize(2);
              assertThat(plan.steps().get(1).tool()).isEqualTo("start_vm");
            });
  }

  @Test
  void namesWhatIsWrongWithAPlan() throws Exception {
    HttpResponse<String> wrong =
        server.token(
            "POST",
            "/api/plans",
            "{\"steps\": [{\"tool\": \"stop_vm\", \"arguments\": {}, \"approved\": true}]}");

    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("steps/0/approved");
    problem(server.token("POST", "/api/plans", "{\"steps\": {}}"), 422, "invalid-input");
    problem(server.token("POST", "/api/plans", "{}"), 400, "malformed-request");
    assertThat(server.core.plans).isEmpty();
  }

  @Test
  void takesAPersonsConsentToAToolAndNoTokens() throws Exception {
    problem(server.token("POST", "/api/tools/stop_vm/consent", null), 403, "person-required");
    assertThat(server.core.consents).isEmpty();

    assertThat(server.person("POST", "/api/tools/stop_vm/consent", null).statusCode())
        .isEqualTo(200);
    assertThat(server.core.consents).containsExactly("stop_vm");
  }
}
