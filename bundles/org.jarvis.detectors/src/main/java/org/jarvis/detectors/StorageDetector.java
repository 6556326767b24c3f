package org.jarvis.detectors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.Storage;
import org.jspecify.annotations.Nullable;

/** Whether a storage is full, or will be soon. */
final class StorageDetector implements BuiltIn {
  /** It is nearly full. */
  static final ProblemKind FULL =
      KindDraft.of(
              "storage-full",
              "Storage full",
              Severity.CRITICAL,
              "The storage is nearly full; once it is, backups fail, and guests whose disks lie"
                  + " there stop with errors.")
          .lasting(Duration.ofMinutes(1), Duration.ofMinutes(1))
          .percentages("Space in use", 90, 96)
          .mended();

  /** It is a pool that gives out more than it has. */
  static final ProblemKind THIN =
      KindDraft.of(
              "thin-pool-full",
              "Thin pool full",
              Severity.CRITICAL,
              "The pool has promised its guests more than it has left; once it is full, all of them"
                  + " stop at once, and their file systems may be damaged.")
          .lasting(Duration.ofMinutes(1), Duration.ofMinutes(1))
          .percentages("Space in use", 80, 90)
          .mended();

  /** It will be full before long. */
  static final ProblemKind FILLING =
      KindDraft.of(
              "storage-filling",
              "Storage fills up",
              Severity.WARNING,
              "By how it has grown in the last days, the storage will be full before long.")
          .lasting(Duration.ofHours(6), Duration.ofHours(2))
          .limit("days", "Days until it is full from which on it is raised", "days", 7, 0.5, 365)
          .limit("used", "Space in use below which nothing is said", "%", 70, 1, 100)
          .mended();

  private static final String THIN_TYPE = "lvmthin";
  private static final double SLACK = 3;
  private static final double DAYS_SLACK = 3;
  private static final String NO_BACKUP =
      "No backup and no snapshot lies there that could go. Move or delete disks, images or"
          + " snapshots there, or make the storage larger.";

  @Override
  public List<ProblemKind> kinds() {
    return List.of(FULL, THIN, FILLING);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    Gauge full = new Gauge(situation, FULL, SLACK);
    Gauge thin = new Gauge(situation, THIN, SLACK);
    double least = situation.limit(FILLING, "used");
    lasting(situation, full.kind(), findings);
    lasting(situation, thin.kind(), findings);
    for (List<Storage> group :
        StorageGroups.of(
            situation,
            storage -> {
              double used = used(storage);
              return used >= least - SLACK || !gauge(storage, full, thin).isFine(used);
            })) {
      Finding finding = full(situation, group, gauge(group.get(0), full, thin));
      finding = finding == null ? filling(situation, group, least) : finding;
      if (finding != null) {
        findings.add(finding);
      }
    }
    return findings;
  }

  private static Gauge gauge(Storage storage, Gauge full, Gauge thin) {
    return THIN_TYPE.equals(storage.type()) ? thin : full;
  }

  /** The share in use in percent; of what nobody can tell, nothing. */
  private static double used(Storage storage) {
    Bytes used = storage.used();
    Bytes total = storage.total();
    return used == null
            || total == null
            || total.value() == 0
            || storage.status() != Storage.Status.AVAILABLE
        ? 0
        : 100.0 * used.value() / total.value();
  }

  /** What was full does not become empty by being away. */
  private static void lasting(Situation situation, ProblemKind kind, List<Finding> findings) {
    for (Storage storage : situation.cluster().storages().values()) {
      if ((storage.used() == null || storage.status() != Storage.Status.AVAILABLE)
          && situation.isOpen(new Finding.Identity(kind.id(), storage.ref(), ""))) {
        findings.add(
            Sight.of(
                    kind,
                    storage.ref(),
                    Severity.WARNING,
                    StorageGroups.label(storage)
                        + " was nearly full when it could last be used; at present it cannot.")
                .evidence("Status", storage.status().word(), storage.observation().at())
                .finding("It has to be available before room can be made there."));
      }
    }
  }

  private static @Nullable Finding full(Situation situation, List<Storage> group, Gauge gauge) {
    ProblemKind kind = gauge.kind();
    Storage storage = StorageGroups.speaker(situation, kind.id(), group);
    double used = used(storage);
    Severity severity = gauge.of(used, new Finding.Identity(kind.id(), storage.ref(), ""));
    if (severity == null) {
      return null;
    }
    Bytes taken = Objects.requireNonNull(storage.used());
    Bytes total = Objects.requireNonNull(storage.total());
    Optional<Forecast> forecast = Forecast.of(situation, storage.ref(), taken, total);
    Sight sight =
        Sight.of(
            kind,
            storage.ref(),
            severity,
            StorageGroups.label(storage)
                + " is "
                + Words.percent(used)
                + " full: "
                + Words.amount((double) Math.max(0, total.value() - taken.value()))
                + " of "
                + Words.amount(total)
                + " are left"
                + forecast.map(one -> ", enough for " + one.time()).orElse("")
                + ".");
    sight.evidence(
        "Space in use",
        Words.amount(taken) + " of " + Words.amount(total),
        storage.observation().at());
    sight.evidence("Limit", gauge.limit(severity, "%"));
    forecast.ifPresent(one -> sight.evidence("Growth", one.words()));
    return sight
        .affecting(StorageGroups.others(group, storage))
        .because(rootDisk(situation, storage))
        .remedy(OldBackups.delete(situation, group).orElse(null))
        .remedy(OldSnapshots.delete(situation, group).orElse(null))
        .finding(NO_BACKUP);
  }

  /** A folder on the root disk fills with it: one cause, which the node's own problem names. */
  private static Finding.@Nullable Identity rootDisk(Situation situation, Storage storage) {
    Node node = situation.cluster().nodes().get(storage.node());
    return !storage.shared()
            && "dir".equals(storage.type())
            && node != null
            && storage.total() != null
            && storage.total().equals(node.diskTotal())
        ? new Finding.Identity(NodeLoadDetector.ROOT.id(), node.ref(), "")
        : null;
  }

  private static @Nullable Finding filling(Situation situation, List<Storage> group, double least) {
    Storage storage = StorageGroups.speaker(situation, FILLING.id(), group);
    double used = used(storage);
    Bytes taken = storage.used();
    Bytes total = storage.total();
    if (taken == null || total == null || total.value() == 0) {
      return null;
    }
    boolean open = situation.isOpen(new Finding.Identity(FILLING.id(), storage.ref(), ""));
    if (used < (open ? least - SLACK : least)) {
      return null;
    }
    double most = situation.limit(FILLING, "days") + (open ? DAYS_SLACK : 0);
    return Forecast.of(situation, storage.ref(), taken, total)
        .filter(forecast -> forecast.days() <= most)
        .map(
            forecast ->
                Sight.of(
                        FILLING,
                        storage.ref(),
                        Severity.WARNING,
                        StorageGroups.label(storage)
                            + " grows by "
                            + Words.amount(forecast.bytesADay())
                            + " a day and will be full in "
                            + forecast.time()
                            + ".")
                    .evidence("Growth", forecast.words())
                    .evidence(
                        "Space in use",
                        Words.amount(taken) + " of " + Words.amount(total),
                        storage.observation().at())
                    .affecting(StorageGroups.others(group, storage))
                    .because(rootDisk(situation, storage))
                    .remedy(OldBackups.delete(situation, group).orElse(null))
                    .remedy(OldSnapshots.delete(situation, group).orElse(null))
                    .finding(NO_BACKUP))
        .orElse(null);
  }
}
