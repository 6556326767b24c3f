package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.connector.GuestCopy;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.connector.NewBackup;
import org.jarvis.api.connector.NewSnapshot;
import org.jarvis.api.connector.RequestedState;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.connector.proxmox.reply.GuestDetails;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What single operations do differently, held to recordings of a real Proxmox VE where there are.
 */
class ProxmoxOperationsTest {
  private static final String CONTENT = "/nodes/pve1/storage/nas/content";
  private static final String BACKUP = "nas:backup/vzdump-qemu-201-2026_05_01-02_00_00.vma.zst";

  private static final Guest VM = OperatedCluster.machine();
  private static final Guest CT = OperatedCluster.container();
  private static final Node PVE1 = OperatedCluster.node();
  private static final NodeName PVE2 = new NodeName("pve2");
  private static final String V = "/nodes/pve1/qemu/201";
  private static final String C = "/nodes/pve1/lxc/300";

  private final OperatedCluster cluster = new OperatedCluster();
  private final FakeMember member = cluster.member;

  @AfterEach
  void close() {
    cluster.close();
  }

  /** Answers a call as recorded, and questions after its task as recorded, too. */
  private void recorded(String call, String reply, String task) {
    member.on(call, reply);
    String path = OperatedCluster.path(Recorded.data(reply).asText());
    member.on(path + "/status", task + "-status").on(path + "/log", task + "-log");
  }

  private void refused(String call, int status, String message) {
    member.on(
        call,
        request ->
            FakeMember.reply(
                status, "{\"data\":null,\"message\":\"" + message.replace("\"", "'") + "\\n\"}"));
  }

  private static Function<FakeMember.Request, byte[]> inTurn(String... data) {
    AtomicInteger turn = new AtomicInteger();
    return request ->
        FakeMember.reply(
            200, "{\"data\":" + data[Math.min(turn.getAndIncrement(), data.length - 1)] + "}");
  }

  private String body() {
    return cluster.writes().get(cluster.writes().size() - 1).body();
  }

  @Test
  void aFailedSnapshotTellsItsLogAndItsEnd() {
    recorded("POST " + V + "/snapshot", "post-snapshot", "task-0000391C-qmsnapshot-201");

    TaskState end =
        cluster.operations().snapshot(VM, new NewSnapshot("s1", null, true), cluster.follower);

    assertThat(end.type()).isEqualTo("qmsnapshot");
    assertThat(end.exitStatus()).contains("query-savevm");
    assertThat(cluster.follower.events)
        .hasSize(4)
        .contains("skipping guest filesystem freeze - disabled in VM options");
  }

  @Test
  void aRollbackToNothingIsATaskThatFails() {
    recorded(
        "POST " + V + "/snapshot/nosuch/rollback",
        "post-rollback-missing",
        "task-00003925-qmrollback-201");

    assertThat(cluster.operations().rollback(VM, "nosuch", false, cluster.follower).exitStatus())
        .isEqualTo("snapshot 'nosuch' does not exist");
  }

  @Test
  void aMissingDiskIsATaskThatFails() {
    recorded("PUT " + V + "/resize", "post-resize-nodisk", "task-000038E5-resize-201");

    assertThat(
            cluster
                .operations()
                .growDisk(VM, "scsi0", new Bytes(1L << 30), cluster.follower)
                .exitStatus())
        .isEqualTo("disk 'scsi0' does not exist");
  }

  @Test
  void aDiskOfAVmGrowsWithoutATaskBeforeVersion8() {
    member.json("PUT " + V + "/resize", "null");

    TaskState end =
        cluster.operations().growDisk(VM, "scsi0", new Bytes(1L << 30), cluster.follower);

    assertThat(end.succeeded()).isTrue();
    assertThat(end.user()).isEqualTo(OperatedCluster.ACCOUNT);
    assertThat(cluster.follower.events).isEmpty();
    assertThat(cluster.registry.waiting()).isEqualTo(1);
  }

  @Test
  void pausesResumesAndResetsAsRecorded() {
    recorded("POST " + V + "/status/suspend", "post-suspend", "task-000038EA-qmpause-201");
    recorded("POST " + V + "/status/resume", "post-resume", "task-000038FA-qmresume-201");
    recorded("POST " + V + "/status/reset", "post-reset", "task-000038FF-qmreset-201");

    assertThat(
            List.of(
                cluster.operations().suspend(VM, false, cluster.follower),
                cluster.operations().resume(VM, cluster.follower),
                cluster.operations().reset(VM, cluster.follower)))
        .allMatch(TaskState::succeeded)
        .extracting(TaskState::type)
        .containsExactly("qmpause", "qmresume", "qmreset");
  }

