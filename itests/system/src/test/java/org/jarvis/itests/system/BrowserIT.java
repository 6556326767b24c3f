package org.jarvis.itests.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The story in a real browser, against the real distribution: a newcomer signs in, starts a guest
 * by a click, is asked before one is stopped, sees plugs being pulled, and mends a guest that
 * crashed. The browser's own part is {@code web/e2e}.
 */
class BrowserIT {
  @TempDir Path folder;

  @Test
  void theThinLineHoldsInARealBrowser() throws IOException {
    Path data = folder.resolve("data");
    try (RunningJarvis jarvis = RunningJarvis.demo(data, "--speed", "10")) {
      LabFaults faults = LabFaults.of(data.resolve("lab"));
      // The story makes the account, so it has to come first; the suite runs files in this order.
      for (String suite : List.of("e2e/story.e2e.ts", "e2e/plug.e2e.ts", "e2e/mend.e2e.ts")) {
        Outcome outcome =
            Commands.run(
                Path.of(System.getProperty("web.folder")).toAbsolutePath().normalize(),
                Map.of(
                    "JARVIS_URL", jarvis.url().toString(),
                    "JARVIS_SETUP_TOKEN", jarvis.setupToken(),
                    "JARVIS_FAULTS", faults.address(),
                    "JARVIS_FAULTS_TOKEN", faults.token()),
                "npm",
                "run",
                "e2e",
                "--",
                suite);
        assertThat(outcome.exitCode())
            .as("%s%n%s%n%s", suite, outcome.output(), outcome.errors())
            .isZero();
        assertThat(outcome.output()).contains("passed").doesNotContain("skipped");
      }
    }
  }

  @Test
  void thePageKeepsItsPromisesWhateverTheServerSends() throws IOException {
    for (String suite :
        List.of(
            "e2e/page.e2e.ts",
            "e2e/problems.e2e.ts",
            "e2e/extensions.e2e.ts",
            "e2e/settings.e2e.ts",
            "e2e/terminal.e2e.ts")) {
      Outcome outcome =
          Commands.run(
              Path.of(System.getProperty("web.folder")).toAbsolutePath().normalize(),
              Map.of(),
              "npm",
              "run",
              "e2e",
              "--",
              suite);

      assertThat(outcome.exitCode())
          .as("%s%n%s%n%s", suite, outcome.output(), outcome.errors())
          .isZero();
      assertThat(outcome.output()).contains("passed").doesNotContain("skipped");
    }
  }
}
