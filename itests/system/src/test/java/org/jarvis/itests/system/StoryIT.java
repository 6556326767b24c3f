package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jarvis.itests.system.JarvisClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The thin line through the whole system, by HTTP: a newcomer's demo, its cluster, a start by one
 * request, and a stop that waits for a person - and everything that must not be possible on it.
 */
class StoryIT {
  @TempDir static Path folder;

  private static RunningJarvis jarvis;
  private static JarvisClient person;
  private static JarvisClient token;
  private static LabFaults faults;

  @BeforeAll
  static void start() throws IOException {
    Path data = folder.resolve("data");
    jarvis = RunningJarvis.demo(data, "--speed", "10");
    person = JarvisClient.firstPerson(jarvis);
    token = JarvisClient.token(jarvis.url());
    faults = LabFaults.of(data.resolve("lab"));
  }

  @AfterAll
  static void stop() throws IOException {
    jarvis.close();
  }

  @Test
  void healthNeedsNoLoginAndEverythingElseDoes() throws IOException {
    JarvisClient anybody = JarvisClient.anonymous(jarvis.url());

    assertThat(anybody.get("/api/health").status()).isEqualTo(200);
    for (String path :
        List.of(
            "/api/clusters",
            "/api/resources",
            "/api/tools",
            "/api/actions",
            "/api/approvals",
            "/api/events",
            "/api/audit",
            "/api/openapi.json",
            "/api/no-such-thing",
            "/ws/cluster",
            "/ws/events")) {
      assertThat(anybody.get(path).status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void setupWorksOnce() throws IOException {
    Reply again =
        JarvisClient.anonymous(jarvis.url())
            .post(
                "/api/auth/setup",
                object()
                    .put("token", jarvis.setupToken())
                    .put("username", "eve")
                    .put("password", "another long password"));

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("code").asText()).isEqualTo("setup-done");
  }

  @Test
  void showsTheWholeCluster() throws IOException {
    JsonNode clusters = person.get("/api/clusters").body();
    assertThat(clusters.path("items")).hasSize(1);
    assertThat(clusters.path("items").get(0).path("status").asText()).isEqualTo("online");

    assertThat(count("node")).isEqualTo(4);
    assertThat(count("guest")).isEqualTo(12);
    assertThat(count("storage")).isGreaterThan(4);

    JsonNode guest = guest(101);
    assertThat(guest.path("ref").asText()).isEqualTo("pve:demo:guest:101");
    assertThat(guest.path("type").asText()).isEqualTo("qemu");
    assertThat(guest.path("node").asText()).isEqualTo("rhea");
    assertThat(guest.path("stale").asBoolean(true)).isFalse();
    assertThat(guest.path("protected").asBoolean(true)).isFalse();
    assertThat(guest(100).path("protected").asBoolean()).isTrue();
  }

  @Test
  void startsAGuestAtOnceAndUndoesItWithAPerson() throws IOException {
    Reply started = person.run("start_vm", address("rhea", 104));

    assertThat(started.status()).isEqualTo(200);
    assertThat(started.state()).isEqualTo("SUCCEEDED");
    assertThat(started.action().path("tier").asText()).isEqualTo("YELLOW");
    assertThat(guest(104).path("status").asText()).isEqualTo("running");

    Reply undo =
        person.post("/api/actions/" + started.action().path("id").asText() + "/undo", object());
    assertThat(undo.state()).isEqualTo("AWAITING_APPROVAL");
    Reply approved = person.answer(undo.action(), "approve");
    assertThat(approved.status()).isEqualTo(200);
    person.await(
        "/api/actions/" + undo.action().path("id").asText(),
        action -> state(action).equals("SUCCEEDED"));
    assertThat(guest(104).path("status").asText()).isEqualTo("stopped");
  }

  @Test
  void stopsNothingWithoutAPersonAndUsesAnApprovalOnce() throws IOException {
    Reply asked = token.run("stop_container", address("mimas", 202));
    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.state()).isEqualTo("AWAITING_APPROVAL");
    assertThat(asked.action().path("approval").path("id").asText()).isNotEmpty();
    assertThat(asked.action().path("impact").path("effects")).isNotEmpty();
    assertThat(guest(202).path("status").asText()).isEqualTo("running");

    Reply byToken = token.answer(asked.action(), "approve");
    assertThat(byToken.status()).isEqualTo(403);
    assertThat(byToken.body().path("code").asText()).isEqualTo("person-required");
    assertThat(guest(202).path("status").asText()).isEqualTo("running");

    assertThat(person.answer(asked.action(), "approve").status()).isEqualTo(200);
    Reply again = person.answer(asked.action(), "approve");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("code").asText()).isEqualTo("approval-used");

    person.await(
        "/api/actions/" + asked.action().path("id").asText(),
        action -> state(action).equals("SUCCEEDED"));
    assertThat(guest(202).path("status").asText()).isEqualTo("stopped");
  }

  @Test
  void acceptsOneOfManySimultaneousApprovals() throws Exception {
    Reply asked = person.run("stop_container", address("rhea", 201));
    ExecutorService crowd = Executors.newFixedThreadPool(20);
    Callable<Integer> approve = () -> person.answer(asked.action(), "approve").status();
    int accepted = 0;
    int conflicts = 0;
    for (Future<Integer> answer : crowd.invokeAll(java.util.Collections.nCopies(20, approve))) {
      accepted += answer.get() == 200 ? 1 : 0;
      conflicts += answer.get() == 409 ? 1 : 0;
    }
    crowd.shutdown();

    assertThat(accepted).isEqualTo(1);
    assertThat(conflicts).isEqualTo(19);
  }

