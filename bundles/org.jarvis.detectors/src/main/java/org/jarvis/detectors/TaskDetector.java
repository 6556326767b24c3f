package org.jarvis.detectors;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jspecify.annotations.Nullable;

/** Whether tasks failed, or do not end. Backups that failed are another detector's. */
final class TaskDetector implements BuiltIn {
  /** It failed, and nothing of the kind succeeded since. */
  static final ProblemKind FAILED =
      KindDraft.of(
              "task-failed",
              "Task failed",
              Severity.WARNING,
              "A task of the cluster failed lately, and none of its kind on the same thing has"
                  + " succeeded since; tasks that somebody ended are not meant.")
          .needs(Aspect.TASKS)
          .limit("hours", "Hours for which a failed task is told of", "h", 24, 1, 720)
          .unmended(
              "What it wanted, and whether it is still wanted, is for whoever began it to say. Its"
                  + " log says why it failed; then begin it again.");

  /** It runs and runs. */
  static final ProblemKind HANGING =
      KindDraft.of(
              "task-hanging",
              "Task hangs",
              Severity.WARNING,
              "A task runs for much longer than its kind does, most often because it waits for"
                  + " something that is away; what it works on stays locked.")
          .needs(Aspect.TASKS)
          .limit("backup", "Hours that a backup may take", "h", 24, 0.1, 720)
          .limit("copying", "Hours that moving, cloning or restoring may take", "h", 12, 0.1, 720)
          .limit("others", "Hours that any other task may take", "h", 2, 0.1, 720)
          .mended();

  /** A window that somebody has open, and closes or leaves as they like. */
  private static final Set<String> CONSOLES =
      Set.of("vncproxy", "vncshell", "termproxy", "spiceproxy", "spiceshell", "push_file");

  private static final Set<String> COPYING =
      Set.of(
          "qmigrate",
          "vzmigrate",
          "hamigrate",
          "qmclone",
          "vzclone",
          "qmmove",
          "move_volume",
          "qmrestore",
          "vzrestore",
          "imgcopy",
          "importdisk",
          "download",
          "cephdestroyosd",
          "cephcreateosd",
          "garbage_collection",
          "verificationjob",
          "syncjob");

  private static final Set<String> STARTING = Set.of("qmstart", "vzstart", "qmresume", "hastart");
  private static final Set<String> STOPPING =
      Set.of("qmstop", "vzstop", "qmshutdown", "vzshutdown", "hastop");

  /** Without a subscription this one fails every day until the repository is switched off. */
  private static final Set<String> MINOR = Set.of("aptupdate", "aptrefresh");

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{2,8}");
  private static final Pattern STOPPABLE =
      Pattern.compile(
          "UPID:[A-Za-z0-9-]{1,63}:[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}:[A-Za-z0-9_-]{1,64}:[^:"
              + " ]{0,200}:[^: ]{1,200}:");
  private static final double SECONDS_AN_HOUR = 3_600;

  /** What a task does, and to what. */
  private record Work(String node, String type, String subject) {}

  @Override
  public List<ProblemKind> kinds() {
    return List.of(FAILED, HANGING);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    KnownTasks tasks = KnownTasks.of(situation);
    Map<Work, TaskState> last = new LinkedHashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (TaskState task : tasks.all()) {
      if (CONSOLES.contains(task.type())
          || !situation.cluster().nodes().containsKey(task.id().node())) {
        continue;
      }
      if (!task.ended()) {
        Finding hanging = hanging(situation, task);
        if (hanging != null) {
          findings.add(hanging);
        }
      } else if (!task.type().equals(KnownTasks.BACKUP)) {
        last.merge(
            new Work(task.id().node().value(), task.type(), task.subject()),
            task,
            (one, other) -> one.startedAt().isBefore(other.startedAt()) ? other : one);
      }
    }
    Instant oldest =
        situation.now().minusSeconds((long) (situation.limit(FAILED, "hours") * SECONDS_AN_HOUR));
    for (TaskState task : last.values()) {
      if (!task.succeeded() && ended(task).isAfter(oldest) && isMissed(situation, task)) {
        findings.add(failed(situation, task));
      }
    }
    return findings;
  }

