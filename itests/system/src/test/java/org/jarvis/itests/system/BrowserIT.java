package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
              .filter(name -> !WITH_THE_DEMO.contains(name) && !PICTURES.equals(name))
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
