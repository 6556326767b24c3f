package org.jarvis.llm.offline.intent;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.Detail;
import org.jarvis.api.resource.detail.NodeCertificates;
import org.jarvis.api.resource.detail.NodeDisks;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.api.resource.detail.NodeTemperatures;
import org.jarvis.api.resource.detail.NodeUpdates;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;
import org.jarvis.llm.offline.house.Inert;
import org.jspecify.annotations.Nullable;

/** What is known of one node, or of each where none is named. */
final class NodeFacts implements Family {
  private static final int MOST = 10;

  @Override
  public String title() {
    return "A node";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "node-status",
            "how is pve1?",
            "say how a node is",
            told(
                (house, node) ->
                    "is "
                        + node.statusWord()
                        + (node.status() == Node.Status.ONLINE ? ": " + load(house, node) : "")
                        + "."),
            "<node> status|things|running|stopped red? problem?",
            "<node>"),
        Intent.of(
            "node-cpu",
            "what is the load of pve1?",
            "say how loaded a node is",
            told((house, node) -> "has " + load(house, node) + "."),
            "<node> cpu|load cpu? load?",
            "load node",
            "cpu load?",
            "cpu node"),
        Intent.of(
            "node-memory",
            "how much memory is free on pve1?",
            "say what memory a node has",
            told((house, node) -> Figures.uses(node.memoryUsed(), node.memoryTotal(), "memory")),
            "<node> memory free? full?",
            "memory node|cluster|free|full free?"),
        Intent.of(
            "node-disk",
            "how full is the root disk of pve1?",
            "say how full a node's root disk is",
            told((house, node) -> Figures.uses(node.diskUsed(), node.diskTotal(), "root disk")),
            "<node> full|free disk?"),
        Intent.of(
            "node-uptime",
            "what is the uptime of pve1?",
            "say how long a node has been up",
            told(
                (house, node) ->
                    node.uptime() == null
                        ? "is " + node.statusWord() + "; no uptime is known."
                        : "has been up for " + Figures.span(node.uptime()) + "."),
            "<node> uptime running? begun?",
            "uptime node"),
        Intent.of(
            "temperatures",
            "how warm is pve1?",
            "say how warm a node is",
            detail(NodeTemperatures.class, NodeFacts::temperatures),
            "temperature <node>? node? cpu? disk? most? things?"),
        Intent.of(
            "version",
            "which version runs on pve1?",
            "say which version of Proxmox VE runs",
            detail(
                NodeSystem.class,
                (house, system) ->
                    "runs "
                        + Inert.name(
                            Optional.ofNullable(system.version()).orElse("an unknown version"))
                        + (system.kernel() == null ? "" : ", kernel " + Inert.name(system.kernel()))
                        + "."),
            "version <node> running?",
            "version running? node? cluster? you?"),
        Intent.of(
            "updates",
            "are there updates for pve1?",
            "say which updates a node could install",
            detail(
                NodeUpdates.class,
                (house, updates) ->
                    updates.packages().isEmpty()
                        ? "has nothing to update."
                        : "could update "
                            + Figures.count(updates.packages().size(), "package")
                            + ": "
                            + some(
                                updates.packages().stream()
                                    .map(pack -> Inert.name(pack.name()))
                                    .toList())
                            + "."),
            "update <node>? node? waiting? free? count? cluster?"),
        Intent.of(
            "services",
            "do any services fail on pve1?",
            "say which services of a node do not run",
            detail(NodeServices.class, NodeFacts::services),
            "service <node>? failed? running? stopped? node? red? things?"),
        Intent.of(
            "disks",
            "how are the disks of pve1?",
            "say how a node's disks are",
            detail(NodeDisks.class, NodeFacts::disks),
            "<node> disk things? red? failed? status? smart?",
            "smart <node>? disk? node? things? status?",
            "disk things|red|failed|status|problem node?"),
        Intent.of(
            "zfs",
            "are the ZFS pools healthy?",
            "say how ZFS pools are",
            detail(ZfsPools.class, NodeFacts::pools),
            "zfs <node>? things? red? status? node? full? free? lately?"),
        Intent.of(
            "certificates",
            "when do the certificates of pve1 expire?",
            "say until when certificates hold",
            detail(NodeCertificates.class, NodeFacts::certificates),
            "certificate <node>? when? node? old? until?"));
  }

  /** What can be said of a node, after its name. */
  private interface Fact<D> {
    String of(House house, D known);
  }

  private static Function<Asked, Reply> told(Fact<Node> fact) {
    return asked -> each(asked, node -> fact.of(asked.house(), node));
  }

  private static <D extends Detail> Function<Asked, Reply> detail(Class<D> type, Fact<D> fact) {
    return asked ->
        each(
            asked,
            node ->
                asked
                    .house()
                    .detail(node.ref(), type)
                    .map(
                        known ->
                            fact.of(asked.house(), known)
                                + asked.house().staleDetail(node.ref(), type))
                    .orElse("has told nothing of that yet."));
  }

  /** About the node that is meant, or about each. */
  private static Reply each(Asked asked, Function<Node, String> fact) {
    House house = asked.house();
    if (asked.means(Asked.Kind.NODE)) {
      return asked.aboutNode(
          node ->
              Reply.about(
                  node, house.label(node) + " " + fact.apply(node) + house.stale(List.of(node))));
    }
    List<Node> nodes = house.nodes().toList();
    return nodes.isEmpty()
        ? Reply.of(Overview.missing(house))
        : Reply.list(
            "Node by node:",
            nodes,
            node -> house.label(node) + " " + fact.apply((Node) node) + house.stale(List.of(node)));
  }

  /** Its figures in one line. */
  static String load(House house, Node node) {
    List<Double> averages =
        house.detail(node.ref(), NodeSystem.class).map(NodeSystem::load).orElse(List.of());
    return "processor "
        + Figures.percent(node.cpu())
        + ", memory "
        + Figures.use(node.memoryUsed(), node.memoryTotal())
        + (averages.isEmpty()
            ? ""
            : ", load "
                + averages.stream()
                    .map(one -> String.format(Locale.ROOT, "%.2f", one))
                    .collect(Collectors.joining(" ")));
  }

  private static String temperatures(House house, NodeTemperatures known) {
    return known.readings().isEmpty()
        ? "has no sensor that tells."
        : "is this warm: "
            + some(
                known.readings().stream()
                    .sorted(
                        Comparator.comparingDouble(NodeTemperatures.Reading::celsius).reversed())
                    .map(
                        one ->
                            Inert.name(one.label())
                                + String.format(Locale.ROOT, " %.0f °C", one.celsius()))
                    .toList())
            + ".";
  }

  private static String services(House house, NodeServices known) {
    List<String> failed =
        known.services().stream()
            .filter(one -> "failed".equals(one.activeState()))
            .map(one -> Inert.name(one.name()))
            .toList();
    return failed.isEmpty()
        ? "has no failed service among " + known.services().size() + "."
        : "has failed services: " + some(failed) + ".";
  }

  private static String disks(House house, NodeDisks known) {
    return known.disks().isEmpty()
        ? "lists no disks."
        : "has "
            + some(
                known.disks().stream()
                    .map(
                        disk ->
                            Inert.name(disk.device())
                                + " "
                                + Figures.amount(disk.size())
                                + " "
                                + said(disk.health())
                                + (disk.lifeLeft() == null
                                    ? ""
                                    : ", " + disk.lifeLeft() + " % life left"))
                    .toList())
            + ".";
  }

  private static String pools(House house, ZfsPools known) {
    return known.pools().isEmpty()
        ? "has no ZFS pool."
        : "has "
            + some(
                known.pools().stream()
                    .map(
                        pool ->
                            Inert.name(pool.name())
                                + " "
                                + said(pool.state() == null ? pool.health() : pool.state())
                                + ", "
                                + Figures.use(pool.allocated(), pool.size()))
                    .toList())
            + ".";
  }

  private static String certificates(House house, NodeCertificates known) {
    return "shows "
        + some(
            known.certificates().stream()
                .filter(one -> one.validUntil() != null)
                .map(
                    one ->
                        Inert.name(one.file())
                            + " until "
                            + Optional.ofNullable(one.validUntil())
                                .map(until -> until.toString().substring(0, 10))
                                .orElse("an unknown day"))
                .toList())
        + ".";
  }

  private static String said(@Nullable String word) {
    return word == null ? "unknown" : Inert.name(word);
  }

  private static String some(List<String> all) {
    String few = all.stream().limit(MOST).collect(Collectors.joining("; "));
    return all.size() > MOST ? few + " and " + (all.size() - MOST) + " more" : few;
  }
}
