package org.jarvis.detectors;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;

/** Whether the cluster's release still gets security fixes. */
final class VersionDetector implements BuiltIn {
  /** It does not. */
  static final ProblemKind VULNERABLE =
      KindDraft.of(
              "version-vulnerable",
              "Proxmox VE out of support",
              Severity.WARNING,
              "The cluster's release of Proxmox VE gets no security fixes any more, so whatever"
                  + " vulnerability is found stays open.")
          .unmended(
              "A new release is for a person to install, one node after the other, by the upgrade"
                  + " guide of Proxmox VE.");

  private final SupportTable support = SupportTable.read();

  @Override
  public List<ProblemKind> kinds() {
    return List.of(VULNERABLE);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    Cluster cluster = situation.cluster().cluster();
    String version = cluster.version();
    Optional<LocalDate> ended =
        version == null ? Optional.empty() : support.endedBefore(situation.now(), version);
    return ended
        .map(
            day ->
                Sight.of(
                        VULNERABLE,
                        cluster.ref(),
                        Severity.WARNING,
                        Words.name(cluster.name())
                            + " runs Proxmox VE "
                            + Words.name(String.valueOf(version))
                            + ", which gets no security fixes since "
                            + day
                            + ".")
                    .evidence(
                        "Version", Words.name(String.valueOf(version)), cluster.observation().at())
                    .evidence(
                        "End of support",
                        day.toString(),
                        day.atStartOfDay(ZoneOffset.UTC).toInstant())
                    .finding())
        .map(List::of)
        .orElse(List.of());
  }
}