  @Test
  void copiesAsRecordedAndReadsTheCopyFromItsNode() {
    recorded("POST " + V + "/clone", "post-clone-running", "task-00003915-qmclone-201");
    String rows = Recorded.data("get-cluster_resources").toString();
    String copy =
        ",{\"id\":\"qemu/203\",\"type\":\"qemu\",\"vmid\":203,\"node\":\"pve1\","
            + "\"status\":\"unknown\"}]";
    member
        .json("GET /cluster/resources", rows.substring(0, rows.length() - 1) + copy)
        .json(
            "GET /nodes/pve1/qemu/203/status/current",
            "{\"status\":\"stopped\",\"name\":\"web-2\"}");

    TaskState end =
        cluster
            .operations()
            .copy(
                VM,
                new GuestCopy(new GuestId(203), "web-2", null, true, null, null),
                cluster.follower);

    assertThat(end.succeeded()).isTrue();
    assertThat(cluster.follower.events).contains("creating a clone of VM 201 with ID 203");
    assertThat(cluster.registry.observation().guests())
        .filteredOn(guest -> guest.id().value() == 203)
        .singleElement()
        .extracting(Guest::name, Guest::status)
        .containsExactly("web-2", Guest.Status.STOPPED);
  }

  @Test
  void aRunningGuestIsNotDeleted() {
    member.on("DELETE " + V, "delete-running");

    JarvisException refused =
        OperatedCluster.failure(() -> cluster.operations().delete(VM, true, cluster.follower));

    assertThat(refused.code()).isEqualTo(ErrorCode.ALREADY_RUNNING);
    assertThat(refused.getMessage()).contains("VM 201 is running").contains("Stop the guest");
  }

  @Test
  void aLockedGuestIsNotDeletedAsRecorded() {
    recorded("DELETE " + V, "delete-running-locked", "task-00003466-qmdestroy-100");

    assertThat(cluster.operations().delete(VM, false, cluster.follower).exitStatus())
        .isEqualTo("VM is locked (snapshot)");
  }

  @Test
  void aBackupThatFailsSaysWhyAsRecorded() {
    recorded("POST /nodes/pve1/vzdump", "post-vzdump", "task-vzdump-100");

    assertThat(
            cluster
                .operations()
                .backup(
                    VM,
                    new NewBackup("nas", NewBackup.Mode.SNAPSHOT, null, false),
                    cluster.follower)
                .exitStatus())
        .isEqualTo("unable to find command 'cstream'");
  }

  @Test
  void aBackupOfAGuestThatMovedAwayIsNone() {
    // PVE::API2::VZDump answers so, without a task, when none of the guests is on the node.
    member.json("POST /nodes/pve1/vzdump", "\"OK\"");

    assertThat(
            OperatedCluster.failure(
                    () ->
                        cluster
                            .operations()
                            .backup(
                                VM,
                                new NewBackup("nas", NewBackup.Mode.SNAPSHOT, null, false),
                                cluster.follower))
                .code())
        .isEqualTo(ErrorCode.VANISHED);
    assertThat(cluster.follower.events).isEmpty();
  }

  @Test
  void deletesABackupThatTheStorageListsAsOneOfTheGuest() {
    String upid = OperatedCluster.upid("imgdel", "201@nas");
    member.json("GET " + CONTENT, "[" + backup(201, BACKUP) + "]");
    cluster.task(
        "DELETE " + CONTENT + "/nas%3Abackup%2Fvzdump-qemu-201-2026_05_01-02_00_00.vma.zst",
        upid,
        "OK");

    assertThat(cluster.operations().deleteBackup(VM, "nas", BACKUP, cluster.follower).succeeded())
        .isTrue();
    assertThat(cluster.follower.events).containsExactly("began " + upid, "a line");
    assertThat(cluster.writes()).hasSize(1);
  }

