package org.jarvis.core.problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Incarnation;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.text.InertText;
import org.jspecify.annotations.Nullable;

/**
 * Puts to each finding of a moment what decides its fate.
 *
 * @param judgement how things stand
 * @param kinds the kinds that are watched, by id
 * @param isOpen which problems are open
 */
record Sightings(
    Judgement judgement, Map<String, ProblemKind> kinds, Predicate<Finding.Identity> isOpen) {
  private static final String JARVIS = "Jarvis";
  private static final int LONGEST_NAME = 200;

  /** A chain of causes is short, and one that leads back to itself explains nothing. */
  private static final int LONGEST_CHAIN = 10;

  /** All of them; of several about the same the first. */
  List<Sighting> of(List<Finding> findings) {
    Map<Finding.Identity, Finding> found = new LinkedHashMap<>();
    findings.forEach(finding -> found.putIfAbsent(finding.identity(), finding));
    List<Sighting> sightings = new ArrayList<>();
    for (Finding finding : found.values()) {
      ProblemKind kind = kinds.get(finding.kind());
      if (kind != null) {
        sightings.add(
            new Sighting(
                finding,
                kind,
                judgement.of(finding.identity(), kind),
                isExplained(finding, found) || isPlanned(finding.subject()),
                life(judgement, finding.subject()),
                name(finding.subject())));
      }
    }
    return sightings;
  }

  private boolean isPlanned(@Nullable ResourceRef subject) {
    return subject != null && judgement.isMaintained(subject);
  }

  private boolean isExplained(Finding finding, Map<Finding.Identity, Finding> found) {
    Finding.Identity cause = finding.consequenceOf();
    if (cause == null || !(isOpen.test(cause) || found.containsKey(cause))) {
      return false;
    }
    Finding.Identity further = cause;
    for (int i = 0; i < LONGEST_CHAIN && further != null; i++) {
      if (further.equals(finding.identity())) {
        return false;
      }
      Finding next = found.get(further);
      further = next == null ? null : next.consequenceOf();
    }
    return true;
  }

  /** Which life of a guest this is now; {@code null} for anything else. */
  static @Nullable Incarnation life(Judgement judgement, @Nullable ResourceRef subject) {
    if (subject == null) {
      return null;
    }
    ClusterSnapshot snapshot = judgement.clusters().get(subject.cluster());
    return snapshot == null
        ? null
        : subject.guestId().map(snapshot.incarnations()::get).orElse(null);
  }

  private String name(@Nullable ResourceRef subject) {
    if (subject == null) {
      return JARVIS;
    }
    Resource resource = judgement.find(subject).orElse(null);
    if (resource == null) {
      return subject.toString();
    }
    return InertText.line(
        resource instanceof Guest guest ? guest.label() : resource.name(), LONGEST_NAME);
  }
}
