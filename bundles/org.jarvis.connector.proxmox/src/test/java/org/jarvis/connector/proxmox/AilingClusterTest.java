package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.connector.Attachment.DetachReason;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.connector.ClusterReader;
import org.jarvis.api.connector.RecordedCourse;
import org.jarvis.api.connector.Timeframe;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ConnectionDetail;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.RecentTasks;
import org.jarvis.connector.proxmox.http.Access;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiToken;
import org.jarvis.connector.proxmox.http.Timeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever ails a cluster: it is said with its cure, it costs the others nothing, and it passes.
 */
class AilingClusterTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final ClusterId HOME = new ClusterId("home");
  private static final ResourceRef CLUSTER = ResourceRef.cluster(HOME);
  private static final ResourceRef GUEST = ResourceRef.guest(HOME, new GuestId(201));
  private static final ResourceRef NODE = ResourceRef.node(HOME, new NodeName("pve1"));
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Timeouts QUICK =
      new Timeouts(SECOND, Duration.ofMillis(400), Duration.ofMillis(600), SECOND);
  private static final Pace SLOW_TASKS =
      new Pace(
          Duration.ofHours(1),
          Duration.ofHours(1),
          Duration.ofMillis(1),
          Duration.ofMillis(2),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20));

  /** The reading that was under way when the cluster got well, and one more. */
  private static final int CYCLES = 2;

  private final RecordingRegistry registry = new RecordingRegistry();
  private final ScheduledThreadPoolExecutor schedule = new ScheduledThreadPoolExecutor(2);
  private final List<FakeMember> members = new ArrayList<>();
  private WatchedCluster cluster;

  @AfterEach
  void close() {
    if (cluster != null) {
      cluster.close(DetachReason.CONNECTOR_LEAVING);
    }
    schedule.shutdownNow();
    members.forEach(FakeMember::close);
  }

  private FakeMember well(FakeMember member) {
    members.add(member);
    heal(member);
    return member;
  }

  private FakeMember member() {
    return well(new FakeMember(CERTIFICATE));
  }

  private static void heal(FakeMember member) {
    member
        .on("GET /version", "get-version")
        .on("GET /cluster/status", "get-cluster_status")
        .on("GET /cluster/resources", "get-cluster_resources")
        .on("GET /cluster/tasks", "get-cluster_tasks")
        .on("GET /access/permissions", "get-access_permissions")
        .on("GET /nodes/pve1/status", "get-nodes_pve1_status")
        .on("GET /nodes/pve1/qemu/201/pending", "get-nodes_pve1_qemu_201_pending");
  }

  private void open(FakeMember... reached) {
    open(Set.of(CERTIFICATE), Duration.ofMillis(20), reached);
  }

  private void open(Set<TestCertificate> pinned, Duration interval, FakeMember... reached) {
    ClusterSettings settings =
        new ClusterSettings(
            HOME,
            "org.jarvis.connector.proxmox~home",
            Arrays.stream(reached).map(FakeMember::address).toList(),
            new Access(
                new ApiToken("jarvis@pve!ro", Secret.of("s")),
                Set.copyOf(pinned.stream().map(TestCertificate::fingerprint).toList()),
                "etc/home.cfg"),
            new Whereabouts.Outside(),
            interval);
    cluster =
        new WatchedCluster(
            settings,
            registry,
            new ApiClient("test", settings.addresses(), settings.access(), QUICK),
            schedule,
            Clock.systemUTC(),
            SLOW_TASKS,
            Duration.ZERO,
            reason -> {});
    cluster.open();
  }

  private ClusterReader reader() {
    return registry.attached.get(0).reader();
  }

  /** Makes the member ill, sees it said, heals it, and counts the readings that still fail. */
  private RecordingRegistry.Failure recovers(
      FakeMember member, Consumer<FakeMember> ill, Consumer<FakeMember> cure) {
    open(member);
    registry.observation();
    ill.accept(member);
    RecordingRegistry.Failure failure = registry.failure();
    // Long enough that its only member rests.
    for (int i = 0; i < 4; i++) {
      registry.failure();
    }
    cure.accept(member);
    registry.forgetFailures();
    registry.forgetObservations();
    registry.observation();
    assertThat(registry.failures()).isLessThanOrEqualTo(CYCLES);
    return failure;
  }

  private static Consumer<FakeMember> answering(String recorded) {
    return member ->
        member
            .on("GET /version", recorded)
            .on("GET /cluster/status", recorded)
            .on("GET /cluster/resources", recorded);
  }

  @Test
  void aRevokedTokenIsSaidAndPasses() {
    RecordingRegistry.Failure failure =
        recovers(member(), answering("401-bad-token"), AilingClusterTest::heal);

    assertThat(failure.code()).isEqualTo(ErrorCode.CREDENTIALS_REFUSED);
    assertThat(failure.reason()).contains("jarvis@pve!ro", "revoked", "etc/home.cfg");
  }

  @Test
  void anExpiredTokenIsSaidAndPasses() {
    RecordingRegistry.Failure failure =
        recovers(member(), answering("401-expired-token"), AilingClusterTest::heal);

    assertThat(failure.reason()).contains("has expired", "API Tokens");
  }

  @Test
  void aSilentMemberIsSaidAndPasses() {
    RecordingRegistry.Failure failure =
        recovers(
            member(),
            member -> {
              for (String call :
                  List.of("GET /version", "GET /cluster/status", "GET /cluster/resources")) {
                member.on(call, request -> FakeMember.SILENCE);
              }
            },
            AilingClusterTest::heal);

    assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT);
    assertThat(failure.reason()).contains("did not answer in time");
  }

  @Test
  void aDeadMemberIsSaidAndPasses() {
    FakeMember member = member();
    int port = member.address().getPort();
    RecordingRegistry.Failure failure =
        recovers(
            member,
            FakeMember::close,
            dead -> well(new FakeMember(CERTIFICATE, "127.0.0.1", port)));

    assertThat(failure.code()).isEqualTo(ErrorCode.UNREACHABLE);
  }

  @Test
  void aChangedCertificateIsSaidAndPasses() {
    FakeMember member = member();
    int port = member.address().getPort();
    TestCertificate other = TestCertificate.make();
    RecordingRegistry.Failure failure =
        recovers(
            member,
            before -> {
              before.close();
              well(new FakeMember(other, "127.0.0.1", port));
            },
            now -> {
              members.get(members.size() - 1).close();
              well(new FakeMember(CERTIFICATE, "127.0.0.1", port));
            });

    assertThat(List.of(ErrorCode.CERTIFICATE_UNTRUSTED, ErrorCode.UNREACHABLE))
        .contains(failure.code());
  }

  @Test
  void nonsenseIsSaidAndPasses() {
    RecordingRegistry.Failure failure =
        recovers(
            member(),
            member -> {
              for (String call : List.of("GET /version", "GET /cluster/resources")) {
                member.on(call, request -> FakeMember.reply(200, "{\"data\":[{\"type\":"));
              }
            },
            AilingClusterTest::heal);

    assertThat(failure.code()).isEqualTo(ErrorCode.BAD_REPLY);
  }

  @Test
  void aLostQuorumIsSeenAndPasses() {
    FakeMember member =
        member()
            .on("GET /cluster/status", "nq-cluster-status")
            .on("GET /cluster/resources", "nq-resources");
    open(member);
    assertThat(registry.observation().quorate()).isFalse();

    heal(member);
    registry.forgetObservations();
    registry.observation();
    assertThat(registry.observation().quorate()).isTrue();
  }

  @Test
  void oneSilentMemberOfTwoIsNotNoticedInTheReadings() {
    FakeMember silent = member().otherwise(request -> FakeMember.SILENCE);
    FakeMember second = member();
    open(silent, second);
    registry.observation();
    for (String call : List.of("GET /version", "GET /cluster/status", "GET /cluster/resources")) {
      silent.on(call, request -> FakeMember.SILENCE);
    }
    registry.forgetObservations();
    for (int i = 0; i < 5; i++) {
      registry.observation();
    }

    assertThat(registry.failures()).isZero();
  }

  @Test
  void theTasksAreToldBeforeTheReadingThatTheyExplain() {
    open(Set.of(CERTIFICATE), Duration.ofMillis(20), member());
    registry.observation();
    registry.observation();
    registry.observation();

    List<Object> order = registry.order();
    for (int i = 0; i < order.size(); i++) {
      boolean later = order.subList(0, i).stream().anyMatch(ClusterObservation.class::isInstance);
      if (order.get(i) instanceof ClusterObservation && later) {
        assertThat(order.get(i - 1)).isInstanceOf(RecentTasks.class);
      }
    }
    assertThat(order).filteredOn(ConnectionDetail.class::isInstance).hasSizeGreaterThan(1);
  }

  @Test
  void goesOnWithoutTheTasks() {
    FakeMember member = member().on("GET /cluster/tasks", request -> FakeMember.SILENCE);
    open(member);

    assertThat(registry.observation().guests()).hasSize(3);
  }

  @Test
  void readsADetailOnDemandAndTellsEverybody() {
    open(Set.of(CERTIFICATE), Duration.ofHours(1), member());
    registry.observation();

    AspectState state = reader().detail(GUEST, Aspect.CONFIGURATION);

    assertThat(((GuestConfiguration) Objects.requireNonNull(state.detail())).pending())
        .containsExactly("memory");
    assertThat(registry.details).contains(new RecordingRegistry.Told(GUEST, state));
    assertThat(reader().detail(CLUSTER, Aspect.CONNECTION).detail())
        .isInstanceOf(ConnectionDetail.class);
    assertThat(reader().detail(CLUSTER, Aspect.TASKS).detail()).isInstanceOf(RecentTasks.class);
  }

  private JarvisException refused(ResourceRef resource, Aspect aspect) {
    try {
      throw new AssertionError(reader().detail(resource, aspect));
    } catch (JarvisException refused) {
      return refused;
    }
  }

  @Test
  void saysWhyADetailCannotBeRead() {
    FakeMember member =
        member()
            .on("GET /nodes/pve1/disks/zfs", "get-nodes_pve1_disks_zfs")
            .on("GET /cluster/ceph/status", "get-cluster_ceph_status")
            .on("GET /nodes/pve1/qemu/201/agent/network-get-interfaces", "post-agent-noagent");
    open(Set.of(CERTIFICATE), Duration.ofHours(1), member);
    registry.observation();

    assertThat(refused(NODE, Aspect.ZFS).code()).isEqualTo(ErrorCode.NOT_PRESENT);
    assertThat(refused(CLUSTER, Aspect.CEPH).code()).isEqualTo(ErrorCode.NOT_PRESENT);
    assertThat(refused(GUEST, Aspect.AGENT).code()).isEqualTo(ErrorCode.NOT_PRESENT);
    assertThat(refused(GUEST, Aspect.CEPH).code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(refused(ResourceRef.guest(HOME, new GuestId(999)), Aspect.AGENT).code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(registry.details)
        .anyMatch(
            told ->
                told.resource().equals(NODE)
                    && told.state().failure() != null
                    && told.state().failure().code() == ErrorCode.NOT_PRESENT);
  }

  @Test
  void readsLogsJournalsAndCourses() {
    String upid = "UPID:pve1:000038AB:0009A815:6B03403B:qmstart:201:root@pam!full:";
    FakeMember member =
        member()
            .on("GET /nodes/pve1/journal", "get-nodes_pve1_journal_lastentries_5")
            .json("GET /nodes/pve1/time", "{\"time\":1795375000,\"localtime\":1795378600}")
            .json("GET /nodes/pve1/syslog", "[{\"n\":1,\"t\":\"a line\"}]")
            .on("GET /nodes/pve1/qemu/201/rrddata", "get-nodes_pve1_rrddata_timeframe_hour")
            .json(
                "GET /nodes/pve1/tasks/UPID%3Apve1%3A000038AB%3A0009A815%3A6B03403B%3Aqmstart"
                    + "%3A201%3Aroot%40pam%21full%3A/log",
                "[{\"n\":1,\"t\":\"TASK OK\"}]");
    open(Set.of(CERTIFICATE), Duration.ofHours(1), member);
    registry.observation();
    NodeName node = new NodeName("pve1");

    assertThat(reader().taskLog(new TaskId(node, upid), 0, 10)).containsExactly("TASK OK");
    // The journal's own reader is broken on this host, as it was on the recorded one.
    assertThat(
            reader()
                .journal(
                    node, Instant.ofEpochSecond(1795375000L), Instant.ofEpochSecond(1795375060L)))
        .containsExactly("a line");
    assertThat(member.requests())
        .anyMatch(request -> request.target().contains("since=2026-11-22%2020%3A16%3A40"));
    RecordedCourse course = reader().course(GUEST, Timeframe.HOUR);
    assertThat(course.points()).isNotEmpty();
    assertThat(course.points().get(course.points().size() - 1).figures()).containsKey("cpu");
    assertThat(reader().courseInTurn(GUEST, Timeframe.HOUR)).contains(course);
  }
}