  @Test
  void deletesNothingThatIsNoBackupOfTheGuest() {
    member.json(
        "GET " + CONTENT,
        "["
            + backup(300, BACKUP)
            + ",{\"volid\":\"nas:iso/a.iso\",\"content\":\"iso\",\"vmid\":201}]");

    for (String volume : List.of(BACKUP, "nas:iso/a.iso", "nas:backup/none.vma.zst")) {
      assertThat(
              OperatedCluster.failure(
                      () -> cluster.operations().deleteBackup(VM, "nas", volume, cluster.follower))
                  .code())
          .as(volume)
          .isEqualTo(ErrorCode.NOT_FOUND);
    }
    assertThat(
            OperatedCluster.failure(
                    () -> cluster.operations().deleteBackup(VM, "../nas", BACKUP, cluster.follower))
                .code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void saysWhyABackupWasNotDeleted() {
    String refusal = "cannot remove protected volume 'backup/x' on 'nas'";
    member.json("GET " + CONTENT, "[" + backup(201, BACKUP) + "]");
    cluster.task(
        "DELETE " + CONTENT + "/nas%3Abackup%2Fvzdump-qemu-201-2026_05_01-02_00_00.vma.zst",
        OperatedCluster.upid("imgdel", "201@nas"),
        refusal);

    assertThat(cluster.operations().deleteBackup(VM, "nas", BACKUP, cluster.follower).exitStatus())
        .isEqualTo(refusal);
  }

  private static String backup(int vmid, String volume) {
    return "{\"volid\":\"%s\",\"content\":\"backup\",\"vmid\":%d}".formatted(volume, vmid);
  }

  @Test
  void aMigrationIsRefusedAsRecorded() {
    member.on("POST " + V + "/migrate", "post-migrate-unknown");
    assertThat(migrationFailure().code()).isEqualTo(ErrorCode.NOT_FOUND);

    member.on("POST " + V + "/migrate", "post-migrate-self");
    assertThat(migrationFailure().getMessage()).contains("target is local node");
  }

  private JarvisException migrationFailure() {
    return OperatedCluster.failure(
        () ->
            cluster
                .operations()
                .migrate(VM, new Migration(PVE2, true, false, null), cluster.follower));
  }

  @Test
  void aMigrationByHighAvailabilityIsAwaited() {
    cluster.task("POST " + V + "/migrate", OperatedCluster.upid("hamigrate", "201"), "OK");
    member
        .on(
            "GET /cluster/resources",
            request ->
                FakeMember.reply(
                    200,
                    "{\"data\":["
                        + "{\"type\":\"node\",\"node\":\"pve1\",\"status\":\"online\"},"
                        + "{\"id\":\"qemu/201\",\"type\":\"qemu\",\"vmid\":201,\"status\":\"running\","
                        + "\"node\":\""
                        + (turn.getAndIncrement() < 3 ? "pve1" : "pve2")
                        + "\"}]}"))
        .json(
            "GET /nodes/pve1/qemu/201/status/current",
            "{\"status\":\"running\",\"lock\":\"migrate\"}")
        .json("GET /nodes/pve2/qemu/201/status/current", "{\"status\":\"running\"}")
        .json("GET /nodes/pve2/qemu/201/config", "{}");

    cluster.operations().migrate(VM, new Migration(PVE2, true, false, null), cluster.follower);

    assertThat(cluster.registry.observation().guests().get(0).node()).isEqualTo(PVE2);
    assertThat(turn.get()).isGreaterThan(3);
  }

  private final AtomicInteger turn = new AtomicInteger();

  @Test
  void aRebootReturnsWhenTheVmRunsAgain() {
    cluster.task("POST " + V + "/status/reboot", OperatedCluster.upid("qmreboot", "201"), "OK");
    member.on(
        "GET " + V + "/status/current",
        inTurn("{\"status\":\"stopped\"}", "{\"status\":\"stopped\"}", "{\"status\":\"running\"}"));

    cluster.operations().reboot(VM, Duration.ofSeconds(60), cluster.follower);

    assertThat(cluster.registry.observation().guests())
        .filteredOn(guest -> guest.id().equals(VM.id()))
        .extracting(Guest::status)
        .containsExactly(Guest.Status.RUNNING);
  }

  @Test
  void aFailedRebootWaitsForNothing() {
    cluster.task(
        "POST " + V + "/status/reboot",
        OperatedCluster.upid("qmreboot", "201"),
        "VM is locked (snapshot)");
    member.json("GET " + V + "/status/current", "{\"status\":\"stopped\"}");

    assertThat(
            cluster.operations().reboot(VM, Duration.ofSeconds(60), cluster.follower).succeeded())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "detected modified configuration - file changed by other user? Try again.|CONFLICT",
        "checksum missmatch (file change by other user?)|CONFLICT",
        "unable to create VM 203: config file already exists|CONFLICT",
        "CT 203 already exists on node 'pve1'|CONFLICT",
        "snapshot name 's1' already used|CONFLICT",
        "snapshot 's1' does not exist|NOT_FOUND",
        "disk 'scsi7' does not exist|NOT_FOUND",
        "storage 'nosuch' does not exist|NOT_FOUND",
        "storage 'local-zfs' is not available on node 'pve2'|NOT_FOUND",
        "can't migrate running VM without --online|ALREADY_RUNNING",
        "can't migrate running container without --online or --restart|ALREADY_RUNNING",
        "unable to destroy CT 300 - container is running|ALREADY_RUNNING",
        "Cannot do full clones on a running container without snapshots|ALREADY_RUNNING",
        "VM is paused - cannot shutdown|CONFLICT",
        "VM 201 not running|NOT_RUNNING",
        "CT 300 already running|ALREADY_RUNNING",
        "VM is locked (backup)|LOCKED",
        "can't remove VM 201 - protection mode enabled|CONFLICT",
        "unable to remove VM 201 - used in HA resources and purge parameter not set.|CONFLICT",
        "No wake on LAN MAC address defined for 'pve1'!|NOT_PRESENT",
        "cluster not ready - no quorum?|NO_QUORUM",
      })
  void refusalsMeanWhatTheySay(String message, ErrorCode code) {
    refused("DELETE " + V, 500, message);

    JarvisException failure =
        OperatedCluster.failure(() -> cluster.operations().delete(VM, true, cluster.follower));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.getMessage()).contains(message);
  }

