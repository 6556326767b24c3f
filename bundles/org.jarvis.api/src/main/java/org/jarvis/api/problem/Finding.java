package org.jarvis.api.problem;

import java.util.List;
import org.jarvis.api.resource.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * What a detector sees at this moment. Two findings of the same kind, subject and part are the same
 * problem.
 *
 * @param kind the id of its {@link ProblemKind}
 * @param subject the resource; {@code null} for Jarvis itself
 * @param part the part of it that is meant, such as a disk's device; empty for the whole
 * @param severity how bad it is now, at most as bad as its kind
 * @param summary one sentence with names and figures, for people; no longer than a line
 * @param evidence what was seen
 * @param remedies what mends it, the best first; empty where the kind says that there is none, or
 *     where {@code withoutRemedy} says why there is none this time
 * @param withoutRemedy why nothing mends this one though its kind has remedies, with what a person
 *     can do; otherwise {@code null}
 * @param affected the resources that suffer from it, where it stands for many: the guests of a dead
 *     node, the guests in no backup job; otherwise empty
 * @param consequenceOf the problem that explains it, {@code null} where none does; while that one
 *     is open or found, this one is not raised
 */
public record Finding(
    String kind,
    @Nullable ResourceRef subject,
    String part,
    Severity severity,
    String summary,
    List<Evidence> evidence,
    List<Remedy> remedies,
    @Nullable String withoutRemedy,
    List<ResourceRef> affected,
    @Nullable Identity consequenceOf) {

  /**
   * What makes a problem the one that it is.
   *
   * @param kind the id of its kind
   * @param subject the resource; {@code null} for Jarvis itself
   * @param part the part of it; empty for the whole
   */
  public record Identity(String kind, @Nullable ResourceRef subject, String part) {}

  /** Keeps the lists from changing. */
  public Finding {
    evidence = List.copyOf(evidence);
    remedies = List.copyOf(remedies);
    affected = List.copyOf(affected);
  }

  /** A finding that stands for itself and explains itself. */
  public Finding(
      String kind,
      @Nullable ResourceRef subject,
      String part,
      Severity severity,
      String summary,
      List<Evidence> evidence,
      List<Remedy> remedies) {
    this(kind, subject, part, severity, summary, evidence, remedies, null, List.of(), null);
  }

  /** Which problem it is. */
  public Identity identity() {
    return new Identity(kind, subject, part);
  }

  /** The same, with those who suffer from it. */
  public Finding affecting(List<ResourceRef> resources) {
    return new Finding(
        kind,
        subject,
        part,
        severity,
        summary,
        evidence,
        remedies,
        withoutRemedy,
        resources,
        consequenceOf);
  }

  /** The same, as a consequence of another. */
  public Finding because(Identity cause) {
    return new Finding(
        kind, subject, part, severity, summary, evidence, remedies, withoutRemedy, affected, cause);
  }

  /** The same, which nothing mends this time. */
  public Finding unmended(String why) {
    return new Finding(
        kind, subject, part, severity, summary, evidence, List.of(), why, affected, consequenceOf);
  }
}
