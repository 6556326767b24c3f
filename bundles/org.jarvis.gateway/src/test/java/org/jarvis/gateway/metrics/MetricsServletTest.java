package org.jarvis.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.Details;
import org.jarvis.gateway.FakeAuthenticator;
import org.jarvis.gateway.GatewayServer;
import org.jarvis.gateway.Home;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsServletTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-z_]+)(?:\\{(?:[a-z]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*\\})? [-+.0-9E]+");

  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private String metrics() throws Exception {
    HttpResponse<String> response = server.token("GET", "/metrics", null);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/plain;")
        .contains("version=0.0.4");
    return response.body();
  }

  @Test
  void tellsJarvisAndTheClusterInTheFormOfPrometheus() throws Exception {
    server.core.show(Home.at(Instant.now(), Guest.Status.RUNNING, 0.5, Duration.ofHours(1)));
    String text = metrics();
    assertThat(text)
        .contains(
            "jarvis_component_status{component=\"core\",status=\"up\"} 1\n",
            "jarvis_component_status{component=\"core\",status=\"down\"} 0\n",
            "jvm_memory_used_bytes{area=\"heap\"} ",
            "process_start_time_seconds ",
            "process_resident_memory_bytes ",
            "jarvis_http_requests_total{status=\"2xx\"} ",
            "jarvis_sockets{channel=\"events\"} 0\n",
            "jarvis_sockets_dropped_total 0\n",
            "jarvis_event_head ",
            "jarvis_cluster_live{cluster=\"home\"} 1\n",
            "jarvis_node_cpu_ratio{cluster=\"home\",node=\"pve1\"} 0.1\n",
            "jarvis_guest_up{cluster=\"home\",vmid=\"101\",name=\"media\",node=\"pve1\"} 1\n",
            "jarvis_guest_stale{cluster=\"home\",vmid=\"101\",name=\"media\",node=\"pve1\"} 0\n",
            "jarvis_storage_total_bytes{cluster=\"home\",node=\"pve1\",storage=\"local\"} ");
    List<String> families = new java.util.ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("# TYPE ")) {
        families.add(line.split(" ", -1)[2]);
      } else if (!line.startsWith("#") && !line.isEmpty()) {
        assertThat(line).matches(SAMPLE);
        assertThat(line).startsWith(families.get(families.size() - 1));
      }
    }
    assertThat(families).doesNotHaveDuplicates();
  }

  @Test
  void tellsWhatIsAskedOfAClusterAndHowItsMembersAnswer() throws Exception {
    ClusterSnapshot bare = Home.at(Instant.now(), Guest.Status.RUNNING, 0.5, Duration.ofHours(1));
    ConnectionDetail connection =
        new ConnectionDetail(
            List.of(
                new ConnectionDetail.Member(
                    "https://10.0.0.3:8006",
                    null,
                    true,
                    ConnectionDetail.Member.State.RESTING,
                    null,
                    null,
                    "No route to host.",
                    Duration.ofHours(-1))),
            new ConnectionDetail.Traffic(24, 31, 2, 1, Duration.ofMillis(12), 4096, 900));
    server.core.show(
        new ClusterSnapshot(
            bare.cluster(),
            bare.nodes(),
            bare.guests(),
            bare.storages(),
            Map.of(
                bare.cluster().ref(),
                Details.of(List.of(AspectState.read(connection, bare.cluster().observation())))),
            Map.of()));

    assertThat(metrics())
        .contains(
            "jarvis_cluster_requests{cluster=\"home\",lane=\"hot\"} 24\n",
            "jarvis_cluster_requests{cluster=\"home\",lane=\"slow\"} 31\n",
            "jarvis_cluster_requests{cluster=\"home\",lane=\"demanded\"} 2\n",
            "jarvis_cluster_requests_failed{cluster=\"home\"} 1\n",
            "jarvis_cluster_answer_bytes{cluster=\"home\"} 4096\n",
            "jarvis_cluster_answer_seconds{cluster=\"home\"} 0.012\n",
            "jarvis_cluster_member_state{cluster=\"home\",address=\"https://10.0.0.3:8006\",state=\"resting\"} 1\n",
            "jarvis_cluster_member_state{cluster=\"home\",address=\"https://10.0.0.3:8006\",state=\"answering\"} 0\n",
            "jarvis_cluster_member_clock_offset_seconds{cluster=\"home\",address=\"https://10.0.0.3:8006\"} -3600\n");
  }

  @Test
  void tellsNoFigureThatIsStale() throws Exception {
    server.core.show(
        Home.at(
            Instant.now().minus(Duration.ofHours(2)),
            Guest.Status.RUNNING,
            0.5,
            Duration.ofHours(1)));
    assertThat(metrics())
        .contains(
            "jarvis_guest_stale{cluster=\"home\",vmid=\"101\",name=\"media\",node=\"pve1\"} 1\n",
            "jarvis_guest_age_seconds{cluster=\"home\",")
        .doesNotContain("jarvis_guest_up", "jarvis_guest_cpu", "jarvis_node_up", "storage_used");
  }

  @Test
  void escapesWhatAClusterCallsThings() throws Exception {
    Instant now = Instant.now();
    server.core.show(
        Home.with(
            Home.cluster(now, Cluster.Connection.LIVE, null),
            Home.guest(101, "a\"} 1\\\nb", Guest.Status.RUNNING, 0.5, Duration.ofHours(1), now)));
    assertThat(metrics()).contains("name=\"a\\\"} 1\\\\\\nb\"").doesNotContain("\nb\"");
  }

  @Test
  void tellsTenThousandGuests() throws Exception {
    Instant now = Instant.now();
    Guest[] guests = new Guest[10_000];
    Arrays.setAll(
        guests,
        i ->
            Home.guest(100 + i, "guest-" + i, Guest.Status.RUNNING, 0.5, Duration.ofHours(1), now));
    server.core.show(Home.with(Home.cluster(now, Cluster.Connection.LIVE, null), guests));
    Set<String> lines = new HashSet<>(metrics().lines().toList());
    assertThat(lines.stream().filter(line -> line.startsWith("jarvis_guest_up{"))).hasSize(10_000);
  }

  @Test
  void needsALogin() throws Exception {
    assertThat(server.send("GET", "/metrics", null).statusCode()).isEqualTo(401);
    assertThat(
            server
                .send(
                    "GET",
                    "/metrics",
                    null,
                    "Authorization",
                    "Bearer " + FakeAuthenticator.READ_TOKEN)
                .statusCode())
        .isEqualTo(200);
    assertThat(server.person("GET", "/metrics", null).statusCode()).isEqualTo(200);
    assertThat(
            server
                .send("GET", "/metrics", null, "Authorization", "Bearer no-scope-token")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void worksWhileEverythingElseIsAway() throws Exception {
    server.parts.liveState().remove(server.core);
    server.parts.gate().remove(server.core);
    server.core.storageAway = true;
    assertThat(metrics())
        .contains("jarvis_component_status{component=\"core\",status=\"down\"} 1\n")
        .doesNotContain("jarvis_event_head", "jarvis_guest");
  }
}
