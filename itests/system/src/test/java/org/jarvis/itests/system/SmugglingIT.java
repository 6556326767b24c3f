package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jarvis.itests.system.JarvisClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Consent cannot be claimed, replayed, doubled or given by a program, whatever is sent over REST.
 * What was done is counted by the lab.
 */
class SmugglingIT {
  private static final List<String> CLAIMS =
      List.of(
          "confirmed",
          "approved",
          "override",
          "force_approve",
          "consent",
          "approval",
          "approvalId",
          "approval_id",
          "human_confirmed",
          "skip_approval",
          "principal",
          "origin",
          "person",
          "user",
          "role",
          "scopes",
          "tier",
          "autonomy",
          "halted",
          "sudo");
  private static final Set<Integer> REFUSALS = Set.of(400, 403, 422);
  private static final int CROWD = 100;

  @TempDir static Path folder;

  private static GateScene scene;
  private static JarvisClient person;

  @BeforeAll
  static void start() throws IOException {
    scene = GateScene.open(folder, 10);
    person = scene.person();
  }

  @AfterAll
  static void stop() throws IOException {
    scene.close();
  }

  @Test
  void refusesOrIgnoresEveryClaim() throws IOException {
    JarvisClient token = JarvisClient.bearer(scene.jarvis().url(), token("claims", "operate"));
    String before = scene.marks();
    int count = 0;
    for (String claim : CLAIMS) {
      ObjectNode argument = container();
      argument.put(claim, true);
      ObjectNode nested = container();
      nested.putObject("options").put(claim, "yes").putObject("principal").put("kind", "person");
      ObjectNode member = body();
      member.putObject(claim).put("kind", "person").put("name", JarvisClient.USER);
      String header = "X-Jarvis-" + claim.replace('_', '-');
      assertRefused(token.run("stop_container", argument));
      assertRefused(token.run("stop_container", nested));
      assertRefused(token.post("/api/tools/stop_container", member));
      assertNothingRan(token.post("/api/tools/stop_container?" + claim + "=true", body()));
      assertNothingRan(
          token
              .with(header, "person " + JarvisClient.USER)
              .post("/api/tools/stop_container", body()));
      token.without(header);
      count += 5;
    }
    assertThat(count).isEqualTo(100);
    assertThat(scene.marks()).isEqualTo(before);
  }

  private static void assertRefused(Reply reply) {
    assertThat(reply.status()).as("%s", reply).isIn(REFUSALS);
  }

  /** Refused, or waiting for a person as if nothing had been claimed; then a person says no. */
  private static void assertNothingRan(Reply reply) throws IOException {
    if (!REFUSALS.contains(reply.status())) {
      assertThat(reply.state()).as("%s", reply).isEqualTo("AWAITING_APPROVAL");
      JsonNode principal = reply.action().path("principal");
      assertThat(principal.path("kind").asText()).isEqualTo("token");
      assertThat(person.answer(reply.action(), "reject").status()).isEqualTo(200);
    }
  }

  @Test
  void takesNoConsentToOneRequestForAnother() throws IOException {
    String before = scene.marks();
    JsonNode soft = ask(container());
    JsonNode hard = ask(container().put("hard", true));
    JsonNode other = ask(GateScene.guest("rhea", 201));
    for (JsonNode foreign : List.of(hard, other)) {
      assertThat(
              foreign
                  .path("approval")
                  .path("id")
                  .asText()
                  .equals(soft.path("approval").path("id").asText()))
          .isFalse();
      // By the action's id instead of the approval's, and with another action's arguments.
      assertThat(answer(foreign.path("id").asText(), approve()).status()).isEqualTo(404);
      for (String member : List.of("arguments", "action", "tool", "targets")) {
        ObjectNode changed = approve();
        changed.set(member, foreign.path(member));
        if (foreign.has(member)) {
          assertRefused(answer(soft.path("approval").path("id").asText(), changed));
        }
      }
    }
    // What was shown for one guest is nothing that the other can be consented to with.
    String shown = other.path("approval").path("fingerprint").asText();
    Reply wrong =
        answer(soft.path("approval").path("id").asText(), approve().put("fingerprint", shown));
    assertThat(wrong.status()).as("%s", wrong).isEqualTo(409);

    for (JsonNode asked : List.of(soft, hard, other)) {
      assertThat(person.answer(asked, "reject").status()).isEqualTo(200);
      Reply late = person.answer(asked, "approve");
      assertThat(late.status()).as("%s", late).isEqualTo(409);
      assertThat(late.body().path("code").asText()).isEqualTo("approval-decided");
    }
    assertThat(scene.marks()).isEqualTo(before);
  }

