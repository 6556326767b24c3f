package org.jarvis.core.problem;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what detectors found before it counts: what breaks their contract is refused, and logged
 * once; what is longer than it may be is cut. Used by one thread at a time.
 */
final class FindingInspection {
  private static final Logger LOG = LoggerFactory.getLogger(FindingInspection.class);
  static final int SUMMARY = 300;
  private static final int PART = 200;
  private static final int LABEL = 100;
  private static final int TEXT = 500;
  private static final int MOST_EVIDENCE = 20;
  private static final int MOST_AFFECTED = 20_000;
  private static final int MOST_REMEDIES = 5;
  private static final int MOST_STEPS = 20;
  private static final int MOST_COMPLAINTS = 1_000;

  private final Set<String> complaints = new HashSet<>();

  /**
   * The finding, fit to be kept; empty where it is refused.
   *
   * @param detector who found it, for people
   * @param kind its kind, {@code null} where the detector has none of that id
   * @param cluster the cluster that was asked about, {@code null} for Jarvis itself
   */
  Optional<Finding> inspect(
      String detector, @Nullable ProblemKind kind, @Nullable ClusterId cluster, Finding finding) {
    String fault = fault(kind, cluster, finding);
    if (fault != null) {
      complain(detector, finding.kind(), fault);
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            finding.kind(),
            finding.subject(),
            part(finding.part()),
            finding.severity(),
            InertText.line(finding.summary(), SUMMARY),
            evidence(finding.evidence()),
            remedies(finding.remedies()),
            finding.withoutRemedy() == null ? null : InertText.line(finding.withoutRemedy(), TEXT),
            first(finding.affected(), MOST_AFFECTED),
            finding.consequenceOf() == null ? null : fit(finding.consequenceOf())));
  }

  /** An identity as it is kept. */
  static Finding.Identity fit(Finding.Identity identity) {
    return new Finding.Identity(identity.kind(), identity.subject(), part(identity.part()));
  }

  private static @Nullable String fault(
      @Nullable ProblemKind kind, @Nullable ClusterId cluster, Finding finding) {
    if (kind == null) {
      return "it defines no such kind, or another detector has it";
    }
    if (finding.severity().compareTo(kind.worst()) > 0) {
      return "it found it worse than " + kind.worst().word() + ", which its kind is at worst";
    }
    if (kind.hasRemedy() && finding.remedies().isEmpty() && finding.withoutRemedy() == null) {
      return "it neither carries remedies nor says why there are none";
    }
    if (finding.summary().isBlank()) {
      return "it has no summary";
    }
    if (cluster == null) {
      return finding.subject() == null ? null : "it is about a resource, and not about Jarvis";
    }
    return finding.subject() != null && finding.subject().cluster().equals(cluster)
        ? null
        : "it is not about the cluster that was asked about";
  }

  private void complain(String detector, String kind, String fault) {
    String complaint = detector + "/" + kind + "/" + fault;
    if (complaints.size() < MOST_COMPLAINTS && complaints.add(complaint)) {
      LOG.warn(
          "A finding of kind {} by {} is refused: {}.",
          InertText.line(kind, LABEL),
          detector,
          fault);
    }
  }

  private static String part(String part) {
    return InertText.line(part, PART);
  }

  private static List<Evidence> evidence(List<Evidence> evidence) {
    return first(evidence, MOST_EVIDENCE).stream()
        .map(
            seen ->
                new Evidence(
                    InertText.line(seen.label(), LABEL),
                    InertText.line(seen.value(), TEXT),
                    seen.at()))
        .toList();
  }

  private static List<Remedy> remedies(List<Remedy> remedies) {
    List<Remedy> fit = new ArrayList<>();
    for (Remedy remedy : first(remedies, MOST_REMEDIES)) {
      fit.add(
          new Remedy(
              InertText.line(remedy.id(), LABEL),
              InertText.line(remedy.title(), LABEL),
              InertText.line(remedy.explanation(), TEXT),
              first(remedy.steps(), MOST_STEPS),
              remedy.separable() || remedy.steps().size() > MOST_STEPS));
    }
    return fit;
  }

  private static <T> List<T> first(List<T> all, int most) {
    return all.size() <= most ? all : all.subList(0, most);
  }
}
