package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jarvis console}, with a Jarvis that logs as JSON. */
class ConsoleIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path folder;

  private static RunningJarvis jarvis;

  @BeforeAll
  static void start() throws IOException {
    Path data = folder.resolve("data");
    jarvis = RunningJarvis.startBy(List.of("env", "JARVIS_LOG=json"), "demo", data).awaitReady();
  }

  @AfterAll
  static void stop() throws IOException {
    if (jarvis != null) {
      jarvis.close();
    }
  }

  @Test
  void onlyWhoRunsJarvisCanReachIt() throws IOException {
    Path door = jarvis.data().resolve("console");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(door)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(door.resolve("console.sock"))))
        .isEqualTo("rw-------");
  }

  @Test
  void statusSaysHowJarvisIsAndWhatItWatches() throws IOException {
    assertThat(console("jarvis:status"))
        .contains("(demo)", jarvis.url().toString(), "4 of 4 nodes online", "core", "storage")
        .doesNotContain("\u001b");
  }

  @Test
  void bundlesAreListedWithTheirState() throws IOException {
    assertThat(console("jarvis:bundles"))
        .containsPattern("org\\.jarvis\\.core +0\\.1\\.0\\.\\S+ +active")
        .containsPattern("org\\.jarvis\\.console +0\\.1\\.0\\.\\S+ +active");
  }

  @Test
  void auditLogIsVerified() throws IOException {
    assertThat(console("jarvis:audit-verify")).contains("as it was written");
  }

  @Test
  void clusterIsTried() throws IOException {
    assertThat(console("jarvis:test-cluster", "demo"))
        .contains("certificate")
        .contains("is accepted");

    Outcome unknown = jarvis.console("jarvis:test-cluster", "nowhere");
    assertThat(unknown.exitCode()).isEqualTo(1);
  }

  @Test
  void faultsOfTheDemoAreSwitchedHere() throws IOException {
    assertThat(console("help")).contains("lab:fault");
    assertThat(console("lab:fault", "list"))
        .contains("node-offline", "a node is dead", "guest-crash", "VMID", "No fault is on.")
        .containsPattern("Nodes: .*rhea");

    assertThat(console("lab:fault", "on", "node-offline", "rhea")).contains("rhea is on");
    awaitStatus("3 of 4 nodes online");
    assertThat(console("lab:fault", "list")).contains("On:", "node-offline node=rhea");
    Outcome mistaken = jarvis.console("lab:fault", "on", "node-offline", "pluto");
    assertThat(mistaken.exitCode()).isEqualTo(1);
    assertThat(mistaken.errors())
        .contains("there is no node pluto", "lab:fault on node-offline NODE", "Nodes: ");
    assertThat(jarvis.console("lab:fault", "on", "fire").errors())
        .contains("There is no fault 'fire'");
    assertThat(jarvis.console("fault", "list").exitCode()).isEqualTo(1);

    assertThat(console("lab:fault", "off", "all")).contains("node-offline node=rhea is off.");
    awaitStatus("4 of 4 nodes online");
  }

  private static void awaitStatus(String wished) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.multipliedBy(3).toNanos();
    while (true) {
      String status = console("jarvis:status");
      if (status.contains(wished)) {
        return;
      }
      assertThat(System.nanoTime()).as("%s: %s", wished, status).isLessThan(deadline);
    }
  }

  @Test
  void nothingButJarvisCommandsIsThere() throws IOException {
    for (String line :
        List.of(
            "bundle:list",
            "shell:exec ls",
            "feature:install x",
            "($.context bundles)",
            "jarvis:status | shell:grep x; shell:exec ls",
            "each [1 2] { echo $it }")) {
      Outcome outcome = jarvis.console(line);
      assertThat(outcome.exitCode()).as(line).isEqualTo(1);
      assertThat(outcome.output()).as(line).isEmpty();
    }
  }

  @Test
  void readsCommandsLineByLine() throws IOException {
    Path script = Files.writeString(folder.resolve("script"), "log-level ROOT\nhelp\n", UTF_8);

    Outcome outcome =
        Commands.run(
            folder,
            "sh",
            "-c",
            "exec \"$1\" console --data \"$2\" <\"$3\"",
            "sh",
            UnpackedDistribution.command().toString(),
            jarvis.data().toString(),
            script.toString());

    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    assertThat(outcome.output()).startsWith("INFO ROOT\n").contains("jarvis:reset-password");
  }

  @Test
  void levelChangesTakeEffectAtOnce() throws IOException {
    console("jarvis:log-level", "org.jarvis.console", "DEBUG");
    console("jarvis:audit-verify");
    JsonNode record =
        awaitRecord("DEBUG", "org.jarvis.console.socket.KarafShell", "jarvis:audit-verify");
    console("jarvis:log-level", "org.jarvis.console", "INFO");

    assertThat(record.path("thread").asText()).isNotBlank();
    assertThat(console("jarvis:log-level", "org.jarvis.console")).contains("INFO");
  }

  @Test
  void whatWouldShowCredentialsCannotBeOpened() throws IOException {
    for (String logger :
        List.of("ROOT", "org", "org.eclipse.jetty", "org.jarvis.persistence.sqlite", "com")) {
      Outcome outcome = jarvis.console("jarvis:log-level", logger, "TRACE");
      assertThat(outcome.exitCode()).as(logger).isEqualTo(1);
      assertThat(outcome.errors()).contains("stays at INFO");
    }
  }

  @Test
  void everyRecordIsOneObject() throws IOException {
    List<JsonNode> records = records();

    assertThat(records).hasSizeGreaterThan(10);
    assertThat(records)
        .allSatisfy(
            record -> {
              assertThat(record.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*");
              assertThat(record.path("level").asText()).matches("TRACE|DEBUG|INFO|WARN|ERROR");
              assertThat(record.path("logger").asText()).isNotBlank();
              assertThat(record.has("message")).isTrue();
            });
  }

  @Test
  void passwordThatWasForgottenIsReset() throws IOException {
    assertThat(console("jarvis:setup-token"))
        .isEqualTo("Setup token: " + jarvis.setupToken() + "\n");
    JarvisClient person = JarvisClient.firstPerson(jarvis);
    JarvisClient token = JarvisClient.token(jarvis.url());
    assertThat(console("jarvis:setup-token")).contains("no setup token any more");
    assertThat(person.get("/api/auth/me").status()).isEqualTo(200);

    Outcome nobody = jarvis.console("jarvis:reset-password", "nobody");
    String said = console("jarvis:reset-password", JarvisClient.USER);

    assertThat(nobody.exitCode()).isEqualTo(1);
    String password =
        said.lines().findFirst().orElseThrow().replace("New password of ada: ", "").strip();
    assertThat(password).hasSizeGreaterThanOrEqualTo(16);
    assertThat(person.get("/api/auth/me").status()).isEqualTo(401);
    assertThat(token.get("/api/clusters").status()).isEqualTo(401);
    assertThat(
            JarvisClient.anonymous(jarvis.url())
                .post(
                    "/api/auth/login",
                    JarvisClient.object()
                        .put("username", JarvisClient.USER)
                        .put("password", JarvisClient.PASSWORD)
                        .put("kind", "session"))
                .status())
        .isEqualTo(401);
    JarvisClient again = JarvisClient.person(jarvis.url(), password);
    assertThat(again.get("/api/audit?limit=1000").body().toString())
        .contains("password")
        .doesNotContain(password);
    assertThat(Files.readString(log(), UTF_8)).doesNotContain(password, jarvis.setupToken());
  }

  private static String console(String... words) throws IOException {
    Outcome outcome = jarvis.console(words);
    assertThat(outcome.exitCode()).as(outcome.errors()).isZero();
    return outcome.output();
  }

  private static Path log() {
    return jarvis.data().resolve("log").resolve("jarvis.log");
  }

  /** Every record that is complete; the last one may be in the middle of being written. */
  private static List<JsonNode> records() throws IOException {
    String text = Files.readString(log(), UTF_8);
    List<JsonNode> records = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n')).split("\n", -1)) {
      records.add(JSON.readTree(line));
    }
    return records;
  }

  private static JsonNode awaitRecord(String level, String logger, String message)
      throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      for (JsonNode record : records()) {
        if (record.path("level").asText().equals(level)
            && record.path("logger").asText().equals(logger)
            && record.path("message").asText().contains(message)) {
          return record;
        }
      }
      assertThat(System.nanoTime())
          .as("%s %s %s is logged", level, logger, message)
          .isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
