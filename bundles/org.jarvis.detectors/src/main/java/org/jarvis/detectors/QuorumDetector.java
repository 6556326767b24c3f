package org.jarvis.detectors;

import java.time.Duration;
import java.util.List;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Node;
import org.jspecify.annotations.Nullable;

/** Whether the cluster has quorum, and could lose a vote. */
final class QuorumDetector implements BuiltIn {
  /** It has none. */
  static final ProblemKind LOST =
      KindDraft.of(
              "quorum-lost",
              "Quorum lost",
              Severity.CRITICAL,
              "Too few votes are present, so nothing in the cluster can be started or changed, and"
                  + " nodes with high availability may be fenced.")
          .mended();

  /** It has it, but only just. */
  static final ProblemKind AT_RISK =
      KindDraft.of(
              "quorum-at-risk",
              "Quorum at risk",
              Severity.WARNING,
              "If one more vote is lost, nothing in the cluster can be started or changed.")
          .lasting(Duration.ofMinutes(2), Duration.ofMinutes(1))
          .mended();

  private static final int MOST_WAKINGS = 3;

  private final OrderlyShutdowns shutdowns = new OrderlyShutdowns();

  @Override
  public List<ProblemKind> kinds() {
    return List.of(LOST, AT_RISK);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    Cluster cluster = situation.cluster().cluster();
    Outage outage = Outage.of(situation, shutdowns);
    Integer votes = cluster.votes();
    Integer expected = cluster.expectedVotes();
    if (Boolean.FALSE.equals(cluster.quorate())) {
      return List.of(lost(outage, cluster, votes, expected));
    }
    if (!Boolean.TRUE.equals(cluster.quorate())
        || votes == null
        || expected == null
        || cluster.nodesTotal() < 2
        || votes - 1 >= majority(expected)) {
      return List.of();
    }
    return List.of(atRisk(outage, cluster, votes, expected));
  }

  private static int majority(int expected) {
    return expected / 2 + 1;
  }

  private static Finding lost(
      Outage outage, Cluster cluster, @Nullable Integer votes, @Nullable Integer expected) {
    String count =
        votes == null || expected == null
            ? ""
            : ": " + votes + " of " + expected + " votes, " + majority(expected) + " are needed";
    Sight sight =
        Sight.of(
            LOST,
            cluster.ref(),
            Severity.CRITICAL,
            Words.name(cluster.name()) + " has lost quorum" + count + ".");
    sight.evidence("Quorate", "no" + count, cluster.observation().at());
    return wake(sight, outage)
        .finding(
            "No node is known to be off. The network between the nodes and corosync on each of them"
                + " have to be looked at.");
  }

  private static Finding atRisk(Outage outage, Cluster cluster, int votes, int expected) {
    boolean complete = votes >= expected;
    // A cluster of two is always so, and one that was put to sleep in order is meant to be so.
    Severity severity = complete || outage.isPlanned() ? Severity.INFO : Severity.WARNING;
    Sight sight =
        Sight.of(
            AT_RISK,
            cluster.ref(),
            severity,
            complete
                ? Words.name(cluster.name())
                    + " can lose no vote at all: it has "
                    + votes
                    + " and needs "
                    + majority(expected)
                    + "."
                : Words.name(cluster.name())
                    + " has "
                    + votes
                    + " of "
                    + expected
                    + " votes and needs "
                    + majority(expected)
                    + ": one more lost, and it stands still.");
    sight.evidence(
        "Votes",
        votes + " of " + expected + "; " + majority(expected) + " needed",
        cluster.observation().at());
    return wake(sight, outage)
        .finding(
            complete
                ? "A third vote is needed: another node, or a QDevice (pvecm qdevice setup)."
                : "No node is known to be off; look at corosync of the member whose vote is"
                    + " missing, or at the QDevice.");
  }

  private static Sight wake(Sight sight, Outage outage) {
    for (Node node : outage.nodes()) {
      sight.evidence("Offline", node.name());
    }
    outage.nodes().stream()
        .limit(MOST_WAKINGS)
        .forEach(node -> sight.remedy(Fix.wake("wake-" + node.name(), node)));
    return sight;
  }
}
