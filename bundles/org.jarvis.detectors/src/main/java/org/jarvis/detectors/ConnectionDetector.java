package org.jarvis.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jspecify.annotations.Nullable;

/** Whether the cluster answers, and whether all of its members do. */
final class ConnectionDetector implements BuiltIn {
  /** No member answers. */
  static final ProblemKind UNREACHABLE =
      KindDraft.of(
              "cluster-unreachable",
              "Cluster does not answer",
              Severity.CRITICAL,
              "No member of the cluster answers Jarvis, so nothing there is watched and nothing can"
                  + " be done.")
          .lasting(Duration.ofSeconds(15), Duration.ZERO)
          .unmended(
              "Without an answer nothing can be done from here. The reason says what to look at:"
                  + " network, certificate, token, or whether the nodes run.");

  /** Some members do not answer, though they are online. */
  static final ProblemKind DEGRADED =
      KindDraft.of(
              "cluster-degraded-source",
              "Members do not answer Jarvis",
              Severity.WARNING,
              "A member is online but does not answer Jarvis, which would be blind if the others"
                  + " failed, too.")
          .needs(Aspect.CONNECTION)
          .lasting(Duration.ofMinutes(5), Duration.ofMinutes(1))
          .unmended(
              "Its address, network, certificate or interface has to be looked at; the evidence"
                  + " says what fails. Until then the other members are asked.");

  @Override
  public List<ProblemKind> kinds() {
    return List.of(UNREACHABLE, DEGRADED);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    Cluster cluster = situation.cluster().cluster();
    if (isUnreachable(situation, cluster)) {
      return List.of(unreachable(situation, cluster));
    }
    return situation
        .fresh(cluster.ref(), ConnectionDetail.class)
        .flatMap(connection -> degraded(situation, cluster, connection))
        .map(List::of)
        .orElse(List.of());
  }

  /** While the first answer is awaited, what is there may be from before a restart. */
  private static boolean isUnreachable(Situation situation, Cluster cluster) {
    return switch (cluster.connection()) {
      case CONNECTING -> false;
      case LIVE -> cluster.status() == Cluster.Status.UNREACHABLE || !situation.isFresh(cluster);
      case FAILING, MISSING -> true;
    };
  }

  private static Finding unreachable(Situation situation, Cluster cluster) {
    String reason = cluster.reason() == null ? "the reason is not known" : cluster.reason();
    Sight sight =
        Sight.of(
            UNREACHABLE,
            cluster.ref(),
            Severity.CRITICAL,
            "The cluster "
                + Words.name(cluster.name())
                + " does not answer: "
                + Words.unstopped(Words.said(reason))
                + ".");
    sight.evidence("Connection", cluster.connection().word() + ": " + reason);
    sight.evidence(
        "Last answer",
        Words.ago(cluster.observation().at(), situation.now()),
        cluster.observation().at());
    return sight.finding();
  }

  private static Optional<Finding> degraded(
      Situation situation, Cluster cluster, ConnectionDetail connection) {
    List<ConnectionDetail.Member> silent = new ArrayList<>();
    for (ConnectionDetail.Member member : connection.members()) {
      if (isSilent(member) && isMissed(situation, member.node())) {
        silent.add(member);
      }
    }
    if (silent.isEmpty()) {
      return Optional.empty();
    }
    Sight sight =
        Sight.of(
            DEGRADED,
            cluster.ref(),
            Severity.WARNING,
            Words.count(silent.size(), "member")
                + " of "
                + connection.members().size()
                + " of "
                + Words.name(cluster.name())
                + (silent.size() == 1 ? " does" : " do")
                + " not answer Jarvis: "
                + Words.list(silent.stream().map(ConnectionDetector::label).toList())
                + ".");
    List<ResourceRef> nodes = new ArrayList<>();
    for (ConnectionDetail.Member member : silent) {
      sight.evidence(
          Words.name(member.address()),
          member.reason() == null ? "It does not answer." : Words.said(member.reason()),
          member.lastAnswer());
      if (member.node() != null) {
        nodes.add(ResourceRef.node(cluster.id(), member.node()));
      }
    }
    return Optional.of(sight.affecting(nodes).finding());
  }

  private static boolean isSilent(ConnectionDetail.Member member) {
    return switch (member.state()) {
      case UNTRIED, ANSWERING -> false;
      case FAILING, RESTING -> true;
    };
  }

  /** An address that is no known node's may be wrong, which is worth knowing, too. */
  private static boolean isMissed(Situation situation, @Nullable NodeName name) {
    Node node = name == null ? null : situation.cluster().nodes().get(name);
    return node == null
        || (node.status() == Node.Status.ONLINE && !situation.isMaintained(node.node()));
  }

  private static String label(ConnectionDetail.Member member) {
    NodeName node = member.node();
    return node == null ? Words.name(member.address()) : node.value();
  }
}