  @Test
  void takesNoConsentThatLapsedOrWasWithdrawn() throws IOException {
    String before = scene.marks();
    JsonNode withdrawn = ask(container());
    assertThat(person.post("/api/actions/" + id(withdrawn) + "/cancel", object()).status())
        .isEqualTo(200);
    assertThat(person.answer(withdrawn, "approve").status()).isEqualTo(409);

    JsonNode changed = ask(GateScene.guest("dione", 203));
    // Somebody gives the guest other tags meanwhile: it is not what was shown any more.
    scene.lab().put("/nodes/dione/lxc/203/config?tags=monitoring;moved");
    Reply lapsed = person.answer(changed, "approve");
    assertThat(lapsed.status()).as("%s", lapsed).isEqualTo(409);
    assertThat(lapsed.body().path("code").asText()).isEqualTo("approval-lapsed");
    scene.lab().put("/nodes/dione/lxc/203/config?tags=monitoring");
    Reply again = person.answer(changed, "approve");
    assertThat(again.status()).as("as it was shown again, and lapsed all the same").isEqualTo(409);
    assertThat(scene.container("dione", 203)).isEqualTo("running");
    assertThat(scene.tasks("dione", 203, "vzshutdown")).isZero();
    // It is asked for anew, and that request is rejected.
    for (JsonNode waiting : person.get("/api/approvals").body().path("items")) {
      assertThat(waiting.path("action").path("targets").toString()).contains("guest:203");
      person.answer(waiting.path("action"), "reject");
    }
    assertThat(scene.marks()).isEqualTo(before);
  }

  @Test
  void takesOneOfAHundredConsentsFromTwoBrowsers() throws Exception {
    int tasks = scene.tasks("rhea", 201, "vzshutdown");
    JsonNode asked = ask(GateScene.guest("rhea", 201));
    JarvisClient otherBrowser = JarvisClient.person(scene.jarvis().url());
    List<Callable<Reply>> answers = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      JarvisClient browser = i % 2 == 0 ? person : otherBrowser;
      answers.add(() -> browser.answer(asked, "approve"));
    }
    int accepted = 0;
    ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
    try {
      for (Future<Reply> answer : crowd.invokeAll(answers)) {
        Reply reply = answer.get();
        assertThat(reply.status()).as("%s", reply).isIn(200, 409);
        accepted += reply.status() == 200 ? 1 : 0;
      }
    } finally {
      crowd.shutdownNow();
    }
    assertThat(accepted).isEqualTo(1);
    assertSucceeds(asked);
    assertThat(scene.tasks("rhea", 201, "vzshutdown") - tasks).isEqualTo(1);
    assertThat(person.run("start_container", GateScene.guest("rhea", 201)).state())
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void letsASecondBrowserConsent() throws IOException {
    JsonNode asked = ask(GateScene.guest("titan", 200));
    JarvisClient otherBrowser = JarvisClient.person(scene.jarvis().url());
    assertThat(otherBrowser.answer(asked, "approve").status()).isEqualTo(200);
    assertSucceeds(asked);
    assertThat(person.run("start_container", GateScene.guest("titan", 200)).state())
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void letsNoTokenActAsAPerson() throws IOException {
    JsonNode asked = ask(container());
    String before = scene.marks();
    String guardrails = person.get("/api/guardrails").body().toString();
    List<JarvisClient> whole =
        List.of(
            JarvisClient.token(scene.jarvis().url()),
            bearer(token("operates", "operate")),
            bearer(token("administers", "admin", "operate", "read")));
    for (JarvisClient client : whole) {
      for (Reply reply : personsGestures(client, asked)) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(403);
        assertThat(reply.body().path("code").asText()).isEqualTo("person-required");
      }
    }
    List<JarvisClient> narrow =
        List.of(bearer(token("reads", "read")), bearer(mcpToken()), bearer("jarvis_made_up"));
    for (JarvisClient client : narrow) {
      for (Reply reply : personsGestures(client, asked)) {
        assertThat(reply.status()).as("%s", reply).isIn(401, 403);
      }
    }
    assertThat(scene.marks()).isEqualTo(before);
    assertThat(person.get("/api/guardrails").body().toString()).isEqualTo(guardrails);
    assertThat(person.get("/api/actions/" + id(asked)).body().toString())
        .contains("AWAITING_APPROVAL");
    assertThat(person.answer(asked, "reject").status()).isEqualTo(200);
  }

