package org.jarvis.core.state;

import static org.jarvis.api.event.Cause.Kind.BACKUP;
import static org.jarvis.api.event.Cause.Kind.CRASH;
import static org.jarvis.api.event.Cause.Kind.DELETED;
import static org.jarvis.api.event.Cause.Kind.HIGH_AVAILABILITY;
import static org.jarvis.api.event.Cause.Kind.INSIDE;
import static org.jarvis.api.event.Cause.Kind.JARVIS;
import static org.jarvis.api.event.Cause.Kind.MIGRATION;
import static org.jarvis.api.event.Cause.Kind.NODE_DEATH;
import static org.jarvis.api.event.Cause.Kind.NODE_SHUTDOWN;
import static org.jarvis.api.event.Cause.Kind.UNEXPLAINED;
import static org.jarvis.api.event.Cause.Kind.USER;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jarvis.api.event.Cause;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.TaskState;
import org.jarvis.core.state.StopEvidence.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Judges why a guest stopped. It goes from what is certain to what is likely and guesses nothing:
 * where neither tasks nor high availability nor the node nor the journal tell, the answer is that
 * it is unexplained.
 *
 * <p>What the types of tasks mean is told by the sources of Proxmox VE: PVE/API2/Qemu.pm,
 * PVE/API2/LXC.pm, PVE/API2/Nodes.pm and PVE/VZDump.pm.
 */
final class StopJudgement {
  /** How far the clocks of Jarvis and of a node may be apart. */
  static final Duration SKEW = Duration.ofSeconds(10);

  /** For how long a cluster's list of tasks is complete, however much goes on. */
  private static final Duration LISTED = Duration.ofMinutes(5);

  /** The longest time between two readings of which a node's journal is read. */
  private static final Duration JOURNAL_REACH = Duration.ofMinutes(15);

  /** As whom nodes themselves act: high availability, backups and the shutdown of a node. */
  private static final String NODE_ACCOUNT = "root@pam";

  private static final Set<String> STOPPING =
      Set.of(
          "qmstop",
          "qmshutdown",
          "qmreboot",
          "qmsuspend",
          "qmrollback",
          "vzstop",
          "vzshutdown",
          "vzreboot",
          "vzsuspend",
          "vzrollback");
  private static final Set<String> PAUSING = Set.of("qmpause", "qmsuspend", "vzsuspend");
  private static final Set<String> STARTING =
      Set.of("qmstart", "vzstart", "qmresume", "vzresume", "qmreboot", "vzreboot");
  private static final Set<String> DELETING = Set.of("qmdestroy", "vzdestroy");
  private static final Set<String> MIGRATING =
      Set.of("qmigrate", "vzmigrate", "hamigrate", "harelocate");
  private static final Set<String> HA_STOPPING = Set.of("hastop", "hashutdown");
  private static final Set<String> HA_ACTING =
      Set.of("fence", "recovery", "request_stop", "error", "migrate", "relocate");
  private static final String DUMP = "vzdump";
  private static final String STOP_ALL = "stopall";
  private static final String LOCK = "backup";

  private final StopEvidence evidence;
  private final Turn turn;

  private StopJudgement(StopEvidence evidence) {
    this.evidence = evidence;
    this.turn = evidence.turn();
  }

  /** Why it stopped. */
  static Cause of(StopEvidence evidence) {
    return new StopJudgement(evidence).judge();
  }

  /** Whether the node's journal might explain what nothing else does, and nobody has asked it. */
  static boolean needsJournal(StopEvidence evidence) {
    return evidence.journal() == null && new StopJudgement(evidence).asksJournal();
  }

  /**
   * Whether the journal of the time in question is short enough to be read. After hours without a
   * reading it would be that of all these hours.
   */
  static boolean journalReaches(StopEvidence evidence) {
    return !evidence.lastSeen().plus(JOURNAL_REACH).isBefore(evidence.at());
  }

  private boolean asksJournal() {
    return switch (turn) {
      case GONE, LOST -> false;
      case STOPPED, PAUSED -> told().isEmpty();
      case RESTARTED -> told().isEmpty() && restartedByItself().isEmpty();
    };
  }

