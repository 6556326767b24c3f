package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The watchdog, look by look, with a health server, a restart command and a clock of the test's.
 */
class WatchdogIT {
  private static final Path SCRIPT =
      Path.of(System.getProperty("jarvis.script"))
          .resolveSibling(Path.of("packaging", "watchdog", "jarvis-watchdog"));

  /** All that the script needs besides what asks over HTTP. */
  private static final List<String> PROGRAMS =
      List.of("sh", "cat", "grep", "head", "mkdir", "mv", "rm", "sort", "tail");

  @TempDir Path folder;

  private Path programs;
  private Path state;
  private Path data;
  private Path mark;
  private Path restarts;
  private Path alerts;
  private long clock = 1_800_000_000L;
  private String client = "curl";
  private volatile int status = 200; // 0 for no answer at all
  private volatile String body = "{\"status\":\"UP\"}";
  private HttpServer server;

  @BeforeEach
  void prepare() throws IOException {
    programs = Files.createDirectory(folder.resolve("programs"));
    state = folder.resolve("state");
    data = Files.createDirectory(folder.resolve("data"));
    mark = data.resolve("safe-mode");
    restarts = folder.resolve("restarts");
    alerts = folder.resolve("alerts");
    for (String name : PROGRAMS) {
      borrow(name);
    }
    client = installed("curl").isPresent() ? "curl" : "wget";
    borrow(client);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/health",
        exchange -> {
          if (status > 0) {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void leavesAloneWhatAnswers() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(look()).isZero();
    }

    assertThat(restarts()).isEmpty();
    assertThat(mark).doesNotExist();
  }

  @Test
  void leavesAloneWhatAnswersThatItIsDegraded() throws IOException {
    body = "{\"status\":\"DEGRADED\",\"components\":[]}";

    looks(5, 0);

    assertThat(restarts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 429, 500, 503})
  void leavesAloneWhatAnswersThatItCannotNow(int answered) throws IOException {
    status = answered;

    looks(5, 0);

    assertThat(restarts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504})
  void takesAProxyThatReachesNothingForNoAnswer(int answered) throws IOException {
    status = answered;

    looks(3, 1);

    assertThat(restarts()).hasSize(1);
  }

  @Test
  void forgivesSingleMisses() throws IOException {
    for (int i = 0; i < 5; i++) {
      die();
      looks(2, 1);
      live();
      looks(1, 0);
    }

    assertThat(restarts()).isEmpty();
  }

  @Test
  void restartsWhatMissesThreeTimesInARow() throws IOException {
    die();
    looks(2, 1);
    assertThat(restarts()).isEmpty();

    looks(1, 1);

    assertThat(restarts()).hasSize(1);
    assertThat(alerts()).singleElement().asString().contains("1 of 3 within 600 s");
    assertThat(mark).doesNotExist();
  }

  @Test
  void givesARestartedOneTimeToStart() throws IOException {
    die();
    looks(3, 1);

    looks(3, 1, 15); // 45 of the 60 s that it has

    assertThat(restarts()).hasSize(1);
    looks(4, 1);
    assertThat(restarts()).hasSize(2);
  }

  @Test
  void hasItStartInSafeModeAfterThreeRestartsAndThenLeavesItAlone() throws IOException {
    dieUntilSafeMode();

    assertThat(restarts()).hasSize(4); // the fourth one starts it in safe mode
    assertThat(mark).content().contains("restarted 3 times");
    assertThat(Files.getPosixFilePermissions(mark))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(alerts()).last().asString().contains("safe mode", "jarvis leave-safe-mode");
    looks(50, 1);
    assertThat(restarts()).hasSize(4);
  }

  @Test
  void beginsAfreshOnceAPersonTookTheMarkAway() throws IOException {
    dieUntilSafeMode();
    Files.delete(mark);

    looks(2, 1);
    assertThat(restarts()).hasSize(4);
    looks(1, 1);

    assertThat(restarts()).hasSize(5);
    assertThat(mark).doesNotExist();
  }

  @Test
  void leavesAloneWhatIsInSafeModeAlsoWhenItForgotWhy() throws IOException {
    Files.writeString(mark, "by hand", UTF_8);
    die();

    looks(10, 1);

    assertThat(restarts()).isEmpty();
    assertThat(mark).hasContent("by hand");
  }

  @Test
  void replacesALinkInThePlaceOfTheMarkAndDoesNotFollowIt() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "mine", UTF_8);
    Files.createSymbolicLink(data.resolve("safe-mode.new"), victim);

    dieUntilSafeMode();

