package org.jarvis.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.host.HostId;
import org.jarvis.api.resource.Cluster;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.ConnectionDetail.Member;
import org.jarvis.api.resource.detail.Details;
import org.junit.jupiter.api.Test;

class NodeDiscoveryTest {
  private static final ClusterId HOME = new ClusterId("home");
  private static final Observation NOW =
      new Observation("pve:home", Instant.EPOCH, Duration.ofSeconds(10));
  private static final NodeName PVE1 = new NodeName("pve1");
  private static final NodeName PVE2 = new NodeName("pve2");
  private static final NodeName PVE3 = new NodeName("pve3");

  private static Member member(String address, NodeName node) {
    return new Member(address, node, true, Member.State.ANSWERING, null, null, null);
  }

  private static Node node(NodeName name) {
    return new Node(HOME, name, Node.Status.ONLINE, null, null, null, null, null, null, null, NOW);
  }

  private static ClusterSnapshot snapshot(List<Member> members) {
    Cluster cluster =
        new Cluster(
            HOME,
            "home",
            Cluster.Status.ONLINE,
            Cluster.Connection.LIVE,
            null,
            null,
            true,
            null,
            null,
            3,
            3,
            new Whereabouts.Unknown(),
            NOW,
            List.of());
    ConnectionDetail detail =
        new ConnectionDetail(members, new ConnectionDetail.Traffic(0, 0, 0, 0, null, 0, 0));
    return new ClusterSnapshot(
        cluster,
        Map.of(PVE1, node(PVE1), PVE2, node(PVE2), PVE3, node(PVE3)),
        Map.of(),
        Map.of(),
        Map.of(ResourceRef.cluster(HOME), Details.of(List.of(AspectState.read(detail, NOW)))),
        Map.of());
  }

  private static NodeDiscovery discovery(Map<NodeName, HostAddress> addresses) {
    return new NodeDiscovery(
        new NodesSettings(
            HOME,
            "pid",
            "etc/x.cfg",
            22,
            new Account("jarvis", Path.of("/k"), null, false),
            addresses,
            Map.of(),
            Set.of(),
            Limits.DEFAULT));
  }

  @Test
  void findsNodesWhereTheirApiAnswers() {
    Map<HostId, HostSettings> hosts =
        discovery(Map.of())
            .hosts(
                List.of(
                    snapshot(
                        List.of(
                            member("https://192.168.1.10:8006", PVE1),
                            member("https://[fd00::2]:8006", PVE2),
                            member("https://192.168.1.99:8006", null)))));

    assertThat(hosts.keySet()).extracting(HostId::name).containsExactlyInAnyOrder("pve1", "pve2");
    assertThat(hosts.get(new HostId(HOME, "pve1")).address()).isEqualTo("192.168.1.10");
    assertThat(hosts.get(new HostId(HOME, "pve2")).address()).isEqualTo("fd00::2");
    assertThat(hosts.values()).allMatch(host -> host.port() == 22);
  }

  @Test
  void followsTheConfigurationFirst() {
    Map<HostId, HostSettings> hosts =
        discovery(Map.of(PVE3, new HostAddress("127.0.0.1", 9022)))
            .hosts(List.of(snapshot(List.of(member("https://192.168.1.12:8006", PVE3)))));

    assertThat(hosts).hasSize(1);
    HostSettings host = hosts.get(new HostId(HOME, "pve3"));
    assertThat(host.address()).isEqualTo("127.0.0.1");
    assertThat(host.port()).isEqualTo(9022);
  }

  @Test
  void takesNoAddressThatIsNone() {
    assertThat(
            discovery(Map.of())
                .hosts(List.of(snapshot(List.of(member("https://-oProxyCommand=x", PVE1))))))
        .isEmpty();
    assertThat(discovery(Map.of()).hosts(List.of())).isEmpty();
  }
}
