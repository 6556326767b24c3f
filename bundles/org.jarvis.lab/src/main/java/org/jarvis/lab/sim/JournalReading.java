package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a node's journal together from what is kept and what can be drawn again: events, its tasks,
 * and the lines of every day. Confined to the cluster's lock.
 */
final class JournalReading {

  private static final Duration KEPT = Duration.ofDays(7);
  private static final int PVEDAEMON = 1290;
  private static final int PVESCHEDULER = 1334;

  private final Routine routine;
  private final String host;
  private final @Nullable NodeSpec node;
  private final List<JournalEntry> events;
  private final List<TaskRun> tasks;
  private final Instant now;

  JournalReading(
      Routine routine,
      String host,
      @Nullable NodeSpec node,
      List<JournalEntry> events,
      List<TaskRun> tasks,
      Instant now) {
    this.routine = routine;
    this.host = host;
    this.node = node;
    this.events = events;
    this.tasks = tasks;
    this.now = now;
  }

  /** The latest lines between two moments, oldest first. */
  List<JournalEntry> latest(Instant from, Instant to, int most) {
    Instant begin = from.isBefore(now.minus(KEPT)) ? now.minus(KEPT) : from;
    Instant end = to.isAfter(now) ? now : to;
    List<JournalEntry> lines = new ArrayList<>(events);
    for (int i = tasks.size() - 1; i >= 0; i--) {
      lines.addAll(ofTask(tasks.get(i).snapshot()));
    }
    lines.removeIf(line -> line.at().isBefore(begin) || line.at().isAfter(end));
    int routineLines = 0;
    long first = Math.floorDiv(begin.getEpochSecond(), Routine.HOUR);
    // Going backwards, so that a reader of a few lines does not have a week of them made.
    for (long hour = Math.floorDiv(end.getEpochSecond(), Routine.HOUR);
        hour >= first && routineLines < most;
        hour--) {
      List<JournalEntry> ofHour =
          node == null ? routine.hourOfGuest(host, hour) : routine.hour(node, hour);
      for (JournalEntry line : ofHour) {
        if (!line.at().isBefore(begin) && !line.at().isAfter(end)) {
          lines.add(line);
          routineLines++;
        }
      }
    }
    lines.sort(Comparator.comparing(JournalEntry::at));
    return List.copyOf(lines.subList(Math.max(0, lines.size() - most), lines.size()));
  }

  private static List<JournalEntry> ofTask(Task task) {
    Upid upid = task.upid();
    boolean scheduled = upid.type().equals("vzdump") && upid.id().isEmpty();
    String program = scheduled ? "pvescheduler" : "pvedaemon";
    int pid = scheduled ? PVESCHEDULER : PVEDAEMON;
    String owner = upid.tokenId() == null ? upid.user() : upid.user() + "!" + upid.tokenId();
    List<JournalEntry> lines = new ArrayList<>();
    lines.add(
        new JournalEntry(upid.startedAt(), program, pid, "<" + owner + "> starting task " + upid));
    Instant end = task.end();
    if (end != null) {
      lines.add(
          new JournalEntry(
              end, program, pid, "<" + owner + "> end task " + upid + ": " + task.exitStatus()));
    }
    return lines;
  }
}
