package org.jarvis.core.problem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Remedy;
import org.jspecify.annotations.Nullable;

/** The next value of a problem. Each method answers it; none changes anything. */
final class Revision {
  private static final int MOST_WORDS = 200;

  private Revision() {}

  /** A new problem. */
  static Problem opened(String id, Sighting seen, Instant since, Instant now) {
    Finding finding = seen.finding();
    return new Problem(
        id,
        seen.kind(),
        finding.subject(),
        seen.life(),
        seen.name(),
        finding.part(),
        finding.severity(),
        finding.summary(),
        finding.evidence(),
        finding.remedies(),
        withoutRemedy(seen),
        finding.affected(),
        since,
        now,
        null,
        null,
        0,
        null,
        null,
        List.of(),
        List.of());
  }

  /** It was seen again, whether it was open meanwhile or not. */
  static Problem seen(Problem before, Sighting seen, Instant now) {
    Problem fresh = opened(before.id(), seen, before.since(), now);
    return new Problem(
        fresh.id(),
        fresh.kind(),
        fresh.subject(),
        fresh.life() == null ? before.life() : fresh.life(),
        fresh.name(),
        fresh.part(),
        fresh.severity(),
        fresh.summary(),
        fresh.evidence(),
        fresh.remedies(),
        fresh.withoutRemedy(),
        fresh.affected(),
        fresh.since(),
        now,
        null,
        null,
        before.returns(),
        before.acknowledged(),
        before.silence(),
        before.notes(),
        before.attempts());
  }

  /** Whether the second is more than another figure. */
  static boolean isNews(Problem before, Problem after) {
    return before.severity() != after.severity()
        || !sameAffected(before, after)
        || !does(before).equals(does(after));
  }

  private static boolean sameAffected(Problem before, Problem after) {
    return before.affected().equals(after.affected())
        || new HashSet<>(before.affected()).equals(new HashSet<>(after.affected()));
  }

  private static List<List<Object>> does(Problem problem) {
    List<List<Object>> remedies = new ArrayList<>();
    for (Remedy remedy : problem.remedies()) {
      remedies.add(List.of(remedy.id(), remedy.steps()));
    }
    return remedies;
  }

  /** It has ended. */
  static Problem resolved(Problem before, Instant now, String how) {
    return with(before, now, how, before.returns(), before.acknowledged(), before.silence());
  }

  /** It is back. */
  static Problem returned(Problem before) {
    return with(before, null, null, before.returns() + 1, before.acknowledged(), before.silence());
  }

  /** Somebody has seen it. */
  static Problem acknowledged(Problem before, Problem.Acknowledgement by) {
    return with(
        before, before.resolvedAt(), before.resolution(), before.returns(), by, before.silence());
  }

  /** Nobody wants to hear of it for a while; {@code null} ends that. */
  static Problem silenced(Problem before, Problem.@Nullable Silence silence) {
    return with(
        before,
        before.resolvedAt(),
        before.resolution(),
        before.returns(),
        before.acknowledged(),
        silence);
  }

  private static Problem with(
      Problem before,
      @Nullable Instant resolvedAt,
      @Nullable String resolution,
      int returns,
      Problem.@Nullable Acknowledgement acknowledged,
      Problem.@Nullable Silence silence) {
    return new Problem(
        before.id(),
        before.kind(),
        before.subject(),
        before.life(),
        before.name(),
        before.part(),
        before.severity(),
        before.summary(),
        before.evidence(),
        before.remedies(),
        before.withoutRemedy(),
        before.affected(),
        before.since(),
        before.seenAt(),
        resolvedAt,
        resolution,
        returns,
        acknowledged,
        silence,
        before.notes(),
        before.attempts());
  }

  /** Somebody wrote about it. The oldest words go when there are too many. */
  static Problem noted(Problem before, Problem.Note note) {
    return told(
        before, before.id(), before.since(), added(before.notes(), note), before.attempts());
  }

  /** A remedy was asked for. */
  static Problem attempted(Problem before, Problem.Attempt attempt) {
    return told(
        before, before.id(), before.since(), before.notes(), added(before.attempts(), attempt));
  }

  /**
   * What was found in this life and what was kept of the same problem from before: the beginning,
   * and all that people said, is the kept one's.
   */
  static Problem merged(Problem found, Problem kept) {
    Problem begun = told(found, kept.id(), kept.since(), kept.notes(), kept.attempts());
    return with(
        begun,
        found.resolvedAt(),
        found.resolution(),
        kept.returns(),
        kept.acknowledged(),
        kept.silence());
  }

  private static Problem told(
      Problem before,
      String id,
      Instant since,
      List<Problem.Note> notes,
      List<Problem.Attempt> attempts) {
    return new Problem(
        id,
        before.kind(),
        before.subject(),
        before.life(),
        before.name(),
        before.part(),
        before.severity(),
        before.summary(),
        before.evidence(),
        before.remedies(),
        before.withoutRemedy(),
        before.affected(),
        since,
        before.seenAt(),
        before.resolvedAt(),
        before.resolution(),
        before.returns(),
        before.acknowledged(),
        before.silence(),
        notes,
        attempts);
  }

  private static @Nullable String withoutRemedy(Sighting seen) {
    if (!seen.finding().remedies().isEmpty()) {
      return null;
    }
    String why = seen.finding().withoutRemedy();
    return why == null ? seen.kind().noRemedy() : why;
  }

  private static <T> List<T> added(List<T> before, T last) {
    List<T> after = new ArrayList<>(before);
    after.add(last);
    return after.subList(Math.max(0, after.size() - MOST_WORDS), after.size());
  }
}
