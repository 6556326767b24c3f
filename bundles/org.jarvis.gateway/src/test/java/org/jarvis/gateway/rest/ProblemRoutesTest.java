package org.jarvis.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Origin;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Growth;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.FakeCore;
import org.jarvis.gateway.GatewayServer;
import org.jarvis.gateway.Home;
import org.jarvis.testkit.problem.SampleProblem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemRoutesTest {
  private static final Instant THEN = FakeCore.START;
  private static final Instant FAR = Instant.parse("2199-01-01T00:00:00Z");
  private static final String CRASHED = "/api/problem-kinds/guest-crashed";
  private static final String PVE1 = "/api/maintenance/pve:home:node:pve1";

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
    server.problems.kinds.addAll(List.of(SampleProblem.CRASHED, SampleProblem.DISK));
    server.problems.all.addAll(
        List.of(
            SampleProblem.of("disk", SampleProblem.DISK, THEN).summary("1 GiB is free.").build(),
            crashed("new", 102, THEN.plusSeconds(5)).build(),
            crashed("old", 101, THEN).build(),
            crashed("gone", 103, THEN).resolved(THEN.plusSeconds(60)).build(),
            crashed("goneLast", 103, THEN)
                .severity(Severity.INFO)
                .resolved(THEN.plusSeconds(90))
                .build()));
  }

  /** A guest that stopped, which stopping or restarting mends. */
  private static SampleProblem crashed(String id, int vmid, Instant since) {
    return SampleProblem.crashed(id, vmid, since)
        .summary("media (VM " + vmid + ") stopped though nobody stopped it.")
        .evidence(new Evidence("Exit", "killed", since), new Evidence("State", "stopped"))
        .remedies(
            Remedy.of("stop", "Stop media", "It is off then.", SampleProblem.step("stop_vm", vmid)),
            new Remedy(
                "restart",
                "Restart media",
                "It runs again then.",
                List.of(SampleProblem.step("stop_vm", vmid), SampleProblem.step("start_vm", vmid)),
                true));
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

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = server.token("GET", path, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  @Test
  void saysOfAStorageWhenItWillBeFull() throws Exception {
    String local = "pve:home:storage:pve1:local";
    server.core.show(Home.at(Instant.now(), Guest.Status.RUNNING, 0.5, Duration.ofHours(1)));
    assertThat(get("/api/resources/" + local).path("growth"))
        .isEqualTo(json("{\"state\":\"too-little\"}"));

    ResourceRef ref = ResourceRef.parse(local).orElseThrow();
    // 99,000 MiB are free.
    server.problems.growths.put(ref, Growth.of(9_900.0 * 1024 * 1024));
    assertThat(get("/api/resources/" + local).path("growth"))
        .isEqualTo(
            json("{\"state\":\"known\",\"bytesADay\":10380902400,\"fullInSeconds\":864000}"));

    server.problems.growths.put(ref, Growth.of(-5));
    assertThat(get("/api/resources/" + local).path("growth"))
        .isEqualTo(json("{\"state\":\"known\",\"bytesADay\":-5}"));
    assertThat(get("/api/resources/pve:home:guest:101").has("growth")).isFalse();
  }

  private static List<String> ids(JsonNode list) {
    return list.path("items").findValuesAsText("id").stream()
        .filter(id -> !List.of("stop", "restart").contains(id))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                       | old,new,disk
          ?state=open              | old,new,disk
          ?state=resolved          | goneLast,gone
          ?state=all               | old,new,disk,goneLast,gone
          ?severity=warning        | disk
          ?severity=warning,info&state=all | disk,goneLast
          ?kind=guest-crashed      | old,new
          ?ref=pve:home:guest:102  | new
          ?q=vm%20101              | old
          ?q=LITTLE                | disk
          ?q=nothing               | ''
          """)
  void listsWhatIsAskedForTheWorstAndOldestFirst(String query, String found) throws Exception {
    JsonNode list = get("/api/problems" + query);

    assertThat(String.join(",", ids(list))).isEqualTo(found);
    assertThat(list.path("total").asInt()).isEqualTo(ids(list).size());
    assertThat(list.path("next").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"state=some", "severity=bad", "ref=101", "limit=0", "cursor=!", "kind=a%20b"})
  void namesTheParameterThatIsWrong(String query) throws Exception {
    HttpResponse<String> answer = server.token("GET", "/api/problems?" + query, null);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).path("errors").get(0).path("field").asText())
        .isEqualTo(query.split("=", -1)[0]);
  }

  @Test
  void goesOnWhereAPageEndedThoughThatProblemIsGone() throws Exception {
    JsonNode first = get("/api/problems?limit=1");
    assertThat(ids(first)).containsExactly("old");
    assertThat(first.path("total").asInt()).isEqualTo(3);
    server.problems.all.removeIf(problem -> problem.id().equals("old"));

    JsonNode second = get("/api/problems?limit=1&cursor=" + first.path("next").asText());
    assertThat(ids(second)).containsExactly("new");
    JsonNode third = get("/api/problems?limit=1&cursor=" + second.path("next").asText());
    assertThat(ids(third)).containsExactly("disk");
    assertThat(third.path("next").isNull()).isTrue();
  }

  @Test
  void tellsAllOfAProblem() throws Exception {
    server.core.next = ActionState.RUNNING;
    server.token("POST", "/api/tools/stop_vm", "{\"arguments\":{}}");
    List<ResourceRef> many =
        IntStream.range(1000, 1200)
            .mapToObj(vmid -> ResourceRef.parse("pve:home:guest:" + vmid).orElseThrow())
            .toList();
    server.problems.all.add(
        crashed("full", 101, THEN)
            .affects(many)
            .acknowledged("ada", THEN)
            .silence(new Problem.Silence("ada", FAR))
            .notes(List.of(new Problem.Note("ada", THEN, "I look at it.")))
            .attempts(
                new Problem.Attempt("stop", "action-1", "ada", THEN),
                new Problem.Attempt("stop", "lost", "ada", THEN))
            .build());

    JsonNode item = get("/api/problems/full");

    assertThat(item.path("affected").path("total").asInt()).isEqualTo(200);
    assertThat(item.path("affected").path("items")).hasSize(100);
    ((com.fasterxml.jackson.databind.node.ObjectNode) item).remove("affected");
    assertThat(item)
        .isEqualTo(
            json(
                """
                {"id":"full","kind":"guest-crashed","title":"Guest crashed","severity":"critical",
                 "ref":"pve:home:guest:101",
                 "resource":{"ref":"pve:home:guest:101","kind":"guest","name":"media"},
                 "name":"media","part":"",
                 "summary":"media (VM 101) stopped though nobody stopped it.",
                 "explanation":"It stopped though nobody stopped it.",
                 "evidence":[
                   {"label":"Exit","value":"killed","at":"2026-03-01T12:00:00.000Z"},
                   {"label":"State","value":"stopped","at":null}],
                 "since":"2026-03-01T12:00:00.000Z","seenAt":"2026-03-01T12:00:00.000Z",
                 "resolvedAt":null,"resolution":null,"returns":0,
                 "acknowledged":{"by":"ada","at":"2026-03-01T12:00:00.000Z"},
                 "silence":{"by":"ada","until":"2199-01-01T00:00:00.000Z"},"silenced":true,
                 "notes":[{"by":"ada","at":"2026-03-01T12:00:00.000Z","text":"I look at it."}],
                 "remedies":[
                   {"id":"stop","title":"Stop media","explanation":"It is off then.",
                    "separable":false,"tier":"RED","tool":"stop_vm","arguments":{"vmid":101},
                    "steps":[{"tool":"stop_vm","title":"Shut down","arguments":{"vmid":101}}]},
                   {"id":"restart","title":"Restart media","explanation":"It runs again then.",
                    "separable":true,"tier":null,"tool":null,"arguments":null,
                    "steps":[
                      {"tool":"stop_vm","title":"Shut down","arguments":{"vmid":101}},
                      {"tool":"start_vm","title":"start_vm","arguments":{"vmid":101}}]}],
                 "noRemedy":null,
                 "attempts":[
                   {"remedy":"stop","action":"action-1","state":"RUNNING","by":"ada",
                    "at":"2026-03-01T12:00:00.000Z"},
                   {"remedy":"stop","action":"lost","state":null,"by":"ada",
                    "at":"2026-03-01T12:00:00.000Z"}]}
                """));
  }

  @Test
  void tellsWhyNothingMendsAndWhatJarvisItselfLacks() throws Exception {
    JsonNode item = get("/api/problems/disk");

    assertThat(item.path("ref").isNull()).isTrue();
    assertThat(item.has("resource")).isFalse();
    assertThat(item.path("remedies")).isEmpty();
    assertThat(item.path("noRemedy").asText()).isEqualTo("Free space on the disk of Jarvis.");
    assertThat(get("/api/problems/gone").path("resolution").asText()).isEqualTo("It runs again.");
    assertThat(server.token("GET", "/api/problems/none", null).statusCode()).isEqualTo(404);
  }

  @Test
  void takesWhatPeopleSayOfIt() throws Exception {
    JsonNode seen = json(server.person("POST", "/api/problems/old/acknowledge", "{}"));
    assertThat(seen.path("acknowledged").path("by").asText()).isEqualTo("owner");
    JsonNode quiet =
        json(
            server.person(
                "POST", "/api/problems/old/silence", "{\"until\":\"2199-01-01T00:00:00Z\"}"));
    assertThat(quiet.path("silenced").asBoolean()).isTrue();
    JsonNode noted = json(server.person("POST", "/api/problems/old/notes", "{\"text\":\"Soon.\"}"));
    assertThat(noted.path("notes").get(0).path("text").asText()).isEqualTo("Soon.");
    assertThat(ids(get("/api/problems"))).contains("old");
    assertThat(server.problems.told)
        .containsExactly(
            "acknowledge old owner", "silence old " + FAR + " owner", "note old Soon. owner");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          silence                  | {}                  | 400
          silence                  | {"until":"soon"}    | 422
          silence                  | {"until":null}      | 400
          notes                    | {}                  | 400
          notes                    | {"text":" "}        | 422
          notes                    | {"text":"a","b":1}  | 422
          remedies/stop            | {"firstStepOnly":1} | 422
          remedies/stop            | {"force":true}      | 422
          remedies/none            | {}                  | 404
          remedies/none/preview    | {}                  | 404
          """)
  void refusesWhatIsNotSound(String what, String body, int status) throws Exception {
    HttpResponse<String> answer = server.person("POST", "/api/problems/old/" + what, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(server.core.requests).isEmpty();
  }

  @Test
  void namesTheFieldOfANoteThatIsTooLong() throws Exception {
    HttpResponse<String> answer =
        server.person(
            "POST", "/api/problems/old/notes", "{\"text\":\"" + "a".repeat(2_001) + "\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).path("errors").get(0).path("field").asText()).isEqualTo("text");
  }

  @Test
  void mendsAsAToolIsCalled() throws Exception {
    String path = "/api/problems/old/remedies/restart";
    HttpResponse<String> preview = server.person("POST", path + "/preview", "{}");
    assertThat(preview.statusCode()).isEqualTo(200);
    assertThat(json(preview).path("action").path("id").isNull()).isTrue();

    server.core.next = ActionState.AWAITING_APPROVAL;
    HttpResponse<String> waiting = server.person("POST", path, "{\"firstStepOnly\":true}");
    assertThat(waiting.statusCode()).isEqualTo(202);
    assertThat(json(waiting).path("action").path("approval").path("id").asText())
        .isEqualTo("approval-1");

    server.core.next = ActionState.RUNNING;
    HttpResponse<String> done = server.token("POST", path + "?wait=5s", "{}");
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(json(done).path("action").path("state").asText()).isEqualTo("SUCCEEDED");

    server.core.next = ActionState.REFUSED;
    HttpResponse<String> refused = server.token("POST", path, "{}");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(json(refused).path("action").path("state").asText()).isEqualTo("REFUSED");

    assertThat(server.problems.told)
        .containsExactly(
            "preview old restart false owner BROWSER",
            "mend old restart true owner BROWSER",
            "mend old restart false owner API",
            "mend old restart false owner API");
    assertThat(server.core.requests)
        .extracting(request -> request.origin())
        .containsExactly(Origin.BROWSER, Origin.BROWSER, Origin.API, Origin.API);
  }

  @Test
  void changesNothingForThoseWhoMayOnlyRead() throws Exception {
    for (String path :
        List.of(
            "/api/problems/old/acknowledge",
            "/api/problems/old/silence",
            "/api/problems/old/notes",
            "/api/problems/old/remedies/stop")) {
      HttpResponse<String> answer =
          server.send(
              "POST", path, "{}", "Authorization", "Bearer " + FakeAuthenticator.READ_TOKEN);
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
    }
    assertThat(server.problems.told).isEmpty();
  }

  @Test
  void listsTheProblemsOfAResource() throws Exception {
    assertThat(ids(get("/api/resources/pve:home:guest:102/problems"))).containsExactly("new");
    assertThat(server.token("GET", "/api/resources/102/problems", null).statusCode())
        .isEqualTo(404);
  }

  @Test
  void listsTheKinds() throws Exception {
    JsonNode list = get("/api/problem-kinds");

    assertThat(list.path("total").asInt()).isEqualTo(2);
    assertThat(list.path("items").get(0))
        .isEqualTo(
            json(
                """
                {"id":"guest-crashed","title":"Guest crashed",
                 "explanation":"It stopped though nobody stopped it.","worst":"critical",
                 "after":30,"clearAfter":60,
                 "limits":[{"name":"times","title":"How often","unit":"times","value":3.0,
                            "least":1.0,"most":10.0}],
                 "noRemedy":null,
                 "now":{"enabled":true,"after":30,"clearAfter":60,"limits":{"times":3.0}},
                 "settings":[]}
                """));
    assertThat(list.path("items").get(1).path("noRemedy").asText()).startsWith("Free space");
  }

  @Test
  void setsValuesOfAKindAsTheFileWritesThem() throws Exception {
    HttpResponse<String> answer =
        server.person(
            "PUT",
            CRASHED,
            """
            {"values":{"times":2.50,"after":"10m","gone":60,"enabled":false,"other":null}}
            """);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(server.problems.told)
        .containsExactly(
            "set guest-crashed {after=10m, enabled=false, gone=60, other=null, times=2.5} owner");
    assertThat(json(answer).path("settings").get(0))
        .isEqualTo(
            json(
                """
                {"key":"after","value":"10m","source":"person","by":"owner",
                 "at":"2026-03-01T12:00:00.000Z","counts":true}
                """));
    assertThat(get("/api/problem-kinds").path("items").get(0)).isEqualTo(json(answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"values\":{}}",
        "{\"values\":[]}",
        "{\"values\":{\"times\":[3]}}",
        "{\"values\":{\"times\":{\"is\":3}}}",
        "{\"values\":{\"times\":3},\"confirmed\":true}"
      })
  void refusesWhatIsNoValuesOfAKind(String body) throws Exception {
    assertThat(server.person("PUT", CRASHED, body).statusCode()).isEqualTo(422);
    assertThat(server.problems.told).isEmpty();
  }

  @Test
  void boundsTheValuesOfAKind() throws Exception {
    String many =
        IntStream.range(0, 51).mapToObj(n -> "\"k" + n + "\":1").collect(Collectors.joining(","));
    for (String values : List.of(many, "\"" + "k".repeat(65) + "\":1")) {
      assertThat(server.person("PUT", CRASHED, "{\"values\":{" + values + "}}").statusCode())
          .isEqualTo(422);
    }
    assertThat(server.person("PUT", CRASHED, "{}").statusCode()).isEqualTo(400);
    assertThat(server.problems.told).isEmpty();
  }

  @Test
  void letsNobodyButAPersonSetWhatCountsAsAProblem() throws Exception {
    HttpResponse<String> admin =
        server.send(
            "PUT",
            CRASHED,
            "{\"values\":{\"enabled\":false}}",
            "Authorization",
            "Bearer " + FakeAuthenticator.ADMIN_TOKEN);
    assertThat(admin.statusCode()).isEqualTo(403);
    assertThat(json(admin).path("code").asText()).isEqualTo("person-required");
    assertThat(server.problems.told).isEmpty();
    assertThat(
            server
                .person("PUT", "/api/problem-kinds/none", "{\"values\":{\"enabled\":false}}")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void beginsAndEndsTheWorkOnANode() throws Exception {
    assertThat(server.token("GET", PVE1, null).statusCode()).isEqualTo(404);
    HttpResponse<String> begun =
        server.person(
            "PUT", PVE1, "{\"until\":\"2199-01-01T00:00:00+00:00\",\"reason\":\"New disk\"}");
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
    JsonNode work =
        json(
            """
            {"ref":"pve:home:node:pve1","name":"pve1","by":"owner",
             "since":"2026-03-01T12:00:00.000Z","until":"2199-01-01T00:00:00.000Z",
             "reason":"New disk"}
            """);
    assertThat(json(begun)).isEqualTo(work);
    assertThat(get(PVE1)).isEqualTo(work);
    assertThat(get("/api/maintenance").path("items").get(0)).isEqualTo(work);

    JsonNode left = json(server.person("DELETE", PVE1, null));

    assertThat(left.path("total").asInt()).isZero();
    List<String> wrong = new ArrayList<>();
    for (String ref : List.of("pve1", "pve:home:guest:101")) {
      HttpResponse<String> answer =
          server.person("PUT", "/api/maintenance/" + ref, "{\"until\":\"2199-01-01T00:00:00Z\"}");
      wrong.add(answer.statusCode() + " " + json(answer).path("errors").get(0).path("field"));
    }
    assertThat(wrong).containsExactly("422 \"ref\"", "422 \"ref\"");
  }

  @Test
  void saysSoWhereTheCoreIsAway() throws Exception {
    server.parts.problems().remove(server.problems);

    for (String path : List.of("/api/problems", "/api/problem-kinds", "/api/maintenance")) {
      assertThat(server.token("GET", path, null).statusCode()).as(path).isEqualTo(503);
    }
    assertThat(server.token("GET", "/metrics", null).body()).doesNotContain("jarvis_problems");
  }

  @Test
  void countsThemForPrometheus() throws Exception {
    assertThat(server.token("GET", "/metrics", null).body())
        .contains(
            "jarvis_problems{severity=\"critical\"} 2\n",
            "jarvis_problems{severity=\"warning\"} 1\n",
            "jarvis_problems{severity=\"info\"} 0\n");
  }

  @Test
  void isToldWithTheEventsAboutIt() throws Exception {
    server.core.record("problem.raised", "media stopped.", "{\"problemId\":\"old\"}");
    server.core.record("problem.raised", "Another.", "{\"problemId\":\"lost\"}");

    JsonNode events = get("/api/events").path("items");

    assertThat(events.get(0).path("data").path("problem")).isEqualTo(get("/api/problems/old"));
    assertThat(events.get(1).path("data").has("problem")).isFalse();
  }
}
