package org.jarvis.detectors;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.BackupJobs;
import org.jarvis.api.resource.detail.GuestConfiguration;

/**
 * Whether every guest has a backup, a recent one, and a job that makes them. Each is one problem of
 * the cluster, however many guests it is about. A guest that a job leaves out by name is meant to
 * have none.
 */
final class BackupCoverDetector implements BuiltIn {
  /** Guests without any. */
  static final ProblemKind MISSING =
      KindDraft.of(
              "backup-missing",
              "Guests without a backup",
              Severity.WARNING,
              "Of these guests no backup is known, so whatever happens to their disks, their data"
                  + " are lost. Templates, guests of the last days and those that a backup job"
                  + " leaves out by name are not meant.")
          .lasting(Duration.ofMinutes(15), Duration.ofMinutes(30))
          .limit("age", "Days since a guest was made before its backup is missed", "days", 2, 0, 90)
          .mended();

  /** Guests with old ones. */
  static final ProblemKind OLD =
      KindDraft.of(
              "backup-old",
              "Guests with an old backup",
              Severity.WARNING,
              "The newest good backup of these guests is old, so what was changed since could not"
                  + " be restored.")
          .lasting(Duration.ofMinutes(15), Duration.ofMinutes(30))
          .limit("age", "Days since the newest good backup", "days", 8, 0.1, 3_650)
          .mended();

  /** Guests that are in no job. */
  static final ProblemKind UNCOVERED =
      KindDraft.of(
              "backup-uncovered",
              "Guests in no backup job",
              Severity.WARNING,
              "No backup job covers these guests, so nobody makes backups of them but by hand.")
          .needs(Aspect.BACKUP_JOBS)
          .lasting(Duration.ofMinutes(15), Duration.ofMinutes(5))
          .unmended(
              "Which job should cover a guest, and how often, is for a person to say: add it to one"
                  + " under Datacenter, Backup in Proxmox VE.");

  private static final Pattern CREATED = Pattern.compile("\\bctime=([0-9]{1,12})");
  private static final int LISTED = 10;

  private final BackupIndex index = new BackupIndex();

  @Override
  public List<ProblemKind> kinds() {
    return List.of(MISSING, OLD, UNCOVERED);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    Cluster cluster = situation.cluster().cluster();
    Optional<BackupJobs> jobs = situation.cluster().details(cluster.ref()).find(BackupJobs.class);
    Set<GuestId> leftOut = new HashSet<>();
    jobs.ifPresent(told -> told.jobs().forEach(job -> leftOut.addAll(job.excluded())));
    List<Finding> findings = new ArrayList<>();
    judgeBackups(situation, cluster, leftOut, findings);
    situation
        .fresh(cluster.ref(), BackupJobs.class)
        .flatMap(told -> uncovered(situation, cluster, told, leftOut))
        .ifPresent(findings::add);
    return findings;
  }

  private void judgeBackups(
      Situation situation, Cluster cluster, Set<GuestId> leftOut, List<Finding> findings) {
    BackupIndex.View view = index.look(situation);
    boolean judgeMissing =
        view.complete() || situation.isOpen(new Finding.Identity(MISSING.id(), cluster.ref(), ""));
    Instant youngest = situation.now().minus(days(situation.limit(MISSING, "age")));
    Instant oldest = view.knownUntil().minus(days(situation.limit(OLD, "age")));
    List<Guest> missing = new ArrayList<>();
    List<Guest> old = new ArrayList<>();
    for (Guest guest : situation.cluster().guests().values()) {
      if (guest.template() || leftOut.contains(guest.id())) {
        continue;
      }
      Instant newest = view.newest().get(guest.id());
      if (newest != null) {
        if (newest.isBefore(oldest)) {
          old.add(guest);
        }
      } else if (judgeMissing && !isYoung(situation, guest, youngest)) {
        missing.add(guest);
      }
    }
    if (!missing.isEmpty()) {
      findings.add(missing(situation, cluster, missing));
    }
    if (!old.isEmpty()) {
      findings.add(old(situation, cluster, old, view));
    }
  }

