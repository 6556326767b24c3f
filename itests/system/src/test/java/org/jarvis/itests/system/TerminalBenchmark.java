package org.jarvis.itests.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A terminal on a shell of this machine: how much of what it prints comes through the socket in a
 * second, what that does to the heap, and how long a keystroke's echo takes. Prints figures and
 * asserts nothing.
 */
class TerminalBenchmark {
  private static final int MEGABYTES = 200;
  private static final int KEYS = 2_000;
  private static final int WARM_UP = 300;
  private static final double MEGABYTE = 1 << 20;
  private static final Pattern HEAP =
      Pattern.compile("jvm_memory_used_bytes\\{area=\"heap\"} ([0-9.E+]+)");

  @TempDir Path folder;

  private JarvisClient person;
  private URI url;

  @Test
  void tellsWhatATerminalTakes() throws IOException {
    Path jar = ExampleExtension.buildShellHost(folder);
    try (RunningJarvis jarvis = RunningJarvis.demo(folder.resolve("data"))) {
      person = JarvisClient.firstPerson(jarvis);
      url = jarvis.url();
      install(jarvis, jar);
      try (TerminalPage page = open()) {
        echo(page);
        flood(page);
        flood(page);
      }
    }
  }

  private void install(RunningJarvis jarvis, Path jar) throws IOException {
    Path deploy = jarvis.data().resolve("deploy");
    Path incoming = Files.copy(jar, deploy.resolve(".incoming"));
    Files.move(incoming, deploy.resolve("shell-host.jar"), StandardCopyOption.ATOMIC_MOVE);
    JsonNode list = person.await("/api/extensions", found -> found.path("total").asInt() == 1);
    person.post(
        "/api/extensions/" + list.path("items").get(0).path("id").asText(),
        JarvisClient.object().put("decision", "approve"));
  }

  private TerminalPage open() throws IOException {
    JsonNode terminal =
        person
            .post(
                "/api/terminals",
                JarvisClient.object().put("host", "far").put("password", JarvisClient.PASSWORD))
            .body()
            .path("terminal");
    TerminalPage page =
        TerminalPage.attach(
            person, terminal.path("id").asText(), terminal.path("secret").asText(), -1);
    page.awaitText("far> ");
    return page;
  }

  /** At the shell's prompt, which shows each key as it comes. */
  private static void echo(TerminalPage page) throws IOException {
    List<Long> micros = new ArrayList<>();
    for (int i = 0; i < WARM_UP + KEYS; i++) {
      long pressed = System.nanoTime();
      page.type("x");
      page.awaitText("x");
      if (i >= WARM_UP) {
        micros.add((System.nanoTime() - pressed) / 1_000);
      }
    }
    page.type("\u0015\n");
    page.awaitText("far> ");
    Collections.sort(micros);
    System.out.printf(
        "echo of a key: median %d us, p99 %d us, worst %d us%n",
        micros.get(KEYS / 2), micros.get(KEYS * 99 / 100), micros.get(KEYS - 1));
  }

  private void flood(TerminalPage page) throws IOException {
    page.type(
        "yes "
            + "0123456789abcdef".repeat(6)
            + " | head -c "
            + MEGABYTES
            + "M; echo \"end-of\"-flood\n");
    long before = page.characters();
    long begin = System.nanoTime();
    page.awaitText("end-of-flood");
    double seconds = (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
    System.out.printf(
        "output: %.1f MB/s through the socket; heap after it %.0f MB%n",
        (page.characters() - before) / MEGABYTE / seconds, heap());
  }

  private double heap() throws IOException {
    Matcher matcher = HEAP.matcher(JarvisClient.token(url).text("/metrics"));
    return matcher.find() ? Double.parseDouble(matcher.group(1)) / MEGABYTE : Double.NaN;
  }
}
