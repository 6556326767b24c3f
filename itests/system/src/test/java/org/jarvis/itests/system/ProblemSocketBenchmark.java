package org.jarvis.itests.system;

import static org.jarvis.itests.system.JarvisClient.object;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how long after a page was told that a guest stopped it is told of the problem, and how
 * long after the crash itself. Asserts nothing.
 */
class ProblemSocketBenchmark {
  /** One that comes back for the third time is told of once for all, so each crashes thrice. */
  private static final int ROUNDS = 9;

  private static final int[] GUESTS = {101, 102, 103};
  private static final String[] NODES = {"rhea", "mimas", "titan"};
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void printFigures() throws IOException {
    Path data = folder.resolve("data");
    try (RunningJarvis jarvis = RunningJarvis.demo(data, "--speed", "10")) {
      JarvisClient person = JarvisClient.firstPerson(jarvis);
      LabFaults faults = LabFaults.of(data.resolve("lab"));
      List<Long> afterChange = new ArrayList<>();
      List<Long> afterCrash = new ArrayList<>();
      try (PageSocket page = person.socket("/ws/events")) {
        for (int i = 0; i < ROUNDS; i++) {
          int vmid = GUESTS[i % GUESTS.length];
          String node = NODES[i % NODES.length];
          page.drain();
          long crash = System.nanoTime();
          faults.on("guest-crash?vmid=" + vmid);
          PageSocket.Frame changed =
              page.await(
                  text -> of(text, "guest.changed", vmid) && text.contains("stopped"), PATIENCE);
          PageSocket.Frame raised = page.await(text -> of(text, "problem.raised", vmid), PATIENCE);
          afterChange.add(raised.at() - changed.at());
          afterCrash.add(raised.at() - crash);
          person.run("start_vm", object().put("node", node).put("vmid", vmid));
          page.await(text -> of(text, "problem.resolved", vmid), PATIENCE);
        }
      }
      print("a problem on the socket after the change that shows it", afterChange);
      print("a problem on the socket after the crash", afterCrash);
    }
  }

  private static boolean of(String text, String type, int vmid) {
    return text.contains("\"" + type + "\"") && text.contains(":guest:" + vmid);
  }

  private static void print(String what, List<Long> nanos) {
    Collections.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%s: median %.0f ms, worst %.0f ms of %d%n",
        what,
        nanos.get(nanos.size() / 2) / 1e6,
        nanos.get(nanos.size() - 1) / 1e6,
        nanos.size());
  }
}
