package org.jarvis.detectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.action.PlanGate;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.BackupJobs;

/** Backs guests up now: where their backup jobs do, or else to the fittest storage there is. */
final class BackupPlan {
  private final Situation situation;
  private final Set<String> usual;
  private final Map<NodeName, Optional<Storage>> places = new HashMap<>();

  BackupPlan(Situation situation) {
    this.situation = situation;
    usual = new HashSet<>();
    situation
        .cluster()
        .details(situation.cluster().cluster().ref())
        .find(BackupJobs.class)
        .ifPresent(
            jobs ->
                jobs.jobs().stream()
                    .filter(job -> job.enabled() && job.storage() != null)
                    .forEach(job -> usual.add(job.storage())));
  }

  /** The backups of as many of these guests as a plan holds, empty where none can be made. */
  Optional<Remedy> of(List<Guest> guests) {
    List<PlanRequest.Step> steps = new ArrayList<>();
    for (Guest guest : guests) {
      if (steps.size() == PlanGate.MAX_STEPS) {
        break;
      }
      step(guest).ifPresent(steps::add);
    }
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    String which =
        guests.size() == 1
            ? Words.name(guests.get(0).name())
            : steps.size() == guests.size()
                ? "all " + Words.count(steps.size(), "guest")
                : steps.size() + " of " + Words.count(guests.size(), "guest");
    return Optional.of(
        Fix.plan(
            "back-up",
            "Back up " + which,
            "One after the other is backed up as it runs; that takes time and load, and room on the"
                + " storage for backups.",
            steps,
            true));
  }

  private Optional<PlanRequest.Step> step(Guest guest) {
    if (guest.lock() != null || guest.status() == Guest.Status.UNKNOWN) {
      return Optional.empty();
    }
    return places
        .computeIfAbsent(guest.node(), this::place)
        .map(storage -> Fix.guest("backup", guest, Map.of("storage", storage.name())));
  }

  private Optional<Storage> place(NodeName name) {
    Node node = situation.cluster().nodes().get(name);
    if (node == null || node.status() != Node.Status.ONLINE) {
      return Optional.empty();
    }
    return situation.cluster().storages().values().stream()
        .filter(storage -> storage.node().equals(name))
        .filter(storage -> storage.content().contains("backup"))
        .filter(storage -> storage.status() == Storage.Status.AVAILABLE)
        .min(
            Comparator.comparing((Storage storage) -> !usual.contains(storage.name()))
                .thenComparing(storage -> !"pbs".equals(storage.type()))
                .thenComparing(storage -> !storage.shared())
                .thenComparing(Storage::name));
  }
}