  private static List<Reply> personsGestures(JarvisClient client, JsonNode asked)
      throws IOException {
    return List.of(
        client.answer(asked, "approve"),
        client.answer(asked, "reject"),
        client.put("/api/guardrails", object().put("halted", false).put("autonomy", "full")),
        client.put("/api/whereabouts/home", object().put("outside", true)),
        client.delete("/api/whereabouts/home"),
        client.post(
            "/api/clusters/home/certificates",
            object()
                .put("decision", "accept")
                .put("address", "https://127.0.0.1:8006")
                .put("fingerprint", "00")
                .put("typed", "127.0.0.1")),
        client.put(
            "/api/problem-kinds/guest-crashed",
            object().set("values", object().put("enabled", false))),
        client.send(
            "DELETE",
            "/api/protections/pve:home:guest:100",
            BodyPublishers.ofString("{\"typed\":\"opnsense\"}")),
        client.post("/api/extensions/any", object().put("decision", "approve")),
        client.post("/api/tools/stop_vm/consent", object()));
  }

  private static JsonNode ask(ObjectNode arguments) throws IOException {
    Reply asked = person.run("stop_container", arguments);
    assertThat(asked.state()).as("%s", asked).isEqualTo("AWAITING_APPROVAL");
    return asked.action();
  }

  private static void assertSucceeds(JsonNode asked) throws IOException {
    person.await(
        "/api/actions/" + id(asked), now -> now.toString().contains("\"state\":\"SUCCEEDED\""));
  }

  private static Reply answer(String approval, ObjectNode body) throws IOException {
    return person.post("/api/approvals/" + approval, body);
  }

  private static ObjectNode approve() {
    return object().put("decision", "approve");
  }

  private static String id(JsonNode action) {
    return action.path("id").asText();
  }

  private static ObjectNode container() {
    return GateScene.guest("mimas", 202);
  }

  private static ObjectNode body() {
    ObjectNode body = object();
    body.set("arguments", container());
    return body;
  }

  private static JarvisClient bearer(String token) {
    return JarvisClient.bearer(scene.jarvis().url(), token);
  }

  private static String token(String name, String... scopes) throws IOException {
    ObjectNode wish = object().put("name", name).put("audience", "api");
    for (String scope : scopes) {
      wish.withArray("scopes").add(scope);
    }
    Reply made = person.post("/api/auth/tokens", wish);
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return made.body().path("token").asText();
  }

  private static String mcpToken() throws IOException {
    ObjectNode wish = object().put("name", "for a model").put("audience", "mcp");
    wish.putArray("scopes").add("operate");
    return person.post("/api/auth/tokens", wish).body().path("token").asText();
  }
}
