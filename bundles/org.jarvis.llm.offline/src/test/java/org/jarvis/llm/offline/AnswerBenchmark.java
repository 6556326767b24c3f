package org.jarvis.llm.offline;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.jarvis.llm.offline.house.Sources;
import org.jarvis.testkit.problem.FakeProblems;
import org.jarvis.testkit.resource.SampleCluster;
import org.junit.jupiter.api.Test;

/**
 * Prints what answers take at 5,000 guests, of which 50 ms is the aim. Asserts nothing. Run it by
 * its name.
 */
class AnswerBenchmark {
  private static final List<String> QUESTIONS =
      List.of(
          "how are things?",
          "list the stopped containers on pve1",
          "top cpu",
          "how is guset1234?",
          "how is guest1234?",
          "which guests have no backup?",
          "write me a poem about the sea");

  /** Time of the processor: what else the machine does is not the provider's. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final int ROUNDS = 20;

  @Test
  void printFigures() {
    Sources sources =
        new Sources(
            SampleCluster.large(),
            FakeProblems.toRead(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    long slowest = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (String question : QUESTIONS) {
        long begun = THREADS.getCurrentThreadCpuTime();
        new Talk(sources).wish(question);
        // The first rounds are the compiler's.
        slowest =
            round < ROUNDS / 2 ? 0 : Math.max(slowest, THREADS.getCurrentThreadCpuTime() - begun);
      }
    }

    System.out.printf("built-in provider, 5,000 guests: slowest answer %.1f ms%n", slowest / 1e6);
  }
}
