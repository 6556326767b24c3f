package org.jarvis.detectors;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/** A finding while it is put together. What names and texts come from a cluster is cut to size. */
final class Sight {
  private static final int MOST_EVIDENCE = 20;
  private static final int LONGEST_VALUE = 400;

  private final ProblemKind kind;
  private final @Nullable ResourceRef subject;
  private final String part;
  private final Severity severity;
  private final String summary;
  private final List<Evidence> evidence = new ArrayList<>();
  private final List<Remedy> remedies = new ArrayList<>();
  private List<ResourceRef> affected = List.of();
  private Finding.@Nullable Identity cause;

  private Sight(
      ProblemKind kind,
      @Nullable ResourceRef subject,
      String part,
      Severity severity,
      String summary) {
    this.kind = kind;
    this.subject = subject;
    this.part = part;
    this.severity = severity;
    this.summary = Words.summary(summary);
  }

  /** Something is wrong with a whole resource. */
  static Sight of(ProblemKind kind, ResourceRef subject, Severity severity, String summary) {
    return new Sight(kind, subject, "", severity, summary);
  }

  /** Something is wrong with a part. */
  static Sight of(
      ProblemKind kind, ResourceRef subject, String part, Severity severity, String summary) {
    return new Sight(kind, subject, part, severity, summary);
  }

  /** Something is wrong with Jarvis itself. */
  static Sight here(ProblemKind kind, String part, Severity severity, String summary) {
    return new Sight(kind, null, part, severity, summary);
  }

  /** What was seen, when that is not told. */
  Sight evidence(String label, String value) {
    return evidence(label, value, null);
  }

  /** What was seen, and when. */
  Sight evidence(String label, String value, @Nullable Instant at) {
    if (evidence.size() < MOST_EVIDENCE) {
      String bounded =
          value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE - 1) + "…";
      evidence.add(new Evidence(label, bounded, at));
    }
    return this;
  }

  /** What mends it; {@code null} for nothing. */
  Sight remedy(@Nullable Remedy remedy) {
    if (remedy != null) {
      remedies.add(remedy);
    }
    return this;
  }

  /** Who suffers from it. */
  Sight affecting(List<ResourceRef> resources) {
    affected = resources;
    return this;
  }

  /** What explains it. */
  Sight because(Finding.@Nullable Identity explanation) {
    cause = explanation;
    return this;
  }

  /** The finding, of a kind that says itself why it has no remedies, or that always has one. */
  Finding finding() {
    return finding(null);
  }

  /**
   * The finding.
   *
   * @param otherwise why there is no remedy, in case that there is none, with what a person can do
   */
  Finding finding(@Nullable String otherwise) {
    return new Finding(
        kind.id(),
        subject,
        part,
        severity,
        summary,
        evidence,
        remedies,
        remedies.isEmpty() ? otherwise : null,
        affected,
        cause);
  }
}