  private Cause judge() {
    return switch (turn) {
      case GONE -> gone();
      case LOST -> lost();
      case STOPPED, PAUSED, RESTARTED ->
          told()
              .or(this::crash)
              .or(this::whileBackedUp)
              .or(this::endedOrderly)
              .or(this::restartedByItself)
              .orElseGet(this::unexplained);
    };
  }

  /** What tasks, high availability and the node tell; where they tell, the journal need not. */
  private Optional<Cause> told() {
    return migration()
        .or(this::madeAnew)
        .or(this::node)
        .or(this::backup)
        .or(this::highAvailability)
        .or(this::task)
        .or(this::failedMigration)
        .or(this::recovered);
  }

  private Optional<Cause> madeAnew() {
    return latest(task -> DELETING.contains(task.type()) && task.succeeded())
        .map(task -> cause(DELETED, "deleted " + by(task) + ", and made anew", task));
  }

  private Cause gone() {
    return latest(task -> DELETING.contains(task.type()) && task.succeeded())
        .map(task -> cause(DELETED, "deleted " + by(task), task))
        .orElseGet(() -> new Cause(DELETED, "deleted, and no task tells by whom"));
  }

  private Cause lost() {
    Node node = evidence.node();
    if (node != null && node.status() == Node.Status.ONLINE) {
      return new Cause(
          UNEXPLAINED, "its node " + node.name() + " is online and does not tell how it is");
    }
    String name = evidence.before().node().value();
    return stopOfAll()
        .<Cause>map(
            task ->
                cause(
                    NODE_SHUTDOWN,
                    "its node " + name + " was shut down; all its guests were stopped first",
                    task))
        .orElseGet(
            () ->
                new Cause(
                    NODE_DEATH,
                    "its node " + name + " does not answer; whether it still runs is unknown"));
  }

  /** A migration ends the process on one node and begins another: no stop at all. */
  private Optional<Cause> migration() {
    return latest(
            task ->
                MIGRATING.contains(task.type())
                    && (!task.ended() || (task.succeeded() && evidence.moved())))
        .map(
            task ->
                cause(
                    MIGRATION,
                    "it is being moved to another node " + by(task) + ", and goes on there",
                    task));
  }

  private Optional<Cause> failedMigration() {
    return turn == Turn.STOPPED
        ? latest(task -> MIGRATING.contains(task.type()) && failed(task))
            .map(
                task ->
                    cause(
                        MIGRATION,
                        "a migration stopped it and failed, asked for " + by(task),
                        task))
        : Optional.empty();
  }

  private Optional<Cause> node() {
    Optional<TaskState> all = stopOfAll();
    String name = evidence.before().node().value();
    if (all.isPresent() && stoppedByItsOwnTask().isEmpty()) {
      TaskState task = all.get();
      return Optional.of(
          task.user().equals(NODE_ACCOUNT)
              ? cause(
                  NODE_SHUTDOWN,
                  "its node " + name + " stopped all its guests, as it does before it goes down",
                  task)
              : person(task, "with all guests of " + name + " "));
    }
    Node node = evidence.node();
    boolean away = node == null || node.status() == Node.Status.OFFLINE;
    boolean late = evidence.before().status() == Guest.Status.UNKNOWN;
    if ((away || bootedSince(node) || late) && stoppedByItsOwnTask().isEmpty()) {
      return Optional.of(
          new Cause(
              NODE_DEATH,
              away
                  ? "its node " + name + " does not answer"
                  : "its node " + name + " went down and came back"));
    }
    return Optional.empty();
  }

  private boolean bootedSince(@Nullable Node node) {
    if (node == null || node.uptime() == null) {
      return false;
    }
    Instant booted = node.observation().at().minus(node.uptime());
    return booted.isAfter(evidence.lastSeen().minus(SKEW));
  }

  /** The task by which somebody stopped this guest, as opposed to the node or a backup doing so. */
  private Optional<TaskState> stoppedByItsOwnTask() {
    return stop().filter(task -> !task.user().equals(NODE_ACCOUNT));
  }

  private Optional<TaskState> stopOfAll() {
    return around()
        .filter(task -> task.type().equals(STOP_ALL))
        .filter(task -> task.id().node().equals(evidence.before().node()))
        .filter(task -> !undone(task))
        .max(Comparator.comparing(TaskState::startedAt));
  }

