package org.jarvis.detectors;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.event.Cause;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.detail.Aspect;
import org.jspecify.annotations.Nullable;

/** Whether guests stopped without anybody wanting it, or are held by a lock that nobody needs. */
final class GuestDetector implements BuiltIn {
  /** It stopped, and nobody wanted it. */
  static final ProblemKind CRASHED =
      KindDraft.of(
              "guest-crashed",
              "Guest crashed",
              Severity.CRITICAL,
              "The guest stopped although nobody and nothing that may do so stopped it: it crashed,"
                  + " or nothing explains it.")
          .mended();

  /** A lock outlives its task. */
  static final ProblemKind LOCKED =
      KindDraft.of(
              "guest-locked",
              "Guest locked",
              Severity.WARNING,
              "A lock was left on the guest by a task that is gone, so it can neither be started"
                  + " nor stopped, backed up or changed.")
          .needs(Aspect.TASKS)
          .lasting(Duration.ofMinutes(10), Duration.ZERO)
          .mended();

  /** A guest that is suspended to disk keeps its lock for as long as it sleeps. */
  private static final Set<String> MEANT = Set.of("suspended");

  private static final List<String> MEMORY_SIGNS =
      List.of("out of memory", "oom-kill", "oom_reaper", "killed process");
  private static final String CRASH_WORDS = "it crashed; ";

  /** How long a node that was dead has to be back before its guests are missed. */
  private static final Duration BOOT = Duration.ofMinutes(10);

  @Override
  public List<ProblemKind> kinds() {
    return List.of(CRASHED, LOCKED);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    List<Finding> findings = new ArrayList<>();
    KnownTasks tasks = null;
    for (Guest guest : situation.cluster().guests().values()) {
      if (guest.template()) {
        continue;
      }
      if (guest.status() == Guest.Status.STOPPED) {
        Finding crashed = crashed(situation, guest);
        if (crashed != null) {
          findings.add(crashed);
        }
      }
      if (guest.lock() != null) {
        tasks = tasks == null ? KnownTasks.of(situation) : tasks;
        Finding locked = locked(situation, guest, guest.lock(), tasks);
        if (locked != null) {
          findings.add(locked);
        }
      }
    }
    return findings;
  }

  private static @Nullable Finding crashed(Situation situation, Guest guest) {
    Optional<Situation.Stop> told = situation.stop(guest);
    if (told.isEmpty()) {
      return null;
    }
    Situation.Stop stop = told.get();
    String ago = Words.ago(stop.at(), situation.now());
    return switch (stop.cause().kind()) {
      // Somebody, or something that may, stopped it.
      case USER, JARVIS, BACKUP, HIGH_AVAILABILITY, INSIDE, MIGRATION, NODE_SHUTDOWN, DELETED ->
          null;
      case NODE_DEATH ->
          isBackForLong(situation, guest)
              ? stopped(
                  guest,
                  stop,
                  Severity.WARNING,
                  Words.guest(guest)
                      + " went down with its node "
                      + ago
                      + " and was not started when that came back.")
              : null;
      case CRASH ->
          stopped(
              guest,
              stop,
              Severity.CRITICAL,
              Words.guest(guest) + " crashed " + ago + ": " + how(stop.cause()) + ".");
      case UNEXPLAINED ->
          stopped(
              guest,
              stop,
              Severity.WARNING,
              Words.guest(guest) + " stopped " + ago + ", and nothing explains it.");
    };
  }

  private static boolean isBackForLong(Situation situation, Guest guest) {
    Node node = situation.cluster().nodes().get(guest.node());
    return node != null
        && node.status() == Node.Status.ONLINE
        && node.uptime() != null
        && node.uptime().compareTo(BOOT) > 0;
  }

  private static String how(Cause cause) {
    String said = cause.explanation();
    String lower = said.toLowerCase(Locale.ROOT);
    if (MEMORY_SIGNS.stream().anyMatch(lower::contains)) {
      return "killed by the kernel for want of memory";
    }
    return Words.unstopped(
        Words.said(said.startsWith(CRASH_WORDS) ? said.substring(CRASH_WORDS.length()) : said));
  }

  private static Finding stopped(
      Guest guest, Situation.Stop stop, Severity severity, String summary) {
    Sight sight = Sight.of(CRASHED, guest.ref(), severity, summary);
    sight.evidence("Cause", stop.cause().explanation(), stop.at());
    sight.evidence("Status on " + guest.node(), guest.status().word(), guest.observation().at());
    if (guest.haState() != null) {
      sight.evidence("High availability", Words.said(guest.haState()));
    }
    return sight.remedy(Fix.start(guest)).finding();
  }

  private static @Nullable Finding locked(
      Situation situation, Guest guest, String lock, KnownTasks tasks) {
    if (MEANT.contains(lock) || tasks.isBusy(guest.id(), guest.node())) {
      return null;
    }
    // Without the tasks nobody can tell whether one holds it; what is open stays.
    if (!tasks.areKnown()
        && !situation.isOpen(new Finding.Identity(LOCKED.id(), guest.ref(), ""))) {
      return null;
    }
    Instant at = guest.observation().at();
    return Sight.of(
            LOCKED,
            guest.ref(),
            Severity.WARNING,
            Words.guest(guest)
                + " is locked for "
                + Words.name(lock)
                + ", but no task is at work on it.")
        .evidence("Lock", Words.name(lock), at)
        .evidence("Running tasks on it", "none", at)
        .remedy(
            Remedy.of(
                "unlock",
                "Take the lock from " + Words.name(guest.name()),
                "No task that is known needs it; if something outside of the cluster's tasks still"
                    + " works on the guest's disks, they may be damaged.",
                Fix.guest("unlock", guest, Map.of())))
        .finding();
  }
}
