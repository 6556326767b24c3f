package org.jarvis.connector.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.connector.ConfigurationChange;
import org.jarvis.api.connector.GuestCopy;
import org.jarvis.api.connector.Migration;
import org.jarvis.api.connector.NewBackup;
import org.jarvis.api.connector.NewSnapshot;
import org.jarvis.api.connector.TaskFollower;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;
import org.jarvis.api.resource.Bytes;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Node;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.TaskId;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jarvis.api.resource.detail.NodeServices;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.lab.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operation once, from the connector over the wire to the simulated cluster, and what the
 * next reading shows of it: of a VM and of a container where both can.
 */
class OperationsAgainstLabTest {
  private static final int VM = 101;
  private static final int STOPPED_VM = 104;
  private static final int CT = 200;
  private static final int STOPPED_CT = 205;
  private static final int MANAGED = 202;
  private static final int TEMPLATE = 9000;
  private static final long GIB = 1L << 30;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final ConnectedLab lab = new ConnectedLab();

  @AfterEach
  void close() {
    lab.close();
  }

  private static void well(TaskState end) {
    assertThat(end.exitStatus()).isEqualTo("OK");
  }

  private static JarvisException failure(Runnable call) {
    JarvisException failure = catchThrowableOfType(JarvisException.class, call::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  @ParameterizedTest
  @ValueSource(ints = {STOPPED_VM, STOPPED_CT})
  void startsShutsDownAndStops(int id) {
    well(lab.operations().start(lab.guest(id), lab));
    assertThat(lab.guest(id).status()).isEqualTo(Guest.Status.RUNNING);

    well(lab.operations().shutdown(lab.guest(id), PATIENCE, lab));
    assertThat(lab.guest(id).status()).isEqualTo(Guest.Status.STOPPED);

    well(lab.operations().start(lab.guest(id), lab));
    well(lab.operations().stop(lab.guest(id), lab));
    assertThat(lab.guest(id).status()).isEqualTo(Guest.Status.STOPPED);
  }

  @ParameterizedTest
  @ValueSource(ints = {VM, CT})
  void rebootsAndRunsAgain(int id) {
    Duration before = lab.guest(id).uptime();

    well(lab.operations().reboot(lab.guest(id), PATIENCE, lab));

    assertThat(lab.guest(id).status()).isEqualTo(Guest.Status.RUNNING);
    assertThat(lab.guest(id).uptime()).isLessThan(before);
  }

  @Test
  void resetsSuspendsAndResumesAVm() {
    well(lab.operations().reset(lab.guest(VM), lab));
    assertThat(lab.guest(VM).status()).isEqualTo(Guest.Status.RUNNING);

    well(lab.operations().suspend(lab.guest(VM), false, lab));
    assertThat(lab.guest(VM).status()).isEqualTo(Guest.Status.PAUSED);
    well(lab.operations().resume(lab.guest(VM), lab));
    assertThat(lab.guest(VM).status()).isEqualTo(Guest.Status.RUNNING);

    well(lab.operations().suspend(lab.guest(VM), true, lab));
    assertThat(lab.guest(VM).status()).isEqualTo(Guest.Status.STOPPED);
    assertThat(lab.guest(VM).lock()).isEqualTo("suspended");
    well(lab.operations().resume(lab.guest(VM), lab));
    assertThat(lab.guest(VM).status()).isEqualTo(Guest.Status.RUNNING);
    assertThat(lab.guest(VM).lock()).isNull();
  }

  @Test
  void aContainerCannotBeSuspendedForWantOfAProgram() {
    TaskState end = lab.operations().suspend(lab.guest(CT), false, lab);

    assertThat(end.succeeded()).isFalse();
    assertThat(end.exitStatus()).contains("lxc-checkpoint");
    assertThat(failure(() -> lab.operations().resume(lab.guest(CT), lab)).code())
        .isEqualTo(ErrorCode.ALREADY_RUNNING);
  }

  @Test
  void movesAVmWhileItRunsAndAContainerWithARestart() {
    NodeName titan = new NodeName("titan");
    NodeName rhea = new NodeName("rhea");

    well(lab.operations().migrate(lab.guest(VM), new Migration(titan, true, true, null), lab));
    assertThat(lab.guest(VM).node()).isEqualTo(titan);
    assertThat(lab.guest(VM).status()).isEqualTo(Guest.Status.RUNNING);
    assertThat(lab.guest(VM).lock()).isNull();

    well(lab.operations().migrate(lab.guest(CT), new Migration(rhea, true, false, null), lab));
    assertThat(lab.guest(CT).node()).isEqualTo(rhea);
    assertThat(lab.guest(CT).status()).isEqualTo(Guest.Status.RUNNING);
  }

  @Test
  void aMigrationThatCannotBeFailsAtOnceOrInItsTask() {
    NodeName mimas = new NodeName("mimas");
    NodeName titan = new NodeName("titan");

    assertThat(
            failure(
                    () ->
                        lab.operations()
                            .migrate(lab.guest(VM), new Migration(mimas, true, true, null), lab))
                .code())
        .isEqualTo(ErrorCode.NOT_FOUND);
    TaskState aborted =
        lab.operations().migrate(lab.guest(VM), new Migration(titan, true, false, null), lab);
    assertThat(aborted.exitStatus()).isEqualTo("migration aborted");
    assertThat(lab.log()).anyMatch(line -> line.contains("without with-local-disks option"));
    assertThat(lab.guest(VM).node()).isEqualTo(new NodeName("rhea"));
  }

  @Test
  void waitsForWhatHighAvailabilityDoes() {
    well(lab.operations().shutdown(lab.guest(MANAGED), PATIENCE, lab));
    assertThat(lab.guest(MANAGED).status()).isEqualTo(Guest.Status.STOPPED);

    TaskState wished = lab.operations().start(lab.guest(MANAGED), lab);
    assertThat(wished.type()).isEqualTo("hastart");
    assertThat(lab.guest(MANAGED).status()).isEqualTo(Guest.Status.RUNNING);

    NodeName dione = new NodeName("dione");
    TaskState moved =
        lab.operations().migrate(lab.guest(MANAGED), new Migration(dione, true, false, null), lab);
    assertThat(moved.type()).isEqualTo("hamigrate");
    assertThat(lab.guest(MANAGED).node()).isEqualTo(dione);
  }

  @ParameterizedTest
  @ValueSource(ints = {VM, CT})
  void takesGoesBackToAndDeletesASnapshot(int id) {
    well(
        lab.operations()
            .snapshot(lab.guest(id), new NewSnapshot("before", "two\nlines", false), lab));
    assertThat(lab.lab().cluster().snapshots(id))
        .filteredOn(snapshot -> snapshot.name().equals("before"))
        .singleElement()
        .satisfies(snapshot -> assertThat(snapshot.description()).isEqualTo("two\nlines"));
    assertThat(snapshots(id)).contains("before");

    lab.operations().setTags(lab.guest(id), List.of("other"), null);
    assertThat(lab.guest(id).tags()).containsExactly("other");
    well(lab.operations().rollback(lab.guest(id), "before", true, lab));
    assertThat(lab.guest(id).tags()).doesNotContain("other");
    lab.awaitReading(now -> now.guest(id).status() == Guest.Status.RUNNING);

    well(lab.operations().deleteSnapshot(lab.guest(id), "before", lab));
    assertThat(lab.lab().cluster().snapshots(id))
        .noneMatch(snapshot -> snapshot.name().equals("before"));
    assertThat(snapshots(id)).doesNotContain("before");
    assertThat(lab.operations().rollback(lab.guest(id), "before", false, lab).exitStatus())
        .isEqualTo("snapshot 'before' does not exist");
  }

  private List<String> snapshots(int id) {
    return lab
        .detail(lab.guest(id).ref(), Aspect.SNAPSHOTS, GuestSnapshots.class)
        .snapshots()
        .stream()
        .map(GuestSnapshots.Snapshot::name)
        .toList();
  }

  @Test
  void aSnapshotWithMemoryRunsAgainAfterItsRollback() {
    well(lab.operations().snapshot(lab.guest(VM), new NewSnapshot("live", null, true), lab));
    well(lab.operations().stop(lab.guest(VM), lab));

    well(lab.operations().rollback(lab.guest(VM), "live", false, lab));

    assertThat(lab.guest(VM).status()).isEqualTo(Guest.Status.RUNNING);
  }

  @ParameterizedTest
  @ValueSource(ints = {VM, CT})
  void makesABackup(int id) {
    int before = lab.lab().cluster().backups("nas").size();

    well(
        lab.operations()
            .backup(
                lab.guest(id),
                new NewBackup("nas", NewBackup.Mode.SNAPSHOT, "{{guestname}}\nby hand", true),
                lab));

    assertThat(lab.lab().cluster().backups("nas")).hasSize(before + 1);
    assertThat(lab.lab().cluster().backups("nas"))
        .anyMatch(
            backup ->
                backup.vmid() == id
                    && backup.kept()
                    && backup.notes().equals(lab.guest(id).name() + "\nby hand"));
    assertThat(lab.guest(id).lock()).isNull();
    ResourceRef nas = ResourceRef.storage(lab.guest(id).cluster(), lab.guest(id).node(), "nas");
    assertThat(lab.detail(nas, Aspect.CONTENT, StorageContent.class).volumes())
        .anyMatch(
            volume ->
                volume.kept() && volume.isGoodBackup() && new GuestId(id).equals(volume.guest()));
  }

  @Test
  void aBackupOfALockedGuestOrToNowhereFails() {
    lab.lab().cluster().lockGuest(204, "backup");
    Guest locked = lab.reader().guest(new GuestId(204)).orElseThrow().guest();
    assertThat(locked.lock()).isEqualTo("backup");

    TaskState end =
        lab.operations()
            .backup(locked, new NewBackup("nas", NewBackup.Mode.SNAPSHOT, null, false), lab);
    assertThat(end.exitStatus()).isEqualTo("job errors");
    assertThat(
            lab.operations()
                .backup(
                    lab.guest(VM),
                    new NewBackup("nosuch", NewBackup.Mode.SNAPSHOT, null, false),
                    lab)
                .exitStatus())
        .contains("storage 'nosuch' does not exist");
    assertThat(failure(() -> lab.operations().unlock(locked)).getMessage())
        .contains("pct unlock 204");
  }

  @ParameterizedTest
  @ValueSource(ints = {STOPPED_VM, CT})
  void configuresUnlessSomebodyElseDidMeanwhile(int id) {
    String digest = digest(id);

    lab.operations()
        .configure(
            lab.guest(id),
            new ConfigurationChange(
                Map.of("memory", "3072", "description", "a;b\n100%"), Set.of("onboot"), digest));

    assertThat(lab.guest(id).memoryTotal()).isEqualTo(new Bytes(3 * GIB));
    assertThat(digest(id)).isNotEqualTo(digest);
    assertThat(
            lab.detail(lab.guest(id).ref(), Aspect.CONFIGURATION, GuestConfiguration.class).notes())
        .contains("a;b");
    JarvisException conflict =
        failure(
            () ->
                lab.operations()
                    .configure(
                        lab.guest(id),
                        new ConfigurationChange(Map.of("cores", "1"), Set.of(), digest)));
    assertThat(conflict.code()).isEqualTo(ErrorCode.CONFLICT);
    JarvisException invalid =
        failure(
            () ->
                lab.operations()
                    .configure(
                        lab.guest(id),
                        new ConfigurationChange(Map.of(), Set.of("nosuchkey"), null)));
    assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_INPUT);
  }

  private String digest(int id) {
    return lab.reader().guest(new GuestId(id)).orElseThrow().configurationDigest();
  }

  @ParameterizedTest
  @ValueSource(ints = {VM, CT})
  void setsAndTakesTags(int id) {
    lab.operations().setTags(lab.guest(id), List.of("prod", "web"), null);
    assertThat(lab.guest(id).tags()).containsExactly("prod", "web");

    lab.operations().setTags(lab.guest(id), List.of(), null);
    assertThat(lab.guest(id).tags()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {VM, CT})
  void growsADisk(int id) {
    String disk = id == VM ? "scsi0" : "rootfs";
    long before =
        lab.lab().cluster().snapshot().guests().stream()
            .filter(guest -> guest.vmid() == id)
            .findFirst()
            .orElseThrow()
            .spec()
            .disk();

    well(lab.operations().growDisk(lab.guest(id), disk, new Bytes(GIB), lab));

    assertThat(lab.guest(id).diskTotal()).isEqualTo(new Bytes(before + GIB));
  }

  @Test
  void aDiskThatIsNotThereDoesNotGrow() {
    assertThat(lab.operations().growDisk(lab.guest(VM), "scsi7", new Bytes(GIB), lab).exitStatus())
        .isEqualTo("disk 'scsi7' does not exist");
  }

  @Test
  void copiesATemplateAndAContainerAndDeletesTheCopies() {
    well(
        lab.operations()
            .copy(
                lab.guest(TEMPLATE),
                new GuestCopy(new GuestId(300), "fresh", null, false, null, null),
                lab));
    assertThat(lab.guest(300).name()).isEqualTo("fresh");
    assertThat(lab.guest(300).template()).isFalse();
    assertThat(lab.guest(300).lock()).isNull();
    well(
        lab.operations()
            .copy(
                lab.guest(STOPPED_CT),
                new GuestCopy(new GuestId(301), null, null, true, null, null),
                lab));
    assertThat(lab.guest(301).status()).isEqualTo(Guest.Status.STOPPED);
    assertThat(
            failure(
                    () ->
                        lab.operations()
                            .copy(
                                lab.guest(TEMPLATE),
                                new GuestCopy(new GuestId(301), null, null, true, null, null),
                                lab))
                .code())
        .isEqualTo(ErrorCode.CONFLICT);

    well(lab.operations().delete(lab.guest(300), false, lab));
    well(lab.operations().delete(lab.guest(301), true, lab));
    assertThat(lab.has(300)).isFalse();
    assertThat(lab.has(301)).isFalse();
  }

  @Test
  void aGuestThatRunsOrIsManagedIsNotDeleted() {
    assertThat(failure(() -> lab.operations().delete(lab.guest(VM), true, lab)).code())
        .isEqualTo(ErrorCode.ALREADY_RUNNING);
    assertThat(failure(() -> lab.operations().delete(lab.guest(MANAGED), false, lab)).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void aNodeRebootsAndWhatStartsWithItRunsAgain() {
    lab.operations().reboot(lab.node("rhea"));

    lab.awaitReading(now -> now.node("rhea").status() == Node.Status.OFFLINE);
    lab.awaitReading(
        now ->
            now.node("rhea").status() == Node.Status.ONLINE
                && now.guest(VM).status() == Guest.Status.RUNNING);
    assertThat(lab.guest(VM).uptime()).isLessThan(Duration.ofHours(1));
  }

  @Test
  void aNodeThatWasShutDownComesBackWhenItIsWoken() {
    lab.operations().shutdown(lab.node("dione"));
    lab.awaitReading(now -> now.node("dione").status() == Node.Status.OFFLINE);

    lab.operations().wake(lab.node("dione"));
    lab.awaitReading(now -> now.node("dione").status() == Node.Status.ONLINE);

    assertThat(failure(() -> lab.operations().wake(lab.node("titan"))).code())
        .isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void servicesStopAndStart() {
    Node rhea = lab.node("rhea");

    well(lab.operations().stopService(rhea, "chrony", lab));
    assertThat(state("chrony")).isEqualTo("dead");
    well(lab.operations().startService(rhea, "chrony", lab));
    assertThat(state("chrony")).isEqualTo("running");
    well(lab.operations().restartService(rhea, "pvestatd", lab));

    assertThat(lab.operations().stopService(rhea, "pveproxy", lab).exitStatus())
        .contains("refusing to stop essential service");
    assertThat(failure(() -> lab.operations().startService(rhea, "nosuch", lab)).code())
        .isEqualTo(ErrorCode.INVALID_INPUT);
  }

  private String state(String service) {
    return lab
        .detail(lab.node("rhea").ref(), Aspect.SERVICES, NodeServices.class)
        .services()
        .stream()
        .filter(candidate -> candidate.name().equals(service))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void aTaskIsCancelledAndFollowedToItsEnd() {
    lab.lab().faults().on(new Fault.GuestDeaf(VM));
    Cancelling follower = new Cancelling(lab);

    TaskState end = lab.operations().shutdown(lab.guest(VM), Duration.ofHours(1), follower);

    assertThat(end.exitStatus()).isEqualTo("received interrupt");
    assertThat(lab.operations().follow(end.id(), lab)).isEqualTo(end);
    assertThat(lab.guest(VM).status()).isEqualTo(Guest.Status.RUNNING);
  }

  @Test
  void withoutQuorumNothingIsChanged() {
    lab.lab().faults().on(new Fault.QuorumLost());
    Guest guest = lab.guest(CT);

    assertThat(failure(() -> lab.operations().setTags(guest, List.of("x"), null)).code())
        .isEqualTo(ErrorCode.NO_QUORUM);
    assertThat(
            lab.operations().snapshot(guest, new NewSnapshot("s1", null, false), lab).exitStatus())
        .contains("Permission denied");
  }

  /** Cancels the task as soon as it has begun. */
  private record Cancelling(ConnectedLab lab) implements TaskFollower {
    @Override
    public void began(TaskId task) {
      lab.operations().cancel(task);
    }

    @Override
    public void logged(List<String> lines) {
      lab.logged(lines);
    }
  }
}
