package org.jarvis.detectors;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.CephStatus;

/** Whether Ceph is well, by its own account. */
final class CephDetector implements BuiltIn {
  /** It is not. */
  static final ProblemKind UNWELL =
      KindDraft.of(
              "ceph-unwell",
              "Ceph not well",
              Severity.CRITICAL,
              "Ceph says itself that it is not well: data may have fewer copies than they should,"
                  + " or cannot be reached.")
          .needs(Aspect.CEPH)
          .lasting(Duration.ofMinutes(2), Duration.ofMinutes(1))
          .unmended(
              "What Ceph lacks differs too much for one answer: its checks in the evidence say what"
                  + " to look at; most often an OSD or a monitor has to come back.");

  private static final String WELL = "HEALTH_OK";
  private static final String BROKEN = "HEALTH_ERR";

  /** Who works on a cluster sets these on purpose. */
  private static final String FLAGS = "flag(s) set";

  private static final int MOST_CHECKS = 8;

  @Override
  public List<ProblemKind> kinds() {
    return List.of(UNWELL);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    Cluster cluster = situation.cluster().cluster();
    return situation
        .fresh(cluster.ref(), CephStatus.class)
        .flatMap(status -> unwell(situation, cluster, status))
        .map(List::of)
        .orElse(List.of());
  }

  private static Optional<Finding> unwell(Situation situation, Cluster cluster, CephStatus status) {
    String health = status.health();
    if (health == null || health.equals(WELL)) {
      return Optional.empty();
    }
    String first =
        status.checks().isEmpty()
            ? "it does not say why"
            : Words.unstopped(Words.said(status.checks().get(0)));
    Sight sight =
        Sight.of(
            UNWELL,
            cluster.ref(),
            severity(situation, health, status.checks()),
            "Ceph of "
                + Words.name(cluster.name())
                + " is in "
                + Words.name(health)
                + ": "
                + first
                + (status.checks().size() > 1
                    ? ", and " + (status.checks().size() - 1) + " more."
                    : "."));
    sight.evidence("Health", Words.name(health));
    status.checks().stream()
        .limit(MOST_CHECKS)
        .forEach(check -> sight.evidence("Check", Words.said(check)));
    if (status.osds() != null && status.osdsUp() != null) {
      sight.evidence("OSDs up", status.osdsUp() + " of " + status.osds());
    }
    return Optional.of(sight.finding());
  }

  private static Severity severity(Situation situation, String health, List<String> checks) {
    if (health.equals(BROKEN)) {
      return Severity.CRITICAL;
    }
    // What a node that is worked on takes along is missed for as long as that takes.
    boolean worked =
        situation.cluster().nodes().keySet().stream().anyMatch(situation::isMaintained);
    boolean meant =
        worked
            || (!checks.isEmpty()
                && checks.stream()
                    .allMatch(check -> check.toLowerCase(Locale.ROOT).contains(FLAGS)));
    return meant ? Severity.INFO : Severity.WARNING;
  }
}
