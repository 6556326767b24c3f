package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jarvis.itests.system.JarvisClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The protected guest 100, which runs on titan, cannot be harmed by any tool on any path, and no
 * consent to it is ever offered. Its neighbours are decided on as any other guest. No node goes
 * down that the quorum needs.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProtectedGuestIT {
  private static final String NODE = "titan";
  private static final int GUEST = 100;

  @TempDir static Path folder;

  private static GateScene scene;
  private static JarvisClient person;

  @BeforeAll
  static void start() throws IOException {
    Path etc = Files.createDirectories(folder.resolve("etc"));
    // Deleting is nobody's by default; here it is the protection alone that stands against it.
    Files.writeString(etc.resolve("org.jarvis.safety.cfg"), "never.tools = \n");
    scene = GateScene.open(folder, 10);
    person = scene.person();
    person.await("/api/tools", tools -> tools.path("total").asInt() > 0);
  }

  @AfterAll
  static void stop() throws IOException {
    scene.close();
  }

  /** Every harm there is a tool for, with sound arguments. */
  private static Map<String, ObjectNode> harms() {
    Map<String, ObjectNode> harms = new LinkedHashMap<>();
    harms.put("stop_vm", guest());
    harms.put("stop_vm hard", guest().put("hard", true));
    harms.put("restart_vm", guest());
    harms.put("restart_vm hard", guest().put("hard", true));
    harms.put("suspend_vm", guest());
    harms.put("migrate_vm", guest().put("target", "rhea"));
    harms.put("rollback_snapshot", guest().put("snapshot", "before"));
    ObjectNode cores = guest();
    cores.putObject("set").put("cores", 1);
    harms.put("set_vm_config", cores);
    ObjectNode notes = guest();
    notes.putObject("set").put("description", "nothing depends on it");
    harms.put("set_vm_config notes", notes);
    harms.put("resize_disk", guest().put("disk", "scsi0").put("growGiB", 1));
    harms.put("delete_vm", guest());
    ObjectNode stripped = guest();
    stripped.putArray("tags").add("network");
    harms.put("set_tags", stripped);
    ObjectNode emptied = guest();
    emptied.putArray("tags");
    harms.put("set_tags none", emptied);
    harms.put("reboot_node", object().put("node", NODE));
    harms.put("shutdown_node", object().put("node", NODE));
    return harms;
  }

  private static ObjectNode guest() {
    return GateScene.guest(NODE, GUEST);
  }

  private static String tool(String harm) {
    return harm.split(" ", 2)[0];
  }

  @Test
  @Order(1)
  void refusesEveryHarmToAPersonAndOffersNoConsent() throws IOException {
    String before = scene.marks();
    for (Map.Entry<String, ObjectNode> harm : harms().entrySet()) {
      Reply preview =
          person.post("/api/tools/" + tool(harm.getKey()) + "/preview", body(harm.getValue()));
      assertRefused(harm.getKey(), preview.action());
      Reply refused = person.run(tool(harm.getKey()), harm.getValue());
      assertThat(refused.status()).as("%s: %s", harm, refused).isEqualTo(403);
      assertRefused(harm.getKey(), refused.action());
    }
    assertThat(person.get("/api/approvals").body().path("total").asInt()).isZero();
    assertThat(scene.marks()).isEqualTo(before);
  }

  @Test
  @Order(1)
  void refusesEveryPlanThatHidesAHarm() throws IOException {
    String before = scene.marks();
    for (Map.Entry<String, ObjectNode> harm : harms().entrySet()) {
      ObjectNode plan = object().put("title", "Tidy up");
      var steps = plan.putArray("steps");
      steps.addObject().put("tool", "start_vm").set("arguments", GateScene.guest("rhea", 104));
      steps.addObject().put("tool", tool(harm.getKey())).set("arguments", harm.getValue());
      Reply refused = person.post("/api/plans", plan);
      assertThat(refused.status()).as("%s: %s", harm, refused).isEqualTo(403);
      assertRefused(harm.getKey(), refused.body().path("plan"));
    }
    assertThat(person.get("/api/approvals").body().path("total").asInt()).isZero();
    assertThat(scene.marks()).isEqualTo(before);
  }

  @Test
  @Order(1)
  void refusesEveryHarmOverMcp() throws IOException {
    String before = scene.marks();
    ObjectNode wish = object().put("name", "model").put("audience", "mcp");
    wish.putArray("scopes").add("operate");
    McpPeer peer =
        McpPeer.open(
            scene.jarvis().url(),
            person.post("/api/auth/tokens", wish).body().path("token").asText());
    for (Map.Entry<String, ObjectNode> harm : harms().entrySet()) {
      JsonNode result = peer.call(tool(harm.getKey()), harm.getValue());
      assertThat(result.path("isError").asBoolean()).as("%s: %s", harm, result).isTrue();
      assertRefused(harm.getKey(), result.path("structuredContent").path("action"));
    }
    assertThat(person.get("/api/approvals").body().path("total").asInt()).isZero();
    assertThat(scene.marks()).isEqualTo(before);
  }

  @Test
  @Order(2)
  void decidesOnNeighboursAsOnAnyGuest() throws IOException {
    Reply asked = person.run("stop_container", GateScene.guest(NODE, 200));
    assertThat(asked.state()).isEqualTo("AWAITING_APPROVAL");
    assertThat(person.answer(asked.action(), "approve").status()).isEqualTo(200);
    assertThat(ended(asked.action())).isEqualTo("SUCCEEDED");

    assertThat(person.run("start_container", GateScene.guest(NODE, 200)).state())
        .isEqualTo("SUCCEEDED");
  }

  @Test
  @Order(3)
  void dropsAConsentThatWasAskedForBeforeTheProtection() throws IOException {
    Reply asked = person.run("stop_vm", GateScene.guest(NODE, 103));
    assertThat(asked.state()).isEqualTo("AWAITING_APPROVAL");
    scene.lab().put("/nodes/titan/qemu/103/config?tags=docker;jarvis-protected");

    Reply consent = person.answer(asked.action(), "approve");

    assertThat(consent.state()).as("%s", consent).isNotIn("RUNNING", "SUCCEEDED");
    assertThat(ended(asked.action())).isIn("REFUSED", "EXPIRED");
    assertThat(person.answer(asked.action(), "approve").status()).isEqualTo(409);
    assertThat(person.get("/api/approvals").body().path("total").asInt()).isZero();
    // The tag goes, the protection stays until a person releases it.
    scene.lab().put("/nodes/titan/qemu/103/config?tags=docker");
    person.await(
        "/api/resources/pve:home:guest:103",
        guest -> guest.path("tags").toString().equals("[\"docker\"]"));
    Reply still = person.run("stop_vm", GateScene.guest(NODE, 103));
    assertRefused("stop_vm", still.action());
    assertThat(scene.tasks(NODE, 103, "qmshutdown")).isZero();
    assertThat(scene.tasks(NODE, 103, "qmstop")).isZero();
  }

  @Test
  @Order(4)
  void takesNoSecondNodeDown() throws IOException {
    scene.faults().on("node-offline?node=dione");
    try {
      person.await(
          "/api/resources/pve:home:node:dione",
          node -> node.path("status").asText().equals("offline"));
      for (String tool : Set.of("reboot_node", "shutdown_node")) {
        for (String node : Set.of("rhea", "mimas")) {
          Reply refused = person.run(tool, object().put("node", node));
          assertThat(refused.status()).as("%s", refused).isEqualTo(403);
          assertThat(refused.action().path("reasons").toString()).contains("is down");
          assertThat(refused.action().has("approval")).isFalse();
        }
      }
    } finally {
      scene.faults().off("node-offline?node=dione");
    }
    // Back again, the same request waits for a person.
    person.await(
        "/api/resources/pve:home:node:dione",
        node -> node.path("status").asText().equals("online"));
    Reply asked = person.run("reboot_node", object().put("node", "mimas"));
    assertThat(asked.state()).as("%s", asked).isEqualTo("AWAITING_APPROVAL");
    // And a consent to it is worth nothing once another node is down.
    scene.faults().on("node-offline?node=rhea");
    try {
      person.await(
          "/api/resources/pve:home:node:rhea",
          node -> node.path("status").asText().equals("offline"));
      ObjectNode consent = object().put("decision", "approve").put("typed", "mimas");
      Reply late =
          person.post(
              "/api/approvals/" + asked.action().path("approval").path("id").asText(), consent);
      assertThat(late.state()).as("%s", late).isNotIn("RUNNING", "SUCCEEDED");
      assertThat(scene.lab().get("/nodes").toString()).contains("mimas");
      assertThat(ended(asked.action())).isIn("REFUSED", "EXPIRED");
    } finally {
      scene.faults().off("node-offline?node=rhea");
    }
  }

  private static void assertRefused(String what, JsonNode action) {
    assertThat(action.path("state").asText()).as("%s: %s", what, action).isEqualTo("REFUSED");
    assertThat(action.path("reasons").toString()).as(what).contains("is protected");
    assertThat(action.has("approval")).as(what).isFalse();
  }

  private static String ended(JsonNode action) throws IOException {
    JsonNode now =
        person.await(
            "/api/actions/" + action.path("id").asText(),
            reply ->
                !Set.of("RUNNING", "AWAITING_APPROVAL")
                    .contains(reply.path("action").path("state").asText()));
    return now.path("action").path("state").asText();
  }

  private static ObjectNode body(ObjectNode arguments) {
    ObjectNode body = object();
    body.set("arguments", arguments);
    return body;
  }
}
