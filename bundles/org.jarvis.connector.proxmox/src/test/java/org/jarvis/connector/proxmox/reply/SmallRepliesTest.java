package org.jarvis.connector.proxmox.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.NodeSystem;
import org.jarvis.connector.proxmox.Recorded;
import org.junit.jupiter.api.Test;

class SmallRepliesTest {
  private static final Instant AT = Instant.parse("2026-11-22T19:19:53Z");
  private static final Observation SEEN = new Observation("pve:home", AT, Duration.ofSeconds(10));

  private final Oddities oddities = new Oddities();

  private ClusterStatus status(String rows) {
    return ClusterStatus.read(Recorded.json(rows), oddities);
  }

  private Guest listed() {
    return Resources.read(
            Recorded.data("get-cluster_resources"), Map.of(), new ClusterId("home"), SEEN, oddities)
        .guests()
        .get(1);
  }

  @Test
  void whatIsHeldOnTheRootAloneIsNotHeldBelow() {
    Map<String, Set<String>> held =
        ClusterAspects.privileges(
                Recorded.json("{\"/\":{\"Sys.Audit\":0,\"VM.Audit\":1},\"/vms\":{\"VM.Audit\":1}}"),
                oddities)
            .byPath();

    assertThat(held).containsEntry("/", Set.of("Sys.Audit", "VM.Audit"));
    assertThat(held).containsEntry("/nodes", Set.of("VM.Audit"));
    assertThat(held).containsEntry("/vms", Set.of("VM.Audit"));
    assertThat(
            ClusterAspects.privileges(Recorded.json("{\"/\":{\"Sys.Audit\":1}}"), oddities)
                .byPath())
        .containsOnlyKeys("/");
  }

  @Test
  void aNodeOnItsOwnIsQuorate() {
    ClusterStatus status = ClusterStatus.read(Recorded.data("get-cluster_status"), oddities);

    assertThat(status)
        .isEqualTo(
            new ClusterStatus(
                null,
                true,
                null,
                null,
                Map.of(new NodeName("pve1"), true),
                Map.of(new NodeName("pve1"), "10.99.0.1"),
                new NodeName("pve1"),
                null));
  }

  @Test
  void aLostQuorumIsSeen() {
    ClusterStatus status = ClusterStatus.read(Recorded.data("nq-cluster-status"), oddities);

    assertThat(status.name()).isEqualTo("lab");
    assertThat(status.quorate()).isFalse();
    assertThat(status.votes()).isEqualTo(1);
    assertThat(status.expectedVotes()).isEqualTo(2);
    assertThat(status.online())
        .isEqualTo(Map.of(new NodeName("pve2"), true, new NodeName("pve3"), false));
  }

  @Test
  void votesAreUnknownWhereADeviceVotesToo() {
    ClusterStatus status =
        status(
            """
            [{"type":"cluster","name":"two","nodes":2,"quorate":"1"},
             {"type":"node","name":"a","online":1},{"type":"node","name":"b","online":0}]
            """);

    assertThat(status.quorate()).isTrue();
    assertThat(status.votes()).isNull();
    assertThat(status.expectedVotes()).isNull();
  }

  @Test
  void aClusterEntryThatCannotBeUnderstoodDoesNotMeanQuorum() {
    ClusterStatus status =
        status("[{\"type\":null,\"quorate\":0},{\"type\":\"node\",\"name\":\"a\",\"online\":1}]");

    assertThat(status.quorate()).isNull();
    assertThat(oddities.all()).hasSize(1);
  }

  @Test
  void readsARecordedNodeStatus() {
    NodeSystem reading = NodeStatus.read(Recorded.data("get-nodes_pve1_status"));

    assertThat(reading)
        .isEqualTo(
            new NodeSystem(
                "9.2.11",
                "6.18.44-fc-v657",
                "AMD EPYC",
                2,
                1,
                0.0,
                0.0,
                List.of(0.05, 0.70, 1.39),
                new Bytes(885084160L),
                new Bytes(25276510208L),
                new Bytes(24391426048L),
                null,
                new Bytes(0),
                new Bytes(0),
                new Bytes(0),
                new Bytes(30269169664L),
                new Bytes(270553174016L),
                Duration.ofSeconds(6272),
                "legacy-bios"));
  }

  @Test
  void readsRecordedGuestStates() {
    assertThat(over("paused-status-current").status()).isEqualTo(Guest.Status.PAUSED);
    assertThat(over("paused-status-current").lock()).isNull();
    assertThat(over("run2-status-current").status()).isEqualTo(Guest.Status.RUNNING);
    assertThat(over("get-nodes_pve1_qemu_100_status_current").status())
        .isEqualTo(Guest.Status.STOPPED);
    Guest managed = over("get-nodes_pve1_qemu_201_status_current");
    assertThat(managed.haState()).isEqualTo("started");
    assertThat(managed.lock()).isEqualTo("snapshot");
    assertThat(managed.pool()).isEqualTo("media");
    assertThat(managed.uptime()).isEqualTo(Duration.ofSeconds(29));
  }

  private Guest over(String recorded) {
    return GuestDetails.over(listed(), Recorded.data(recorded), SEEN);
  }

