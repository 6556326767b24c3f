package org.jarvis.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.junit.jupiter.api.Test;

/** A month of a homelab in which nothing goes wrong, and much happens. */
class QuietMonthTest {
  private final List<ProblemDetector> detectors = BuiltInDetectors.detectors();
  private final Map<String, ProblemKind> kinds =
      detectors.stream()
          .flatMap(detector -> detector.kinds().stream())
          .collect(Collectors.toMap(ProblemKind::id, kind -> kind));
  private final Map<Finding.Identity, Instant> since = new HashMap<>();
  private final Set<Finding.Identity> open = new HashSet<>();
  private final Set<String> told = new HashSet<>();

  @Test
  void raisesNothingAboveInfo() {
    QuietMonth month = new QuietMonth();
    List<String> noise = new ArrayList<>();
    while (month.goesOn()) {
      noise.addAll(judge(month.situation(open)));
      month.advance();
    }

    assertThat(noise).isEmpty();
    // What is only worth knowing is known: updates, and the node that reboots.
    assertThat(told).contains("updates-security", "node-offline");
  }

  @Test
  void wouldTellIfSomethingWentWrong() {
    QuietMonth month = new QuietMonth();
    month.forgetBackups();
    List<String> noise = new ArrayList<>();
    while (month.goesOn()) {
      noise.addAll(judge(month.situation(open)));
      month.advance();
    }

    assertThat(noise).anyMatch(summary -> summary.contains("The newest backup of "));
  }

  /** What is raised now, as the core would: what lasts, explains itself, and can be seen. */
  private List<String> judge(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    for (ProblemDetector detector : detectors) {
      findings.addAll(detector.detect(situation));
    }
    Set<Finding.Identity> now =
        findings.stream().map(Finding::identity).collect(Collectors.toSet());
    since.keySet().retainAll(now);
    open.retainAll(now);
    List<String> raised = new ArrayList<>();
    for (Finding finding : findings) {
      if (!isWithinReach(situation, finding)
          || (finding.consequenceOf() != null && now.contains(finding.consequenceOf()))) {
        continue;
      }
      Instant first = since.computeIfAbsent(finding.identity(), key -> situation.now());
      Duration lasts = Duration.between(first, situation.now());
      if (lasts.compareTo(kinds.get(finding.kind()).raiseAfter()) < 0) {
        continue;
      }
      open.add(finding.identity());
      told.add(finding.kind());
      if (finding.severity().compareTo(Severity.INFO) > 0) {
        raised.add(situation.now() + " " + finding.kind() + ": " + finding.summary());
      }
    }
    return raised;
  }

  /** What is on a node that is not online is not judged. */
  private static boolean isWithinReach(Situation situation, Finding finding) {
    if (finding.subject() == null) {
      return true;
    }
    Node node =
        finding
            .subject()
            .guestId()
            .map(id -> situation.cluster().guests().get(id))
            .map(Guest::node)
            .map(name -> situation.cluster().nodes().get(name))
            .orElse(null);
    return node == null || node.status() == Node.Status.ONLINE;
  }
}
