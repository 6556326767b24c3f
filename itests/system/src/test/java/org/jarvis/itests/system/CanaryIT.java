package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants secrets wherever Jarvis takes or makes some, makes it fail in many ways with them, and
 * looks for them in everything that others may read: the log, what is printed, every reply, the
 * events, the audit log, the listing of a backup, and the list of processes.
 */
class CanaryIT {
  private static final String PASSWORD = "canary-password-wren-7731";
  private static final String WRONG_PASSWORD = "canary-wrong-finch-9452";
  private static final String NEW_PASSWORD = "canary-next-siskin-2210";
  private static final String CLUSTER_TOKEN = "0ca4a41e-feed-4bad-cafe-c0ffee0c0de5";

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final Map<String, String> canaries = new LinkedHashMap<>();
  private final List<String> replies = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private URI url = URI.create("http://127.0.0.1");

  @Test
  void showsNoSecretToAnybody() throws Exception {
    Path data = folder.resolve("data");
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(
        etc.resolve("org.jarvis.connector.proxmox-home.cfg"),
        """
        name = home
        addresses = https://127.0.0.1:1
        token = jarvis@pve!jarvis=%s
        poll.interval.seconds = 1
        """
            .formatted(CLUSTER_TOKEN));
    try (RunningJarvis jarvis = RunningJarvis.run(data, "--etc", etc.toString())) {
      url = jarvis.url();
      plant(jarvis);
      failInManyWays();
      readEverything();
      Outcome backup = backUp(data, etc);

      Map<String, String> places = new LinkedHashMap<>();
      places.put("the replies", String.join("\n", replies));
      places.put("the log", logs(data));
      places.put("what is complained of", jarvis.complaints());
      places.put("what is printed", printedButSetupToken(jarvis));
      places.put("the backup's listing", backup.output() + backup.errors());
      places.put("the list of processes", commandLine(jarvis));
      assertNoCanaryIn(places);
    }
  }

  /** Makes an account, sessions and tokens; every secret of theirs is a canary from then on. */
  private void plant(RunningJarvis jarvis) throws Exception {
    canaries.put("the password", PASSWORD);
    canaries.put("a wrong password", WRONG_PASSWORD);
    canaries.put("the next password", NEW_PASSWORD);
    canaries.put("the cluster's token", CLUSTER_TOKEN);
    canaries.put("the setup token", jarvis.setupToken());
    send("POST", "/api/auth/setup", "{\"token\":\"wrong-%s\"}".formatted(jarvis.setupToken()));
    send(
        "POST",
        "/api/auth/setup",
        """
        {"token":"%s","username":"ada","password":"%s"}"""
            .formatted(jarvis.setupToken(), PASSWORD));
    login(PASSWORD);
    HttpResponse<String> jwt = request("POST", "/api/auth/login", credentials(PASSWORD, "token"));
    canaries.put("a login's token", text(jwt.body(), "token"));
  }

  private static String text(String body, String field) throws IOException {
    return JSON.readTree(body).path(field).asText();
  }

  private void login(String password) throws Exception {
    HttpResponse<String> login =
        request("POST", "/api/auth/login", credentials(password, "session"));
    assertThat(login.statusCode()).isEqualTo(200);
    for (String header : login.headers().allValues("Set-Cookie")) {
      HttpCookie cookie = HttpCookie.parse(header).get(0);
      canaries.put("the cookie " + cookie.getName(), cookie.getValue());
    }
    canaries.put("the CSRF token", text(login.body(), "csrfToken"));
  }

