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
 * Measures how long {@code jarvis run} takes from the launch of its script to the first health 200,
 * and what it holds in memory with one dashboard connected; the lab that it watches is a process of
 * its own. It prints and asserts nothing. Run by {@code mvn -Pbenchmark verify}, read in {@code
 * docs/benchmarks.md}. Warm starts have the archive of classes that a cold one recorded.
 *
 * <p>{@code -Djarvis.start.count=N} sets how many warm starts there are (7), {@code
 * -Djarvis.rss.seconds=N} how long the dashboard stays (300).
 */
class StartBenchmark {
  private static final int COLD_STARTS = 3;
  private static final int WARM_STARTS = Integer.getInteger("jarvis.start.count", 7);
  private static final Duration STAY =
      Duration.ofSeconds(Integer.getInteger("jarvis.rss.seconds", 300));
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;

  @Test
  void printFigures() throws IOException {
    RunningLab lab = RunningLab.start(folder.resolve("lab"), Ports.forLab());
    try {
      Path etc = Files.createDirectories(folder.resolve("etc"));
      Files.writeString(etc.resolve("org.jarvis.connector.proxmox-home.cfg"), lab.configuration());

      List<Start> cold = new ArrayList<>();
      for (int i = 0; i < COLD_STARTS; i++) {
        cold.add(start(folder.resolve("cold-" + i), etc));
      }
      print("cold start", cold);

      Path data = folder.resolve("cold-0");
      start(data, etc); // tries the archive of classes that the cold start has recorded
      List<Start> warm = new ArrayList<>();
      for (int i = 0; i < WARM_STARTS; i++) {
        warm.add(start(data, etc));
      }
      print("warm start", warm);

      printMemory(data, etc);
    } finally {
      lab.kill();
    }
  }

  /**
   * One start until health answers 200.
   *
   * @param millis how long it took from the launch of the script
   * @param processorMillis what it worked meanwhile, on all cores; other work on the machine
   *     changes this far less
   */
  private record Start(long millis, long processorMillis) {}

  private static Start start(Path data, Path etc) throws IOException {
    long begin = System.nanoTime();
    try (RunningJarvis jarvis = launch(data, etc)) {
      // Looks now and then only: whoever looks all the time takes one of two cores away.
      JarvisClient.anonymous(jarvis.url()).await("/api/health", health -> true);
      long millis = (System.nanoTime() - begin) / 1_000_000;
      long processorMillis =
          jarvis.process().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
      jarvis.printedUrl();
      return new Start(millis, processorMillis);
    }
  }

  private static RunningJarvis launch(Path data, Path etc) throws IOException {
    return RunningJarvis.startBy(
        RunningJarvis.WITH_CLASS_ARCHIVE, "run", data, "--etc", etc.toString());
  }

  private static void print(String what, List<Start> starts) {
    System.out.printf(
        Locale.ROOT,
        "%s to health 200: %s ms; processor time: %s ms%n",
        what,
        spread(starts.stream().map(Start::millis).toList()),
        spread(starts.stream().map(Start::processorMillis).toList()));
  }

  private static void printMemory(Path data, Path etc) throws IOException {
    try (RunningJarvis jarvis = launch(data, etc).awaitReady()) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      try (PageSocket cluster = person.socket("/ws/cluster");
          PageSocket events = person.socket("/ws/events")) {
        for (String asked : List.of("/", "/api/auth/me", "/api/resources", "/api/tools")) {
          person.get(asked);
        }
        events.await(frame -> true, PATIENCE);
        long until = System.nanoTime() + STAY.toNanos();
        while (System.nanoTime() < until) {
          cluster.await(frame -> true, PATIENCE);
        }
        System.out.printf(
            "resident memory after %d s with a dashboard: %d MB%n",
            STAY.toSeconds(), ProcessMemory.residentMegabytes(jarvis.process().pid()));
        System.out.printf(
            Locale.ROOT,
            "live heap after a collection: %.1f MB%n",
            ProcessMemory.liveHeapMegabytes(jarvis.process().pid()));
      }
    }
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
