package org.jarvis.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jarvis.api.health.ComponentHealth;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.OwnSituation;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;

/** Whether Jarvis itself is well. */
final class OwnDetector implements BuiltIn {
  /** Its disk is nearly full. */
  static final ProblemKind DISK_LOW =
      KindDraft.of(
              "jarvis-disk-low",
              "Disk of Jarvis nearly full",
              Severity.CRITICAL,
              "Where Jarvis keeps its data hardly any room is left; once there is none it records"
                  + " nothing, and so changes nothing.")
          .lasting(Duration.ofSeconds(30), Duration.ofMinutes(1))
          .limit(
              Gauge.WARNING, "MiB left from which on it is a warning", "MiB", 1_024, 1, 1_048_576)
          .limit(Gauge.CRITICAL, "MiB left from which on it is critical", "MiB", 256, 1, 1_048_576)
          .unmended(
              "Only whoever runs Jarvis can make room on its disk: delete what is not needed there,"
                  + " or make it larger.");

  /** A part of it is not well. */
  static final ProblemKind PART_UNWELL =
      KindDraft.of(
              "jarvis-part-unwell",
              "Part of Jarvis not well",
              Severity.WARNING,
              "A part of Jarvis says that it does less than it should, or nothing.")
          .lasting(Duration.ofSeconds(30), Duration.ofSeconds(10))
          .unmended("What the part says names the cure; Jarvis does not operate on itself.");

  private static final double MIB = 1L << 20;
  private static final double SLACK = 1.1;

  @Override
  public List<ProblemKind> kinds() {
    return List.of(DISK_LOW, PART_UNWELL);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    return List.of();
  }

  @Override
  public List<Finding> detectHere(OwnSituation situation) {
    List<Finding> findings = new ArrayList<>();
    Bytes free = situation.diskFree();
    if (free != null) {
      double left = free.value() / MIB;
      boolean open = situation.isOpen(new Finding.Identity(DISK_LOW.id(), null, ""));
      if (left <= situation.limit(DISK_LOW, Gauge.WARNING) * (open ? SLACK : 1)) {
        findings.add(diskLow(situation, free, left));
      }
    }
    Set<String> told = new HashSet<>();
    for (ComponentHealth part : situation.health()) {
      if (part.status() != ComponentHealth.Status.UP && told.add(Words.name(part.name()))) {
        findings.add(unwell(situation, part));
      }
    }
    return findings;
  }

  private static Finding diskLow(OwnSituation situation, Bytes free, double left) {
    Bytes total = situation.diskTotal();
    return Sight.here(
            DISK_LOW,
            "",
            left <= situation.limit(DISK_LOW, Gauge.CRITICAL)
                ? Severity.CRITICAL
                : Severity.WARNING,
            "Jarvis has " + Words.amount(free) + " left on the disk that it keeps its data on.")
        .evidence(
            "Room left",
            Words.amount(free) + (total == null ? "" : " of " + Words.amount(total)),
            situation.now())
        .finding();
  }

  private static Finding unwell(OwnSituation situation, ComponentHealth part) {
    return Sight.here(
            PART_UNWELL,
            Words.name(part.name()),
            Severity.WARNING,
            "The part "
                + Words.name(part.name())
                + " of Jarvis is "
                + (part.status() == ComponentHealth.Status.DOWN ? "down" : "not well")
                + ": "
                + Words.unstopped(Words.said(part.detail()))
                + ".")
        .evidence("It says", part.detail(), situation.now())
        .finding();
  }
}
