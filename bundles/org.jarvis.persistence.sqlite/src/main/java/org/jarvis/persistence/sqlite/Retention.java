package org.jarvis.persistence.sqlite;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.ToIntFunction;
import org.apache.ibatis.session.SqlSession;

/**
 * Removes from {@code jarvis.db} what is older than it may become, a little at a time: others write
 * between two steps. What is removed leaves room in the files for what comes, so that they do not
 * grow on.
 */
final class Retention {
  /** So many rows are gone before the writer has noticed. */
  static final int STEP = 500;

  /** For how long a problem is kept once it has ended. */
  static final Duration PROBLEMS = Duration.ofDays(90);

  /** How many problems that have ended are kept at most; the newest. */
  static final int MOST_PROBLEMS = 10_000;

  /**
   * For how long it is kept what asking models used: a year, and the month that it is held against.
   */
  static final Duration USAGE = Duration.ofDays(400);

  private static final Duration CLOCKS_MAY_DIFFER = Duration.ofDays(1);

  private final Database jarvis;
  private final RetentionLimits limits;
  private final Clock clock;
  private final RetentionTrouble trouble;

  Retention(Database jarvis, RetentionLimits limits, Clock clock, RetentionTrouble trouble) {
    this.jarvis = jarvis;
    this.limits = limits;
    this.clock = clock;
    this.trouble = trouble;
  }

  /** Removes all that is too old now. Ends early when its thread is interrupted. */
  void prune() {
    try {
      pruneJarvis(clock.instant());
    } catch (RuntimeException e) {
      trouble.tell(DatabaseKind.JARVIS, e);
    }
  }

  private void pruneJarvis(Instant now) {
    removeStepwise(
        jarvis,
        statements ->
            statements
                .getMapper(EventMapper.class)
                .deleteOldest(now.minus(limits.events()), now.plus(CLOCKS_MAY_DIFFER), STEP));
    removeStepwise(
        jarvis,
        statements ->
            statements
                .getMapper(ActionMapper.class)
                .deleteEndedBefore(now.minus(limits.actions()), STEP));
    removeStepwise(
        jarvis,
        statements ->
            statements
                .getMapper(ProblemMapper.class)
                .deleteResolvedBefore(now.minus(PROBLEMS), STEP));
    removeStepwise(
        jarvis,
        statements ->
            statements.getMapper(ProblemMapper.class).deleteResolvedBeyond(MOST_PROBLEMS, STEP));
    removeStepwise(
        jarvis,
        statements ->
            statements
                .getMapper(ConversationMapper.class)
                .deleteUsageBefore(now.minus(USAGE), STEP));
    jarvis.shortenLog();
  }

  private static void removeStepwise(Database database, ToIntFunction<SqlSession> step) {
    int removed = STEP;
    while (removed >= STEP && !Thread.currentThread().isInterrupted()) {
      removed = database.write(step::applyAsInt);
    }
  }
}
