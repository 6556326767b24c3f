package org.jarvis.llm.offline.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Inert;

/** How things are as a whole. */
final class Overview implements Family {
  @Override
  public String title() {
    return "How things are";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "overview",
            "how are things?",
            "say how everything is",
            Overview::overview,
            "things status? cluster? you? problem? red?",
            "status cluster?",
            "how cluster",
            "how you"),
        Intent.of(
            "cluster-status",
            "what is the status of cluster home?",
            "say how a cluster is",
            asked -> asked.about(Asked.Kind.CLUSTER, cluster -> cluster(asked, (Cluster) cluster)),
            "<cluster> status|things|running cluster?",
            "<cluster>"),
        Intent.of(
            "reading-age",
            "how old are the readings?",
            "say when everything was read last, and what is stale",
            Overview::age,
            "fresh lately? old? when? <thing>?",
            "when lately fresh"));
  }

  static String sentence(Asked asked) {
    return overview(asked).text().split("\n", 2)[0];
  }

  private static Reply overview(Asked asked) {
    House house = asked.house();
    if (house.clusters().isEmpty()) {
      return Reply.of(missing(house));
    }
    StringBuilder text = new StringBuilder();
    for (ClusterSnapshot snapshot : house.clusters()) {
      text.append(text.isEmpty() ? "" : "\n").append(line(house, snapshot));
    }
    Problems problems = house.sources().problems();
    if (problems == null) {
      return Reply.of(
          text + "\nWhether there are problems cannot be said: that part is not running.");
    }
    List<Problem> open = problems.open();
    if (open.isEmpty()) {
      boolean stale = house.clusters().stream().anyMatch(one -> house.isStale(one.cluster()));
      return Reply.of(
          text + (stale ? "\nNo problem is known, as of then." : "\nNo problem is open."));
    }
    return ProblemTalk.list(text + "\n\n" + Figures.count(open.size(), "problem") + " open:", open);
  }

  /** Why there is nothing to tell. */
  static String missing(House house) {
    return house.sources().live() == null
        ? "The live state cannot be read at the moment: that part of Jarvis is not running."
        : "No cluster is connected yet. `docs/configuration.md` says how to connect one.";
  }

  private static Reply cluster(Asked asked, Cluster cluster) {
    ClusterSnapshot snapshot =
        asked.house().clusters().stream()
            .filter(one -> one.cluster().id().equals(cluster.id()))
            .findFirst()
            .orElseThrow();
    return Reply.about(cluster, line(asked.house(), snapshot));
  }

  private static String line(House house, ClusterSnapshot snapshot) {
    Cluster cluster = snapshot.cluster();
    List<Guest> guests =
        snapshot.guests().values().stream().filter(guest -> !guest.template()).toList();
    long running = guests.stream().filter(guest -> guest.status() == Guest.Status.RUNNING).count();
    List<String> facts = new ArrayList<>();
    facts.add(
        cluster.nodesOnline() + " of " + Figures.count(cluster.nodesTotal(), "node") + " online");
    facts.add(running + " of " + Figures.count(guests.size(), "guest") + " running");
    facts.add(quorum(cluster));
    String state =
        cluster.connection() == Cluster.Connection.LIVE
            ? cluster.status().word()
            : cluster.status().word() + ", connection " + cluster.connection().word();
    return "Cluster **"
        + cluster.id()
        + "** is "
        + state
        + ": "
        + String.join(", ", facts)
        + "."
        + Optional.ofNullable(cluster.reason()).map(reason -> " " + Inert.line(reason)).orElse("")
        + house.stale(List.of(cluster));
  }

  private static String quorum(Cluster cluster) {
    if (cluster.quorate() == null) {
      return "quorum unknown";
    }
    return cluster.quorate() ? "quorum held" : "**no quorum**";
  }

  private static Reply age(Asked asked) {
    House house = asked.house();
    if (house.clusters().isEmpty()) {
      return Reply.of(missing(house));
    }
    StringBuilder text = new StringBuilder();
    for (ClusterSnapshot snapshot : house.clusters()) {
      long stale = snapshot.resources().filter(house::isStale).count();
      text.append(text.isEmpty() ? "" : "\n")
          .append("Cluster ")
          .append(snapshot.cluster().id())
          .append(" was last read ")
          .append(Figures.ago(snapshot.cluster().observation().at(), house.now()))
          .append(stale == 0 ? "; nothing is stale." : "; " + stale + " of its values are stale.");
    }
    return Reply.of(text.toString());
  }
}
