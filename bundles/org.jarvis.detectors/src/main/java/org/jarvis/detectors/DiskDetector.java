package org.jarvis.detectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.NodeDisks;

/** Whether disks fail, or are worn. */
final class DiskDetector implements BuiltIn {
  /** It says itself that it fails. */
  static final ProblemKind FAILING =
      KindDraft.of(
              "disk-failing",
              "Disk failing",
              Severity.CRITICAL,
              "The disk says by SMART that it has failed or is about to; what lies on it alone will"
                  + " be lost.")
          .needs(Aspect.DISKS)
          .unmended(
              "A failing disk has to be replaced by hand. Back up at once what lies on it, then"
                  + " replace it.");

  /** It has little life left. */
  static final ProblemKind WORN =
      KindDraft.of(
              "disk-worn",
              "Disk worn",
              Severity.WARNING,
              "The disk has been written to so much that little is left of the life that its maker"
                  + " promises.")
          .needs(Aspect.DISKS)
          .limit("left", "Percent of its life left from which on it is raised", "%", 10, 0, 99)
          .unmended("A worn disk has to be replaced by hand; there is still time to plan that.");

  private static final int MOST_ATTRIBUTES = 8;

  @Override
  public List<ProblemKind> kinds() {
    return List.of(FAILING, WORN);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    for (Node node : situation.cluster().nodes().values()) {
      situation
          .fresh(node.ref(), NodeDisks.class)
          .ifPresent(
              told -> {
                for (NodeDisks.Disk disk : told.disks()) {
                  judge(situation, node, disk, findings);
                }
              });
    }
    return findings;
  }

  private static void judge(
      Situation situation, Node node, NodeDisks.Disk disk, List<Finding> findings) {
    boolean failed =
        disk.health() != null && disk.health().toUpperCase(Locale.ROOT).startsWith("FAIL");
    List<NodeDisks.Attribute> failing =
        disk.attributes().stream()
            .filter(NodeDisks.Attribute::failing)
            .limit(MOST_ATTRIBUTES)
            .toList();
    if (failed || !failing.isEmpty()) {
      findings.add(failing(node, disk, failing));
    }
    Integer left = disk.lifeLeft();
    if (left != null && left <= situation.limit(WORN, "left")) {
      findings.add(worn(node, disk, left));
    }
  }

  private static String label(Node node, NodeDisks.Disk disk) {
    return Words.name(disk.device())
        + " of "
        + node.name()
        + (disk.model() == null ? "" : " (" + Words.name(disk.model()) + ")");
  }

  private static Finding failing(
      Node node, NodeDisks.Disk disk, List<NodeDisks.Attribute> failing) {
    Sight sight =
        Sight.of(
            FAILING,
            node.ref(),
            Words.name(disk.device()),
            Severity.CRITICAL,
            "The disk "
                + label(node, disk)
                + " is failing"
                + (failing.isEmpty()
                    ? ": SMART says " + Words.name(String.valueOf(disk.health()))
                    : " by "
                        + Words.list(failing.stream().map(one -> Words.name(one.name())).toList()))
                + ".");
    sight.evidence("SMART", Words.name(String.valueOf(disk.health())));
    for (NodeDisks.Attribute attribute : failing) {
      sight.evidence(Words.name(attribute.name()), Words.name(attribute.value()));
    }
    return described(sight, disk).finding();
  }

  private static Finding worn(Node node, NodeDisks.Disk disk, int left) {
    Sight sight =
        Sight.of(
            WORN,
            node.ref(),
            Words.name(disk.device()),
            Severity.WARNING,
            "The disk " + label(node, disk) + " has " + left + " % of its life left.");
    sight.evidence("Life left", left + " %");
    return described(sight, disk)
        .because(new Finding.Identity(FAILING.id(), node.ref(), Words.name(disk.device())))
        .finding();
  }

  private static Sight described(Sight sight, NodeDisks.Disk disk) {
    if (disk.serial() != null) {
      sight.evidence("Serial number", Words.name(disk.serial()));
    }
    if (disk.usedFor() != null) {
      sight.evidence("Used for", Words.name(disk.usedFor()));
    }
    if (disk.size() != null) {
      sight.evidence("Size", Words.amount(disk.size()));
    }
    return sight;
  }
}
