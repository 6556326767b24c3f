package org.jarvis.testkit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.action.PlanRequest;
import org.jarvis.api.event.Cause;
import org.jarvis.api.problem.Evidence;
import org.jarvis.api.problem.Finding;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.ProblemKind;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Severity;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.tool.Arguments;
import org.jarvis.testkit.resource.SampleCluster;
import org.junit.jupiter.api.Test;

/** A detector as it should be passes. */
class ProblemDetectorContractTest extends ProblemDetectorContract {
  private static final ClusterSnapshot CLUSTER = SampleCluster.small().clusters().get(0);

  @Override
  protected ProblemDetector detector() {
    return new Crashes();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(
        FakeSituation.of(CLUSTER)
            .stopped(new GuestId(102), seen(), new Cause(Cause.Kind.CRASH, "it crashed"))
            .build());
  }

  @Test
  void tellsWhatWasMadeUp() {
    FakeSituation situation =
        FakeSituation.of(CLUSTER).limit(Crashes.KIND.id(), "age", 3).growth(ref(), 5).build();

    assertThat(situation.limit(Crashes.KIND, "age")).isEqualTo(3);
    assertThat(situation.growth(ref())).contains(5.0);
    assertThat(situation.isFresh(CLUSTER.cluster())).isTrue();
    assertThat(
            FakeSituation.of(CLUSTER)
                .now(seen().plusSeconds(60))
                .build()
                .isFresh(CLUSTER.cluster()))
        .isFalse();
  }

  private static ResourceRef ref() {
    return CLUSTER.cluster().ref();
  }

  /** Finds guests that crashed. */
  private static final class Crashes implements ProblemDetector {
    static final ProblemKind KIND =
        new ProblemKind(
            "guest-crashed",
            "Guest crashed",
            "It stopped though nobody stopped it.",
            Severity.CRITICAL,
            Set.of(),
            Duration.ZERO,
            Duration.ZERO,
            List.of(new ProblemKind.Limit("age", "How old", "days", 7, 1, 30)),
            null);

    @Override
    public List<ProblemKind> kinds() {
      return List.of(KIND);
    }

    @Override
    public List<Finding> detect(Situation situation) {
      return situation.cluster().guests().values().stream()
          .filter(guest -> guest.status() == Guest.Status.STOPPED)
          .filter(
              guest ->
                  situation
                      .stop(guest)
                      .filter(stop -> stop.cause().kind() == Cause.Kind.CRASH)
                      .isPresent())
          .map(Crashes::finding)
          .toList();
    }

    private static Finding finding(Guest guest) {
      PlanRequest.Step start =
          new PlanRequest.Step("start_vm", new Arguments(Map.of("vmid", guest.id().value())));
      return new Finding(
          KIND.id(),
          guest.ref(),
          "",
          Severity.CRITICAL,
          guest.label() + " crashed.",
          List.of(new Evidence("Status", guest.statusWord())),
          List.of(Remedy.of("start", "Start it", "It runs again.", start)));
    }
  }
}
