package org.example.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jarvis.api.problem.ProblemDetector;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.testkit.problem.FakeSituation;
import org.jarvis.testkit.problem.ProblemDetectorContract;
import org.jarvis.testkit.resource.SampleCluster;
import org.junit.jupiter.api.Test;

class TooManySnapshotsTest extends ProblemDetectorContract {
  private static final ResourceRef GUEST = ResourceRef.guest(SampleCluster.ID, new GuestId(101));

  @Override
  protected ProblemDetector detector() {
    return new TooManySnapshots();
  }

  @Override
  protected List<Situation> telling() {
    return List.of(with(6).build());
  }

  @Test
  void deletesTheOldest() {
    assertThat(detector().detect(with(6).build()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.summary()).endsWith(" has 6 snapshots.");
              assertThat(finding.remedies().get(0).steps().get(0).arguments().text("snapshot"))
                  .contains("s0");
            });
  }

  @Test
  void goesByTheLimitThatTheOperatorSet() {
    assertThat(detector().detect(with(5).build())).isEmpty();
    assertThat(detector().detect(with(5).limit(TooManySnapshots.KIND.id(), "snapshots", 4).build()))
        .hasSize(1);
  }

  private static FakeSituation.Builder with(int count) {
    ClusterSnapshot cluster = SampleCluster.small().clusters().get(0);
    List<GuestSnapshots.Snapshot> snapshots =
        IntStream.range(0, count)
            .mapToObj(
                i -> new GuestSnapshots.Snapshot("s" + i, null, SampleCluster.SEEN, null, false))
            .toList();
    return FakeSituation.of(cluster).with(GUEST, new GuestSnapshots(snapshots, null));
  }
}
