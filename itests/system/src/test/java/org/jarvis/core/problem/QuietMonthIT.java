package org.jarvis.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.detectors.QuietMonth;
import org.junit.jupiter.api.Test;

/** An ordinary month through the whole engine, with the times that the kinds usually take. */
class QuietMonthIT {
  /** Jarvis is updated once a week, too, at noon. */
  private static final int LOOKS_A_WEEK = 7 * 24 * 12;

  private static final int NOON = 12 * 12;

  private final Set<String> told = new HashSet<>();

  @Test
  void raisesNothingAboveInfo() {
    assertThat(noise(new QuietMonth())).isEmpty();
    // What is only worth knowing is known: updates, and the node that reboots or sleeps.
    assertThat(told).contains("updates-security", "node-offline", "quorum-at-risk");
  }

  @Test
  void wouldTellIfSomethingWentWrong() {
    QuietMonth month = new QuietMonth();
    month.forgetBackups();

    assertThat(noise(month)).anyMatch(word -> word.contains("The newest backup of "));
  }

  private List<String> noise(QuietMonth month) {
    List<String> noise = new ArrayList<>();
    try (WatchedHome home = new WatchedHome(month.situation(Set.of()), Map.of())) {
      for (int look = 1; month.goesOn(); look++) {
        Situation now = month.situation(Set.of());
        for (Problem problem : home.look(now)) {
          told.add(problem.kind().id());
          if (problem.severity() != Severity.INFO && problem.since().equals(now.now())) {
            noise.add(now.now() + " " + problem.kind().id() + ": " + problem.summary());
          } else if (problem.severity() != Severity.INFO) {
            noise.add(problem.kind().id() + ": " + problem.summary());
          }
        }
        if (look % LOOKS_A_WEEK == NOON) {
          home.restart();
        }
        month.advance();
      }
    }
    return noise.stream().distinct().toList();
  }
}
