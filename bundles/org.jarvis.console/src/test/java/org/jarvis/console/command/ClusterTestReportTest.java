package org.jarvis.console.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.connector.ClusterReadings;
import org.jarvis.api.connector.Examination;
import org.jarvis.api.connector.Examination.Check;
import org.jarvis.api.connector.Examination.Outcome;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.console.Parts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterTestReportTest {
  private final Parts parts = new Parts();
  private final List<String> lines = new ArrayList<>();
  private final List<Check> checks = new ArrayList<>();

  @BeforeEach
  void fill() {
    parts.liveState().add(new Home());
    parts.readings().add(new Examining(checks));
    checks.add(new Check("login", Outcome.PASSED, "as jarvis@pve!ro", null));
  }

  @Test
  void showsEachThingInColumnsWithItsCure() {
    checks.add(
        new Check(
            "start and stop guests", Outcome.LIMITED, "VM.PowerMgmt is missing", "pveum acl x"));

    new ClusterTestReport(parts).write("home", lines::add);

    assertThat(lines)
        .containsExactly(
            "PASSED   login                  as jarvis@pve!ro",
            "LIMITED  start and stop guests  VM.PowerMgmt is missing",
            "         pveum acl x",
            "",
            "Cluster home can be watched; what is LIMITED above is not possible.");
  }

  @Test
  void saysSoWhereEverythingWorks() {
    new ClusterTestReport(parts).write("home", lines::add);

    assertThat(lines).last().isEqualTo("Everything works.");
  }

  @Test
  void failsWhereTheClusterCannotBeWatched() {
    checks.add(new Check("certificate", Outcome.FAILED, "is not trusted", "tls.fingerprint=4F:00"));

    assertThatThrownBy(() -> new ClusterTestReport(parts).write("home", lines::add))
        .isInstanceOf(JarvisException.class);
    assertThat(lines).contains("         tls.fingerprint=4F:00");
  }

  @Test
  void namesWhereClustersAreListed() {
    assertThatThrownBy(() -> new ClusterTestReport(parts).write("office", lines::add))
        .hasMessageContaining("jarvis:status");
  }

  private static final class Home implements LiveState {
    @Override
    public List<ClusterSnapshot> clusters() {
      Cluster cluster =
          new Cluster(
              new ClusterId("home"),
              "home",
              Cluster.Status.ONLINE,
              Cluster.Connection.LIVE,
              null,
              null,
              true,
              1,
              1,
              1,
              1,
              new Whereabouts.Unknown(),
              new Observation("pve:home", Instant.EPOCH, Duration.ofSeconds(10)));
      return List.of(new ClusterSnapshot(cluster, Map.of(), Map.of(), Map.of()));
    }

    @Override
    public Optional<ClusterSnapshot> cluster(ClusterId id) {
      return clusters().stream().findFirst();
    }

    @Override
    public Subscription subscribe(Listener listener) {
      return () -> {};
    }
  }

  private record Examining(List<Check> checks) implements ClusterReadings {
    @Override
    public Examination examine(ClusterId cluster) {
      return new Examination(checks);
    }

    @Override
    public AspectState detail(ResourceRef resource, Aspect aspect) {
      throw new AssertionError("Nothing else is read.");
    }

    @Override
    public void attend(Collection<ResourceRef> resources) {
      throw new AssertionError("Nobody looks.");
    }

    @Override
    public List<String> taskLog(ClusterId cluster, TaskId task, long start, int limit) {
      throw new AssertionError("Nothing else is read.");
    }

    @Override
    public RecordedCourse course(ResourceRef resource, Timeframe timeframe) {
      throw new AssertionError("Nothing else is read.");
    }
  }
}
