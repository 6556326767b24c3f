package org.jarvis.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.LiveState;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.ConnectionDetail.Member;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.console.Parts;
import org.junit.jupiter.api.Test;

class StatusReportTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final Parts parts = new Parts();
  private final List<String> lines = new ArrayList<>();

  @Test
  void saysWhatItIsAndForHowLong() {
    write();

    assertThat(lines).contains("Jarvis 0.1.0 (run)", "Up for       2 h 5 min");
  }

  @Test
  void whatIsAwayIsSaidInItsPlace() {
    write();

    assertThat(lines).contains("  The core (bundle org.jarvis.core) is not there at the moment.");
    assertThat(lines).anyMatch(line -> line.matches("  auth +down +The login .*"));
  }

  @Test
  void clusterIsShownWithStandingAndAge() {
    parts.liveState().add(new OneCluster(NOW.minusSeconds(12)));

    write();

    assertThat(lines)
        .anyMatch(
            line ->
                line.matches("  home +degraded, failing, 2 of 3 nodes online, 0 guests, 12 s old"))
        .anyMatch(line -> line.strip().equals("pve3 does not answer."))
        .anyMatch(line -> line.strip().startsWith("pve1's clock is 1 h 0 min behind Jarvis's"))
        .anyMatch(line -> line.endsWith(", answered 2 s ago, its clock is 1 h 0 min behind"));
  }

  @Test
  void whatIsOldIsCalledStale() {
    parts.liveState().add(new OneCluster(NOW.minusSeconds(31)));

    write();

    assertThat(lines).anyMatch(line -> line.endsWith("31 s old (stale)"));
  }

  @Test
  void clusterIsShownWithItsMembersAndTraffic() {
    parts.liveState().add(new OneCluster(NOW.minusSeconds(2)));

    write();

    assertThat(lines)
        .extracting(String::strip)
        .contains(
            "https://10.0.0.1:8006 (pve1) answering, answered 2 s ago, its clock is 1 h 0 min behind",
            "https://10.0.0.3:8006 resting, asked again in 40 s",
            "No route to host. Is it on?",
            "Requests in the last minute: 24 of the hot lane, 31 of the slow lane, 2 on demand; 1"
                + " failed, 80 KB, usually 12 ms");
  }

  private void write() {
    Instant startedAt = NOW.minus(Duration.ofMinutes(125));
    new StatusReport(
            parts,
            new Installation("0.1.0", "run", "http://127.0.0.1:8480", "/data", startedAt),
            Clock.fixed(NOW, ZoneOffset.UTC))
        .write(lines::add);
  }

  private record OneCluster(Instant readAt) implements LiveState {
    @Override
    public List<ClusterSnapshot> clusters() {
      Cluster cluster =
          new Cluster(
              new ClusterId("home"),
              "home",
              Cluster.Status.DEGRADED,
              Cluster.Connection.FAILING,
              "pve3 does not answer.",
              null,
              true,
              2,
              3,
              2,
              3,
              new Whereabouts.Unknown(),
              new Observation("pve:home", readAt, Duration.ofSeconds(10)),
              List.of("pve1's clock is 1 h 0 min behind Jarvis's: set it right."));
      ConnectionDetail connection =
          new ConnectionDetail(
              List.of(
                  new Member(
                      "https://10.0.0.1:8006",
                      new NodeName("pve1"),
                      true,
                      Member.State.ANSWERING,
                      NOW.minusSeconds(2),
                      null,
                      null,
                      Duration.ofHours(-1)),
                  new Member(
                      "https://10.0.0.3:8006",
                      null,
                      true,
                      Member.State.RESTING,
                      null,
                      NOW.plusSeconds(40),
                      "No route to host. Is it on?")),
              new ConnectionDetail.Traffic(24, 31, 2, 1, Duration.ofMillis(12), 81_920, 900));
      return List.of(
          new ClusterSnapshot(
              cluster,
              Map.of(),
              Map.of(),
              Map.of(),
              Map.of(
                  cluster.ref(),
                  Details.of(List.of(AspectState.read(connection, cluster.observation())))),
              Map.of()));
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
}
