package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  private static final List<String> WITH_THE_DEMO =
      List.of("story", "plug", "mend", "pictures", "restart");

  @TempDir Path folder;

  @Test
  void theThinLineHoldsInARealBrowser() throws IOException {
    Path data = folder.resolve("data");
    RunningJarvis first = RunningJarvis.demo(data, "--speed", "10");
    try (PlugBoard plugs = new PlugBoard(first);
        Closeable last = () -> plugs.jarvis().close()) {
      LabFaults faults = LabFaults.of(data.resolve("lab"));
      Map<String, String> environment =
          Map.of(
              "JARVIS_URL", first.url().toString(),
              "JARVIS_SETUP_TOKEN", first.setupToken(),
              "JARVIS_FAULTS", faults.address(),
              "JARVIS_FAULTS_TOKEN", faults.token(),
              "JARVIS_PLUGS", plugs.address().toString(),
              "JARVIS_README", README.toString());
      for (String suite : WITH_THE_DEMO) {
        assertPasses(suite, environment);
      }
    }
  }

  @Test
  void thePageKeepsItsPromisesWhateverTheServerSends() throws IOException {
    for (String suite : withTheFixture()) {
      assertPasses(suite, Map.of());
    }
  }

  /** Every suite that needs nothing but the page, so that none is forgotten here. */
  private static List<String> withTheFixture() throws IOException {
    try (Stream<Path> files = Files.list(WEB.resolve("e2e"))) {
      List<String> suites =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(SUITE))
              .map(name -> name.substring(0, name.length() - SUITE.length()))
              .filter(name -> !WITH_THE_DEMO.contains(name))
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
  }
}