  private static Instant ended(TaskState task) {
    return task.endedAt() == null ? task.startedAt() : task.endedAt();
  }

  /** Whether what it should have done is not so all the same, and was not called off. */
  private static boolean isMissed(Situation situation, TaskState task) {
    if (KnownTasks.isCalledOff(task)) {
      return false;
    }
    if (!NUMBER.matcher(task.subject()).matches()) {
      return true;
    }
    Guest guest = guest(situation, task);
    return guest != null
        && !(STARTING.contains(task.type()) && guest.status() == Guest.Status.RUNNING)
        && !(STOPPING.contains(task.type()) && guest.status() == Guest.Status.STOPPED);
  }

  private static @Nullable Guest guest(Situation situation, TaskState task) {
    return NUMBER.matcher(task.subject()).matches()
        ? situation.cluster().guests().get(new GuestId(Integer.parseInt(task.subject())))
        : null;
  }

  private static String label(Situation situation, TaskState task) {
    Guest guest = guest(situation, task);
    String on =
        guest != null
            ? " of " + Words.guest(guest)
            : task.subject().isEmpty() ? "" : " of " + Words.name(task.subject());
    return Words.name(task.type()) + on;
  }

  private static List<ResourceRef> affected(Situation situation, TaskState task) {
    Guest guest = guest(situation, task);
    return guest == null ? List.of() : List.of(guest.ref());
  }

  private static Finding failed(Situation situation, TaskState task) {
    String exit = String.valueOf(task.exitStatus());
    return Sight.of(
            FAILED,
            ResourceRef.node(situation.cluster().cluster().id(), task.id().node()),
            Words.name((task.type() + " " + task.subject()).strip()),
            MINOR.contains(task.type()) ? Severity.INFO : Severity.WARNING,
            "The task "
                + label(situation, task)
                + " failed on "
                + task.id().node()
                + " "
                + Words.ago(ended(task), situation.now())
                + ": "
                + Words.unstopped(Words.said(exit))
                + ".")
        .evidence("End of the task", exit, ended(task))
        .evidence("Begun by", Words.name(task.user()), task.startedAt())
        .evidence("Task", task.id().value(), task.startedAt())
        .affecting(affected(situation, task))
        .finding();
  }

  private static @Nullable Finding hanging(Situation situation, TaskState task) {
    Duration runs = Duration.between(task.startedAt(), situation.now());
    double hours =
        situation.limit(
            HANGING,
            task.type().equals(KnownTasks.BACKUP)
                ? "backup"
                : COPYING.contains(task.type()) ? "copying" : "others");
    if (runs.toSeconds() < hours * SECONDS_AN_HOUR) {
      return null;
    }
    Sight sight =
        Sight.of(
            HANGING,
            ResourceRef.node(situation.cluster().cluster().id(), task.id().node()),
            task.id().value(),
            Severity.WARNING,
            "The task "
                + label(situation, task)
                + " has been running on "
                + task.id().node()
                + " for "
                + Words.time(runs)
                + ".");
    sight.evidence("Begun by", Words.name(task.user()), task.startedAt());
    sight.evidence("Task", task.id().value(), task.startedAt());
    sight.evidence("Such a task may take", Words.figure(hours) + " h");
    sight.affecting(affected(situation, task));
    if (STOPPABLE.matcher(task.id().value()).matches()) {
      sight.remedy(
          Remedy.of(
              "stop",
              "End the task",
              "What it did so far stays half done, and a lock may stay behind; look at its log"
                  + " first whether it still gets on.",
              Fix.node(
                  "stop_task",
                  situation.cluster().cluster().id(),
                  task.id().node(),
                  Map.of("task", task.id().value()))));
    }
    return sight.finding("Its id is not one that can be ended from here; end it on its node.");
  }
}
