package org.jarvis.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jspecify.annotations.Nullable;

/** Whether a node has too much to do, too little memory, or no room on its root disk. */
final class NodeLoadDetector implements BuiltIn {
  /** Its processors are busy for long. */
  static final ProblemKind CPU =
      KindDraft.of(
              "node-cpu-high",
              "Processors busy",
              Severity.WARNING,
              "The node's processors have been busy for a good while, so everything on it is slow."
                  + " While a backup runs there nothing is raised.")
          .lasting(Duration.ofMinutes(15), Duration.ofMinutes(5))
          .limit(
              "used", "Share of the processors in use from which on it is raised", "%", 92, 1, 100)
          .mended();

  /** It runs out of memory. */
  static final ProblemKind MEMORY =
      KindDraft.of(
              "node-memory-high",
              "Memory runs short",
              Severity.CRITICAL,
              "The node has hardly any memory left, what caches would give up not counted; soon its"
                  + " kernel ends a guest to get some.")
          .needs(Aspect.SYSTEM)
          .lasting(Duration.ofMinutes(5), Duration.ofMinutes(2))
          .percentages("Memory in use without caches", 92, 97)
          .mended();

  /** Its root file system fills. */
  static final ProblemKind ROOT =
      KindDraft.of(
              "node-root-full",
              "Root disk full",
              Severity.CRITICAL,
              "The root file system of the node is nearly full; once it is, the node can neither"
                  + " log nor change its configuration, and its daemons fail.")
          .lasting(Duration.ofMinutes(1), Duration.ofMinutes(1))
          .percentages("Space in use on the root file system", 90, 96)
          .mended();

  private static final double CPU_SLACK = 10;
  private static final double MEMORY_SLACK = 4;
  private static final double DISK_SLACK = 3;
  private static final String NOWHERE =
      "No guest was found that could move to another node with room for it. Shut down what is not"
          + " needed, or give guests less.";

  @Override
  public List<ProblemKind> kinds() {
    return List.of(CPU, MEMORY, ROOT);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    KnownTasks tasks = KnownTasks.of(situation);
    Gauge memory = new Gauge(situation, MEMORY, MEMORY_SLACK);
    Gauge root = new Gauge(situation, ROOT, DISK_SLACK);
    for (Node node : situation.cluster().nodes().values()) {
      if (node.status() != Node.Status.ONLINE) {
        continue;
      }
      add(findings, cpu(situation, node, tasks));
      add(findings, memory(situation, node, memory));
      add(findings, root(situation, node, root));
    }
    return findings;
  }

  private static void add(List<Finding> findings, @Nullable Finding finding) {
    if (finding != null) {
      findings.add(finding);
    }
  }

  private static @Nullable Finding cpu(Situation situation, Node node, KnownTasks tasks) {
    Double share = node.cpu();
    if (share == null) {
      return null;
    }
    double used = share * 100;
    Finding.Identity identity = new Finding.Identity(CPU.id(), node.ref(), "");
    boolean open = situation.isOpen(identity);
    if (!Gauge.isOver(situation, CPU, identity, "used", used, CPU_SLACK)
        || (!open && tasks.isBackingUp(node.node()))) {
      return null;
    }
    Relocation relocation = new Relocation(situation);
    List<Guest> heaviest = relocation.heaviest(node.node(), NodeLoadDetector::processors);
    Sight sight =
        Sight.of(
            CPU,
            node.ref(),
            Severity.WARNING,
            "The processors of "
                + node.name()
                + " are "
                + Words.percent(used)
                + " busy"
                + mostBy(heaviest)
                + ".");
    sight.evidence(
        "Processors in use",
        Words.percent(used) + (node.cpus() == null ? "" : " of " + node.cpus()),
        node.observation().at());
    sight.evidence("Limit", Words.figure(situation.limit(CPU, "used")) + " %");
    for (Guest guest : heaviest) {
      sight.evidence(
          Words.guest(guest),
          "uses " + Words.figure(Math.round(processors(guest) * 10) / 10.0) + " processors",
          guest.observation().at());
    }
    return sight.remedy(relocation.away(heaviest).orElse(null)).finding(NOWHERE);
  }

  private static double processors(Guest guest) {
    return guest.cpu() == null || guest.cpus() == null ? 0 : guest.cpu() * guest.cpus();
  }

  private static double memory(Guest guest) {
    return guest.memoryUsed() == null ? 0 : (double) guest.memoryUsed().value();
  }

