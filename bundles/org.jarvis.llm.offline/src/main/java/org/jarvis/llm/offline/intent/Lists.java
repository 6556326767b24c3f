package org.jarvis.llm.offline.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Inert;

/** What there is, and how many. */
final class Lists implements Family {
  private static final String FILTERS =
      " vm|ct|guest|machine running? stopped? paused? not? <node>? <cluster>? <tag>? tag? cluster?"
          + " status?";

  @Override
  public String title() {
    return "What there is";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "count-guests",
            "how many containers are running?",
            "count guests by state, kind, node, tag or cluster",
            Lists::count,
            "count" + FILTERS,
            "count running|stopped|paused <node>? <tag>? tag?"),
        Intent.of(
            "list-guests",
            "list the stopped VMs on pve2",
            "list guests by state, kind, node, tag or cluster",
            Lists::guests,
            FILTERS.strip(),
            "running|stopped|paused not? <node>? <cluster>? <tag>? tag?",
            "tag <tag> vm|ct|guest|machine?",
            "what running|stopped|paused <node>",
            "<node> vm|ct|guest|machine running? stopped?"),
        Intent.of(
            "count-nodes",
            "how many nodes are there?",
            "count the nodes",
            asked ->
                Reply.of(
                    Figures.count(asked.house().nodes().count(), "node")
                        + ", "
                        + online(asked.house())
                        + " of them online."
                        + asked.house().stale(asked.house().nodes().toList())),
            "count node running? stopped? cluster?"),
        Intent.of(
            "list-nodes",
            "list the nodes",
            "list the nodes",
            Lists::nodes,
            "node running? stopped? cluster? list? status?"),
        Intent.of(
            "list-clusters",
            "which clusters are there?",
            "list the clusters",
            asked ->
                Reply.list(
                    "Clusters:",
                    asked.house().clusters().stream().map(ClusterSnapshot::cluster).toList(),
                    asked.house()::label),
            "cluster list|what|count"),
        Intent.of(
            "list-tags", "which tags are in use?", "list the tags", Lists::tags, "tag list?"));
  }

  private static long online(House house) {
    return house.nodes().filter(node -> node.status() == Node.Status.ONLINE).count();
  }

  private static Reply count(Asked asked) {
    List<Guest> found = chosen(asked);
    return asked.house().clusters().isEmpty()
        ? Reply.of(Overview.missing(asked.house()))
        : Reply.of(Figures.count(found.size(), what(asked)) + "." + asked.house().stale(found));
  }

  private static Reply guests(Asked asked) {
    House house = asked.house();
    if (house.clusters().isEmpty()) {
      return Reply.of(Overview.missing(house));
    }
    List<Guest> found = chosen(asked);
    if (found.isEmpty()) {
      return Reply.of("No " + what(asked) + " fits that.");
    }
    return Reply.list(
        Figures.count(found.size(), what(asked)) + ":",
        found,
        resource ->
            house.label(resource)
                + ", "
                + resource.statusWord()
                + " on node "
                + ((Guest) resource).node()
                + house.stale(List.of(resource)));
  }

  private static String what(Asked asked) {
    String state =
        asked.has("running")
            ? "running "
            : asked.has("stopped") ? "stopped " : asked.has("paused") ? "paused " : "";
    return state + type(asked).map(GuestType::label).orElse("guest");
  }

  private static Optional<GuestType> type(Asked asked) {
    return asked.has("vm") == asked.has("ct")
        ? Optional.empty()
        : Optional.of(asked.has("vm") ? GuestType.QEMU : GuestType.LXC);
  }

  /** The guests that fit all that was said of them. */
  static List<Guest> chosen(Asked asked) {
    List<Predicate<Guest>> all = new ArrayList<>();
    type(asked).ifPresent(type -> all.add(guest -> guest.type() == type));
    boolean not = asked.has("not");
    if (asked.has("running")) {
      all.add(guest -> (guest.status() == Guest.Status.RUNNING) != not);
    }
    if (asked.has("stopped")) {
      all.add(guest -> (guest.status() == Guest.Status.STOPPED) != not);
    }
    if (asked.has("paused")) {
      all.add(guest -> (guest.status() == Guest.Status.PAUSED) != not);
    }
    asked
        .node()
        .ifPresent(
            node ->
                all.add(
                    guest ->
                        guest.node().equals(node.node())
                            && guest.cluster().equals(node.cluster())));
    asked.cluster().ifPresent(cluster -> all.add(guest -> guest.cluster().equals(cluster)));
    for (String tag : asked.tags()) {
      all.add(
          guest -> guest.tags().stream().anyMatch(own -> own.toLowerCase(Locale.ROOT).equals(tag)));
    }
    return asked
        .house()
        .guests()
        .filter(guest -> all.stream().allMatch(one -> one.test(guest)))
        .toList();
  }

  private static Reply nodes(Asked asked) {
    House house = asked.house();
    if (house.clusters().isEmpty()) {
      return Reply.of(Overview.missing(house));
    }
    List<Node> found =
        house
            .nodes()
            .filter(node -> !asked.has("running") || node.status() == Node.Status.ONLINE)
            .filter(node -> !asked.has("stopped") || node.status() != Node.Status.ONLINE)
            .toList();
    return found.isEmpty()
        ? Reply.of("No node fits that.")
        : Reply.list(
            Figures.count(found.size(), "node") + ":",
            found,
            node -> house.label(node) + ", " + node.statusWord() + house.stale(List.of(node)));
  }

  private static Reply tags(Asked asked) {
    TreeMap<String, Long> counts =
        asked
            .house()
            .guests()
            .flatMap(guest -> guest.tags().stream())
            .collect(Collectors.groupingBy(tag -> tag, TreeMap::new, Collectors.counting()));
    return counts.isEmpty()
        ? Reply.of("No guest has a tag.")
        : Reply.of(
            "Tags in use: "
                + counts.entrySet().stream()
                    .limit(50)
                    .map(tag -> Inert.name(tag.getKey()) + " (" + tag.getValue() + ")")
                    .collect(Collectors.joining(", "))
                + ".");
  }
}
