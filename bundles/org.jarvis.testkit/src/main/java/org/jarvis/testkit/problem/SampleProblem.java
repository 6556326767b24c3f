package org.jarvis.testkit.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Problem;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * A problem that a test makes up: {@code SampleProblem.of("p1", SampleProblem.DISK,
 * since).summary("1 GiB is free.").build()}. Whatever is not said is as of an open problem of
 * Jarvis itself that nobody has looked at. For one thread.
 */
public final class SampleProblem {
  /** A guest that stopped; it is judged by one limit, and can be mended. */
  public static final ProblemKind CRASHED =
      new ProblemKind(
          "guest-crashed",
          "Guest crashed",
          "It stopped though nobody stopped it.",
          Severity.CRITICAL,
          Set.of(),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          List.of(new ProblemKind.Limit("times", "How often", "times", 3, 1, 10)),
          null);

  /** Jarvis lacks space; nothing can mend that from here. */
  public static final ProblemKind DISK =
      new ProblemKind(
          "jarvis-disk-low",
          "Little space for Jarvis",
          "Jarvis cannot keep what happens.",
          Severity.WARNING,
          Set.of(),
          Duration.ZERO,
          Duration.ZERO,
          List.of(),
          "Free space on the disk of Jarvis.");

  private final String id;
  private final ProblemKind kind;
  private final @Nullable Incarnation life;
  private final String part;
  private final Instant since;
  private final Instant seenAt;
  private final int returns;
  private @Nullable ResourceRef subject;
  private String name;
  private Severity severity;
  private String summary;
  private List<Evidence> evidence;
  private List<Remedy> remedies;
  private @Nullable String withoutRemedy;
  private List<ResourceRef> affected;
  private @Nullable Instant resolvedAt;
  private @Nullable String resolution;
  private Problem.@Nullable Acknowledgement acknowledged;
  private Problem.@Nullable Silence silence;
  private List<Problem.Note> notes;
  private List<Problem.Attempt> attempts;

  private SampleProblem(Problem like) {
    id = like.id();
    kind = like.kind();
    subject = like.subject();
    life = like.life();
    name = like.name();
    part = like.part();
    severity = like.severity();
    summary = like.summary();
    evidence = like.evidence();
    remedies = like.remedies();
    withoutRemedy = like.withoutRemedy();
    affected = like.affected();
    since = like.since();
    seenAt = like.seenAt();
    resolvedAt = like.resolvedAt();
    resolution = like.resolution();
    returns = like.returns();
    acknowledged = like.acknowledged();
    silence = like.silence();
    notes = like.notes();
    attempts = like.attempts();
  }

  /** One of this kind, at its worst, that was seen when it began and never since. */
  public static SampleProblem of(String id, ProblemKind kind, Instant since) {
    return new SampleProblem(
        new Problem(
            id,
            kind,
            null,
            null,
            "Jarvis",
            "",
            kind.worst(),
            kind.title() + ".",
            List.of(),
            List.of(),
            null,
            List.of(),
            since,
            since,
            null,
            null,
            0,
            null,
            null,
            List.of(),
            List.of()));
  }

  /** One that begins as this problem. */
  public static SampleProblem like(Problem problem) {
    return new SampleProblem(problem);
  }

  /** A guest called {@code media} of the cluster {@code home} that {@link #CRASHED}. */
  public static SampleProblem crashed(String id, int vmid, Instant since) {
    return of(id, CRASHED, since)
        .about(ResourceRef.parse("pve:home:guest:" + vmid).orElseThrow(), "media")
        .summary("media (VM " + vmid + ") crashed.")
        .evidence(new Evidence("Exit", "killed", since));
  }

  /** A step of a remedy, which calls a tool for a guest. */
  public static PlanRequest.Step step(String tool, int vmid) {
    return new PlanRequest.Step(tool, new Arguments(Map.of("vmid", vmid)));
  }

  /** What it is about, and how people call that. */
  public SampleProblem about(ResourceRef resource, String called) {
    subject = resource;
    name = called;
    return this;
  }

  /** How bad it is. */
  public SampleProblem severity(Severity bad) {
    severity = bad;
    return this;
  }

  /** What it says of itself. */
  public SampleProblem summary(String sentence) {
    summary = sentence;
    return this;
  }

  /** What speaks for it, in the place of what did before. */
  public SampleProblem evidence(Evidence... all) {
    evidence = List.of(all);
    return this;
  }

  /** What mends it, in the place of what did before. */
  public SampleProblem remedies(Remedy... all) {
    remedies = List.of(all);
    return this;
  }

  /** Why nothing mends it. */
  public SampleProblem withoutRemedy(String why) {
    withoutRemedy = why;
    return this;
  }

  /** Who suffers from it, in the place of those who did before. */
  public SampleProblem affects(List<ResourceRef> all) {
    affected = List.copyOf(all);
    return this;
  }

  /** Ends it. */
  public SampleProblem resolved(Instant at) {
    resolvedAt = at;
    resolution = "It runs again.";
    return this;
  }

  /** Somebody has seen it. */
  public SampleProblem acknowledged(String by, Instant at) {
    acknowledged = new Problem.Acknowledgement(by, at);
    return this;
  }

  /** Nobody wants to hear of it until then; {@code null} ends that. */
  public SampleProblem silence(Problem.@Nullable Silence quiet) {
    silence = quiet;
    return this;
  }

  /** What people wrote about it, in the place of what they had written. */
  public SampleProblem notes(List<Problem.Note> all) {
    notes = List.copyOf(all);
    return this;
  }

  /** The remedies that were asked for, in the place of those before. */
  public SampleProblem attempts(Problem.Attempt... all) {
    attempts = List.of(all);
    return this;
  }

  /** The problem. */
  public Problem build() {
    return new Problem(
        id,
        kind,
        subject,
        life,
        name,
        part,
        severity,
        summary,
        evidence,
        remedies,
        withoutRemedy,
        affected,
        since,
        seenAt,
        resolvedAt,
        resolution,
        returns,
        acknowledged,
        silence,
        notes,
        attempts);
  }
}
