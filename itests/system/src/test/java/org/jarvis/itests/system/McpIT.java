package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jarvis.itests.system.JarvisClient.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an MCP client can do in the demo, and what it cannot, whatever it sends. */
class McpIT {
  private static final List<String> CLAIMS =
      List.of(
          "confirmed",
          "approved",
          "override",
          "force_approve",
          "consent",
          "human_confirmed",
          "skip_approval",
          "principal",
          "origin",
          "role",
          "scope",
          "tier",
          "trusted",
          "sudo",
          "approval_id",
          "elicitation_result",
          "kind",
          "user",
          "autonomy",
          "halted");

  @TempDir static Path folder;

  private static RunningJarvis jarvis;
  private static JarvisClient person;
  private static String reading;
  private static String operating;
  private static String forMcp;

  @BeforeAll
  static void start() throws IOException {
    jarvis = RunningJarvis.demo(folder.resolve("data"), "--speed", "10");
    person = JarvisClient.firstPerson(jarvis);
    person.awaitHosts();
    reading = token("reading", "read", "api");
    operating = token("operating", "operate", "api");
    forMcp = token("for mcp", "operate", "mcp");
  }

  @AfterAll
  static void stop() throws IOException {
    jarvis.close();
  }

  private static JsonNode makeToken(String name, String scope, String audience) throws IOException {
    ObjectNode wish = object().put("name", name).put("audience", audience);
    wish.putArray("scopes").add(scope);
    JarvisClient.Reply made = person.post("/api/auth/tokens", wish);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body().path("audience").asText()).isEqualTo(audience);
    return made.body();
  }

  private static String token(String name, String scope, String audience) throws IOException {
    return makeToken(name, scope, audience).path("token").asText();
  }

  private static McpPeer peer(String token) throws IOException {
    return McpPeer.open(jarvis.url(), token);
  }

  private static List<String> tools(McpPeer peer) throws IOException {
    return peer.ask("tools/list", object()).path("tools").findValuesAsText("name");
  }

  private static ObjectNode guest(int vmid) {
    return at("rhea", vmid);
  }

  private static ObjectNode at(String node, int vmid) {
    return object().put("node", node).put("vmid", vmid);
  }

  private static JsonNode action(JsonNode result) {
    return result.path("structuredContent").path("action");
  }

  private static String status(int vmid) throws IOException {
    return person.get("/api/resources/pve:demo:guest:" + vmid).body().path("status").asText();
  }

  @Test
  void listsTheToolsThatATokenCovers() throws IOException {
    assertThat(tools(peer(reading)))
        .contains("get_action", "get_vms", "get_cluster_status")
        .doesNotContain("start_vm", "stop_vm");
    assertThat(tools(peer(operating))).contains("get_vms", "start_vm", "stop_vm");
    assertThat(tools(peer(forMcp))).contains("get_vms", "start_vm", "stop_vm");
    assertThat(tools(peer(loginToken()))).contains("get_vms", "start_vm", "stop_vm");
  }

  private static String loginToken() throws IOException {
    return JarvisClient.anonymous(jarvis.url())
        .post(
            "/api/auth/login",
            object()
                .put("username", JarvisClient.USER)
                .put("password", JarvisClient.PASSWORD)
                .put("kind", "token"))
        .body()
        .path("token")
        .asText();
  }

  @Test
  void readsWithAReadingToken() throws IOException {
    McpPeer peer = peer(reading);
    JsonNode result = peer.call("get_vms", object());
    assertThat(result.path("isError").asBoolean()).isFalse();
    assertThat(action(result).path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(result.path("content").toString()).contains("win11");
    JsonNode clusters = peer.ask("resources/read", object().put("uri", "jarvis://clusters"));
    assertThat(clusters.path("contents").get(0).path("text").asText())
        .contains("\"ref\":\"pve:demo:cluster\"", "\"stale\":false");
  }

  @Test
  void refusesAWritingToolToAReadingToken() throws IOException {
    int before = person.get("/api/actions?limit=500").body().path("total").asInt();
    JsonNode refused = peer(reading).call("start_vm", guest(104));
    assertThat(refused.path("isError").asBoolean()).isTrue();
    assertThat(refused.toString()).contains("operate");
    assertThat(person.get("/api/actions?limit=500").body().path("total").asInt()).isEqualTo(before);
  }

  @Test
  void startsAGuestOnceAPersonHasConsented() throws IOException {
    McpPeer peer = peer(forMcp);
    JsonNode pending = peer.call("start_vm", guest(104));
    assertThat(pending.path("isError").asBoolean()).isFalse();
    JsonNode action = action(pending);
    assertThat(action.path("state").asText()).isEqualTo("AWAITING_APPROVAL");
    assertThat(pending.path("content").get(0).path("text").asText())
        .contains(
            action.path("id").asText(),
            action.path("approval").path("id").asText(),
            jarvis.url().toString());
    assertThat(status(104)).isEqualTo("stopped");

    // Neither over MCP nor with any token: only a person's session can consent.
    String approval = "/api/approvals/" + action.path("approval").path("id").asText();
    for (String token : List.of(operating, forMcp, loginToken())) {
      assertThat(
              JarvisClient.bearer(jarvis.url(), token)
                  .post(approval, object().put("decision", "approve"))
                  .status())
          .isEqualTo(403);
    }
    assertThat(person.answer(action, "approve").status()).isEqualTo(200);
    ObjectNode poll = object().put("id", action.path("id").asText());
    JsonNode polled = peer.call("get_action", poll);
    long end = System.nanoTime() + 60_000_000_000L;
    while (action(polled).path("state").asText().equals("RUNNING") && System.nanoTime() < end) {
      polled = peer.call("get_action", poll);
    }
    assertThat(action(polled).path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(status(104)).isEqualTo("running");
    JsonNode recorded = person.get("/api/actions/" + action.path("id").asText()).body();
    assertThat(recorded.path("origin").asText()).isEqualTo("mcp");
    assertThat(recorded.path("principal").path("kind").asText()).isEqualTo("mcp");
  }

  static Stream<Arguments> toolsThatRead() {
    ObjectNode titan = object().put("node", "titan");
    return Stream.of(
        Arguments.of("get_cluster_status", object()),
        Arguments.of("get_node_status", titan),
        Arguments.of("get_vms", object()),
        Arguments.of("get_containers", object()),
        Arguments.of("get_storage", object()),
        Arguments.of("get_cluster_resources", object()),
        Arguments.of("get_node_temperature", titan),
        Arguments.of("get_recent_tasks", titan),
        Arguments.of("get_backups", object()),
        Arguments.of("execute_ssh", object().put("node", "titan").put("command", "uptime")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toolsThatRead")
  void runsEachNamedToolThatReads(String tool, ObjectNode arguments) throws IOException {
    JsonNode result = peer(operating).call(tool, arguments);
    assertThat(result.path("isError").asBoolean()).as("%s", result).isFalse();
    assertThat(action(result).path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(action(result).path("tier").asText()).isEqualTo("GREEN");
    assertRecorded(action(result), tool, "SUCCEEDED");
  }

  static Stream<Arguments> toolsThatChange() {
    return Stream.of(
        Arguments.of("start_vm", guest(104), "YELLOW"),
        Arguments.of("stop_vm", at("titan", 103), "RED"),
        Arguments.of("restart_vm", at("mimas", 102), "RED"),
        Arguments.of("start_container", at("dione", 205), "YELLOW"),
        Arguments.of("stop_container", guest(201), "RED"),
        Arguments.of("restart_container", at("mimas", 202), "RED"),
        Arguments.of(
            "restart_service", object().put("node", "mimas").put("service", "pvestatd"), "YELLOW"),
        Arguments.of("reboot_node", object().put("node", "rhea"), "RED"),
        Arguments.of(
            "execute_ssh",
            object().put("node", "mimas").put("command", "systemctl restart cron"),
            "YELLOW"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("toolsThatChange")
  void waitsForAPersonWithEachNamedToolThatChanges(String tool, ObjectNode arguments, String tier)
      throws IOException {
    JsonNode pending = peer(forMcp).call(tool, arguments);
    JsonNode action = action(pending);
    assertThat(action.path("state").asText()).as("%s", pending).isEqualTo("AWAITING_APPROVAL");
    assertThat(action.path("tier").asText()).isEqualTo(tier);
    assertThat(person.answer(action, "reject").status()).isEqualTo(200);
    assertRecorded(action, tool, "REJECTED");
  }

  @Test
  void wakesANodeOnceAPersonHasConsented() throws IOException {
    String dione = "/api/resources/pve:demo:node:dione";
    LabFaults.of(folder.resolve("data/lab")).on("node-offline?node=dione");
    person.await(dione, node -> node.path("status").asText().equals("offline"));
    McpPeer peer = peer(forMcp);
    JsonNode action = action(peer.call("wake_node", object().put("node", "dione")));
    assertThat(action.path("state").asText()).isEqualTo("AWAITING_APPROVAL");
    assertThat(person.answer(action, "approve").status()).isEqualTo(200);
    person.await(dione, node -> node.path("status").asText().equals("online"));
    person.await(
        "/api/actions/" + action.path("id").asText(),
        ended -> ended.path("state").asText().equals("SUCCEEDED"));
    assertRecorded(action, "wake_node", "SUCCEEDED");
  }

  /** What the records say of an action: who wished it, by which way, and what came of it. */
  private static void assertRecorded(JsonNode action, String tool, String state)
      throws IOException {
    JsonNode recorded = person.get("/api/actions/" + action.path("id").asText()).body();
    assertThat(recorded.path("tool").asText()).isEqualTo(tool);
    assertThat(recorded.path("state").asText()).isEqualTo(state);
    assertThat(recorded.path("origin").asText()).isEqualTo("mcp");
    assertThat(recorded.path("principal").path("kind").asText()).isEqualTo("mcp");
  }

  @Test
  void hasNoEffectWhateverIsSmuggled() throws IOException {
    McpPeer peer = peer(operating);
    int count = 0;
    for (String claim : CLAIMS) {
      List<ObjectNode> variants = new ArrayList<>();
      ObjectNode argument = params();
      ((ObjectNode) argument.get("arguments")).put(claim, true);
      variants.add(argument);
      ObjectNode nested = params();
      ((ObjectNode) nested.get("arguments")).putObject("options").put(claim, true);
      variants.add(nested);
      ObjectNode meta = params();
      meta.putObject("_meta").put(claim, true).putObject("jarvis").put(claim, "yes");
      variants.add(meta);
      variants.add(params().put(claim, true));
      for (ObjectNode variant : variants) {
        assertNothingRan(peer.answer("tools/call", variant, Map.of()));
        count++;
      }
      assertNothingRan(
          peer.answer(
              "tools/call", params(), Map.of("X-Jarvis-" + claim.replace('_', '-'), "true")));
      count++;
    }
    assertThat(count).isEqualTo(100);
    assertThat(status(101)).isEqualTo("running");
  }

  private static ObjectNode params() {
    ObjectNode params = object().put("name", "stop_vm");
    params.set("arguments", guest(101));
    return params;
  }

  /** Refused for its form, or still waiting for a person. */
  private static void assertNothingRan(JsonNode answer) {
    JsonNode result = answer.path("result");
    boolean refused = result.path("isError").asBoolean() || answer.has("error");
    boolean waits = action(result).path("state").asText().equals("AWAITING_APPROVAL");
    assertThat(refused || waits).as("%s", answer).isTrue();
  }

  @Test
  void keepsATokenForMcpOutOfEverythingElse() throws IOException {
    JarvisClient stolen = JarvisClient.bearer(jarvis.url(), forMcp);
    for (String path : List.of("/api/tools", "/api/auth/me", "/metrics", "/api/clusters")) {
      JarvisClient.Reply refused = stolen.get(path);
      assertThat(refused.status()).as(path).isEqualTo(403);
      assertThat(refused.body().path("detail").asText()).contains("made for MCP");
    }
    assertThat(stolen.run("start_vm", guest(104)).status()).isEqualTo(403);
    assertThat(person.get("/api/auth/tokens").body().findValuesAsText("audience"))
        .contains("mcp", "api");
  }

  @Test
  void takesNoCookieAndKnowsASessionOnlyByItsToken() throws IOException {
    JarvisClient.Reply byCookie =
        person.post("/mcp", object().put("jsonrpc", "2.0").put("id", 1).put("method", "ping"));
    assertThat(byCookie.status()).isEqualTo(401);
    McpPeer own = peer(operating);
    assertThat(own.hijackedWith(reading).ping(Map.of())).isEqualTo(404);
    assertThat(own.hijackedWith("jarvis_nonsense").ping(Map.of())).isEqualTo(401);
    assertThat(own.ping(Map.of())).isEqualTo(200);
  }

  @Test
  void refusesForeignOriginsByEveryMethodAndForeignHosts() throws IOException {
    McpPeer peer = peer(reading);
    Map<String, String> foreign = Map.of("Origin", "https://evil.example");
    assertThat(peer.ping(foreign)).isEqualTo(403);
    assertThat(peer.send("GET", null, foreign).statusCode()).isEqualTo(403);
    assertThat(peer.send("DELETE", null, foreign).statusCode()).isEqualTo(403);
    assertThat(peer.ping(Map.of("Origin", jarvis.url().toString()))).isEqualTo(200);
    assertThat(statusForHost("evil.example")).isEqualTo("403");
    assertThat(statusForHost("localhost")).isEqualTo("406");
  }

  /** DNS rebinding: an attacker's own name points at this machine. No HTTP library sends that. */
  private static String statusForHost(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), jarvis.url().getPort())) {
      String request =
          "GET /mcp HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.formatted(host, reading).getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }
  }

  @Test
  void boundsWhatItReads() throws IOException {
    McpPeer peer = peer(reading);
    assertThat(peer.send("POST", "x".repeat(1024 * 1024 + 1), Map.of()).statusCode())
        .isEqualTo(413);
    assertThat(peer.ping(Map.of())).isEqualTo(200);
  }

  @Test
  void endsSessionsAndStreamsWithTheirToken() throws IOException {
    JsonNode made = makeToken("short-lived", "read", "mcp");
    McpPeer peer = peer(made.path("token").asText());
    try (BufferedReader stream = peer.listen()) {
      assertThat(stream.readLine()).startsWith(":");
      assertThat(person.delete("/api/auth/tokens/" + made.path("id").asText()).status())
          .isEqualTo(204);
      assertThat(stream.lines().filter(line -> !line.isEmpty() && !line.startsWith(":"))).isEmpty();
    }
    assertThat(peer.ping(Map.of())).isEqualTo(401);
  }

  @Test
  void offersADropInToolAtOnceAndTellsWhoeverListens() throws IOException {
    McpPeer peer = peer(reading);
    Path jar = ExampleExtension.buildTool(folder);
    Path deploy = jarvis.data().resolve("deploy");
    try (BufferedReader stream = peer.listen()) {
      Path incoming = Files.copy(jar, deploy.resolve(".incoming"));
      Files.move(incoming, deploy.resolve("tool.jar"), StandardCopyOption.ATOMIC_MOVE);
      JsonNode waiting =
          person
              .await("/api/extensions", list -> list.toString().contains("awaiting-consent"))
              .path("items")
              .get(0);
      assertThat(tools(peer)).doesNotContain("say_hello");
      person.post(
          "/api/extensions/" + waiting.path("id").asText(), object().put("decision", "approve"));
      String told = stream.readLine();
      while (!told.startsWith("data:")) {
        told = stream.readLine();
      }
      assertThat(told).contains("notifications/tools/list_changed");
      assertThat(tools(peer)).contains("say_hello");
      JsonNode said = peer.call("say_hello", object());
      assertThat(said.toString()).contains("Hello from a jar.");
      Files.delete(deploy.resolve("tool.jar"));
      told = stream.readLine();
      while (!told.startsWith("data:")) {
        told = stream.readLine();
      }
      assertThat(tools(peer)).doesNotContain("say_hello");
    }
  }
}
