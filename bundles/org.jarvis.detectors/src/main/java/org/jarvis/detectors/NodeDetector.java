package org.jarvis.detectors;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.ResourceRef;

/** Whether each node is there. What runs on one that is not is named by its problem. */
final class NodeDetector implements BuiltIn {
  /** The cluster says that it is off. */
  static final ProblemKind OFFLINE =
      KindDraft.of(
              "node-offline",
              "Node offline",
              Severity.CRITICAL,
              "The node has left its cluster: it is off, has crashed, or its network is gone, and"
                  + " with it everything that runs there.")
          .mended();

  /** Nobody can tell. */
  static final ProblemKind UNKNOWN =
      KindDraft.of(
              "node-unknown",
              "Node does not report",
              Severity.WARNING,
              "The node is a member of its cluster but reports nothing, most often because its"
                  + " pvestatd hangs or waits for a storage that is away.")
          .lasting(Duration.ofMinutes(2), Duration.ZERO)
          .mended();

  /** What is told of it is old, though the cluster answers. */
  static final ProblemKind SILENT =
      KindDraft.of(
              "node-silent",
              "Node is not told of",
              Severity.WARNING,
              "The cluster answers, but says nothing new of this node, so what is shown of it and"
                  + " of its guests is old.")
          .lasting(Duration.ofMinutes(1), Duration.ZERO)
          .mended();

  private static final String REPORTER = "pvestatd";

  private final OrderlyShutdowns shutdowns = new OrderlyShutdowns();

  @Override
  public List<ProblemKind> kinds() {
    return List.of(OFFLINE, UNKNOWN, SILENT);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    Cluster cluster = situation.cluster().cluster();
    boolean live = cluster.connection() == Cluster.Connection.LIVE && situation.isFresh(cluster);
    Outage outage = Outage.of(situation, shutdowns);
    for (Node node : situation.cluster().nodes().values()) {
      if (live && !situation.isFresh(node)) {
        findings.add(silent(situation, node));
        continue;
      }
      switch (node.status()) {
        case ONLINE -> {
          if (isBare(node) && othersAreTold(situation)) {
            findings.add(unknown(situation, node));
          }
        }
        case OFFLINE -> findings.add(offline(situation, node, outage));
        case UNKNOWN -> findings.add(unknown(situation, node));
      }
    }
    return findings;
  }

  private static Finding offline(Situation situation, Node node, Outage outage) {
    List<Guest> guests = guests(situation, node);
    Instant shutdown = outage.shutdown(node);
    String with =
        guests.isEmpty()
            ? ""
            : ", and with it "
                + Words.list(guests.stream().map(guest -> Words.name(guest.name())).toList());
    Sight sight =
        shutdown == null
            ? Sight.of(
                OFFLINE, node.ref(), Severity.CRITICAL, node.name() + " is offline" + with + ".")
            : Sight.of(
                OFFLINE,
                node.ref(),
                Severity.INFO,
                node.name()
                    + " was shut down or rebooted in order "
                    + Words.ago(shutdown, situation.now())
                    + " and is offline"
                    + with
                    + ".");
    sight.evidence("Status by the cluster", node.status().word(), node.observation().at());
    sight.evidence("Guests on it", Words.count(guests.size(), "guest"));
    if (shutdown != null) {
      sight.evidence("In order", "Its guests were stopped for it first.", shutdown);
    }
    return sight.affecting(refs(guests)).remedy(Fix.wake(node)).finding();
  }

  private static boolean isBare(Node node) {
    return node.cpu() == null && node.memoryUsed() == null && node.uptime() == null;
  }

  /** Otherwise it is the account that may not see how nodes are. */
  private static boolean othersAreTold(Situation situation) {
    return situation.cluster().nodes().values().stream().anyMatch(node -> !isBare(node));
  }

  private static Finding unknown(Situation situation, Node node) {
    List<Guest> guests = guests(situation, node);
    return Sight.of(
            UNKNOWN,
            node.ref(),
            Severity.WARNING,
            node.name()
                + " reports nothing, so how it and "
                + Words.count(guests.size(), "guest")
                + " on it are is not known.")
        .evidence("Status by the cluster", node.status().word(), node.observation().at())
        .affecting(refs(guests))
        .remedy(reporting(node))
        .finding();
  }

  private static Finding silent(Situation situation, Node node) {
    return Sight.of(
            SILENT,
            node.ref(),
            Severity.WARNING,
            "Nothing new was told of "
                + node.name()
                + " since "
                + Words.time(Duration.between(node.observation().at(), situation.now()))
                + ".")
        .evidence("Last told of", node.observation().source(), node.observation().at())
        .affecting(refs(guests(situation, node)))
        .remedy(reporting(node))
        .finding();
  }

  private static Remedy reporting(Node node) {
    return Fix.restartService(
        node.cluster(),
        node.node(),
        REPORTER,
        "The daemon that reports begins anew; no guest is interrupted. Where it waits for a"
            + " storage, that has to come back, too.");
  }

  private static List<Guest> guests(Situation situation, Node node) {
    List<Guest> guests = new ArrayList<>();
    for (Guest guest : situation.cluster().guests().values()) {
      if (guest.node().equals(node.node()) && !guest.template()) {
        guests.add(guest);
      }
    }
    guests.sort(Comparator.comparing(Guest::id));
    return guests;
  }

  private static List<ResourceRef> refs(List<Guest> guests) {
    return guests.stream().map(Guest::ref).toList();
  }
}
