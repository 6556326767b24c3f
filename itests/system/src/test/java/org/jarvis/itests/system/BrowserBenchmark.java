package org.jarvis.itests.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the page's budgets in a real browser, before a house of 4 nodes and before one of 32
 * nodes and 5,000 guests. The browser's part is {@code web/e2e/budgets.bench.ts}; it prints a table
 * and asserts nothing.
 */
class BrowserBenchmark {
  private static final Path WEB =
      Path.of(System.getProperty("web.folder")).toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void aHouse() throws IOException {
    measure("4 nodes");
  }

  @Test
  void aHall() throws IOException {
    measure("5,000 guests", "--nodes", "32", "--guests", "5000");
  }

  private void measure(String name, String... options) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (RunningJarvis jarvis = RunningJarvis.demo(data, options)) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      person.await("/api/resources?limit=1", found -> found.path("total").asInt() > 0);
      Outcome outcome =
          Commands.run(
              WEB,
              Map.of(
                  "JARVIS_URL",
                  jarvis.url().toString(),
                  "JARVIS_USER",
                  JarvisClient.USER,
                  "JARVIS_PASSWORD",
                  JarvisClient.PASSWORD,
                  "JARVIS_BENCH_NAME",
                  name),
              "npm",
              "run",
              "bench");
      System.out.println(outcome.output() + outcome.errors());
    }
  }
}
