package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of a tool, a policy, a detector, a panel, a provider of models and a connector, as
 * their author would build, drop in and take them away.
 */
class ExamplesIT {
  private static final Path EXAMPLES = Path.of(System.getProperty("examples.folder"));
  private static final String TOOL =
      "busiest-guests/src/main/java/org/example/busiest/BusiestGuests.java";
  private static final String POLICY =
      "quiet-hours/src/main/java/org/example/quiethours/QuietHours.java";
  private static final String DETECTOR =
      "too-many-snapshots/src/main/java/org/example/snapshots/TooManySnapshots.java";
  private static final String PANEL =
      "memory-by-node/src/main/java/org/example/nodememory/MemoryByNode.java";
  private static final String PROVIDER =
      "model-by-command/src/main/java/org/example/command/CommandExchange.java";
  private static final String CONNECTOR =
      "libvirt-by-virsh/src/main/java/org/example/libvirt/Power.java";
  private static final String MACHINE = "/api/resources?kind=guest&cluster=" + VirshScript.CLUSTER;
  private static final String PANELS = "/api/panels";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LONGEST_TOOL = 30;

  @TempDir Path folder;

  private JarvisClient person;
  private Path deploy;

  @Test
  void toolAndPolicyComeWorkAndGo() throws IOException {
    Path tool = ExampleExtension.build(folder, "busiest-guests");
    Path changed =
        ExampleExtension.buildChangedTool(folder, "Lists the ten guests", "Lists the guests");
    Path policy = ExampleExtension.build(folder, "quiet-hours");
    try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("data"))) {
      person = JarvisClient.firstPerson(jarvis);
      deploy = jarvis.data().resolve("deploy");
      toolComesAndGoes(tool, changed, jarvis);
      policyComesAndGoes(policy, jarvis.data().resolve("etc"));
    }
  }

  @Test
  void panelComesIsLiveAndGoes() throws IOException {
    Path panel = ExampleExtension.build(folder, "memory-by-node");
    try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("data"))) {
      person = JarvisClient.firstPerson(jarvis);
      deploy = jarvis.data().resolve("deploy");
      assertThat(person.get(PANELS).body().path("total").asInt()).isZero();
      try (PageSocket page = person.socket("/ws/events")) {
        page.await(text -> text.contains("\"heartbeat\""), PATIENCE);
        consentTo(panel, "panel.jar", "org.example.nodememory");
        page.await(PageFrame.LIST.with("example-memory-by-node"), PATIENCE);
        panelIsShown(page);

        Files.delete(deploy.resolve("panel.jar"));
        page.await(PageFrame.LIST.without("example-memory-by-node"), PATIENCE);
      }
      person.await(PANELS, panels -> panels.path("total").asInt() == 0);
      assertThat(person.get(PANELS + "/example-memory-by-node").status()).isEqualTo(404);
      assertThat(JarvisClient.anonymous(jarvis.url()).get(PANELS).status()).isEqualTo(401);
    }
  }

  @Test
  void modelComesAnswersIsTakenAwayWhileItSpeaksAndComesAgain() throws Exception {
    Path model = ExampleExtension.build(folder, "model-by-command");
    try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("data"))) {
      person = JarvisClient.firstPerson(jarvis);
      deploy = jarvis.data().resolve("deploy");
      ModelScript script = ModelScript.write(folder, jarvis.data().resolve("etc"));
      ChatTalk talk = ChatTalk.begin(person);
      talk.say("How is the cluster?");
      assertThat(talk.awaitEnd().at("/answerer/provider").asText()).isEqualTo("built-in");

      consentTo(model, "model.jar", "org.example.command");
      modelAnswers(talk, script, 2);
      modelIsTakenAwayWhileItSpeaks(talk, script, 3);

      // The same bytes need no second consent.
      put(model, "model.jar");
      modelAnswers(talk, script, 4);
      assertThat(talk.messages()).hasSize(2 * 4);
    }
  }

  @Test
  void connectorComesIsOperatedThroughTheGateAndGoes() throws IOException {
    Path connector = ExampleExtension.build(folder, "libvirt-by-virsh");
    try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("data"))) {
      person = JarvisClient.firstPerson(jarvis);
      deploy = jarvis.data().resolve("deploy");
      VirshScript virsh = VirshScript.write(folder, jarvis.data().resolve("etc"));
      assertThat(person.get(MACHINE).body().path("total").asInt()).isZero();

      consentTo(connector, "connector.jar", "org.example.libvirt");
      JsonNode guests = person.await(MACHINE, found -> found.path("total").asInt() == 2);
      assertThat(guests.findValuesAsText("name"))
          .containsExactlyInAnyOrder(VirshScript.RUNNING, VirshScript.STOPPED);
      startsAGuest(virsh, guest(guests, VirshScript.STOPPED));
      stopsAGuestOnceItIsKnownWhereJarvisRuns(virsh, guest(guests, VirshScript.RUNNING));

      Files.delete(deploy.resolve("connector.jar"));
      person.await("/api/clusters", clusters -> isConnection(clusters, "missing"));
      JsonNode stale = person.await(MACHINE + "&stale=true", all -> all.path("total").asInt() == 2);
      String before = virsh.changes();
      JarvisClient.Reply refused =
          person.run("start_vm", address(guest(stale, VirshScript.RUNNING)));
      assertThat(refused.state()).as(refused.toString()).isNotEqualTo("SUCCEEDED");
      assertThat(refused.toString()).contains("connector");
      assertThat(virsh.changes()).isEqualTo(before);
    }
  }

  private void startsAGuest(VirshScript virsh, JsonNode guest) throws IOException {
    JarvisClient.Reply started = person.run("start_vm", address(guest));

    assertThat(started.state()).as(started.toString()).isEqualTo("SUCCEEDED");
    assertThat(started.action().path("tier").asText()).isEqualTo("YELLOW");
    assertThat(virsh.changes()).matches("start [0-9a-f-]{36}\n");
    person.await(
        MACHINE,
        found -> guest(found, VirshScript.STOPPED).path("status").asText().equals("running"));
  }

  private void stopsAGuestOnceItIsKnownWhereJarvisRuns(VirshScript virsh, JsonNode guest)
      throws IOException {
    JarvisClient.Reply refused = person.run("stop_vm", address(guest));
    assertThat(refused.state()).as(refused.toString()).isEqualTo("REFUSED");
    String whereabouts = "/api/whereabouts/" + VirshScript.CLUSTER;
    assertThat(person.put(whereabouts, JarvisClient.object().put("outside", true)).status())
        .isEqualTo(200);

    JarvisClient.Reply asked = person.run("stop_vm", address(guest));
    assertThat(asked.state()).as(asked.toString()).isEqualTo("AWAITING_APPROVAL");
    assertThat(virsh.changes().lines()).hasSize(1);
    assertThat(person.answer(asked.action(), "approve").status()).isEqualTo(200);
    person.await(
        "/api/actions/" + asked.action().path("id").asText(),
        action -> action.toString().contains("\"SUCCEEDED\""));
    assertThat(virsh.changes().lines()).hasSize(2);
    JsonNode now = person.get(MACHINE).body();
    assertThat(guest(now, VirshScript.RUNNING).path("status").asText()).isEqualTo("stopped");
  }

  private static ObjectNode address(JsonNode guest) {
    return JarvisClient.object()
        .put("cluster", VirshScript.CLUSTER)
        .put("node", VirshScript.NODE)
        .put("vmid", guest.path("vmid").asInt());
  }

  private static JsonNode guest(JsonNode guests, String name) {
    for (JsonNode guest : guests.path("items")) {
      if (guest.path("name").asText().equals(name)) {
        return guest;
      }
    }
    throw new AssertionError(name + " is not among " + guests);
  }

  private static boolean isConnection(JsonNode clusters, String connection) {
    for (JsonNode cluster : clusters.path("items")) {
      if (cluster.path("ref").asText().equals("pve:" + VirshScript.CLUSTER + ":cluster")) {
        return cluster.path("connection").asText().equals(connection);
      }
    }
    return false;
  }

  private void modelAnswers(ChatTalk talk, ModelScript script, int question) throws Exception {
    talk.awaitFirst(ModelScript.NAME);
    talk.say("And to you?");
    // It counts what it was told of the conversation, whoever answered the questions before.
    talk.awaitWords("Question " + question + ".");
    script.goOn();
    JsonNode answer = talk.awaitEnd();
    assertThat(answer.path("text").asText().strip()).isEqualTo("Question " + question + ". Grüße.");
    assertThat(answer.at("/answerer/provider").asText()).isEqualTo(ModelScript.NAME);
    assertThat(answer.at("/answerer/title").asText()).isEqualTo(ModelScript.TITLE);
    assertThat(answer.at("/answerer/leavesTheHouse").asBoolean(true)).isFalse();
    assertThat(ChatTalk.notices(answer)).isEmpty();
  }

  private void modelIsTakenAwayWhileItSpeaks(ChatTalk talk, ModelScript script, int question)
      throws Exception {
    talk.say("How is the cluster?");
    talk.awaitWords("Question " + question + ".");
    ProcessHandle command = script.process();
    assertThat(command.isAlive()).isTrue();

    Files.delete(deploy.resolve("model.jar"));

    JsonNode answer = talk.awaitEnd();
    assertThat(answer.path("whole").asBoolean()).isTrue();
    assertThat(answer.path("text").asText()).startsWith("Question " + question + ".");
    assertThat(ChatTalk.notices(answer))
        .containsExactly(ModelScript.TITLE + " broke off: It was taken away.");
    assertThat(answer.at("/answerer/provider").asText()).isEqualTo("built-in");
    assertThat(command.onExit()).succeedsWithin(PATIENCE);
    person.await("/api/extensions", list -> list.path("total").asInt() == 0);
  }

  private void panelIsShown(PageSocket page) throws IOException {
    JsonNode listed = person.get(PANELS).body().path("items").get(0);
    assertThat(listed.path("provider").asText()).isEqualTo("org.example.nodememory");
    assertThat(listed.path("subject").isNull()).isTrue();

    JsonNode read = person.get(PANELS + "/example-memory-by-node").body();
    assertThat(read.path("stale").asBoolean(true)).as(read.toString()).isFalse();
    JsonNode rows = read.path("content").path("rows");
    assertThat(rows).hasSize(4);
    assertThat(rows.get(0).get(0).path("ref").asText()).startsWith("pve:");
    assertThat(rows.get(0).get(1).path("number").asDouble()).isPositive();

    page.send("{\"type\":\"show\",\"panels\":[{\"id\":\"example-memory-by-node\",\"ref\":null}]}");
    page.await(PageFrame.PANEL.with("\"rows\""), PATIENCE);
    // The demo's guests were promised the same as before, so only its age is told.
    page.await(PageFrame.PANEL.without("\"content\""), PATIENCE);
  }

  /** The frames that tell of panels. */
  private enum PageFrame {
    LIST("{\"type\":\"panels\""),
    PANEL("{\"type\":\"panel\",");

    private final String start;

    PageFrame(String start) {
      this.start = start;
    }

    Predicate<String> with(String part) {
      return text -> text.startsWith(start) && text.contains(part);
    }

    Predicate<String> without(String part) {
      return text -> text.startsWith(start) && !text.contains(part);
    }
  }

  private void toolComesAndGoes(Path jar, Path changed, RunningJarvis jarvis) throws IOException {
    McpPeer peer = mcp(jarvis);
    assertThat(run("get_busiest_guests").status()).isEqualTo(404);
    assertThat(has(mcpTools(peer), "get_busiest_guests")).isFalse();

    consentTo(jar, "tool.jar", "org.example.busiest");
    JsonNode listed = named(person.await("/api/tools", tools -> has(tools, "get_busiest_guests")));
    assertThat(listed.path("available").asBoolean()).as(listed.toString()).isTrue();
    assertThat(listed.path("tier").asText()).isEqualTo("GREEN");

    JarvisClient.Reply reply = run("get_busiest_guests");
    assertThat(reply.state()).as(reply.toString()).isEqualTo("SUCCEEDED");
    JsonNode items = reply.action().path("result").path("items");
    assertThat(items).isNotEmpty().hasSizeLessThanOrEqualTo(10);
    List<Double> shares = new ArrayList<>();
    items.forEach(item -> shares.add(item.path("cpuShare").asDouble()));
    assertThat(shares).isSortedAccordingTo((one, other) -> Double.compare(other, one));

    assertThat(has(mcpTools(peer), "get_busiest_guests")).isTrue();
    assertThat(peer.call("get_busiest_guests", JarvisClient.object()).toString())
        .contains("guests, busiest first.");

    saysSomethingElseOfItself(changed, JarvisClient.token(jarvis.url()));

    Files.delete(deploy.resolve("tool.jar"));
    person.await("/api/tools", tools -> !has(tools, "get_busiest_guests"));
    assertThat(has(mcpTools(peer), "get_busiest_guests")).isFalse();
    assertThat(run("get_busiest_guests").status()).isEqualTo(404);
  }

  private void saysSomethingElseOfItself(Path jar, JarvisClient token) throws IOException {
    consentTo(jar, "tool.jar", "org.example.busiest");
    JsonNode waiting =
        named(person.await("/api/tools", tools -> tools.toString().contains("\"Lists the guests")));
    assertThat(waiting.path("available").asBoolean()).as(waiting.toString()).isFalse();
    assertThat(waiting.path("reason").asText()).contains("/api/tools/get_busiest_guests/consent");
    JarvisClient.Reply refused = run("get_busiest_guests");
    assertThat(refused.state()).as(refused.toString()).isEqualTo("FAILED");
    assertThat(refused.action().path("error").toString()).contains("waits for a person's consent");

    String consent = "/api/tools/get_busiest_guests/consent";
    assertThat(token.post(consent, JarvisClient.object()).status()).isEqualTo(403);
    assertThat(person.post(consent, JarvisClient.object()).status()).isEqualTo(200);
    assertThat(run("get_busiest_guests").state()).isEqualTo("SUCCEEDED");
  }

  private McpPeer mcp(RunningJarvis jarvis) throws IOException {
    ObjectNode wish = JarvisClient.object().put("name", "reading").put("audience", "mcp");
    wish.putArray("scopes").add("read");
    JarvisClient.Reply made = person.post("/api/auth/tokens", wish);
    return McpPeer.open(jarvis.url(), made.body().path("token").asText());
  }

  private static JsonNode mcpTools(McpPeer peer) throws IOException {
    return peer.ask("tools/list", JarvisClient.object());
  }

  private void policyComesAndGoes(Path jar, Path etc) throws IOException {
    ObjectNode guest = runningVm();
    assertThat(reasons(guest)).isNotEmpty().doesNotContain("quiet hours");

    String end = hours(etc, -60, 60);
    consentTo(jar, "policy.jar", "org.example.quiethours");
    awaitPreview(guest, "These are quiet hours: nothing is disrupted until ");
    awaitPreview(guest, " " + end + " ");
    JarvisClient.Reply refused =
        person.post("/api/tools/stop_vm", JarvisClient.object().set("arguments", guest));
    assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
    assertThat(refused.state()).isEqualTo("REFUSED");

    // A changed file is taken up, and one that cannot be read denies all the more.
    Files.writeString(etc.resolve("org.jarvis.extension.quiethours.cfg"), "begins = at ten\n");
    awaitPreview(guest, "Correct it in etc/org.jarvis.extension.quiethours.cfg");
    hours(etc, 60, 120);
    awaitPreview(guest, "These are no quiet hours.");

    Files.delete(deploy.resolve("policy.jar"));
    person.await("/api/extensions", list -> list.path("total").asInt() == 0);
    assertThat(reasons(guest)).isNotEmpty().doesNotContain("quiet hours");
  }

  /** Sets the hours, counted from now, and tells when they end. */
  private static String hours(Path etc, int fromMinutes, int untilMinutes) throws IOException {
    DateTimeFormatter form = DateTimeFormatter.ofPattern("HH:mm");
    LocalTime now = LocalTime.now(ZoneId.systemDefault());
    String end = form.format(now.plusMinutes(untilMinutes));
    Files.writeString(
        etc.resolve("org.jarvis.extension.quiethours.cfg"),
        "begins = %s%nends = %s%n".formatted(form.format(now.plusMinutes(fromMinutes)), end),
        UTF_8);
    return end;
  }

  private void consentTo(Path jar, String name, String symbolicName) throws IOException {
    put(jar, name);
    JsonNode list =
        person.await("/api/extensions", found -> found.toString().contains("awaiting-consent"));
    JsonNode extension = waiting(list);
    assertThat(extension.path("symbolicName").asText()).isEqualTo(symbolicName);
    JarvisClient.Reply reply =
        person.post(
            "/api/extensions/" + extension.path("id").asText(),
            JarvisClient.object().put("decision", "approve"));
    assertThat(reply.body().path("state").asText()).as(reply.toString()).isEqualTo("running");
  }

  private void put(Path jar, String name) throws IOException {
    Path incoming = Files.copy(jar, deploy.resolve(".incoming"));
    Files.move(incoming, deploy.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static JsonNode waiting(JsonNode extensions) {
    for (JsonNode extension : extensions.path("items")) {
      if (extension.path("state").asText().equals("awaiting-consent")) {
        return extension;
      }
    }
    throw new AssertionError("none waits: " + extensions);
  }

  private JarvisClient.Reply run(String tool) throws IOException {
    return person.run(tool, JarvisClient.object());
  }

  private static boolean has(JsonNode tools, String name) {
    return tools.toString().contains("\"" + name + "\"");
  }

  private static JsonNode named(JsonNode tools) {
    for (JsonNode tool : tools.path("items")) {
      if (tool.path("name").asText().equals("get_busiest_guests")) {
        return tool;
      }
    }
    throw new AssertionError("not listed: " + tools);
  }

  private ObjectNode runningVm() throws IOException {
    for (JsonNode item : person.get("/api/resources?kind=guest&limit=200").body().path("items")) {
      if (item.path("type").asText().equals("qemu")
          && item.path("status").asText().equals("running")
          && !item.path("protected").asBoolean()) {
        return JarvisClient.object()
            .put("node", item.path("node").asText())
            .put("vmid", item.path("vmid").asInt());
      }
    }
    throw new IOException("The demo has no running VM.");
  }

  /** The reasons for and against stopping the guest. */
  private String reasons(ObjectNode guest) throws IOException {
    return person
        .post("/api/tools/stop_vm/preview", JarvisClient.object().set("arguments", guest))
        .action()
        .path("reasons")
        .toString();
  }

  private void awaitPreview(ObjectNode guest, String reason) throws IOException {
    // Any answer will do to look again: the file is taken up within about a second.
    person.await(
        "/api/health",
        health -> {
          try {
            return reasons(guest).contains(reason);
          } catch (IOException failed) {
            return false;
          }
        });
  }

  /** Its own test, with the contract of the test kit, runs with the build. */
  @Test
  void detectorIsBuiltByItsOwnPom() throws IOException {
    assertThat(ExampleExtension.build(folder, "too-many-snapshots")).exists();
  }

  @Test
  void toolIsShort() throws IOException {
    String source = Files.readString(EXAMPLES.resolve(TOOL), UTF_8);
    assertThat(source.substring(source.indexOf("@Component")).lines().count())
        .isLessThanOrEqualTo(LONGEST_TOOL);
    assertThat(source.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @ParameterizedTest
  @CsvSource({
    "tool.md," + TOOL,
    "policy.md," + POLICY,
    "detector.md," + DETECTOR,
    "panel.md," + PANEL,
    "provider.md," + PROVIDER,
    "connector.md," + CONNECTOR
  })
  void documentationShowsTheExampleAsItIs(String page, String source) throws IOException {
    String text =
        Files.readString(EXAMPLES.resolveSibling("docs").resolve("extending").resolve(page), UTF_8);
    Matcher block = Pattern.compile("(?s)```java\\n(.*?)```").matcher(text);
    assertThat(block.find()).isTrue();
    assertThat(Files.readString(EXAMPLES.resolve(source), UTF_8)).contains(block.group(1));
  }
}
