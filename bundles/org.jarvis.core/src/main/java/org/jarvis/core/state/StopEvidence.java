package org.jarvis.core.state;

import java.time.Instant;
import java.util.List;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jspecify.annotations.Nullable;

/**
 * What is known when a guest is found to have stopped, or to have been down in between.
 *
 * @param before the guest as it was last seen running
 * @param after the guest as it is now, {@code null} when it is gone
 * @param at when that was read
 * @param node the node that held it, as it is now; {@code null} when that is gone
 * @param tasks the cluster's tasks around the time, {@code null} when they cannot be read
 * @param haState what high availability said of it before, {@code null} when not managed
 * @param haStateNow what it says now
 * @param account Jarvis's own account
 * @param pid its process while it ran, {@code null} when not known
 * @param journal the lines of its node's journal around the time, {@code null} when nobody asked or
 *     they cannot be read
 */
record StopEvidence(
    Guest before,
    @Nullable Guest after,
    Instant at,
    @Nullable Node node,
    @Nullable ListedTasks tasks,
    @Nullable String haState,
    @Nullable String haStateNow,
    String account,
    @Nullable Long pid,
    @Nullable List<String> journal) {

  /** What happened, as far as the two readings show. */
  enum Turn {
    /** It does not exist any more. */
    GONE,
    /** Nobody can tell how it is. */
    LOST,
    /** It does not run. */
    STOPPED,
    /** It is suspended in memory. */
    PAUSED,
    /** It runs, but not since then. */
    RESTARTED
  }

  StopEvidence withTasks(ListedTasks now) {
    return new StopEvidence(
        before, after, at, node, now, haState, haStateNow, account, pid, journal);
  }

  StopEvidence withJournal(@Nullable List<String> lines) {
    return new StopEvidence(
        before, after, at, node, tasks, haState, haStateNow, account, pid, lines);
  }

  Turn turn() {
    if (after == null) {
      return Turn.GONE;
    }
    return switch (after.status()) {
      case UNKNOWN -> Turn.LOST;
      case STOPPED -> Turn.STOPPED;
      case PAUSED -> Turn.PAUSED;
      case RUNNING -> Turn.RESTARTED;
    };
  }

  /** When it was last seen running. */
  Instant lastSeen() {
    return before.observation().at();
  }

  boolean managed() {
    return haState != null || haStateNow != null;
  }

  boolean moved() {
    return after != null && !after.node().equals(before.node());
  }
}