  private static String mostBy(List<Guest> heaviest) {
    return heaviest.isEmpty() ? "" : ", most of all by " + Words.guest(heaviest.get(0));
  }

  private static @Nullable Finding memory(Situation situation, Node node, Gauge gauge) {
    Optional<NodeSystem> system = situation.fresh(node.ref(), NodeSystem.class);
    if (system.isEmpty()) {
      return null;
    }
    NodeSystem told = system.get();
    Bytes total = told.memoryTotal();
    OptionalDouble held = held(situation, node, told);
    if (total == null || total.value() == 0 || held.isEmpty()) {
      return null;
    }
    double used = 100 * held.getAsDouble() / total.value();
    if (gauge.isFine(used)) {
      return null;
    }
    Severity severity = gauge.of(used, new Finding.Identity(MEMORY.id(), node.ref(), ""));
    if (severity == null) {
      return null;
    }
    Relocation relocation = new Relocation(situation);
    List<Guest> heaviest = relocation.heaviest(node.node(), NodeLoadDetector::memory);
    Sight sight =
        Sight.of(
            MEMORY,
            node.ref(),
            severity,
            Words.percent(used)
                + " of the "
                + Words.amount(total)
                + " of memory of "
                + node.name()
                + " are in use"
                + mostBy(heaviest)
                + ".");
    sight.evidence(
        "Memory in use without caches",
        Words.amount(held.getAsDouble()) + " of " + Words.amount(total),
        node.observation().at());
    sight.evidence("Limit", gauge.limit(severity, "%"));
    if (told.swapUsed() != null && told.swapTotal() != null) {
      sight.evidence(
          "Swap", Words.amount(told.swapUsed()) + " of " + Words.amount(told.swapTotal()));
    }
    for (Guest guest : heaviest) {
      sight.evidence(
          Words.guest(guest), "uses " + Words.amount(memory(guest)), guest.observation().at());
    }
    return sight.remedy(relocation.away(heaviest).orElse(null)).finding(NOWHERE);
  }

  /**
   * The memory that nothing would give up. Before version 9 a node does not tell how much of it the
   * ARC of ZFS holds; of one that has or may have pools nothing is claimed.
   */
  private static OptionalDouble held(Situation situation, Node node, NodeSystem told) {
    if (told.memoryTotal() != null && told.memoryAvailable() != null) {
      return OptionalDouble.of(
          Math.max(0.0, (double) (told.memoryTotal().value() - told.memoryAvailable().value())));
    }
    if (told.memoryUsed() == null) {
      return OptionalDouble.empty();
    }
    if (told.memoryArc() != null) {
      return OptionalDouble.of(
          Math.max(0.0, (double) (told.memoryUsed().value() - told.memoryArc().value())));
    }
    return situation
            .cluster()
            .details(node.ref())
            .find(ZfsPools.class)
            .filter(zfs -> zfs.pools().isEmpty())
            .isPresent()
        ? OptionalDouble.of((double) told.memoryUsed().value())
        : OptionalDouble.empty();
  }

  private static @Nullable Finding root(Situation situation, Node node, Gauge gauge) {
    Bytes used = node.diskUsed();
    Bytes total = node.diskTotal();
    if (used == null || total == null || total.value() == 0) {
      return null;
    }
    double percent = 100.0 * used.value() / total.value();
    if (gauge.isFine(percent)) {
      return null;
    }
    Severity severity = gauge.of(percent, new Finding.Identity(ROOT.id(), node.ref(), ""));
    if (severity == null) {
      return null;
    }
    Sight sight =
        Sight.of(
            ROOT,
            node.ref(),
            severity,
            "The root disk of "
                + node.name()
                + " is "
                + Words.percent(percent)
                + " full: "
                + Words.amount((double) Math.max(0, total.value() - used.value()))
                + " are left.");
    sight.evidence(
        "Space in use", Words.amount(used) + " of " + Words.amount(total), node.observation().at());
    sight.evidence("Limit", gauge.limit(severity, "%"));
    Forecast.of(situation, node.ref(), used, total)
        .ifPresent(forecast -> sight.evidence("Growth", forecast.words()));
    return sight.remedy(clean(node)).finding();
  }

  private static Remedy clean(Node node) {
    return Remedy.of(
        "clean",
        "Clear the package cache of " + node.name(),
        "Packages that apt downloaded are deleted, which often frees some GiB; it downloads again"
            + " what it needs.",
        Fix.node("clean_package_cache", node.cluster(), node.node(), Map.of()));
  }
}