  /** A backup that stops a VM does so by a task of its own, as the node's account. */
  private Optional<Cause> backup() {
    Optional<TaskState> dump = dump();
    Optional<TaskState> stop = stop();
    return dump.isPresent()
            && stop.isPresent()
            && !stop.get().startedAt().isBefore(dump.get().startedAt())
        ? Optional.of(backup(dump.get()))
        : Optional.empty();
  }

  /**
   * A backup that stops a container makes no further task, and one that does not stop anything
   * looks the same; so a crash that the journal tells of goes first.
   */
  private Optional<Cause> whileBackedUp() {
    return dump().map(this::backup);
  }

  private Optional<TaskState> dump() {
    boolean locked =
        LOCK.equals(evidence.before().lock())
            || (evidence.after() != null && LOCK.equals(evidence.after().lock()));
    if (stoppedByItsOwnTask().isPresent()) {
      return Optional.empty();
    }
    return around()
        .filter(task -> task.type().equals(DUMP))
        .filter(task -> turn == Turn.RESTARTED ? !failed(task) : runs(task))
        // A job that covers many guests names none; its lock shows which one it is at.
        .filter(task -> isSubject(task) || (locked && isJobOfItsNode(task)))
        .max(Comparator.comparing(TaskState::startedAt));
  }

  private boolean isJobOfItsNode(TaskState task) {
    return task.subject().isEmpty() && task.id().node().equals(evidence.before().node());
  }

  private Cause backup(TaskState task) {
    String what =
        switch (turn) {
          case PAUSED -> "suspended for a backup " + by(task);
          case RESTARTED -> "restarted for a backup " + by(task);
          case STOPPED, GONE, LOST -> "stopped for a backup " + by(task);
        };
    return cause(BACKUP, what, task);
  }

  private Optional<Cause> highAvailability() {
    Optional<TaskState> asked =
        latest(task -> HA_STOPPING.contains(task.type()) && !failed(task) && !undone(task));
    if (asked.isPresent()) {
      return Optional.of(
          cause(
              HIGH_AVAILABILITY,
              "stopped by high availability, asked for " + by(asked.get()),
              asked.get()));
    }
    if (!evidence.managed() || stoppedByItsOwnTask().isPresent()) {
      return Optional.empty();
    }
    Optional<TaskState> done = stop();
    if (done.isPresent()) {
      return Optional.of(cause(HIGH_AVAILABILITY, "stopped by high availability", done.get()));
    }
    String state = evidence.haStateNow();
    if (state != null && HA_ACTING.contains(state)) {
      return Optional.of(
          new Cause(HIGH_AVAILABILITY, "high availability is at work on it (" + state + ")"));
    }
    return Optional.empty();
  }

  /** High availability started again what had died; why it died is not known by that. */
  private Optional<Cause> recovered() {
    return turn == Turn.RESTARTED && evidence.managed()
        ? latest(
                task ->
                    STARTING.contains(task.type())
                        && task.user().equals(NODE_ACCOUNT)
                        && !failed(task))
            .map(
                task ->
                    cause(
                        HIGH_AVAILABILITY,
                        "high availability started it again after it failed",
                        task))
        : Optional.empty();
  }

  private Optional<Cause> task() {
    return stop().map(task -> person(task, ""));
  }

  private Cause person(TaskState task, String what) {
    boolean own = task.user().equals(evidence.account());
    String verb =
        turn == Turn.RESTARTED ? "restarted " : turn == Turn.PAUSED ? "paused " : "stopped ";
    return cause(own ? JARVIS : USER, verb + what + by(task), task);
  }

  /** The latest task that stopped it and after which nothing started it. */
  private Optional<TaskState> stop() {
    Set<String> types = turn == Turn.PAUSED ? PAUSING : STOPPING;
    List<TaskState> all =
        subject()
            .filter(task -> types.contains(task.type()))
            .filter(task -> !failed(task) && !undone(task))
            .toList();
    // One that has ended well did it; one that runs may have.
    return all.stream()
        .filter(TaskState::ended)
        .max(Comparator.comparing(TaskState::startedAt))
        .or(() -> all.stream().max(Comparator.comparing(TaskState::startedAt)));
  }

  /** Whether a start came after this stop, so that it does not explain why the guest is down. */
  private boolean undone(TaskState stop) {
    if (turn == Turn.RESTARTED || !stop.ended()) {
      return false;
    }
    Instant ended = end(stop);
    return subject()
        .filter(task -> STARTING.contains(task.type()) && task.succeeded())
        .filter(task -> !task.id().equals(stop.id()))
        .anyMatch(task -> !task.startedAt().isBefore(ended));
  }

