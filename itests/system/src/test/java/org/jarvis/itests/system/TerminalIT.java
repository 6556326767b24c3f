package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People's terminals in the distribution, on shells with real pseudo-terminals that a connector of
 * this test's own brings.
 */
class TerminalIT {
  private static final Pattern HEAP =
      Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"} ([0-9.E+]+)");
  private static final long MEGABYTE = 1 << 20;

  @TempDir Path folder;

  private RunningJarvis jarvis;
  private JarvisClient person;

  @Test
  void aPersonAndNobodyElseHasAShellOfTheirOwn() throws Exception {
    assumeThat(Path.of("/usr/bin/script")).as("util-linux's script").exists();
    Path jar = ExampleExtension.buildShellHost(folder);
    try (RunningJarvis running = RunningJarvis.demo(folder.resolve("data"))) {
      jarvis = running;
      person = JarvisClient.firstPerson(running);
      install(jar);
      isForAPersonAlone();
      takesThePasswordAgain();
      typesAndComesBackAfterABlip();
      staysCalmUnderAFlood();
      endsWithTheKillSwitch();
      endsWithTheSession();
      isInTheAuditAndRecorded();
    }
  }

  private void install(Path jar) throws IOException {
    Path deploy = jarvis.data().resolve("deploy");
    Path incoming = Files.copy(jar, deploy.resolve(".incoming"));
    Files.move(incoming, deploy.resolve("shell-host.jar"), StandardCopyOption.ATOMIC_MOVE);
    JsonNode list = person.await("/api/extensions", found -> found.path("total").asInt() == 1);
    JarvisClient.Reply consent =
        person.post(
            "/api/extensions/" + list.path("items").get(0).path("id").asText(),
            JarvisClient.object().put("decision", "approve"));
    assertThat(consent.body().path("state").asText()).as(consent.toString()).isEqualTo("running");
  }

  private static ObjectNode wish() {
    return JarvisClient.object().put("host", "far").put("password", JarvisClient.PASSWORD);
  }

  private JsonNode opened() throws IOException {
    JarvisClient.Reply reply = person.post("/api/terminals", wish());
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    assertThat(reply.action().path("tier").asText()).isEqualTo("RED");
    return reply.body().path("terminal");
  }

  private TerminalPage page(JsonNode terminal) throws IOException {
    TerminalPage page =
        TerminalPage.attach(
            person, terminal.path("id").asText(), terminal.path("secret").asText(), -1);
    page.awaitText("far> ");
    return page;
  }

  private void isForAPersonAlone() throws IOException {
    JarvisClient token = JarvisClient.token(jarvis.url());
    JsonNode made =
        person
            .post(
                "/api/auth/tokens",
                JarvisClient.object()
                    .put("name", "mcp")
                    .put("audience", "mcp")
                    .set("scopes", JarvisClient.object().arrayNode().add("admin")))
            .body();
    JarvisClient mcp = JarvisClient.bearer(jarvis.url(), made.path("token").asText());
    JarvisClient.Reply refused = token.post("/api/terminals", wish());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().path("code").asText()).isEqualTo("person-required");
    assertThat(mcp.post("/api/terminals", wish()).status()).isEqualTo(403);
    assertThat(JarvisClient.anonymous(jarvis.url()).post("/api/terminals", wish()).status())
        .isEqualTo(401);
    assertThat(token.get("/api/terminals/recordings").status()).isEqualTo(403);
    assertThat(token.get("/api/tools").body().toString()).doesNotContain("open_terminal");

    String id = opened().path("id").asText();
    assertThat(handshake(id, "Cookie", "jarvis_session=none")).isEqualTo(401);
    assertThat(handshake(id, "Authorization", token.header("Authorization"))).isEqualTo(403);
    assertThat(handshake(id, "Authorization", mcp.header("Authorization"))).isEqualTo(403);
    assertThat(handshake(id, "Cookie", person.cookie(), "Origin", "http://evil.test"))
        .isEqualTo(403);
    assertThatThrownBy(() -> TerminalPage.attach(person, id, "wrong", -1))
        .hasMessageContaining("secret");
    JarvisClient elsewhere = JarvisClient.person(jarvis.url());
    assertThatThrownBy(() -> TerminalPage.attach(elsewhere, id, "wrong", -1))
        .hasMessageContaining("no such terminal");
    assertThat(person.delete("/api/terminals/" + id).status()).isEqualTo(204);
  }

  private int handshake(String id, String... headers) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    URI address = TerminalPage.address(jarvis.url(), id);
    try {
      builder.buildAsync(address, new WebSocket.Listener() {}).join().abort();
      return 101;
    } catch (CompletionException refused) {
      return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }
  }

  private void takesThePasswordAgain() throws IOException {
    JarvisClient.Reply wrong = person.post("/api/terminals", wish().put("password", "wrong"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body().path("code").asText()).isEqualTo("login-failed");
    assertThat(person.post("/api/terminals", JarvisClient.object().put("host", "far")).status())
        .isEqualTo(422);
  }

  private void typesAndComesBackAfterABlip() throws IOException {
    JsonNode terminal = opened();
    String id = terminal.path("id").asText();
    TerminalPage page = page(terminal);
    page.type("x=4; echo gr\u00fcn-$((x+38))\n");
    page.awaitText("gr\u00fcn-42");
    long seen = page.seq();
    page.type("sleep 1; echo done-$x\n");
    page.close();

    assertThatThrownBy(
            () -> TerminalPage.attach(person, id, terminal.path("secret").asText(), seen))
        .hasMessageContaining("used already");
    TerminalPage again = TerminalPage.attach(person, id, page.nextSecret(), seen);
    again.awaitText("done-4");
    again.type("exit 3\n");
    JsonNode ended = again.await(frame -> frame.path("type").asText().equals("ended"));
    assertThat(ended.path("exitStatus").asInt()).isEqualTo(3);
    JsonNode action =
        person.await(
            "/api/actions/" + terminal.path("action").asText(),
            now -> !now.path("state").asText().equals("RUNNING"));
    assertThat(action.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(action.path("tool").asText()).isEqualTo("open_terminal");
    again.close();
  }

  private void staysCalmUnderAFlood() throws IOException {
    JsonNode terminal = opened();
    TerminalPage page = page(terminal);
    page.type("yes\n");
    page.watch(Duration.ofSeconds(1));
    double before = heap();
    page.watch(Duration.ofSeconds(5));
    double after = heap();
    long pressed = System.nanoTime();
    page.type("\u0003");
    page.type("echo still-$((40+2))\n");
    page.awaitText("still-42");
    long millis = (System.nanoTime() - pressed) / 1_000_000;
    System.out.printf(
        "yes: %d MB told; heap %.0f to %.0f MB; Ctrl-C and a prompt after %d ms%n",
        page.characters() / MEGABYTE, before, after, millis);
    assertThat(page.characters()).isGreaterThan(5 * MEGABYTE);
    assertThat(millis).isLessThan(5_000);
    assertThat(after).isLessThan(before + 150);

    // Nobody acknowledges: the host is not read, and nothing piles up.
    page.type("yes unread\n");
    page.close();
    assertThat(person.get("/api/terminals").body().path("total").asInt()).isEqualTo(1);
    TerminalPage back =
        TerminalPage.attach(person, terminal.path("id").asText(), page.nextSecret(), page.seq());
    back.type("\u0003");
    back.awaitText("far> ");
    assertThat(person.delete("/api/terminals/" + terminal.path("id").asText()).status())
        .isEqualTo(204);
    back.await(frame -> frame.path("type").asText().equals("ended"));
    back.close();
  }

  private double heap() throws IOException {
    JarvisClient reader = JarvisClient.token(jarvis.url());
    Matcher matcher = HEAP.matcher(reader.text("/metrics"));
    if (!matcher.find()) {
      throw new IOException("no heap in /metrics");
    }
    return Double.parseDouble(matcher.group(1)) / MEGABYTE;
  }

  private void endsWithTheKillSwitch() throws IOException {
    TerminalPage page = page(opened());
    person.put("/api/guardrails", JarvisClient.object().put("halted", true));
    JsonNode ended = page.await(frame -> frame.path("type").asText().equals("ended"));
    assertThat(ended.path("reason").asText()).contains("kill switch");
    JarvisClient.Reply refused = person.post("/api/terminals", wish());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.state()).isEqualTo("REFUSED");
    person.put("/api/guardrails", JarvisClient.object().put("halted", false));
    page.close();
  }

  private void endsWithTheSession() throws IOException {
    JsonNode terminal = opened();
    TerminalPage page = page(terminal);
    person.post("/api/auth/logout", JarvisClient.object());
    page.await(
        frame ->
            frame.path("type").asText().equals("ended")
                || frame.path("type").asText().equals("closing"));
    person = JarvisClient.person(jarvis.url());
    person.await(
        "/api/actions/" + terminal.path("action").asText(),
        action -> action.path("state").asText().equals("SUCCEEDED"));
    assertThat(person.get("/api/terminals").body().path("total").asInt()).isZero();
    page.close();
  }

  private void isInTheAuditAndRecorded() throws IOException {
    String audit = person.get("/api/audit?limit=1000").body().toString();
    assertThat(audit).contains("terminal.opened", "terminal.ended", "demo/far", "bytesOut");
    assertThat(audit).doesNotContain(JarvisClient.PASSWORD);

    JsonNode list = person.get("/api/terminals/recordings").body();
    assertThat(list.path("total").asInt()).isGreaterThan(3);
    boolean found = false;
    for (JsonNode recording : list.path("items")) {
      String text = person.text("/api/terminals/recordings/" + recording.path("id").asText());
      assertThat(text).startsWith("{\"version\":2,");
      found |= text.contains("gr\u00fcn-42");
    }
    assertThat(found).as("what was printed is recorded").isTrue();
    Path recordings = jarvis.data().resolve("recordings");
    assertThat(permissions(recordings)).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(recordings)) {
      assertThat(files.toList())
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