  private static Duration days(double days) {
    return Duration.ofMinutes(Math.round(days * 24 * 60));
  }

  /** Whether it was made so lately that its first backup is yet to come. */
  private static boolean isYoung(Situation situation, Guest guest, Instant youngest) {
    return situation
        .cluster()
        .details(guest.ref())
        .find(GuestConfiguration.class)
        .map(configuration -> configuration.values().get("meta"))
        .map(CREATED::matcher)
        .filter(Matcher::find)
        .map(created -> Instant.ofEpochSecond(Long.parseLong(created.group(1))))
        .filter(youngest::isBefore)
        .isPresent();
  }

  private static Finding missing(Situation situation, Cluster cluster, List<Guest> guests) {
    guests.sort(Comparator.comparing(Guest::id));
    Sight sight =
        Sight.of(
            MISSING,
            cluster.ref(),
            Severity.WARNING,
            Words.count(guests.size(), "guest")
                + (guests.size() == 1 ? " has" : " have")
                + " no backup at all: "
                + names(guests)
                + ".");
    guests.stream()
        .limit(LISTED)
        .forEach(guest -> sight.evidence(Words.guest(guest), "No backup of it is known."));
    return mend(sight, situation, guests);
  }

  private static Finding old(
      Situation situation, Cluster cluster, List<Guest> guests, BackupIndex.View view) {
    guests.sort(
        Comparator.comparing((Guest guest) -> newest(view, guest)).thenComparing(Guest::id));
    Instant oldest = newest(view, guests.get(0));
    Sight sight =
        Sight.of(
            OLD,
            cluster.ref(),
            Severity.WARNING,
            "The newest backup of "
                + names(guests)
                + " is from "
                + (guests.size() == 1 ? "" : "up to ")
                + Words.ago(oldest, situation.now())
                + ".");
    guests.stream()
        .limit(LISTED)
        .forEach(
            guest ->
                sight.evidence(
                    Words.guest(guest),
                    "newest good backup " + Words.ago(newest(view, guest), situation.now()),
                    newest(view, guest)));
    return mend(sight, situation, guests);
  }

  private static Instant newest(BackupIndex.View view, Guest guest) {
    return view.newest().getOrDefault(guest.id(), Instant.EPOCH);
  }

  private static Finding mend(Sight sight, Situation situation, List<Guest> guests) {
    return sight
        .affecting(guests.stream().map(Guest::ref).toList())
        .remedy(new BackupPlan(situation).of(guests).orElse(null))
        .finding(
            "No storage for backups can be used where these guests are. Add one, or wait until it"
                + " is back.");
  }

  private static Optional<Finding> uncovered(
      Situation situation, Cluster cluster, BackupJobs jobs, Set<GuestId> leftOut) {
    if (jobs.uncovered() == null) {
      return Optional.empty();
    }
    List<Guest> guests = new ArrayList<>();
    boolean meant = true;
    for (GuestId id : jobs.uncovered()) {
      Guest guest = situation.cluster().guests().get(id);
      if (guest != null && !guest.template()) {
        guests.add(guest);
        meant &= leftOut.contains(id);
      }
    }
    if (guests.isEmpty()) {
      return Optional.empty();
    }
    guests.sort(Comparator.comparing(Guest::id));
    Sight sight =
        Sight.of(
            UNCOVERED,
            cluster.ref(),
            meant ? Severity.INFO : Severity.WARNING,
            Words.count(guests.size(), "guest")
                + (guests.size() == 1 ? " is" : " are")
                + " in no backup job: "
                + names(guests)
                + ".");
    sight.evidence("Backup jobs", Words.count(jobs.jobs().size(), "job"));
    sight.evidence(
        "Left out by name",
        Words.count(
            guests.stream().filter(guest -> leftOut.contains(guest.id())).count(), "guest"));
    return Optional.of(sight.affecting(guests.stream().map(Guest::ref).toList()).finding());
  }

  private static String names(List<Guest> guests) {
    return Words.list(guests.stream().map(guest -> Words.name(guest.name())).toList());
  }
}
