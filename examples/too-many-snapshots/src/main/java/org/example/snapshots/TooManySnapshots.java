package org.example.snapshots;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.tool.Arguments;
import org.osgi.service.component.annotations.Component;

/** Finds guests with so many snapshots that somebody must have forgotten them. */
@Component
public final class TooManySnapshots implements ProblemDetector {
  static final ProblemKind KIND =
      new ProblemKind(
          "example-too-many-snapshots",
          "Too many snapshots",
          "Each snapshot of a guest takes room and slows its disks down.",
          Severity.WARNING,
          Set.of(Aspect.SNAPSHOTS),
          Duration.ZERO,
          Duration.ZERO,
          List.of(new ProblemKind.Limit("snapshots", "More than so many", "", 5, 1, 1000)),
          null);

  @Override
  public List<ProblemKind> kinds() {
    return List.of(KIND);
  }

  @Override
  public List<Finding> detect(Situation situation) {
    double limit = situation.limit(KIND, "snapshots");
    List<Finding> findings = new ArrayList<>();
    for (Guest guest : situation.cluster().guests().values()) {
      situation
          .fresh(guest.ref(), GuestSnapshots.class)
          .map(GuestSnapshots::snapshots)
          .filter(snapshots -> snapshots.size() > limit)
          .ifPresent(snapshots -> findings.add(finding(guest, snapshots)));
    }
    return findings;
  }

  private static Finding finding(Guest guest, List<GuestSnapshots.Snapshot> snapshots) {
    GuestSnapshots.Snapshot oldest = snapshots.get(0);
    Map<String, Object> which =
        Map.of(
            "cluster", guest.cluster().value(),
            "node", guest.node().value(),
            "vmid", guest.id().value(),
            "snapshot", oldest.name());
    return new Finding(
        KIND.id(),
        guest.ref(),
        "",
        Severity.WARNING,
        guest.label() + " has " + snapshots.size() + " snapshots.",
        List.of(new Evidence("Oldest snapshot", oldest.name(), oldest.at())),
        List.of(
            Remedy.of(
                "delete-oldest",
                "Delete the oldest snapshot",
                "It frees the room that only " + oldest.name() + " needs; its state is lost.",
                new PlanRequest.Step("delete_snapshot", new Arguments(which)))));
  }
}
