package org.jarvis.llm.offline.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.CephStatus;
import org.jarvis.api.resource.detail.HighAvailability;
import org.jarvis.api.resource.detail.ReplicationJobs;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Inert;
import org.jspecify.annotations.Nullable;

/** What a cluster does as a whole. */
final class ClusterFacts implements Family {
  @Override
  public String title() {
    return "The cluster";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "quorum",
            "is there quorum?",
            "say whether there is quorum",
            each(ClusterFacts::quorum),
            "quorum <cluster>? cluster? status? things? count?"),
        Intent.of(
            "high-availability",
            "what does HA manage?",
            "say how high availability is",
            each(ClusterFacts::highAvailability),
            "ha <cluster>? cluster? status? things? red? guest? task?"),
        Intent.of(
            "replication",
            "how is the replication?",
            "say how replication goes",
            each(ClusterFacts::replication),
            "replication <cluster>? cluster? status? things? red? failed? task? lately? problem?"),
        Intent.of(
            "ceph",
            "how is Ceph?",
            "say how Ceph is",
            each(ClusterFacts::ceph),
            "ceph <cluster>? cluster? status? things? red?"));
  }

  private static Function<Asked, Reply> each(BiFunction<House, ClusterSnapshot, String> fact) {
    return asked -> {
      House house = asked.house();
      if (house.clusters().isEmpty()) {
        return Reply.of(Overview.missing(house));
      }
      return Reply.of(
          house.clusters().stream()
              .filter(
                  one ->
                      asked.cluster().isEmpty() || asked.cluster().get().equals(one.cluster().id()))
              .map(
                  one ->
                      "Cluster "
                          + one.cluster().id()
                          + " "
                          + fact.apply(house, one)
                          + house.stale(List.of(one.cluster())))
              .collect(Collectors.joining("\n")));
    };
  }

  private static String quorum(House house, ClusterSnapshot snapshot) {
    Cluster cluster = snapshot.cluster();
    if (cluster.quorate() == null) {
      return "has not told whether it has quorum.";
    }
    return (cluster.quorate() ? "has quorum" : "has **no quorum**")
        + (cluster.votes() == null || cluster.expectedVotes() == null
            ? "."
            : ": " + cluster.votes() + " of " + cluster.expectedVotes() + " votes.");
  }

  private static String highAvailability(House house, ClusterSnapshot snapshot) {
    return house
        .detail(snapshot.cluster().ref(), HighAvailability.class)
        .map(
            known ->
                (known.services().isEmpty()
                        ? "has no guest under high availability."
                        : "has under high availability: "
                            + known.services().stream()
                                .limit(20)
                                .map(one -> Inert.name(one.id()) + " " + said(one.state()))
                                .collect(Collectors.joining(", "))
                            + ".")
                    + house.staleDetail(snapshot.cluster().ref(), HighAvailability.class))
        .orElse("has told nothing of high availability yet.");
  }

  private static String replication(House house, ClusterSnapshot snapshot) {
    List<String> jobs = new ArrayList<>();
    boolean read = false;
    for (Node node : snapshot.nodes().values()) {
      read |= house.detail(node.ref(), ReplicationJobs.class).isPresent();
      house.detail(node.ref(), ReplicationJobs.class).stream()
          .flatMap(known -> known.jobs().stream())
          .forEach(job -> jobs.add(told(house, job)));
    }
    if (!read) {
      return "has told nothing of replication yet.";
    }
    return jobs.isEmpty()
        ? "has no replication job."
        : "replicates: " + jobs.stream().limit(20).collect(Collectors.joining("; ")) + ".";
  }

  private static String told(House house, ReplicationJobs.Job job) {
    return Inert.name(job.id())
        + " last well "
        + Figures.ago(job.lastSync(), house.now())
        + (job.error() == null ? "" : ", **fails**: " + Inert.line(job.error()));
  }

  private static String ceph(House house, ClusterSnapshot snapshot) {
    return house
        .detail(snapshot.cluster().ref(), CephStatus.class)
        .map(
            known ->
                "has Ceph in "
                    + said(known.health())
                    + ", "
                    + Figures.use(known.used(), known.total())
                    + "."
                    + known.checks().stream()
                        .limit(5)
                        .map(check -> "\n- " + Inert.line(check))
                        .collect(Collectors.joining()))
        .orElse("has no Ceph, or has told nothing of it yet.");
  }

  private static String said(@Nullable String word) {
    return word == null ? "unknown" : Inert.name(word);
  }
}
