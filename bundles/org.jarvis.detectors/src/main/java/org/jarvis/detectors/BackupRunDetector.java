package org.jarvis.detectors;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jspecify.annotations.Nullable;

/** Whether the last backup of a guest, or the last backup job of a node, failed. */
final class BackupRunDetector implements BuiltIn {
  /** It failed, and none succeeded since. */
  static final ProblemKind FAILED =
      KindDraft.of(
              "backup-failed",
              "Backup failed",
              Severity.WARNING,
              "The last backup failed and no good one was made since, so what was changed since the"
                  + " one before could not be restored.")
          .needs(Aspect.TASKS)
          .mended();

  /**
   * How young a backup of a problem that is open has to be to be a later one than that which
   * failed, once the cluster's list of tasks has forgotten about that. Backups are made every day
   * or more seldom.
   */
  private static final Duration LATER = Duration.ofHours(20);

  private final BackupIndex index = new BackupIndex();

  @Override
  public List<ProblemKind> kinds() {
    return List.of(FAILED);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    Map<String, TaskState> lastOfGuest = new HashMap<>();
    Map<NodeName, TaskState> lastOfNode = new HashMap<>();
    for (TaskState task : KnownTasks.of(situation).all()) {
      if (task.type().equals(KnownTasks.BACKUP) && task.ended() && !KnownTasks.isCalledOff(task)) {
        if (task.subject().isEmpty()) {
          lastOfNode.merge(task.id().node(), task, BackupRunDetector::later);
        } else {
          lastOfGuest.merge(task.subject(), task, BackupRunDetector::later);
        }
      }
    }
    BackupIndex.View view = index.look(situation);
    List<Finding> findings = new ArrayList<>();
    for (Guest guest : situation.cluster().guests().values()) {
      TaskState task = lastOfGuest.isEmpty() ? null : lastOfGuest.get(guest.id().toString());
      Finding finding = ofGuest(situation, guest, task, view.newest().get(guest.id()));
      if (finding != null) {
        findings.add(finding);
      }
    }
    for (Node node : situation.cluster().nodes().values()) {
      Finding finding = ofNode(situation, node, lastOfNode.get(node.node()), view);
      if (finding != null) {
        findings.add(finding);
      }
    }
    return findings;
  }

  private static TaskState later(TaskState one, TaskState other) {
    return one.startedAt().isBefore(other.startedAt()) ? other : one;
  }

  private static @Nullable Finding ofGuest(
      Situation situation, Guest guest, @Nullable TaskState task, @Nullable Instant newest) {
    if (task == null) {
      boolean lasts =
          situation.isOpen(new Finding.Identity(FAILED.id(), guest.ref(), ""))
              && (newest == null || newest.isBefore(situation.now().minus(LATER)));
      return lasts
          ? mend(
              newest(
                  Sight.of(
                      FAILED,
                      guest.ref(),
                      Severity.WARNING,
                      "The last backup of "
                          + Words.guest(guest)
                          + " that was seen failed, and no good one was made since."),
                  newest,
                  situation.now()),
              situation,
              List.of(guest))
          : null;
    }
    if (task.succeeded() || (newest != null && newest.isAfter(task.startedAt()))) {
      return null;
    }
    Sight sight =
        Sight.of(
            FAILED,
            guest.ref(),
            Severity.WARNING,
            "The backup of "
                + Words.guest(guest)
                + " failed "
                + Words.ago(ended(task), situation.now())
                + ": "
                + Words.unstopped(Words.said(String.valueOf(task.exitStatus())))
                + ".");
    sight.evidence("Backup task", String.valueOf(task.exitStatus()), ended(task));
    sight.evidence("Task", task.id().value(), task.startedAt());
    return mend(newest(sight, newest, situation.now()), situation, List.of(guest));
  }

  private static Instant ended(TaskState task) {
    return task.endedAt() == null ? task.startedAt() : task.endedAt();
  }

  private static Sight newest(Sight sight, @Nullable Instant newest, Instant now) {
    return newest == null
        ? sight.evidence("Newest good backup", "none is known")
        : sight.evidence("Newest good backup", Words.ago(newest, now), newest);
  }

  /** A job's task names no guest: those are backed up again of which it left no new backup. */
  private static @Nullable Finding ofNode(
      Situation situation, Node node, @Nullable TaskState task, BackupIndex.View view) {
    if (task == null || task.succeeded()) {
      return null;
    }
    List<Guest> without = new ArrayList<>();
    for (Guest guest : situation.cluster().guests().values()) {
      if (guest.node().equals(node.node())
          && !guest.template()
          && isBackedUp(view, guest.id())
          && view.newest().getOrDefault(guest.id(), Instant.EPOCH).isBefore(task.startedAt())) {
        without.add(guest);
      }
    }
    if (without.isEmpty() && view.complete() && !view.newest().isEmpty()) {
      return null;
    }
    without.sort(Comparator.comparing(Guest::id));
    Sight sight =
        Sight.of(
            FAILED,
            node.ref(),
            Severity.WARNING,
            "The backup job of "
                + node.name()
                + " failed "
                + Words.ago(ended(task), situation.now())
                + ": "
                + Words.unstopped(Words.said(String.valueOf(task.exitStatus())))
                + ".");
    sight.evidence("Backup task", String.valueOf(task.exitStatus()), ended(task));
    sight.evidence("Task", task.id().value(), task.startedAt());
    sight.evidence(
        "Without a backup since",
        without.isEmpty() ? "not known" : Words.list(without.stream().map(Words::guest).toList()));
    return mend(sight.affecting(without.stream().map(Guest::ref).toList()), situation, without);
  }

  /** One that never was may be in no job. */
  private static boolean isBackedUp(BackupIndex.View view, GuestId guest) {
    return view.newest().containsKey(guest);
  }

  private static Finding mend(Sight sight, Situation situation, List<Guest> guests) {
    return sight
        .remedy(new BackupPlan(situation).of(guests).orElse(null))
        .finding(
            "No storage for backups can be used there at present, or nobody can tell which guests"
                + " lack one. Look at the task's log, then at the storage.");
  }
}