  @Test
  void lapsesAnApprovalWhoseTargetChanged() throws IOException {
    Reply asked = person.run("stop_vm", address("titan", 103));
    faults.on("guest-locked?vmid=103&lock=snapshot");
    try {
      Reply answer = person.answer(asked.action(), "approve");

      assertThat(answer.body().path("state").asText() + answer.status())
          .satisfiesAnyOf(
              words -> assertThat(words).endsWith("409"),
              words -> assertThat(answer.state()).isEqualTo("FAILED"));
      assertThat(guest(103).path("status").asText()).isEqualTo("running");
    } finally {
      faults.off("guest-locked?vmid=103");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"confirmed", "approved", "override", "force_approve", "principal"})
  void takesNoClientsWordForConsent(String smuggled) throws IOException {
    ObjectNode arguments = address("mimas", 102).put(smuggled, true);

    Reply reply = token.run("stop_vm", arguments);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body().has("action")).isFalse();
    ObjectNode body = object().put(smuggled, true);
    body.set("arguments", address("mimas", 102));
    assertThat(token.post("/api/tools/stop_vm", body).status()).isBetween(400, 422);
    assertThat(guest(102).path("status").asText()).isEqualTo("running");
  }

  @Test
  void refusesToStopTheProtectedGuestWhateverAnybodyApproves() throws IOException {
    Reply refused = person.run("stop_vm", address("titan", 100));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.state()).isEqualTo("REFUSED");
    assertThat(refused.action().path("reasons").toString()).contains("protected");
    assertThat(refused.action().has("approval")).isFalse();
    ObjectNode hard = address("titan", 100).put("hard", true);
    assertThat(person.run("stop_vm", hard).status()).isEqualTo(403);
    assertThat(guest(100).path("status").asText()).isEqualTo("running");
  }

  @Test
  void saysThatAGuestRunsAlready() throws IOException {
    Reply reply = person.run("start_vm", address("mimas", 102));

    assertThat(reply.state()).isEqualTo("FAILED");
    assertThat(reply.action().path("error").path("code").asText()).isEqualTo("already-running");
  }

  @Test
  void saysThatAGuestIsLocked() throws IOException {
    faults.on("guest-locked?vmid=204");
    try {
      Reply reply = person.run("start_container", address("dione", 204));

      assertThat(reply.state()).isEqualTo("FAILED");
      assertThat(reply.action().path("error").path("message").asText())
          .contains("locked", "backup");
    } finally {
      faults.off("guest-locked?vmid=204");
    }
  }

  @Test
  void saysThatAGuestVanished() throws IOException {
    faults.on("guest-vanished?vmid=205");
    try {
      Reply reply = person.run("start_container", address("dione", 205));

      assertThat(reply.status()).isIn(404, 409);
      assertThat(reply.body().path("detail").asText()).containsAnyOf("vanished", "no CT 205");
    } finally {
      faults.off("guest-vanished?vmid=205");
    }
  }

  @Test
  void saysThatTheClusterHasNoQuorum() throws IOException {
    faults.on("quorum-lost");
    try {
      person.await(
          "/api/clusters",
          clusters -> clusters.path("items").get(0).path("status").asText().equals("no-quorum"));

      Reply reply = person.run("start_container", address("dione", 205));

      assertThat(reply.body().toString()).contains("no quorum");
      assertThat(reply.state()).isIn("REFUSED", "FAILED");
    } finally {
      faults.off("quorum-lost");
      person.await(
          "/api/clusters",
          clusters -> clusters.path("items").get(0).path("status").asText().equals("online"));
    }
  }

  @Test
  void menusComeFromTheCatalogueWithTheReasonsForWhatIsRefused() throws IOException {
    JsonNode menu = person.get("/api/resources/pve:demo:guest:100/actions").body().path("items");

    assertThat(menu).isNotEmpty();
    for (JsonNode entry : menu) {
      if (entry.path("tool").asText().equals("stop_vm")) {
        assertThat(entry.path("available").asBoolean(true)).isFalse();
        assertThat(entry.path("reason").asText()).contains("protected");
      }
    }
    assertThat(menu.findValuesAsText("tool")).contains("start_vm", "stop_vm", "get_vms");
  }

  @Test
  void recordsEverythingInAChainThatHolds() throws IOException {
    person.run("stop_vm", address("titan", 100));

    JsonNode verification = person.get("/api/audit/verify").body();
    assertThat(verification.path("valid").asBoolean()).isTrue();
    assertThat(verification.path("records").asLong()).isPositive();
    assertThat(person.get("/api/audit?limit=500").body().toString()).contains("REFUSED");
  }

  @Test
  void refusesForeignOriginsAndMissingCsrfTokens() throws IOException {
    JarvisClient foreign = JarvisClient.person(jarvis.url()).with("Origin", "https://evil.example");
    assertThat(foreign.run("get_vms", object()).status()).isEqualTo(403);

    JarvisClient careless = JarvisClient.person(jarvis.url()).without("X-CSRF-Token");
    Reply reply = careless.run("start_vm", address("rhea", 104));
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body().path("code").asText()).isEqualTo("csrf-invalid");
  }

  private static int count(String kind) throws IOException {
    return person.get("/api/resources?kind=" + kind + "&limit=500").body().path("total").asInt();
  }

  private static JsonNode guest(int vmid) throws IOException {
    return person.get("/api/resources/pve:demo:guest:" + vmid).body();
  }

  private static String state(JsonNode reply) {
    return (reply.has("action") ? reply.path("action") : reply).path("state").asText();
  }

  private static ObjectNode address(String node, int vmid) {
    return object().put("node", node).put("vmid", vmid);
  }
}