  private void failInManyWays() throws Exception {
    send("POST", "/api/auth/login", credentials(WRONG_PASSWORD, "session"));
    send("POST", "/api/auth/login", "{\"username\":\"" + WRONG_PASSWORD + "\"");
    send("POST", "/api/auth/login", "{\"username\":7,\"password\":[\"" + WRONG_PASSWORD + "\"]}");
    send("POST", "/api/auth/login", "{\"password\":\"" + WRONG_PASSWORD + "\",\"odd\":1}");
    send("POST", "/api/auth/login", credentials(WRONG_PASSWORD, "neither"));
    send(
        "GET",
        "/api/auth/me",
        null,
        "Authorization",
        "Bearer " + canaries.get("a login's token") + "x");
    send("GET", "/api/auth/me", null, "Authorization", "Basic " + WRONG_PASSWORD);
    send("GET", "/api/auth/me", null, "Cookie", "jarvis_session=" + WRONG_PASSWORD);
    person("POST", "/api/auth/tokens", "{\"name\":\"\",\"scopes\":[\"everything\"]}");
    HttpResponse<String> made =
        personRequest("POST", "/api/auth/tokens", "{\"name\":\"grafana\",\"scopes\":[\"read\"]}");
    canaries.put("a named token", text(made.body(), "token"));
    person(
        "POST",
        "/api/auth/password",
        "{\"current\":\"%s\",\"new\":\"short\"}".formatted(WRONG_PASSWORD));
    person(
        "POST",
        "/api/auth/password",
        "{\"current\":\"%s\",\"new\":\"%s\"}".formatted(PASSWORD, NEW_PASSWORD));
    person("POST", "/api/tools/start_vm", "{\"arguments\":{\"node\":\"atlas\",\"vmid\":100}}");
  }

  /** Reads all that can be read, by every path that the description names. */
  private void readEverything() throws Exception {
    String description = personRequest("GET", "/api/openapi.json", null).body();
    JsonNode paths = JSON.readTree(description).path("paths");
    List<String> names = new ArrayList<>();
    paths.fieldNames().forEachRemaining(names::add);
    assertThat(names).hasSizeGreaterThan(15);
    for (String name : names) {
      if (!paths.path(name).has("get")) {
        continue;
      }
      String path = name.replaceAll("\\{[^}]*}", "pve:home:cluster");
      // Of all that is answered, this alone tells a secret: the session's own CSRF token.
      if (!path.endsWith("/auth/me")) {
        person("GET", path.startsWith("/api") ? path : "/api" + path, null);
      }
    }
    person("GET", "/metrics", null);
    person("GET", "/api/audit?limit=1000", null);
    person("GET", "/api/events?limit=1000", null);
    assertThat(replies).anyMatch(reply -> reply.contains("login.failed"));
  }

  private Outcome backUp(Path data, Path etc) throws IOException {
    Outcome outcome =
        Commands.run(
            folder,
            UnpackedDistribution.command().toString(),
            "backup",
            "--data",
            data.toString(),
            "--etc",
            etc.toString());
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    assertThat(outcome.output()).contains("jarvis.db");
    return outcome;
  }

  private static String logs(Path data) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(data.resolve("log"))) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file, ISO_8859_1));
      }
    }
    assertThat(text).isNotEmpty();
    return text.toString();
  }

  /** The setup token is printed on purpose: that is how the owner gets it. */
  private static String printedButSetupToken(RunningJarvis jarvis) {
    return String.join(
        "\n", jarvis.lines().stream().filter(line -> !line.startsWith("Setup token: ")).toList());
  }

  private static String commandLine(RunningJarvis jarvis) throws IOException {
    Path line = Path.of("/proc", Long.toString(jarvis.process().pid()), "cmdline");
    return Files.exists(line) ? Files.readString(line, ISO_8859_1) : "";
  }

  private void assertNoCanaryIn(Map<String, String> places) {
    assertThat(canaries)
        .hasSizeGreaterThanOrEqualTo(9)
        .allSatisfy((name, value) -> assertThat(value).isNotBlank());
    List<String> found = new ArrayList<>();
    places.forEach(
        (place, text) ->
            canaries.forEach(
                (name, secret) -> {
                  if (text.contains(secret)) {
                    found.add(name + " in " + place);
                  }
                }));
    assertThat(found).isEmpty();
  }

  private static String credentials(String password, String kind) {
    return """
        {"username":"ada","password":"%s","kind":"%s"}"""
        .formatted(password, kind);
  }

  private void person(String method, String path, String body) throws Exception {
    replies.add(personRequest(method, path, body).body());
  }

  private HttpResponse<String> personRequest(String method, String path, String body)
      throws Exception {
    return request(
        method,
        path,
        body,
        "Cookie",
        "jarvis_session=" + canaries.get("the cookie jarvis_session"),
        "X-CSRF-Token",
        String.valueOf(canaries.get("the CSRF token")));
  }

  private void send(String method, String path, String body, String... headers) throws Exception {
    HttpResponse<String> response = request(method, path, body, headers);
    replies.add(response.headers().map() + response.body());
  }

  private HttpResponse<String> request(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