  private Optional<Cause> crash() {
    return clues()
        .flatMap(clues -> Optional.ofNullable(clues.crash()))
        .map(line -> new Cause(CRASH, "it crashed; the journal of its node says: " + line));
  }

  private Optional<Cause> endedOrderly() {
    boolean told = clues().map(JournalClues::endedOrderly).orElse(false);
    return told && tasksReachBack() && turn != Turn.PAUSED
        ? Optional.of(
            new Cause(
                INSIDE,
                turn == Turn.RESTARTED
                    ? "shut down from the inside, and started again"
                    : "shut down from the inside"))
        : Optional.empty();
  }

  private Optional<JournalClues> clues() {
    return Optional.ofNullable(evidence.journal())
        .map(
            lines ->
                JournalClues.of(
                    lines, evidence.before().type(), evidence.before().id(), evidence.pid()));
  }

  /** Nothing started it, so it never was off: only a reboot from the inside does that. */
  private Optional<Cause> restartedByItself() {
    boolean itself =
        turn == Turn.RESTARTED
            && tasksReachBack()
            && !evidence.moved()
            && subject().noneMatch(task -> STARTING.contains(task.type()) && !failed(task));
    return itself ? Optional.of(new Cause(INSIDE, "rebooted from the inside")) : Optional.empty();
  }

  /**
   * Whether no task of the time in question can be missing from the list. A cluster lists its
   * latest ones alone; that is enough from one reading to the next, not after hours without any.
   * And who may not see others' tasks is shown none of them.
   */
  private boolean tasksReachBack() {
    ListedTasks listed = evidence.tasks();
    return listed != null
        && listed.whole()
        && (evidence.lastSeen().plus(LISTED).isAfter(evidence.at())
            || listed.tasks().stream()
                .anyMatch(task -> task.startedAt().isBefore(evidence.lastSeen())));
  }

  private Cause unexplained() {
    String missing =
        !tasksReachBack()
            ? missingTasks(evidence.tasks())
            : evidence.journal() == null
                ? journalReaches(evidence)
                    ? "no task did it, and the journal of its node cannot be read"
                    : "no task did it, and it was last seen too long ago to search the journal of"
                        + " its node"
                : "neither a task nor the journal of its node tells why";
    return new Cause(UNEXPLAINED, "unexplained: " + missing);
  }

  private static String missingTasks(@Nullable ListedTasks listed) {
    if (listed == null) {
      return "the cluster's tasks cannot be read";
    }
    return listed.whole()
        ? "the cluster does not list the tasks of that time any more"
        : "the cluster shows Jarvis only its own tasks, for want of the privilege to see others'";
  }

  private Optional<TaskState> latest(Predicate<TaskState> wanted) {
    return subject().filter(wanted).max(Comparator.comparing(TaskState::startedAt));
  }

  private Stream<TaskState> subject() {
    return around().filter(this::isSubject);
  }

  private boolean isSubject(TaskState task) {
    return task.subject().equals(evidence.before().id().toString());
  }

  /** The tasks that ran at some time between the two readings, as far as clocks can be trusted. */
  private Stream<TaskState> around() {
    ListedTasks listed = evidence.tasks();
    return listed == null
        ? Stream.empty()
        : listed.tasks().stream()
            .filter(task -> !task.startedAt().isAfter(evidence.at().plus(SKEW)))
            .filter(task -> !task.ended() || !end(task).isBefore(evidence.lastSeen().minus(SKEW)));
  }

  private boolean runs(TaskState task) {
    return !task.ended() || end(task).isAfter(evidence.at().minus(SKEW));
  }

  private static Instant end(TaskState task) {
    return task.endedAt() == null ? task.startedAt() : task.endedAt();
  }

  private static boolean failed(TaskState task) {
    return task.ended() && !task.succeeded();
  }

  private String by(TaskState task) {
    return (task.user().equals(evidence.account()) ? "by Jarvis" : "by " + task.user())
        + " ("
        + task.type()
        + ")";
  }

  private static Cause cause(Cause.Kind kind, String explanation, TaskState task) {
    return new Cause(kind, explanation, task.user(), task.id());
  }
}
