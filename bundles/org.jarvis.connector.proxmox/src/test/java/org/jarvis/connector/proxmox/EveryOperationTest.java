package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jarvis.api.connector.ClusterOperations;
import org.jarvis.api.connector.GuestCopy;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.connector.NewBackup;
import org.jarvis.api.connector.NewSnapshot;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.TaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every operation that makes a task has in common, with the request that each one sends: the
 * paths and parameters are those of the API's own description, of versions 7.4 to 9.2.
 */
class EveryOperationTest {
  private static final Guest VM = OperatedCluster.machine();
  private static final Guest CT = OperatedCluster.container();
  private static final NodeName PVE2 = new NodeName("pve2");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String V = "/nodes/pve1/qemu/201";
  private static final String C = "/nodes/pve1/lxc/300";

  private static final String BACKUP = "nas:backup/vzdump-qemu-201.vma.zst";

  private final OperatedCluster cluster = new OperatedCluster();

  @BeforeEach
  void listTheBackupThatIsDeleted() {
    cluster.member.json(
        "GET /nodes/pve1/storage/nas/content",
        "[{\"volid\":\"" + BACKUP + "\",\"content\":\"backup\",\"vmid\":201}]");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  /** An operation as it is called. */
  interface Call {
    TaskState on(ClusterOperations operations, TaskFollower follower);
  }

  record Case(String request, String form, Call call) {
    String path() {
      return request.replaceFirst("\\?.*", "");
    }

    @Override
    public String toString() {
      return request + " " + form;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(power(), history(), placement(), services()).flatMap(List::stream);
  }

  private static List<Case> power() {
    return List.of(
        new Case("POST " + V + "/status/start", "", (o, f) -> o.start(VM, f)),
        new Case("POST " + C + "/status/start", "", (o, f) -> o.start(CT, f)),
        new Case("POST " + V + "/status/stop", "", (o, f) -> o.stop(VM, f)),
        new Case("POST " + C + "/status/stop", "", (o, f) -> o.stop(CT, f)),
        new Case(
            "POST " + V + "/status/shutdown", "timeout=90", (o, f) -> o.shutdown(VM, PATIENCE, f)),
        new Case(
            "POST " + C + "/status/shutdown",
            "timeout=1",
            (o, f) -> o.shutdown(CT, Duration.ofMillis(1), f)),
        new Case("POST " + V + "/status/reboot", "timeout=90", (o, f) -> o.reboot(VM, PATIENCE, f)),
        new Case("POST " + C + "/status/reboot", "timeout=90", (o, f) -> o.reboot(CT, PATIENCE, f)),
        new Case("POST " + V + "/status/reset", "", (o, f) -> o.reset(VM, f)),
        new Case("POST " + V + "/status/suspend", "", (o, f) -> o.suspend(VM, false, f)),
        new Case("POST " + V + "/status/suspend", "todisk=1", (o, f) -> o.suspend(VM, true, f)),
        new Case("POST " + C + "/status/suspend", "", (o, f) -> o.suspend(CT, false, f)),
        new Case("POST " + V + "/status/resume", "", (o, f) -> o.resume(VM, f)),
        new Case("POST " + C + "/status/resume", "", (o, f) -> o.resume(CT, f)));
  }

  private static List<Case> history() {
    return List.of(
        new Case(
            "POST " + V + "/snapshot",
            "snapname=s1&description=before%0Athe%20update%3B%20100%25&vmstate=1",
            (o, f) -> o.snapshot(VM, new NewSnapshot("s1", "before\nthe update; 100%", true), f)),
        new Case(
            "POST " + C + "/snapshot",
            "snapname=s1",
            (o, f) -> o.snapshot(CT, new NewSnapshot("s1", null, false), f)),
        new Case(
            "POST " + V + "/snapshot/s1/rollback",
            "start=1",
            (o, f) -> o.rollback(VM, "s1", true, f)),
        new Case(
            "POST " + C + "/snapshot/s1/rollback", "", (o, f) -> o.rollback(CT, "s1", false, f)),
        new Case("DELETE " + V + "/snapshot/s1", "", (o, f) -> o.deleteSnapshot(VM, "s1", f)),
        new Case("DELETE " + C + "/snapshot/s1", "", (o, f) -> o.deleteSnapshot(CT, "s1", f)),
        new Case(
            "POST /nodes/pve1/vzdump",
            "vmid=201&storage=nas&mode=snapshot&compress=zstd&remove=0"
                + "&notes-template=%7B%7Bguestname%7D%7D%5Cnby%20C%3A%5C%5Cme&protected=1",
            (o, f) ->
                o.backup(
                    VM,
                    new NewBackup("nas", NewBackup.Mode.SNAPSHOT, "{{guestname}}\nby C:\\me", true),
                    f)),
        new Case(
            "POST /nodes/pve1/vzdump",
            "vmid=300&storage=nas&mode=stop&compress=zstd&remove=0",
            (o, f) -> o.backup(CT, new NewBackup("nas", NewBackup.Mode.STOP, null, false), f)),
        new Case(
            "DELETE /nodes/pve1/storage/nas/content/nas%3Abackup%2Fvzdump-qemu-201.vma.zst",
            "", (o, f) -> o.deleteBackup(VM, "nas", BACKUP, f)));
  }

  private static List<Case> placement() {
    return List.of(
        new Case(
            "POST " + V + "/migrate",
            "target=pve2&online=1&with-local-disks=1&targetstorage=local-zfs",
            (o, f) -> o.migrate(VM, new Migration(PVE2, true, true, "local-zfs"), f)),
        new Case(
            "POST " + V + "/migrate",
            "target=pve2",
            (o, f) -> o.migrate(VM, new Migration(PVE2, false, false, null), f)),
        new Case(
            "POST " + C + "/migrate",
            "target=pve2&restart=1&target-storage=local-zfs",
            (o, f) -> o.migrate(CT, new Migration(PVE2, true, true, "local-zfs"), f)),
        new Case(
            "POST " + V + "/clone",
            "newid=203&name=web-2&target=pve2&full=1&storage=nas&snapname=s1",
            (o, f) ->
                o.copy(VM, new GuestCopy(new GuestId(203), "web-2", PVE2, true, "nas", "s1"), f)),
        new Case(
            "POST " + C + "/clone",
            "newid=301&hostname=web-2.lan&full=0",
            (o, f) ->
                o.copy(
                    CT, new GuestCopy(new GuestId(301), "web-2.lan", null, false, null, null), f)),
        new Case(
            "DELETE " + V + "?purge=1&destroy-unreferenced-disks=0",
            "",
            (o, f) -> o.delete(VM, true, f)),
        new Case(
            "DELETE " + C + "?purge=0&destroy-unreferenced-disks=0",
            "",
            (o, f) -> o.delete(CT, false, f)),
        new Case(
            "PUT " + V + "/resize",
            "disk=scsi0&size=%2B2M",
            (o, f) -> o.growDisk(VM, "scsi0", new Bytes((1 << 20) + 1), f)),
        new Case(
            "PUT " + C + "/resize",
            "disk=rootfs&size=%2B1024M",
            (o, f) -> o.growDisk(CT, "rootfs", new Bytes(1L << 30), f)));
  }

  private static List<Case> services() {
    String service = "POST /nodes/pve1/services/pveproxy/";
    return List.of(
        new Case(
            service + "start", "", (o, f) -> o.startService(OperatedCluster.node(), "pveproxy", f)),
        new Case(
            service + "stop", "", (o, f) -> o.stopService(OperatedCluster.node(), "pveproxy", f)),
        new Case(
            service + "restart",
            "",
            (o, f) -> o.restartService(OperatedCluster.node(), "pveproxy", f)),
        new Case(
            "POST /nodes/pve1/certificates/acme/certificate",
            "force=1",
            (o, f) -> o.orderCertificate(OperatedCluster.node(), f)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void returnsWhenTheTaskHasEndedAndTheClusterWasReadAgain(Case operation) {
    String upid = OperatedCluster.upid("anything", "201");
    cluster.task(operation.path(), upid, "OK");

    TaskState end = operation.call().on(cluster.operations(), cluster.follower);

    assertThat(end.succeeded()).isTrue();
    assertThat(end.id().value()).isEqualTo(upid);
    assertThat(cluster.follower.events).containsExactly("began " + upid, "a line");
    assertThat(cluster.writes())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.verb() + " " + request.target())
                  .isEqualTo(operation.request().replace(" /nodes", " /api2/json/nodes"));
              assertThat(request.body()).isEqualTo(operation.form());
            });
    assertThat(cluster.registry.waiting()).as("readings").isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void tellsHowATaskFailed(Case operation) {
    cluster.task(
        operation.path(), OperatedCluster.upid("anything", "201"), "VM is locked (snapshot)");

    TaskState end = operation.call().on(cluster.operations(), cluster.follower);

    assertThat(end.succeeded()).isFalse();
    assertThat(end.exitStatus()).isEqualTo("VM is locked (snapshot)");
    assertThat(cluster.registry.waiting()).as("readings").isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void throwsWhatIsRefusedAtOnceAndAsksNoSecondTime(Case operation) {
    for (Refused refused : REFUSED) {
      cluster.member.on(operation.path(), refused.recorded());
      assertThat(
              OperatedCluster.failure(
                      () -> operation.call().on(cluster.operations(), cluster.follower))
                  .code())
          .as(refused.recorded())
          .isEqualTo(refused.code());
    }
    assertThat(cluster.writes()).hasSize(REFUSED.size());
    assertThat(cluster.follower.events).isEmpty();
  }

  private record Refused(String recorded, ErrorCode code) {}

  private static final List<Refused> REFUSED =
      List.of(
          new Refused("403-ro-start", ErrorCode.PRIVILEGE_MISSING),
          new Refused("get-nodes_pve1_qemu_201_migrate", ErrorCode.LOCKED),
          new Refused("500-no-vm", ErrorCode.VANISHED),
          new Refused("nq-start", ErrorCode.NO_QUORUM),
          new Refused("nq-write", ErrorCode.NO_QUORUM),
          new Refused("595-offline-node", ErrorCode.NOT_SENT),
          new Refused("400-unknown-param", ErrorCode.INVALID_INPUT));

  @ParameterizedTest
  @MethodSource("cases")
  void doesNotTakeAnAnswerWithoutATaskForASuccess(Case operation) {
    cluster.member.json(operation.path(), "\"anything\"");

    assertThat(
            OperatedCluster.failure(
                    () -> operation.call().on(cluster.operations(), cluster.follower))
                .getMessage())
        .contains("without naming a task")
        .contains("unknown");
  }

  @Test
  void coversEveryOperationThatMakesATask() {
    List<String> withTask =
        Stream.of(ClusterOperations.class.getMethods())
            .filter(method -> method.getReturnType() == TaskState.class)
            .map(java.lang.reflect.Method::getName)
            .filter(name -> !name.equals("follow"))
            .distinct()
            .toList();

    assertThat(withTask).hasSize(20);
    assertThat(cases().map(Case::path).distinct()).hasSizeGreaterThanOrEqualTo(withTask.size());
  }
}
