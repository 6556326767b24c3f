package org.jarvis.itests.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures what a newcomer feels, and prints it; it asserts nothing. Run by {@code mvn -Pbenchmark
 * verify}, read in {@code docs/benchmarks.md}.
 */
class ThinLineBenchmark {
  private static final int STARTS = 5;
  private static final int CHANGES = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration UNTIL_RSS =
      Duration.ofSeconds(Integer.getInteger("jarvis.rss.seconds", 300));

  @TempDir Path folder;

  @Test
  void printFigures() throws IOException {
    Path data = folder.resolve("data");
    RunningJarvis.demo(data).close();
    System.out.printf(
        Locale.ROOT, "%nstart to health 200, warm: %s ms%n", spread(startsUntilHealthy(data)));
    try (RunningJarvis jarvis = RunningJarvis.demo(data)) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      LabFaults faults = LabFaults.of(data.resolve("lab"));
      try (PageSocket cluster = person.socket("/ws/cluster");
          PageSocket events = person.socket("/ws/events")) {
        events.await(frame -> true, PATIENCE);
        System.out.printf(
            "crash of a guest, without any task, to the page: %s ms%n",
            spread(changesUntilSeen(person, cluster, faults)));
        System.out.printf(
            "start by click to the page saying that it runs: %s ms%n",
            spread(clicksUntilSeen(person, cluster)));
        stay(cluster);
        System.out.printf(
            "resident memory after %d s with a page open: %d MB%n",
            UNTIL_RSS.toSeconds(), residentMegabytes(jarvis));
      }
    }
  }

  private static List<Long> startsUntilHealthy(Path data) throws IOException {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      long begin = System.nanoTime();
      try (RunningJarvis jarvis = RunningJarvis.start("demo", data)) {
        JarvisClient anybody = JarvisClient.anonymous(jarvis.url());
        // Looks now and then only: whoever looks all the time takes one of two cores away.
        anybody.await("/api/health", health -> true);
        millis.add((System.nanoTime() - begin) / 1_000_000);
        jarvis.printedUrl();
      }
    }
    return millis;
  }

  private static List<Long> changesUntilSeen(JarvisClient person, PageSocket page, LabFaults faults)
      throws IOException {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      long begin = System.nanoTime();
      faults.on("guest-crash?vmid=103");
      PageSocket.Frame seen = page.await(saying("pve:demo:guest:103", "stopped"), PATIENCE);
      millis.add((seen.at() - begin) / 1_000_000);
      person.run("start_vm", JarvisClient.object().put("node", "titan").put("vmid", 103));
      page.await(saying("pve:demo:guest:103", "running"), PATIENCE);
    }
    return millis;
  }

  private static List<Long> clicksUntilSeen(JarvisClient person, PageSocket page)
      throws IOException {
    long begin = System.nanoTime();
    person.run("start_container", JarvisClient.object().put("node", "dione").put("vmid", 205));
    PageSocket.Frame seen = page.await(saying("pve:demo:guest:205", "running"), PATIENCE);
    return List.of((seen.at() - begin) / 1_000_000);
  }

  private static java.util.function.Predicate<String> saying(String ref, String status) {
    return frame ->
        frame.contains("\"delta\"")
            && frame.contains("{\"ref\":\"" + ref + "\"")
            && frame
                .substring(frame.indexOf("{\"ref\":\"" + ref + "\""))
                .split("}", 2)[0]
                .contains("\"status\":\"" + status + "\"");
  }

  private static void stay(PageSocket page) throws IOException {
    long until = System.nanoTime() + UNTIL_RSS.toNanos();
    while (System.nanoTime() < until) {
      page.await(frame -> true, PATIENCE);
    }
  }

  private static long residentMegabytes(RunningJarvis jarvis) throws IOException {
    Path status = Path.of("/proc", Long.toString(jarvis.process().pid()), "status");
    return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .map(line -> line.replaceAll("\\D", ""))
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElse(0)
        / 1024;
  }

  private static String spread(List<Long> millis) {
    List<Long> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return "median %d, from %d to %d, of %d"
        .formatted(
            sorted.get(sorted.size() / 2),
            sorted.get(0),
            sorted.get(sorted.size() - 1),
            sorted.size());
  }
}
