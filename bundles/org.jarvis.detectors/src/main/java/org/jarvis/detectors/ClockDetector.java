package org.jarvis.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.ConnectionDetail.Member;

/** Whether the clocks of the nodes agree with that of Jarvis, and whose fault it is if not. */
final class ClockDetector implements BuiltIn {
  /** A node's clock is off. */
  static final ProblemKind SKEWED =
      KindDraft.of(
              "clock-skewed",
              "Clock wrong",
              Severity.WARNING,
              "The node's clock differs from that of Jarvis and of other members: logs mislead, and"
                  + " cluster, Ceph and certificates can fail.")
          .needs(Aspect.CONNECTION)
          .lasting(Duration.ofMinutes(2), Duration.ofMinutes(2))
          .limit("seconds", "Seconds that a clock may be off", "s", 5, 2, 3_600)
          .mended();

  /** All of them are off by the same: it is that of Jarvis. */
  static final ProblemKind OWN =
      KindDraft.of(
              "jarvis-clock-wrong",
              "Clock of Jarvis wrong",
              Severity.WARNING,
              "All members of the cluster agree that the clock of the machine that Jarvis runs on"
                  + " is off, so times that it shows and keeps are wrong.")
          .needs(Aspect.CONNECTION)
          .lasting(Duration.ofMinutes(2), Duration.ofMinutes(2))
          .limit("seconds", "Seconds that the clock may be off", "s", 5, 2, 3_600)
          .unmended(
              "The clock has to be set where Jarvis runs: see that its time service runs there"
                  + " (timedatectl).");

  private static final String LIMIT = "seconds";
  private static final double SLACK = 2;

  /** How far apart members may be that mean the same. */
  private static final long AGREEMENT = 3;

  @Override
  public List<ProblemKind> kinds() {
    return List.of(SKEWED, OWN);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    Cluster cluster = situation.cluster().cluster();
    return situation
        .fresh(cluster.ref(), ConnectionDetail.class)
        .map(connection -> judge(situation, cluster, connection.members()))
        .orElse(List.of());
  }

  private static List<Finding> judge(Situation situation, Cluster cluster, List<Member> members) {
    List<Member> telling = new ArrayList<>();
    for (Member member : members) {
      if (member.clockOffset() != null && member.state() == Member.State.ANSWERING) {
        telling.add(member);
      }
    }
    Finding.Identity own = new Finding.Identity(OWN.id(), cluster.ref(), "");
    if (telling.size() > 1 && agree(telling)) {
      double seconds = Math.abs((double) offset(telling.get(0)));
      return Gauge.isOver(situation, OWN, own, LIMIT, seconds, SLACK)
          ? List.of(own(cluster, telling))
          : List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (Member member : telling) {
      NodeName name = member.node();
      Node node = name == null ? null : situation.cluster().nodes().get(name);
      if (node != null
          && findings.stream().noneMatch(one -> node.ref().equals(one.subject()))
          && Gauge.isOver(
              situation,
              SKEWED,
              new Finding.Identity(SKEWED.id(), node.ref(), ""),
              LIMIT,
              Math.abs((double) offset(member)),
              SLACK)) {
        findings.add(skewed(node, member, telling.size()));
      }
    }
    return findings;
  }

  private static long offset(Member member) {
    return member.clockOffset() == null ? 0 : member.clockOffset().toSeconds();
  }

  private static boolean agree(List<Member> members) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (Member member : members) {
      least = Math.min(least, offset(member));
      most = Math.max(most, offset(member));
    }
    return most - least <= AGREEMENT;
  }

  private static String words(long seconds) {
    return Words.time(Duration.ofSeconds(Math.abs(seconds))) + (seconds > 0 ? " ahead" : " behind");
  }

  private static Finding own(Cluster cluster, List<Member> members) {
    Sight sight =
        Sight.of(
            OWN,
            cluster.ref(),
            Severity.WARNING,
            "The clock of Jarvis is "
                + words(-offset(members.get(0)))
                + " of all "
                + members.size()
                + " members of "
                + Words.name(cluster.name())
                + ".");
    for (Member member : members) {
      sight.evidence(
          member.node() == null ? Words.name(member.address()) : member.node().value(),
          words(offset(member)) + " of Jarvis",
          member.lastAnswer());
    }
    return sight.finding();
  }

  private static Finding skewed(Node node, Member member, int telling) {
    return Sight.of(
            SKEWED,
            node.ref(),
            Severity.WARNING,
            "The clock of "
                + node.name()
                + " is "
                + words(offset(member))
                + " of that of Jarvis"
                + (telling == 1 ? ", which may be the one that is wrong." : "."))
        .evidence("Clock", words(offset(member)), member.lastAnswer())
        .remedy(
            Fix.restartService(
                node.cluster(),
                node.node(),
                "chrony",
                "The time service begins anew and sets the clock, where it can reach a time server;"
                    + " no guest is interrupted."))
        .finding();
  }
}
