package org.jarvis.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Storage;

/** Whether the nodes can use their storages. */
final class StorageStateDetector implements BuiltIn {
  /** A node cannot use one. */
  static final ProblemKind UNAVAILABLE =
      KindDraft.of(
              "storage-unavailable",
              "Storage not available",
              Severity.CRITICAL,
              "A node that is online cannot use one of its storages: guests whose disks lie there"
                  + " hang, and backups to it fail.")
          .lasting(Duration.ofSeconds(30), Duration.ZERO)
          .mended();

  /** What can be away for a while without a guest noticing. */
  private static final Set<String> PATIENT =
      Set.of("backup", "iso", "vztmpl", "snippets", "import");

  @Override
  public List<ProblemKind> kinds() {
    return List.of(UNAVAILABLE);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    for (List<Storage> group :
        StorageGroups.of(
            situation,
            storage ->
                storage.status() != Storage.Status.AVAILABLE
                    && isMissed(situation, storage)
                    && (storage.status() == Storage.Status.UNAVAILABLE
                        || reports(situation, storage.node())))) {
      findings.add(unavailable(situation, group));
    }
    return findings;
  }

  /** A node none of whose storages is known is one that reports nothing at all. */
  private static boolean reports(Situation situation, NodeName node) {
    return situation.cluster().storages().values().stream()
        .anyMatch(
            storage -> storage.node().equals(node) && storage.status() != Storage.Status.UNKNOWN);
  }

  /** Of a storage that is not active on a node that is, Proxmox VE says that it is unknown. */
  private static boolean isMissed(Situation situation, Storage storage) {
    Node node = situation.cluster().nodes().get(storage.node());
    return node != null
        && node.status() == Node.Status.ONLINE
        && !situation.isMaintained(node.node());
  }

  private static Finding unavailable(Situation situation, List<Storage> group) {
    Storage storage = StorageGroups.speaker(situation, UNAVAILABLE.id(), group);
    boolean patient = !storage.content().isEmpty() && PATIENT.containsAll(storage.content());
    List<String> nodes = group.stream().map(one -> one.node().value()).toList();
    Sight sight =
        Sight.of(
            UNAVAILABLE,
            storage.ref(),
            patient ? Severity.WARNING : Severity.CRITICAL,
            "The storage "
                + Words.name(storage.name())
                + " cannot be used on "
                + Words.list(nodes)
                + (patient ? "; no disks of guests lie on it." : "."));
    sight.evidence(
        "Status on " + storage.node(), storage.status().word(), storage.observation().at());
    sight.evidence(
        "Type and content",
        (storage.type() == null ? "unknown" : Words.name(storage.type()))
            + ": "
            + (storage.content().isEmpty() ? "unknown" : Words.list(storage.content())));
    return sight
        .affecting(StorageGroups.others(group, storage))
        .remedy(
            Fix.restartService(
                storage.cluster(),
                storage.node(),
                "pvestatd",
                "The daemon that mounts and watches storages begins anew, which helps where only it"
                    + " hangs. Where the storage's own server or disk is away, that has to come"
                    + " back."))
        .finding();
  }
}