  @Test
  void aGuestIsKnownByItsCreationAndItsConfigurationByItsDigest() {
    var config = Recorded.data("get-nodes_pve1_qemu_201_config");

    assertThat(GuestDetails.digest(config)).isEqualTo("783f2ff087dc289bf479a5516afeb961d0e3eedd");
    assertThat(GuestDetails.generation(GuestType.QEMU, config)).isEqualTo("ctime:1795375159");
    assertThat(
            GuestDetails.generation(
                GuestType.QEMU, Recorded.json("{\"meta\":\"x\",\"vmgenid\":\"g\"}")))
        .isEqualTo("vmgenid:g");
    assertThat(GuestDetails.generation(GuestType.LXC, config)).isEmpty();
  }

  @Test
  void aConfigurationWithoutDigestGetsOneThatChangesWithIt() {
    String one = GuestDetails.digest(Recorded.json("{\"a\":1,\"b\":2}"));

    assertThat(GuestDetails.digest(Recorded.json("{\"b\":2,\"a\":1}"))).isEqualTo(one);
    assertThat(GuestDetails.digest(Recorded.json("{\"b\":2,\"a\":3}"))).isNotEqualTo(one);
  }

  @Test
  void everyRecordedTaskEndsAsItsLogSays() {
    List<String> statuses =
        Recorded.names().stream()
            .filter(name -> name.startsWith("task-") && name.endsWith("-status"))
            .toList();

    assertThat(statuses)
        .hasSizeGreaterThan(15)
        .allSatisfy(
            name -> {
              var data = Recorded.data(name);
              TaskId id = Upid.parse(data.get("upid").asText()).orElseThrow().id();
              TaskState state = Tasks.status(id, data);
              LogLines log = LogLines.read(Recorded.data(name.replace("-status", "-log")), 0);
              String last = log.lines().get(log.lines().size() - 1);
              assertThat(state.ended()).isTrue();
              assertThat(state.user()).isEqualTo("root@pam!full");
              assertThat(last)
                  .isEqualTo(state.succeeded() ? "TASK OK" : "TASK ERROR: " + state.exitStatus());
              assertThat(state.startedAt().getEpochSecond())
                  .isEqualTo(data.get("starttime").asLong());
            });
  }

  @Test
  void everyRecordedTaskListIsReadWhole() {
    List<String> lists =
        Recorded.names().stream().filter(name -> name.matches(".*[-_]tasks.*")).toList();

    assertThat(lists)
        .hasSizeGreaterThan(7)
        .allSatisfy(
            name ->
                assertThat(Tasks.list(Recorded.data(name), oddities))
                    .hasSameSizeAs(Recorded.data(name))
                    .allMatch(TaskState::ended));
    assertThat(oddities.all()).isEmpty();
  }

  @Test
  void aTaskWithoutExitStatusRunsUnlessItIsSaidToHaveStopped() {
    TaskId id = new TaskId(new NodeName("pve1"), "UPID:x");

    assertThat(Tasks.status(id, Recorded.json("{\"status\":\"running\"}")).ended()).isFalse();
    assertThat(Tasks.status(id, Recorded.json("{}")).ended()).isFalse();
    TaskState dead = Tasks.status(id, Recorded.json("{\"status\":\"stopped\"}"));
    assertThat(dead.ended()).isTrue();
    assertThat(dead.succeeded()).isFalse();
  }

  @Test
  void aListedTaskRunsUntilItHasAnEnd() {
    String upid = "UPID:pve1:000038AB:0009A815:6B03403B:qmstart:201:root@pam!full:";
    String rows =
        "[{\"upid\":\"%s\"},{\"upid\":\"%s\",\"status\":\"RUNNING\"},{\"upid\":\"no\"}]"
            .formatted(upid, upid);

    assertThat(Tasks.list(Recorded.json(rows), oddities)).hasSize(2).noneMatch(TaskState::ended);
    assertThat(oddities.all()).hasSize(1);
  }

  @Test
  void aUpidHasItsParts() {
    Upid upid =
        Upid.parse("UPID:pve1:000038AB:0009A815:6B03403B:qmstart:201:root@pam!full:").orElseThrow();

    assertThat(upid.id().node()).isEqualTo(new NodeName("pve1"));
    assertThat(upid.startedAt()).isEqualTo(Instant.ofEpochSecond(1795375163));
    assertThat(upid.guest()).contains(new GuestId(201));
    assertThat(upid.user()).isEqualTo("root@pam!full");
    assertThat(Upid.parse("UPID:../x:0:0:0:a:b:c:")).isEmpty();
  }

  @Test
  void theLineThatStandsForAnEmptyLogIsNoLine() {
    LogLines empty = LogLines.read(Recorded.json("[{\"n\":1,\"t\":\"no content\"}]"), 0);

    assertThat(empty).isEqualTo(new LogLines(List.of(), 0));
    assertThat(LogLines.read(Recorded.json("[{\"n\":4,\"t\":\"no content\"}]"), 3))
        .isEqualTo(new LogLines(List.of("no content"), 4));
  }
}
