package org.jarvis.core.problem;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jarvis.api.problem.Situation;
import org.jarvis.detectors.DetectorBenchmark;
import org.junit.jupiter.api.Test;

/**
 * Measures the processor time of one look of the engine with all built-in detectors over 50 nodes
 * and 5,000 guests with their details, and prints it; it asserts nothing.
 */
class EngineBenchmark {
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 300;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Test
  void printFigures() {
    measure("all is well", DetectorBenchmark.large(0, true));
    measure("every tenth guest off, as somebody wanted", DetectorBenchmark.large(10, true));
    measure("every tenth guest crashed", DetectorBenchmark.large(10, false));
  }

  private void measure(String what, Situation situation) {
    try (WatchedHome home = new WatchedHome(DetectorBenchmark.large(0, true), Map.of())) {
      int open = home.look(situation).size();
      for (int i = 0; i < WARM_UP; i++) {
        open = home.lookAgain().size();
      }
      long[] nanos = new long[ROUNDS];
      for (int i = 0; i < ROUNDS; i++) {
        long began = threads.getCurrentThreadCpuTime();
        home.lookAgain();
        nanos[i] = threads.getCurrentThreadCpuTime() - began;
      }
      Arrays.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "engine with all detectors over 5000 guests, %s (%d open): p50 %.2f ms, p99 %.2f ms, most"
              + " %.2f ms of processor time a look%n",
          what,
          open,
          nanos[ROUNDS / 2] / 1e6,
          nanos[ROUNDS / 100 * 99] / 1e6,
          nanos[ROUNDS - 1] / 1e6);
    }
  }
}
