package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.connector.Attachment;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.ResourceKind;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.Whereabouts;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.ZfsPools;
import org.jarvis.connector.proxmox.http.Access;
import org.jarvis.connector.proxmox.http.ApiClient;
import org.jarvis.connector.proxmox.http.ApiPath;
import org.jarvis.connector.proxmox.http.ApiToken;
import org.jarvis.connector.proxmox.http.Lane;
import org.jarvis.connector.proxmox.http.Timeouts;
import org.jarvis.connector.proxmox.reply.Oddities;
import org.jarvis.connector.proxmox.reply.Resources;
import org.jarvis.connector.proxmox.reply.Tasks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The slow lane, by a clock of the test's own and on its thread. */
class SlowLaneTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.make();
  private static final ClusterId HOME = new ClusterId("home");
  private static final ResourceRef CLUSTER = ResourceRef.cluster(HOME);
  private static final Duration TICK = Duration.ofMillis(500);

  private final TestClock clock = new TestClock();
  private final FakeMember member = new FakeMember(CERTIFICATE);
  private final RecordingRegistry told = new RecordingRegistry();
  private FakeCluster cluster;
  private ApiClient api;
  private SlowLane lane;
  private Release release = new Release(9);
  private int mostInAMinute;

  @AfterEach
  void close() {
    api.close();
    member.close();
  }

  private void open(FakeCluster fake) {
    open(fake, told);
  }

  private void open(FakeCluster fake, Attachment line) {
    cluster = fake;
    member.otherwise(fake::answer);
    ClusterSettings settings =
        new ClusterSettings(
            HOME,
            "org.jarvis.connector.proxmox~home",
            List.of(member.address()),
            new Access(
                new ApiToken("jarvis@pve!ro", Secret.of("s")),
                Set.of(CERTIFICATE.fingerprint()),
                "etc/home.cfg"),
            new Whereabouts.Outside(),
            Duration.ofSeconds(10));
    Duration ages = Duration.ofMinutes(1);
    api =
        new ApiClient(
            "test",
            settings.addresses(),
            settings.access(),
            new Timeouts(ages, ages, ages, ages),
            ages,
            clock);
    lane =
        new SlowLane(
            settings, api, new DetailReader(api, clock), new OddityLog(HOME), clock, Runnable::run);
    lane.reportTo(line);
    observe();
  }

  private void observe() {
    Resources resources =
        Resources.read(
            api.get(ApiPath.of("cluster", "resources"), Lane.HOT),
            Map.of(),
            HOME,
            new Observation("pve:home", clock.instant(), Duration.ofSeconds(10)),
            new Oddities());
    lane.observed(
        LastReading.of(resources.nodes(), resources.guests(), resources.storages()), release);
  }

  /** Time passes, and the lane goes on. */
  private void pass(Duration time) {
    Instant end = clock.instant().plus(time);
    int step = 0;
    while (clock.instant().isBefore(end)) {
      clock.pass(TICK);
      if (++step % 20 == 0) {
        observe();
      }
      lane.tick();
      mostInAMinute = Math.max(mostInAMinute, api.traffic().lately(Lane.SLOW));
    }
  }

  private static ResourceRef guest(int id) {
    return ResourceRef.guest(HOME, new GuestId(id));
  }

  private static ResourceRef node(int number) {
    return ResourceRef.node(HOME, new NodeName("pve" + number));
  }

  private List<AspectState> told(ResourceRef resource, Aspect aspect) {
    return told.details.stream()
        .filter(one -> one.resource().equals(resource) && one.state().aspect() == aspect)
        .map(RecordingRegistry.Told::state)
        .toList();
  }

  private AspectState last(ResourceRef resource, Aspect aspect) {
    List<AspectState> all = told(resource, aspect);
    return all.get(all.size() - 1);
  }

  @Test
  void readsEveryAspectOfASmallClusterSoonAndThenKeepsToItsRhythm() {
    open(new FakeCluster(4, 20));
    pass(Duration.ofMinutes(5));

    for (int i = 100; i < 120; i++) {
      for (Aspect aspect : Aspect.of(ResourceKind.GUEST)) {
        assertThat(told(guest(i), aspect)).as("%s of %s", aspect, i).isNotEmpty();
      }
    }
    for (int i = 1; i <= 4; i++) {
      for (Aspect aspect : Aspect.of(ResourceKind.NODE)) {
        assertThat(told(node(i), aspect).isEmpty())
            .as("%s of %s", aspect, i)
            .isEqualTo(aspect.isToldByHost());
      }
    }
    assertThat(last(CLUSTER, Aspect.PRIVILEGES).detail()).isNotNull();
    pass(Duration.ofMinutes(60));
    assertThat(mostInAMinute).isBetween(10, 60);
    told.details.forEach(
        one -> {
          if (one.state().observation() != null) {
            assertThat(one.state().observation().interval())
                .isBetween(
                    Rhythm.of(one.state().aspect()).wished(),
                    Rhythm.of(one.state().aspect()).wished().multipliedBy(2));
          }
        });
    assertThat(stale()).isEmpty();
  }

  /** What has grown stale although it can be read. */
  private Map<Turn, Duration> stale() {
    Map<Turn, Duration> stale = new HashMap<>();
    Map<Turn, AspectState> latest = new HashMap<>();
    told.details.forEach(
        one -> latest.put(new Turn(one.resource(), one.state().aspect()), one.state()));
    latest.forEach(
        (turn, state) -> {
          Observation seen = state.observation();
          if (seen != null && seen.staleAt(clock.instant())) {
            stale.put(turn, Duration.between(seen.at(), clock.instant()));
          }
        });
    return stale;
  }

  @Test
  void neverExceedsItsAllowanceHoweverManyGuestsThereAreAndNothingIsStaleForIt() {
    open(new FakeCluster(4, 120));
    pass(Duration.ofMinutes(25));

    assertThat(mostInAMinute).isBetween(45, 60);
    // Every guest's interval has grown alike, the nodes' have not.
    Duration runtime = lane.interval(Aspect.RUNTIME);
    assertThat(runtime).isGreaterThan(Duration.ofMinutes(6));
    assertThat(lane.interval(Aspect.SYSTEM)).isLessThan(Duration.ofMinutes(2));
    assertThat(told(node(1), Aspect.SYSTEM)).hasSizeGreaterThan(15);
    assertThat(stale()).isEmpty();
  }

  @Test
  void hasRoomForWhatIsNotInItsRotationWithinTheSameBound() {
    open(new FakeCluster(4, 120));
    pass(Duration.ofMinutes(15));
    int taken = 0;
    for (int i = 0; i < 200; i++) {
      pass(Duration.ofSeconds(6));
      if (lane.take()) {
        taken++;
        assertThat(api.get(ApiPath.of("cluster", "resources"), Lane.SLOW)).isNotNull();
      }
    }

    assertThat(taken).isGreaterThan(100);
    assertThat(mostInAMinute).isBetween(45, 60);
    assertThat(stale()).isEmpty();
    lane.silent();
    assertThat(lane.take()).isFalse();
  }

  @Test
  void whatSomebodyLooksAtComesFirst() {
    open(new FakeCluster(4, 500));
    pass(Duration.ofMinutes(2));
    ResourceRef looked = guest(577);

    lane.attend(List.of(looked));
    pass(Duration.ofSeconds(30));

    assertThat(told(looked, Aspect.RUNTIME)).hasSizeBetween(2, 4);
    assertThat(told(looked, Aspect.CONFIGURATION)).isNotEmpty();
    assertThat(told(looked, Aspect.SNAPSHOTS)).isNotEmpty();
    pass(Duration.ofMinutes(2));
    int after = told(looked, Aspect.RUNTIME).size();
    pass(Duration.ofMinutes(2));
    assertThat(told(looked, Aspect.RUNTIME)).hasSize(after);
  }

  @Test
  void aTaskThatEndedMakesDueWhatItTouched() {
    open(new FakeCluster(2, 350));
    pass(Duration.ofMinutes(3));
    int before = told(guest(444), Aspect.SNAPSHOTS).size();
    List<TaskState> ended =
        Tasks.list(
            Recorded.json(
                "[{\"upid\":\"UPID:pve1:00000001:00000002:6B034000:qmsnapshot:444:ann@pam:\","
                    + "\"status\":\"OK\",\"endtime\":1795375999}]"),
            new Oddities());

    lane.ended(ended);
    pass(Duration.ofSeconds(8));

    assertThat(told(guest(444), Aspect.SNAPSHOTS)).hasSize(before + 1);
  }

  @Test
  void aTokenWithoutAnyPrivilegeCostsNothing() {
    open(new FakeCluster(4, 50).data("GET /access/permissions", "{}"));
    pass(Duration.ofMinutes(60));

    // The privileges themselves, and what everybody may ask for and is shown what is theirs.
    assertThat(cluster.asked("node status")).isZero();
    assertThat(cluster.asked("qemu pending")).isZero();
    assertThat(cluster.asked("node storage/local/content")).isZero();
    assertThat(told(guest(100), Aspect.CONFIGURATION)).hasSize(1);
    AspectState.Failure failure = last(guest(100), Aspect.CONFIGURATION).failure();
    assertThat(failure.code()).isEqualTo(ErrorCode.PRIVILEGE_MISSING);
    assertThat(failure.reason())
        .contains("jarvis@pve!ro lacks the privilege VM.Audit on /vms/100")
        .contains("pveum acl modify /vms/100 --tokens 'jarvis@pve!ro' --roles PVEAuditor");
    assertThat(told(node(1), Aspect.UPDATES)).hasSize(1);
  }

  private String incomplete(ResourceRef resource, Aspect aspect) {
    AspectState state = last(resource, aspect);
    assertThat(state.detail()).isNotNull();
    return String.valueOf(state.incomplete());
  }

  @Test
  void whatTheTokenIsNotShownIsSaidBesideWhatItIs() {
    open(
        new FakeCluster(1, 1)
            .data(
                "GET /access/permissions",
                "{\"/nodes\":{\"Sys.Audit\":1},\"/vms\":{\"VM.Audit\":1},"
                    + "\"/storage\":{\"Datastore.Audit\":1}}"));
    pass(Duration.ofMinutes(2));

    assertThat(incomplete(CLUSTER, Aspect.LOG)).contains("lacks Sys.Syslog on /");
    assertThat(incomplete(CLUSTER, Aspect.PRIVILEGES)).contains("lacks Sys.Audit on /, so quorum");
    assertThat(incomplete(node(1), Aspect.DISKS)).contains("lacks Sys.Audit on /, so what SMART");
    assertThat(cluster.asked("node disks/smart")).isZero();
    ResourceRef local = ResourceRef.storage(HOME, new NodeName("pve1"), "local");
    assertThat(incomplete(local, Aspect.CONTENT)).contains("VM.Backup on /vms, so backups");
    assertThat(last(node(1), Aspect.REPLICATION).incomplete()).isNull();
    assertThat(last(guest(100), Aspect.CONFIGURATION).incomplete()).isNull();

    cluster.data(
        "GET /access/permissions",
        FakeCluster.privileges("/", "Sys.Audit", "Sys.Syslog", "Datastore.Allocate", "VM.Audit"));
    pass(Duration.ofMinutes(6));

    assertThat(last(CLUSTER, Aspect.LOG).incomplete()).isNull();
    assertThat(last(node(1), Aspect.DISKS).incomplete()).isNull();
    assertThat(cluster.asked("node disks/smart")).isPositive();
    assertThat(last(local, Aspect.CONTENT).incomplete()).isNull();
  }

  @Test
  void aPartThatCannotBeReadIsSaidBesideTheRest() {
    open(
        new FakeCluster(1, 1)
            .data(
                "GET /cluster/backup-info/not-backed-up",
                "!403 Permission check failed (/, Sys.Audit)")
            .data("node disks/smart", "!500 smartctl failed")
            .data("qemu agent/get-osinfo", "!500 The command is disabled"));
    pass(Duration.ofMinutes(2));

    assertThat(incomplete(CLUSTER, Aspect.BACKUP_JOBS))
        .contains("Which guests are in no job is not told")
        .contains("Sys.Audit on /");
    assertThat(incomplete(node(1), Aspect.DISKS))
        .contains("What SMART says of /dev/sda is not told")
        .contains("smartctl failed");
    assertThat(incomplete(guest(100), Aspect.AGENT))
        .contains("get-osinfo is not told")
        .contains("The command is disabled");
    int asked = cluster.asked("qemu agent/get-osinfo");
    pass(Duration.ofMinutes(20));
    assertThat(cluster.asked("qemu agent/get-osinfo")).isEqualTo(asked);
    assertThat(incomplete(guest(100), Aspect.AGENT)).contains("get-osinfo is not told");
  }

  @Test
  void ofManyPartsThatCannotBeReadAFewAreToldAfterWhatAPrivilegeWouldMend() {
    StringBuilder disks = new StringBuilder();
    for (char name = 'a'; name < 'g'; name++) {
      disks.append(disks.isEmpty() ? "" : ",").append("{\"devpath\":\"/dev/" + name + "\"}");
    }
    open(
        new FakeCluster(1, 0)
            .data("GET /cluster/backup-info/not-backed-up", "!500 It is broken")
            .data("node disks/list", "[" + disks + "]")
            .data("node disks/smart", "!500 smartctl failed")
            .data("GET /access/permissions", FakeCluster.privileges("/", "Sys.Audit")));
    pass(Duration.ofMinutes(20));

    assertThat(incomplete(node(1), Aspect.DISKS))
        .contains("/dev/a is not told", "/dev/c is not told", "3 more were not read.")
        .doesNotContain("/dev/d");
    assertThat(incomplete(CLUSTER, Aspect.BACKUP_JOBS))
        .startsWith("The API token jarvis@pve!ro lacks VM.Audit on /vms, so guests")
        .contains("Which guests are in no job is not told");
  }

  @Test
  void namesThePrivilegeOfTheReleaseAndAnotherOneAfterAnUpgrade() {
    release = new Release(8);
    FakeCluster fake =
        new FakeCluster(1, 1)
            .data(
                "GET /access/permissions",
                FakeCluster.privileges("/", "Sys.Audit", "VM.Audit", "VM.GuestAgent.Audit"));
    open(fake);
    pass(Duration.ofMinutes(1));
    assertThat(last(guest(100), Aspect.AGENT).failure().reason()).contains("VM.Monitor");
    assertThat(cluster.asked("qemu agent/network-get-interfaces")).isZero();

    release = new Release(9);
    pass(Duration.ofMinutes(1));

    assertThat(last(guest(100), Aspect.AGENT).detail()).isNotNull();
    cluster.data(
        "GET /access/permissions",
        FakeCluster.privileges("/", "Sys.Audit", "VM.Audit", "VM.Monitor"));
    pass(Duration.ofMinutes(6));
    assertThat(last(guest(100), Aspect.AGENT).failure().reason()).contains("VM.GuestAgent.Audit");
    assertThat(told(guest(100), Aspect.AGENT)).hasSizeLessThan(6);
  }

  @Test
  void aContainerIsNotAskedForAddressesWhereNoneIsTold() {
    release = new Release(7);
    open(new FakeCluster(1, 2));
    pass(Duration.ofMinutes(10));

    assertThat(cluster.asked("lxc interfaces")).isZero();
    assertThat(last(guest(101), Aspect.AGENT).failure().code()).isEqualTo(ErrorCode.NOT_PRESENT);
    assertThat(told(guest(101), Aspect.AGENT)).hasSize(1);
  }

  @Test
  void aRefusalOnDemandNamesTheCure() {
    open(
        new FakeCluster(1, 0).data("GET /access/permissions", "{}").data("node status", "!403 No"));
    pass(Duration.ofMinutes(1));

    JarvisException refused =
        catchThrowableOfType(
            JarvisException.class,
            () -> lane.read(new Turn(node(1), Aspect.SYSTEM), null, Lane.DEMANDED));

    assertThat(refused)
        .hasMessageContaining("lacks the privilege Sys.Audit on /nodes/pve1")
        .hasMessageContaining("--roles PVEAuditor");
    assertThat(last(node(1), Aspect.SYSTEM).failure().reason()).isEqualTo(refused.getMessage());
  }

  @Test
  void aPrivilegeThatIsGrantedLaterIsUsedSoon() {
    open(new FakeCluster(1, 2).data("GET /access/permissions", "{}"));
    pass(Duration.ofMinutes(1));
    assertThat(cluster.asked("node status")).isZero();

    cluster.data("GET /access/permissions", FakeCluster.privileges("/", "Sys.Audit"));
    pass(Duration.ofMinutes(6));

    assertThat(last(node(1), Aspect.SYSTEM).detail()).isNotNull();
    assertThat(last(guest(100), Aspect.RUNTIME).failure().reason()).contains("VM.Audit");
  }

  @Test
  void whatIsNotThereIsAskedForSeldom() {
    open(new FakeCluster(2, 0));
    pass(Duration.ofMinutes(59));

    assertThat(cluster.asked("GET /cluster/ceph/status")).isBetween(1, 2);
    assertThat(cluster.asked("node disks/zfs")).isBetween(2, 4);
    assertThat(last(CLUSTER, Aspect.CEPH).failure().code()).isEqualTo(ErrorCode.NOT_PRESENT);
  }

  @Test
  void aGuestWithoutAgentIsNotAskedForIt() {
    open(
        new FakeCluster(1, 1)
            .data("qemu pending", "[{\"key\":\"digest\",\"value\":\"d\"}]")
            .data("qemu agent/network-get-interfaces", "!500 No QEMU guest agent configured"));
    pass(Duration.ofMinutes(30));

    assertThat(cluster.asked("qemu agent/network-get-interfaces")).isZero();
    assertThat(told(guest(100), Aspect.AGENT)).hasSize(1);
    assertThat(last(guest(100), Aspect.AGENT).failure().code()).isEqualTo(ErrorCode.NOT_PRESENT);
    assertThat(last(guest(100), Aspect.AGENT).failure().reason()).contains("qemu-guest-agent");
  }

  @Test
  void aStoppedGuestAndAnOfflineNodeAreNotAsked() {
    open(new FakeCluster(2, 2).resources("\"running\"", "\"stopped\""));
    cluster.resources(
        "\"node/pve2\",\"status\":\"online\"", "\"node/pve2\",\"status\":\"offline\"");
    observe();
    pass(Duration.ofMinutes(20));

    assertThat(member.requests())
        .noneMatch(request -> request.target().contains("/nodes/pve2/"))
        .anyMatch(request -> request.target().contains("/nodes/pve1/"));
    assertThat(told(guest(101), Aspect.CONFIGURATION)).isEmpty();
  }

  @Test
  void aGuestThatStopsSaysSoAndIsReadAgainWhenItStarts() {
    open(new FakeCluster(1, 1));
    pass(Duration.ofMinutes(1));
    assertThat(last(guest(100), Aspect.RUNTIME).detail()).isNotNull();

    cluster.resources("\"running\"", "\"stopped\"");
    pass(Duration.ofSeconds(10));
    assertThat(last(guest(100), Aspect.RUNTIME).failure().code()).isEqualTo(ErrorCode.NOT_RUNNING);
    int asked = cluster.asked("qemu status/current");
    pass(Duration.ofMinutes(10));
    assertThat(cluster.asked("qemu status/current")).isEqualTo(asked);

    cluster.resources("\"stopped\"", "\"running\"");
    pass(Duration.ofSeconds(15));
    assertThat(last(guest(100), Aspect.RUNTIME).detail()).isNotNull();
  }

  @Test
  void aSharedStorageIsReadOnceForAllNodes() {
    open(new FakeCluster(4, 0));
    pass(Duration.ofMinutes(10));

    assertThat(cluster.asked("node storage/nas/content")).isEqualTo(1);
    for (int i = 1; i <= 4; i++) {
      assertThat(
              last(ResourceRef.storage(HOME, new NodeName("pve" + i), "nas"), Aspect.CONTENT)
                  .detail())
          .isNotNull();
    }
  }

  @Test
  void asksNothingWhileTheClusterDoesNotAnswer() {
    open(new FakeCluster(1, 1));
    lane.silent();
    for (int i = 0; i < 100; i++) {
      clock.pass(TICK);
      lane.tick();
    }
    assertThat(api.traffic().lately().slow()).isZero();

    observe();
    lane.tick();
    assertThat(api.traffic().lately().slow()).isPositive();
  }

  @Test
  void smartIsReadHourlyAndAFewDisksAtATime() {
    open(
        new FakeCluster(1, 0)
            .data(
                "node disks/list",
                "[{\"devpath\":\"/dev/a\"},{\"devpath\":\"/dev/b\"},{\"devpath\":\"/dev/c\"},"
                    + "{\"devpath\":\"/dev/d\"},{\"devpath\":\"/dev/e\"},{\"devpath\":\"/dev/f\"}]"));
    pass(Duration.ofMinutes(1));
    assertThat(cluster.asked("node disks/smart")).isEqualTo(4);
    pass(Duration.ofMinutes(50));
    assertThat(cluster.asked("node disks/smart")).isEqualTo(6);
    pass(Duration.ofMinutes(40));
    assertThat(cluster.asked("node disks/smart")).isEqualTo(12);
  }

  @Test
  void whoLooksAtDisksGetsWhatSmartSaysNowThoughNotTwiceAMinute() {
    open(
        new FakeCluster(1, 0)
            .data("node disks/list", "[{\"devpath\":\"/dev/a\"},{\"devpath\":\"/dev/b\"}]"));
    pass(Duration.ofMinutes(2));
    assertThat(cluster.asked("node disks/smart")).isEqualTo(2);

    lane.read(new Turn(node(1), Aspect.DISKS), null, Lane.DEMANDED);
    assertThat(cluster.asked("node disks/smart")).isEqualTo(4);
    lane.read(new Turn(node(1), Aspect.DISKS), null, Lane.DEMANDED);
    assertThat(cluster.asked("node disks/smart")).isEqualTo(4);
    pass(Duration.ofMinutes(30));
    assertThat(cluster.asked("node disks/smart")).isEqualTo(4);
  }

  @Test
  void eachPoolTellsItsStatusAFewAtATime() {
    open(
        new FakeCluster(1, 0)
            .data(
                "node disks/zfs",
                "[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"},{\"name\":\"d\"},{\"name\":\"e\"}]")
            .data("node disks/zfs/a", "{\"state\":\"DEGRADED\",\"scan\":\"none requested\"}")
            .data("node disks/zfs/b", "!500 zpool status failed")
            .data("node disks/zfs/c", "{\"state\":\"ONLINE\"}")
            .data("node disks/zfs/d", "{\"state\":\"ONLINE\"}")
            .data("node disks/zfs/e", "{\"state\":\"FAULTED\"}"));
    pass(Duration.ofMinutes(1));
    assertThat(cluster.asked("node disks/zfs/a")).isEqualTo(1);
    assertThat(cluster.asked("node disks/zfs/e")).isZero();

    pass(Duration.ofMinutes(6));

    ZfsPools told = (ZfsPools) last(node(1), Aspect.ZFS).detail();
    assertThat(told.pools())
        .extracting(ZfsPools.Pool::state)
        .containsExactly("DEGRADED", null, "ONLINE", "ONLINE", "FAULTED");
    assertThat(last(node(1), Aspect.ZFS).incomplete()).contains("zpool status failed");
  }

  @Test
  void detailsRecoverWithTheCluster() {
    open(new FakeCluster(1, 0).data("node disks/list", "!596 Broken"));
    pass(Duration.ofMinutes(1));
    assertThat(last(node(1), Aspect.DISKS).failure().code()).isEqualTo(ErrorCode.TIMED_OUT);
    lane.silent();
    cluster.data("node disks/list", "[]");
    clock.pass(Duration.ofMinutes(6));

    observe();
    pass(Duration.ofSeconds(20));

    assertThat(last(node(1), Aspect.DISKS).detail()).isNotNull();
  }

  @Test
  void detailsRecoverWithTheirNode() {
    AtomicBoolean silent = new AtomicBoolean(true);
    open(new FakeCluster(1, 0));
    member.otherwise(
        request ->
            silent.get() && request.target().contains("/nodes/")
                ? FakeMember.reply(596, "")
                : cluster.answer(request));
    pass(Duration.ofMinutes(1));
    assertThat(last(node(1), Aspect.DISKS).failure().code()).isEqualTo(ErrorCode.TIMED_OUT);

    silent.set(false);
    lane.attend(List.of(node(1)));
    pass(Duration.ofSeconds(20));

    assertThat(last(node(1), Aspect.CERTIFICATES).detail()).isNotNull();
  }

  @Test
  void whatFailsAgainAndAgainIsNotReadMoreOftenForWhatSucceedsBesideIt() {
    open(new FakeCluster(1, 0).data("node disks/list", "!596 Broken"));
    pass(Duration.ofMinutes(60));

    assertThat(cluster.asked("node disks/list")).isBetween(4, 14);
  }

  @Test
  void whatWasRefusedIsReadAgainWhenItsPrivilegeIsHeld() {
    open(new FakeCluster(1, 0).data("node services", "!403 Permission check failed"));
    pass(Duration.ofMinutes(1));
    assertThat(last(node(1), Aspect.SERVICES).failure().code())
        .isEqualTo(ErrorCode.PRIVILEGE_MISSING);

    cluster.data("node services", "[]");
    pass(Duration.ofMinutes(6));

    assertThat(last(node(1), Aspect.SERVICES).detail()).isNotNull();
  }
}
