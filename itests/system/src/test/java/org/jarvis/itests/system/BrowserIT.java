package org.jarvis.itests.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The story in a real browser, against the real distribution: a newcomer signs in, starts a guest
 * by a click, is asked before one is stopped, sees plugs being pulled, and mends a guest that
 * crashed. The browser's own part is {@code web/e2e}.
 */
class BrowserIT {
  private static final Path WEB =
      Path.of(System.getProperty("web.folder")).toAbsolutePath().normalize();
  private static final String SUITE = ".e2e.ts";

  /** Where the pictures of the README go; with {@code -Djarvis.pictures=docs/images} to itself. */
  private static final Path README =
      WEB.resolveSibling(System.getProperty("jarvis.pictures", "web/target/pictures"));

  /**
   * The suites that need a real Jarvis, in their order: the story makes the account, so it comes
   * first, and a restart gives the lab other addresses, so it comes last.
   */
  private static final List<String> WITH_THE_DEMO = List.of("story", "plug", "mend", "restart");

  /** Needs a house of its own, in which nothing happened before and time goes as it does. */
  private static final String PICTURES = "pictures";

  /** Is had twice: without any model, and with one that a script speaks for. */
  private static final String TALK = "talk";

  private static final String TALK_WITH_CLAUDE =
      """
      [{"sees": ["How's the cluster?"], "knows": ["cluster demo"], "says": "All is well: 4 of 4 nodes are online."},
       {"sees": ["start win11"], "calls": [{"tool": "start_vm", "arguments": {"node": "rhea", "vmid": 104}}]},
       {"sees": ["SUCCEEDED"], "says": "`win11` runs."},
       {"sees": ["stop it again"], "says": "That needs your consent.", "calls": [{"tool": "stop_vm", "arguments": {"node": "rhea", "vmid": 104}}]},
       {"sees": ["SUCCEEDED"], "says": "`win11` is off."},
       {"sees": ["why is titan slow?"], "calls": [
         {"tool": "get_node_status", "arguments": {"node": "titan"}},
         {"tool": "show_on_screen", "arguments": {"show": "chart", "title": "Processor of titan", "series": [{"ref": "pve:demo:node:titan", "figure": "cpu"}]}}]},
       {"sees": ["SUCCEEDED"], "says": "`titan` is not slow: its load is low, as the chart shows."},
       {"sees": ["reboot the node that hosts you"], "says": "I never pull my own plug; here Jarvis runs outside of the cluster."}]
      """;

  /** With {@code -Pstress} the page is watched for ten minutes, and for one otherwise. */
  private static final boolean WHOLE = System.getProperty("jarvis.stress") != null;

  @TempDir Path folder;

  @Test
  void theThinLineHoldsInARealBrowser() throws IOException {
    Path data = folder.resolve("data");
    RunningJarvis first = RunningJarvis.demo(data, "--speed", "10");
    try (PlugBoard plugs = new PlugBoard(first);
        Closeable last = () -> plugs.jarvis().close()) {
      Map<String, String> environment = new HashMap<>(visiting(first, data));
      environment.put("JARVIS_PLUGS", plugs.address().toString());
      for (String suite : WITH_THE_DEMO) {
        assertPasses(suite, environment);
      }
    }
  }

  @Test
  void theReadmesPicturesAreTakenOfTheDemo() throws IOException {
    Path data = folder.resolve("data");
    try (RunningJarvis jarvis = RunningJarvis.demo(data)) {
      Map<String, String> environment = new HashMap<>(visiting(jarvis, data));
      environment.put("JARVIS_README", README.toString());
      assertPasses(PICTURES, environment);
    }
  }

  @Test
  void aNewcomerTalksToItWithAModelAndWithout() throws IOException {
    Path data = folder.resolve("data");
    try (ScriptedClaude claude = new ScriptedClaude();
        RunningJarvis jarvis = RunningJarvis.demo(data, "--speed", "10")) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      Map<String, String> environment = new HashMap<>(visiting(jarvis, data));
      environment.put("JARVIS_USER", JarvisClient.USER);
      environment.put("JARVIS_PASSWORD", JarvisClient.PASSWORD);
      environment.put("JARVIS_TALKER", "built-in");
      assertPasses(TALK, environment);

      claude.play(new ObjectMapper().readTree(TALK_WITH_CLAUDE));
      Path key = Files.writeString(folder.resolve("key"), "sk-scripted", UTF_8);
      Files.writeString(
          data.resolve("etc/org.jarvis.llm.anthropic-claude.cfg"),
          claude.configuration(key),
          UTF_8);
      person.await(
          "/api/chat/providers",
          providers -> providers.at("/items/0/id").asText().equals("claude"));
      environment.put("JARVIS_TALKER", "claude");
      assertPasses(TALK, environment);
      assertThat(claude.deviations()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("withTheFixture")
  void thePageKeepsItsPromisesWhateverTheServerSends(String suite) throws IOException {
    assertPasses(suite, WHOLE ? Map.of("JARVIS_SOAK_SECONDS", "600") : Map.of());
  }

  /** What a suite needs to visit a Jarvis as a newcomer, and to break its lab. */
  private static Map<String, String> visiting(RunningJarvis jarvis, Path data) throws IOException {
    LabFaults faults = LabFaults.of(data.resolve("lab"));
    return Map.of(
        "JARVIS_URL", jarvis.url().toString(),
        "JARVIS_SETUP_TOKEN", jarvis.setupToken(),
        "JARVIS_FAULTS", faults.address(),
        "JARVIS_FAULTS_TOKEN", faults.token());
  }

  /** Every suite that needs nothing but the page, so that none is forgotten here. */
  private static List<String> withTheFixture() throws IOException {
    try (Stream<Path> files = Files.list(WEB.resolve("e2e"))) {
      List<String> suites =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(SUITE))
              .map(name -> name.substring(0, name.length() - SUITE.length()))
              .filter(
                  name -> !WITH_THE_DEMO.contains(name) && !Set.of(PICTURES, TALK).contains(name))
              .sorted()
              .toList();
      assertThat(suites).isNotEmpty();
      return suites;
    }
  }

  private static void assertPasses(String suite, Map<String, String> environment)
      throws IOException {
    Outcome outcome =
        Commands.run(WEB, environment, "npm", "run", "e2e", "--", "e2e/" + suite + SUITE);
    assertThat(outcome.exitCode())
        .as("%s%n%s%n%s", suite, outcome.output(), outcome.errors())
        .isZero();
    assertThat(outcome.output()).contains("passed").doesNotContain("skipped");
    outcome
        .output()
        .lines()
        .filter(line -> line.contains("(retry x"))
        .forEach(line -> System.out.println("Passed at the second try, " + suite + ":" + line));
  }
}