  @Test
  void configuresWithTheDigestAndReadsAgain() {
    member.on("PUT " + V + "/config", "put-config-pending");
    member.on("PUT " + C + "/config", "put-config-null");
    Map<String, String> set = new LinkedHashMap<>();
    set.put("memory", "2048");
    set.put("description", "two\nlines; and 100% more");
    String digest = "783f2ff087dc289bf479a5516afeb961d0e3eedd";

    cluster.operations().configure(VM, new ConfigurationChange(set, Set.of("onboot"), digest));
    assertThat(body())
        .isEqualTo(
            "description=two%0Alines%3B%20and%20100%25%20more&memory=2048"
                + "&delete=onboot&digest="
                + digest);

    cluster
        .operations()
        .configure(CT, new ConfigurationChange(Map.of(), Set.of("swap", "cores"), null));
    assertThat(body()).isEqualTo("delete=cores%2Cswap");

    assertThat(cluster.registry.waiting()).isEqualTo(2);
  }

  @Test
  void aConfigurationThatSomebodyElseChangedIsAConflict() {
    refused(
        "PUT " + V + "/config",
        500,
        "detected modified configuration - file changed by other user? Try again.");
    ConfigurationChange change =
        new ConfigurationChange(
            Map.of("cores", "2"), Set.of(), "783f2ff087dc289bf479a5516afeb961d0e3eedd");

    JarvisException failure =
        OperatedCluster.failure(() -> cluster.operations().configure(VM, change));

    assertThat(failure.code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(cluster.registry.waiting()).isZero();
  }

  @Test
  void aDigestOfOurOwnIsComparedBeforeAnythingIsSent() {
    member
        .json("GET " + C + "/config", "{\"cores\":2}")
        .on("PUT " + C + "/config", "put-config-tags");
    String digest = GuestDetails.digest(Recorded.json("{\"cores\":2}"));

    cluster
        .operations()
        .configure(CT, new ConfigurationChange(Map.of("cores", "3"), Set.of(), digest));
    assertThat(body()).isEqualTo("cores=3");

    member.json("GET " + C + "/config", "{\"cores\":4}");
    assertThat(
            OperatedCluster.failure(
                    () ->
                        cluster
                            .operations()
                            .configure(
                                CT,
                                new ConfigurationChange(Map.of("cores", "3"), Set.of(), digest)))
                .code())
        .isEqualTo(ErrorCode.CONFLICT);
    assertThat(cluster.writes()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"put-config-bad", "put-config-deleteunknown"})
  void aSettingThatProxmoxRefusesIsInvalid(String recorded) {
    member.on("PUT " + V + "/config", recorded);

    JarvisException failure =
        OperatedCluster.failure(
            () ->
                cluster
                    .operations()
                    .configure(
                        VM, new ConfigurationChange(Map.of("memory", "abc"), Set.of(), null)));

    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(failure.fields()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "skiplock",
        "delete",
        "digest",
        "force",
        "revert",
        "lock",
        "vmid",
        "node",
        "a b",
        "Args",
        "",
        "net0=x&y",
        "../x"
      })
  void whatIsNoSettingIsNotSet(String key) {
    assertThat(
            OperatedCluster.failure(
                    () ->
                        cluster
                            .operations()
                            .configure(
                                VM, new ConfigurationChange(Map.of(key, "1"), Set.of(), null)))
                .code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(
            OperatedCluster.failure(
                    () ->
                        cluster
                            .operations()
                            .configure(VM, new ConfigurationChange(Map.of(), Set.of(key), null)))
                .code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(cluster.writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nargs: -device x", "a\rb", "a\0b", "a\u2028b", "a\u0085b"})
  void aValueOfMoreThanOneLineIsNotSent(String value) {
    assertThat(
            OperatedCluster.failure(
                    () ->
                        cluster
                            .operations()
                            .configure(
                                VM, new ConfigurationChange(Map.of("name", value), Set.of(), null)))
                .code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void aChangeOfNothingIsRefused() {
    assertThat(
            OperatedCluster.failure(
                    () ->
                        cluster
                            .operations()
                            .configure(VM, new ConfigurationChange(Map.of(), Set.of(), null)))
                .code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
  }

  @Test
  void tagsReplaceTheOldOnes() {
    member
        .on("PUT " + V + "/config", "put-config-tags")
        .on("PUT " + C + "/config", "put-config-tags");

    cluster.operations().setTags(VM, List.of("web", "prod", "web"), null);
    assertThat(body()).isEqualTo("tags=prod%3Bweb");

    cluster.operations().setTags(CT, List.of(), null);
    assertThat(body()).isEqualTo("delete=tags");
    assertThat(cluster.registry.waiting()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;b", "a,b", "a b", "", "-a", "a\nb", "ä", "a&b"})
  void aTagThatWouldBecomeSeveralOrNoneIsRefused(String tag) {
    assertThat(
            OperatedCluster.failure(
                    () -> cluster.operations().setTags(VM, List.of("ok", tag), null))
                .code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(cluster.writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "1a", "a b", "a/../b", "current", "Pending", "a\n", "a%2Fb", "ä1"})
  void aNameThatNoSnapshotHasIsRefused(String name) {
    assertThat(
            List.of(
                OperatedCluster.failure(
                    () ->
                        cluster
                            .operations()
                            .snapshot(VM, new NewSnapshot(name, null, false), cluster.follower)),
                OperatedCluster.failure(
                    () -> cluster.operations().rollback(VM, name, false, cluster.follower)),
                OperatedCluster.failure(
                    () -> cluster.operations().deleteSnapshot(VM, name, cluster.follower))))
        .extracting(JarvisException::code)
        .containsOnly(ErrorCode.INVALID_INPUT);
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void otherStrangeArgumentsAreRefused() {
    String strange = "x;y\n";
    List<Runnable> calls =
        List.of(
            () ->
                cluster
                    .operations()
                    .migrate(VM, new Migration(PVE2, true, true, strange), cluster.follower),
            () ->
                cluster
                    .operations()
                    .backup(
                        VM,
                        new NewBackup(strange, NewBackup.Mode.STOP, null, false),
                        cluster.follower),
            () ->
                cluster
                    .operations()
                    .backup(
                        VM,
                        new NewBackup("nas", NewBackup.Mode.STOP, "\0", false),
                        cluster.follower),
            () ->
                cluster
                    .operations()
                    .copy(
                        VM,
                        new GuestCopy(new GuestId(203), strange, null, true, null, null),
                        cluster.follower),
            () ->
                cluster
                    .operations()
                    .copy(
                        VM,
                        new GuestCopy(new GuestId(203), null, null, true, null, strange),
                        cluster.follower),
            () -> cluster.operations().growDisk(VM, strange, new Bytes(1L << 30), cluster.follower),
            () -> cluster.operations().growDisk(VM, "scsi0", new Bytes(0), cluster.follower),
            () -> cluster.operations().stopService(PVE1, "../x", cluster.follower),
            () ->
                cluster
                    .operations()
                    .snapshot(VM, new NewSnapshot("s1", "a\0b", false), cluster.follower),
            () ->
                cluster
                    .operations()
                    .snapshot(CT, new NewSnapshot("s1", null, true), cluster.follower),
            () -> cluster.operations().reset(CT, cluster.follower),
            () -> cluster.operations().suspend(CT, true, cluster.follower));

    assertThat(calls)
        .allSatisfy(
            call ->
                assertThat(OperatedCluster.failure(call).code())
                    .isEqualTo(ErrorCode.INVALID_INPUT));
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void unlockingNamesTheCommandThatRootCanUse() {
    assertThat(OperatedCluster.failure(() -> cluster.operations().unlock(VM)).getMessage())
        .contains("on node pve1 as root: qm unlock 201");
    JarvisException container = OperatedCluster.failure(() -> cluster.operations().unlock(CT));
    assertThat(container.getMessage()).contains("pct unlock 300");
    assertThat(container.code()).isEqualTo(ErrorCode.PRIVILEGE_MISSING);
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void nodesAreToldAndWoken() {
    member
        .json("POST /nodes/pve1/status", "null")
        .json("POST /nodes/pve1/wakeonlan", "\"BC:24:11:00:00:01\"");

    cluster.operations().reboot(PVE1);
    cluster.operations().shutdown(PVE1);
    cluster.operations().wake(PVE1);

    assertThat(cluster.writes())
        .extracting(FakeMember.Request::call, FakeMember.Request::body)
        .containsExactly(
            tuple("POST /nodes/pve1/status", "command=reboot"),
            tuple("POST /nodes/pve1/status", "command=shutdown"),
            tuple("POST /nodes/pve1/wakeonlan", ""));
  }

  @Test
  void replicationAndHighAvailabilityAreAskedWithoutATask() {
    member
        .json("POST /nodes/pve1/replication/201-0/schedule_now", "null")
        .json("PUT /cluster/ha/resources/vm%3A201", "null");

    cluster.operations().replicate(PVE1, "201-0");
    cluster.operations().requestState(VM, RequestedState.DISABLED);
    cluster.operations().requestState(VM, RequestedState.STARTED);

    assertThat(cluster.writes())
        .extracting(FakeMember.Request::call, FakeMember.Request::body)
        .containsExactly(
            tuple("POST /nodes/pve1/replication/201-0/schedule_now", ""),
            tuple("PUT /cluster/ha/resources/vm%3A201", "state=disabled"),
            tuple("PUT /cluster/ha/resources/vm%3A201", "state=started"));
  }

  @Test
  void aReplicationJobOfNoSuchFormIsNotSent() {
    JarvisException failure =
        OperatedCluster.failure(() -> cluster.operations().replicate(PVE1, "201-0/../x"));

    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(cluster.writes()).isEmpty();
  }

  @Test
  void aNodeThatIsAwakeCannotBeWoken() {
    member.on("POST /nodes/pve1/wakeonlan", "post-wol");

    assertThat(OperatedCluster.failure(() -> cluster.operations().wake(PVE1)).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void aServiceThatProxmoxDoesNotKnowIsInvalid() {
    member.on("POST /nodes/pve1/services/nosuch/restart", "post-service-badname");

    JarvisException failure =
        OperatedCluster.failure(
            () -> cluster.operations().restartService(PVE1, "nosuch", cluster.follower));

    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(failure.fields()).extracting("field").containsExactly("service");
  }

  @Test
  void aFollowerThatThrowsEndsTheOperationAndNotTheTask() {
    cluster.task("POST " + V + "/status/start", OperatedCluster.upid("qmstart", "201"), "OK");

    assertThatCode(
            () ->
                cluster
                    .operations()
                    .start(
                        VM,
                        new TaskFollower() {
                          @Override
                          public void began(TaskId task) {
                            throw new IllegalStateException("disk full");
                          }

                          @Override
                          public void logged(List<String> lines) {}
                        }))
        .hasMessage("disk full");
    assertThat(cluster.writes()).hasSize(1);
  }
}
