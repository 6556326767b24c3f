package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.connector.proxmox.http.Access;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiToken;
import org.jarvis.connector.proxmox.http.Timeouts;

/** A watched cluster of one fake member, for tests of what can be done to it. */
final class OperatedCluster implements AutoCloseable {
  static final ClusterId HOME = new ClusterId("home");
  static final NodeName PVE1 = new NodeName("pve1");
  static final String ACCOUNT = "root@pam!full";

  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Pace BRISK =
      new Pace(
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofMillis(1),
          Duration.ofMillis(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  final FakeMember member = new FakeMember(CERTIFICATE);
  final RecordingRegistry registry = new RecordingRegistry();
  final Follower follower = new Follower();
  private final ScheduledThreadPoolExecutor schedule = new ScheduledThreadPoolExecutor(1);
  private final WatchedCluster cluster;

  /** Opened, and its first reading taken; no other comes by itself. */
  OperatedCluster() {
    member
        .on("GET /version", "get-version")
        .on("GET /cluster/status", "get-cluster_status")
        .on("GET /cluster/resources", "get-cluster_resources")
        .json("GET /cluster/tasks", "[]")
        .on("GET /nodes/pve1/qemu/201/status/current", "get-nodes_pve1_qemu_201_status_current")
        .json("GET /nodes/pve1/lxc/300/status/current", "{\"status\":\"running\"}")
        .on("GET /nodes/pve1/qemu/201/config", "get-nodes_pve1_qemu_201_config");
    ClusterSettings settings =
        new ClusterSettings(
            HOME,
            "org.jarvis.connector.proxmox~home",
            List.of(member.address()),
            new Access(
                new ApiToken(ACCOUNT, Secret.of("s")),
                Set.of(CERTIFICATE.fingerprint()),
                "etc/home.cfg"),
            new Whereabouts.Outside(),
            Duration.ofHours(1));
    cluster =
        new WatchedCluster(
            settings,
            registry,
            new ApiClient(
                "test",
                settings.addresses(),
                settings.access(),
                new Timeouts(LONG, LONG, LONG, LONG)),
            schedule,
            Clock.systemUTC(),
            BRISK,
            Duration.ZERO,
            obstacle -> {});
    cluster.open();
    registry.observation();
  }

  ClusterOperations operations() {
    return registry.attached.get(0).operations();
  }

  /** The requests that would change something. */
  List<FakeMember.Request> writes() {
    return member.requests().stream().filter(request -> !request.verb().equals("GET")).toList();
  }

  /** Answers a call with a task that has ended so. */
  void task(String call, String upid, String exitStatus) {
    member.json(call, "\"" + upid + "\"");
    ended(upid, exitStatus);
  }

  /** Answers questions after a task, which has ended so. */
  void ended(String upid, String exitStatus) {
    member
        .json(
            path(upid) + "/status",
            "{\"status\":\"stopped\",\"exitstatus\":\"" + exitStatus + "\"}")
        .json(path(upid) + "/log", "[{\"n\":1,\"t\":\"a line\"}]");
  }

  /** The call that asks after a task, without what it asks. */
  static String path(String upid) {
    return "GET /nodes/pve1/tasks/"
        + upid.replace(":", "%3A").replace("@", "%40").replace("!", "%21");
  }

  static String upid(String type, String subject) {
    return "UPID:pve1:000038AB:0009A815:6B03403B:" + type + ":" + subject + ":" + ACCOUNT + ":";
  }

  static Guest machine() {
    return guest(GuestType.QEMU, 201);
  }

  static Guest container() {
    return guest(GuestType.LXC, 300);
  }

  private static Guest guest(GuestType type, int id) {
    return new Guest(
        HOME,
        new GuestId(id),
        type,
        "web",
        PVE1,
        Guest.Status.RUNNING,
        false,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        seen());
  }

  static Node node() {
    return new Node(
        HOME, PVE1, Node.Status.ONLINE, null, null, null, null, null, null, null, seen());
  }

  private static Observation seen() {
    return new Observation("pve:home", Instant.EPOCH, Duration.ofSeconds(10));
  }

  static JarvisException failure(Runnable call) {
    JarvisException failure = catchThrowableOfType(JarvisException.class, call::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  @Override
  public void close() {
    cluster.close(DetachReason.CONNECTOR_LEAVING);
    schedule.shutdownNow();
    member.close();
  }

  /** Remembers what it is told, in order. */
  static final class Follower implements TaskFollower {
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void began(TaskId task) {
      events.add("began " + task);
    }

    @Override
    public void logged(List<String> lines) {
      events.addAll(lines);
    }
  }
}
