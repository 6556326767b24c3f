package org.jarvis.console.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Maintenance;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.Problems;
import org.jarvis.api.problem.Remedy;
import org.jarvis.console.Parts;
import org.jspecify.annotations.Nullable;

/** What is wrong, in a list, or all of one problem. */
final class ProblemsReport {
  private static final int MOST_RESOLVED = 50;
  private static final int MOST_AFFECTED = 20;
  private static final String FORM = "%-8s  %-12s  %-22s  %s";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private final Parts parts;
  private final Clock clock;

  ProblemsReport(Parts parts, Clock clock) {
    this.parts = parts;
    this.clock = clock;
  }

  /** Those that are open, with those that ended lately where all are wanted. */
  void list(boolean all, Lines lines) {
    Problems problems = parts.problems().require();
    List<Problem> found = new ArrayList<>(problems.open());
    if (all) {
      found.addAll(problems.resolved(MOST_RESOLVED));
    }
    if (found.isEmpty()) {
      lines.add("Nothing is wrong.");
    } else {
      lines.add(FORM.formatted("SEVERITY", "FOR", "STANDING", "WHAT"));
    }
    for (Problem problem : found) {
      lines.add(
          FORM.formatted(
              problem.severity().word(),
              Lines.words(Duration.between(problem.since(), end(problem))),
              standing(problem),
              problem.summary() + " [" + problem.id() + "]"));
    }
    for (Maintenance work : problems.maintained()) {
      lines.add(
          "Node "
              + work.node().path().get(0)
              + " is being worked on until "
              + TIME.format(work.until())
              + " ("
              + work.by()
              + (work.reason().isEmpty() ? "" : ": " + work.reason())
              + ").");
    }
  }

  private Instant end(Problem problem) {
    return problem.resolvedAt() == null ? clock.instant() : problem.resolvedAt();
  }

  private String standing(Problem problem) {
    if (!problem.isOpen()) {
      return "ended";
    }
    if (problem.isSilenced(clock.instant())) {
      return "silenced";
    }
    return problem.acknowledged() == null ? "open" : "seen by " + problem.acknowledged().by();
  }

  /** All of one problem. */
  void one(String id, Lines lines) {
    Problem problem = find(parts, id);
    lines.add("Problem", problem.id());
    lines.add("What", problem.summary());
    lines.add("Means", problem.kind().explanation());
    lines.add("Severity", problem.severity().word());
    lines.add("About", problem.subject() == null ? "Jarvis" : problem.subject().toString());
    if (!problem.part().isEmpty()) {
      lines.add("Part", problem.part());
    }
    lines.add("Since", TIME.format(problem.since()));
    if (problem.resolvedAt() == null) {
      lines.add("Standing", standing(problem));
    } else {
      lines.add(
          "Ended",
          TIME.format(problem.resolvedAt())
              + (problem.resolution() == null ? "" : ": " + problem.resolution()));
    }
    for (Evidence seen : problem.evidence()) {
      lines.add("Evidence", seen.label() + ": " + seen.value() + at(seen.at()));
    }
    problem.affected().stream()
        .limit(MOST_AFFECTED)
        .forEach(ref -> lines.add("Affects", ref.toString()));
    if (problem.affected().size() > MOST_AFFECTED) {
      lines.add("Affects", (problem.affected().size() - MOST_AFFECTED) + " more");
    }
    problem.notes().forEach(note -> lines.add("Note", note.by() + ": " + note.text()));
    problem
        .attempts()
        .forEach(
            attempt ->
                lines.add(
                    "Attempt",
                    attempt.remedy()
                        + " by "
                        + attempt.by()
                        + at(attempt.at())
                        + " ["
                        + attempt.action()
                        + "]"));
    problem.remedies().forEach(remedy -> write(remedy, lines));
    if (problem.remedies().isEmpty()) {
      lines.add("No remedy", String.valueOf(withoutRemedy(problem)));
    }
  }

  private static void write(Remedy remedy, Lines lines) {
    lines.add("Remedy", remedy.id() + ": " + remedy.title() + ". " + remedy.explanation());
    for (PlanRequest.Step step : remedy.steps()) {
      lines.add("", step.tool() + " " + step.arguments().values());
    }
  }

  private static @Nullable String withoutRemedy(Problem problem) {
    return problem.withoutRemedy() == null ? problem.kind().noRemedy() : problem.withoutRemedy();
  }

  private static String at(@Nullable Instant at) {
    return at == null ? "" : " (" + TIME.format(at) + ")";
  }

  /** The problem of this id. */
  static Problem find(Parts parts, String id) {
    return parts
        .problems()
        .require()
        .find(id)
        .orElseThrow(
            () ->
                new JarvisException(
                    ErrorCode.NOT_FOUND,
                    "There is no problem '" + id + "'. jarvis:problems lists those that are."));
  }
}