    assertThat(victim).hasContent("mine");
    assertThat(mark).isRegularFile();
  }

  @Test
  void forgetsRestartsAfterTenMinutes() throws IOException {
    for (int i = 0; i < 6; i++) {
      die();
      looks(3, 1);
      live();
      looks(20, 0, 20); // well for 400 s: never more than two restarts within 600
    }

    assertThat(restarts()).hasSize(6);
    assertThat(mark).doesNotExist();
  }

  @Test
  void countsRestartsWithinTenMinutesAlsoWhenItAnsweredBetweenThem() throws IOException {
    for (int i = 0; i < 4; i++) {
      die();
      looks(3, 1);
      live();
      looks(4, 0);
    }

    assertThat(mark).exists();
  }

  @Test
  void restartsAMachineThatTakesLongNoMoreOften() throws IOException {
    die();

    looks(40, 1, 250); // a restart every 750 s, and never an answer

    assertThat(restarts()).hasSize(4);
    assertThat(mark).exists();
  }

  @Test
  void onlyGivesUpWithoutAMark() throws IOException {
    die();
    for (int i = 0; i < 60; i++) {
      look("--mark", "");
    }
    assertThat(restarts()).hasSize(3);
    assertThat(alerts()).last().asString().contains("not restarted any more");

    live();
    for (int i = 0; i < 40; i++) {
      look("--mark", "");
    }
    die();
    for (int i = 0; i < 3; i++) {
      look("--mark", "");
    }

    assertThat(restarts()).hasSize(4);
  }

  @Test
  void doesNotStartWhatAPersonStopped() throws IOException {
    die();
    for (int i = 0; i < 5; i++) {
      assertThat(look("--wanted", "false")).isZero();
    }
    assertThat(restarts()).isEmpty();

    looks(2, 1); // started again: counting begins anew
    assertThat(restarts()).isEmpty();
  }

  @Test
  void goesOnWhenTheRestartFails() throws IOException {
    die();
    for (int i = 0; i < 3; i++) {
      look("--restart", "exit 5");
    }

    assertThat(alerts()).last().asString().contains("the restart failed: exit 5");
  }

  @Test
  void restartsNothingThatItCannotCount() throws IOException {
    die();
    looks(2, 1);
    Files.createDirectories(state.resolve(".restarts.new"));

    Outcome outcome = run(true);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.errors()).contains("cannot be written, so nothing is restarted");
    assertThat(restarts()).isEmpty();
  }

  @Test
  void usesWgetWhereThereIsNoCurl() throws IOException {
    assumeTrue(installed("wget").isPresent(), "there is no wget here");
    Files.delete(programs.resolve(client));
    borrow("wget");

    looks(3, 0);
    status = 429;
    looks(3, 0);
    status = 502;
    looks(1, 1);
    die();
    looks(2, 1);

    assertThat(restarts()).hasSize(1);
  }

  @Test
  void saysThatThereIsNeitherCurlNorWget() throws IOException {
    Files.delete(programs.resolve(client));

    Outcome outcome = run(true);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.errors())
        .isEqualTo("jarvis-watchdog: there is neither curl nor wget. Install one of them.\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--misses 0",
        "--restarts x",
        "--window -1",
        "--url ftp://127.0.0.1/",
        "--url http://user:secret@127.0.0.1/",
        "--certificate /nowhere/at-all.pem",
        "--dance 1",
        "--url"
      })
  void namesAWrongOption(String option) throws IOException {
    Outcome outcome = run(false, option.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.errors()).startsWith("jarvis-watchdog: ").hasLineCount(1);
    assertThat(outcome.errors()).doesNotContain("secret");
  }

  private void dieUntilSafeMode() throws IOException {
    die();
    for (int i = 0; i < 100 && Files.notExists(mark); i++) {
      looks(1, 1, 10);
    }
    assertThat(mark).exists();
  }

  private void die() {
    status = 0;
  }

  private void live() {
    status = 200;
  }

  private void looks(int times, int exitCode) throws IOException {
    looks(times, exitCode, 20);
  }

  private void looks(int times, int exitCode, int seconds) throws IOException {
    for (int i = 0; i < times; i++) {
      clock += seconds - 20;
      assertThat(look()).isEqualTo(exitCode);
    }
  }

  /** Looks once, 20 s after the look before. */
  private int look(String... options) throws IOException {
    clock += 20;
    return run(true, options).exitCode();
  }

  private Outcome run(boolean complete, String... options) throws IOException {
    fake("date", "echo " + clock);
    List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
    if (complete) {
      command.addAll(
          List.of(
              "--url",
              "http://127.0.0.1:" + server.getAddress().getPort() + "/api/health",
              "--mark",
              mark.toString(),
              "--restart",
              "echo restarted >>" + restarts,
              "--alert",
              "cat >>" + alerts,
              "--grace",
              "60"));
    }
    command.addAll(List.of("--state", state.toString()));
    command.addAll(List.of(options));
    return Commands.run(
        folder, Map.of("PATH", programs.toString()), command.toArray(String[]::new));
  }

  private List<String> restarts() throws IOException {
    return Files.exists(restarts) ? Files.readAllLines(restarts, UTF_8) : List.of();
  }

  private List<String> alerts() throws IOException {
    return Files.exists(alerts) ? Files.readAllLines(alerts, UTF_8) : List.of();
  }

  private void borrow(String name) throws IOException {
    Files.createSymbolicLink(
        programs.resolve(name),
        installed(name).orElseThrow(() -> new IOException("there is no " + name + " here")));
  }

  private static Optional<Path> installed(String name) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private void fake(String name, String does) throws IOException {
    Path file = programs.resolve(name);
    Files.writeString(file, "#!" + installed("sh").orElseThrow() + "\n" + does + "\n", UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
