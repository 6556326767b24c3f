package org.jarvis.core.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Resource;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.text.InertText;
import org.jarvis.core.problem.Judgement.Standing;

/**
 * More than {@value #BEGINS} findings of one kind in one cluster at the same moment, about guests
 * or parts of something, are one problem of the cluster that names them as affected. It falls apart
 * again only below {@value #ENDS}, so that one more or less changes nothing. A pure function.
 */
final class StormRule {
  /** What stands as the part of such a problem. */
  static final String PART = "many";

  /** More than so many are one. */
  static final int BEGINS = 25;

  /** Fewer than so many are many again. */
  static final int ENDS = 15;

  private static final int MOST_EVIDENCE = 10;

  private StormRule() {}

  /** What is counted together. */
  private record Group(String kind, ClusterId cluster) {
    Finding.Identity storm() {
      return new Finding.Identity(kind, ResourceRef.cluster(cluster), PART);
    }
  }

  /**
   * Many that are one.
   *
   * @param sighting what is found in their place
   * @param members those that are seen
   */
  record Storm(Sighting sighting, List<Sighting> members) {}

  /**
   * Counts.
   *
   * @param seen all that was found
   * @param open the storms that are open, each with those that it names as affected
   * @param judgement tells which of these cannot be judged now; they count on
   */
  static List<Storm> apply(
      List<Sighting> seen, Map<Finding.Identity, List<ResourceRef>> open, Judgement judgement) {
    Map<Group, List<Sighting>> groups = new LinkedHashMap<>();
    for (Sighting sighting : seen) {
      ResourceRef subject = sighting.finding().subject();
      if (subject != null
          && isCountable(sighting.finding())
          && (sighting.mayBegin() || sighting.standing() == Standing.FROZEN)) {
        groups
            .computeIfAbsent(
                new Group(sighting.kind().id(), subject.cluster()), key -> new ArrayList<>())
            .add(sighting);
      }
    }
    List<Storm> storms = new ArrayList<>();
    groups.forEach(
        (group, members) -> {
          ProblemKind kind = members.get(0).kind();
          List<ResourceRef> before = open.get(group.storm());
          List<Sighting> counted =
              before == null ? members.stream().filter(Sighting::mayBegin).toList() : members;
          List<ResourceRef> unseen =
              before == null ? List.of() : unseen(kind, before, counted, judgement);
          int count = counted.size() + unseen.size();
          if (before == null ? count > BEGINS : count >= ENDS) {
            storms.add(
                new Storm(
                    storm(kind, group.cluster(), sorted(counted), unseen, judgement), counted));
          }
        });
    return storms;
  }

  /** Whether this is one of many. */
  static boolean isStorm(Finding.Identity identity) {
    return identity.part().equals(PART)
        && identity.subject() != null
        && identity.subject().kind() == ResourceKind.CLUSTER;
  }

  /** Whether a finding could be counted in this storm. */
  static boolean counts(Finding finding, Finding.Identity storm) {
    ResourceRef subject = finding.subject();
    return subject != null
        && isCountable(finding)
        && new Group(finding.kind(), subject.cluster()).storm().equals(storm);
  }

  private static boolean isCountable(Finding finding) {
    ResourceRef subject = finding.subject();
    return subject != null
        && subject.kind() != ResourceKind.CLUSTER
        && (subject.kind() == ResourceKind.GUEST || !finding.part().isEmpty());
  }

  /** Those of an open storm that nobody can see now. */
  private static List<ResourceRef> unseen(
      ProblemKind kind, List<ResourceRef> before, List<Sighting> seen, Judgement judgement) {
    Set<ResourceRef> found = new LinkedHashSet<>();
    seen.forEach(sighting -> found.add(subject(sighting)));
    return before.stream()
        .filter(ref -> !found.contains(ref))
        .filter(
            ref -> judgement.of(new Finding.Identity(kind.id(), ref, ""), kind) == Standing.FROZEN)
        .toList();
  }

  /** The worst first, then in the order of their addresses; an address is costly to spell. */
  private static List<Sighting> sorted(List<Sighting> members) {
    IdentityHashMap<Sighting, String> keys = new IdentityHashMap<>();
    members.forEach(one -> keys.put(one, subject(one) + " " + one.finding().part()));
    return members.stream()
        .sorted(
            Comparator.<Sighting, Severity>comparing(one -> one.finding().severity())
                .reversed()
                .thenComparing(one -> keys.getOrDefault(one, "")))
        .toList();
  }

  private static Sighting storm(
      ProblemKind kind,
      ClusterId cluster,
      List<Sighting> members,
      List<ResourceRef> unseen,
      Judgement judgement) {
    Set<ResourceRef> affected = new LinkedHashSet<>();
    members.forEach(one -> affected.add(subject(one)));
    affected.addAll(unseen);
    int count = members.size() + unseen.size();
    boolean guests = affected.stream().allMatch(ref -> ref.kind() == ResourceKind.GUEST);
    String what = guests && affected.size() == count ? " guests: " : " parts: ";
    List<Remedy> remedies = remedies(members);
    Severity worst =
        members.stream()
            .map(one -> one.finding().severity())
            .max(Severity::compareTo)
            .orElse(kind.worst());
    Finding finding =
        new Finding(
            kind.id(),
            ResourceRef.cluster(cluster),
            PART,
            worst,
            InertText.line(count + what + kind.title(), FindingInspection.SUMMARY),
            evidence(members),
            remedies,
            remedies.isEmpty()
                ? "They have no single remedy. Look at each of those affected."
                : null,
            List.copyOf(affected),
            null);
    String name =
        judgement.find(ResourceRef.cluster(cluster)).map(Resource::name).orElse(cluster.value());
    return new Sighting(finding, kind, Standing.JUDGED, false, null, name);
  }

  private static List<Evidence> evidence(List<Sighting> members) {
    return members.stream()
        .limit(MOST_EVIDENCE)
        .map(one -> new Evidence(one.name(), one.finding().summary()))
        .toList();
  }

  /** One plan of what would mend the first of them, if one step would mend each. */
  private static List<Remedy> remedies(List<Sighting> members) {
    List<Sighting> first = members.subList(0, Math.min(PlanGate.MAX_STEPS, members.size()));
    List<PlanRequest.Step> steps = new ArrayList<>();
    for (Sighting one : first) {
      one.finding().remedies().stream()
          .filter(remedy -> !remedy.isPlan())
          .findFirst()
          .ifPresent(remedy -> steps.add(remedy.steps().get(0)));
    }
    if (steps.isEmpty() || steps.size() < first.size()) {
      return List.of();
    }
    return List.of(
        new Remedy(
            PART,
            steps.size() < members.size() ? "Mend the first " + steps.size() : "Mend all",
            "Does for each, one after the other, what mends it.",
            steps,
            true));
  }

  private static ResourceRef subject(Sighting sighting) {
    ResourceRef subject = sighting.finding().subject();
    if (subject == null) {
      throw new IllegalArgumentException("Jarvis itself is never one of many.");
    }
    return subject;
  }
}
