package org.jarvis.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jarvis.lab.ManualClock;
import org.junit.jupiter.api.Test;

class WorksTest {

  private static final TaskOwner OWNER = new TaskOwner("jarvis@pve", "operator");
  private static final GuestAddress HOME_ASSISTANT = new GuestAddress(GuestKind.QEMU, "rhea", 101);
  private static final GuestAddress PIHOLE = new GuestAddress(GuestKind.LXC, "titan", 200);

  private final ManualClock clock = ManualClock.atNoon();
  private final SimulatedCluster cluster =
      new SimulatedCluster(Homelab.ofSize(4, 12), new SimulatedClock(clock, 1), 7);
  private final Works works = cluster.works();

  private Guest guest(int vmid) {
    return cluster.snapshot().guests().stream()
        .filter(guest -> guest.vmid() == vmid)
        .findFirst()
        .orElseThrow();
  }

  private String exit(Upid upid) {
    return cluster.task(upid).orElseThrow().exitStatus();
  }

  @Test
  void aBackupLocksItsGuestUntilItIsDone() throws Refusal {
    Upid upid =
        works
            .backups()
            .back(
                "rhea",
                new BackupWork.Request(List.of(101), "nas", "snapshot", "{{guestname}}", false),
                OWNER)
            .orElseThrow();
    clock.advance(Duration.ofSeconds(5));

    assertThat(guest(101).lock()).isEqualTo("backup");
    Upid stop =
        cluster.power(
            new PowerRequest(
                GuestKind.QEMU, "rhea", 101, PowerOperation.STOP, Optional.empty(), false),
            "jarvis@pve",
            "operator");
    assertThat(exit(stop)).isEqualTo("VM is locked (backup)");

    clock.advance(Duration.ofSeconds(30));
    assertThat(exit(upid)).isEqualTo("OK");
    assertThat(guest(101).lock()).isNull();
    assertThat(cluster.backups("nas"))
        .anyMatch(backup -> backup.vmid() == 101 && backup.notes().equals("home-assistant"));
  }

  @Test
  void deletesABackupUnlessItIsProtected() {
    Backup usual =
        cluster.backups("pbs").stream().filter(one -> !one.kept()).findFirst().orElseThrow();
    Backup kept = cluster.backups("pbs").stream().filter(Backup::kept).findFirst().orElseThrow();
    Upid deleting = works.backups().delete("rhea", usual, "pbs:backup/x", OWNER);
    Upid refused = works.backups().delete("rhea", kept, "pbs:backup/y", OWNER);
    clock.advance(Duration.ofSeconds(2));

    assertThat(deleting.toString()).contains(":imgdel:" + usual.vmid() + "@pbs:");
    assertThat(exit(deleting)).isEqualTo("OK");
    assertThat(exit(refused)).isEqualTo("cannot remove protected volume 'backup/y' on 'pbs'");
    assertThat(cluster.backups("pbs")).contains(kept).doesNotContain(usual);
  }

  @Test
  void aBackupThatIsStoppedLetsItsGuestGoAndLeavesNothing() throws Refusal {
    int before = cluster.backups("nas").size();
    Upid upid =
        works
            .backups()
            .back("titan", new BackupWork.Request(List.of(200), "nas", "stop", "x", false), OWNER)
            .orElseThrow();
    clock.advance(Duration.ofSeconds(10));
    cluster.stopTask(upid);
    clock.advance(Duration.ofSeconds(30));

    assertThat(exit(upid)).isEqualTo("interrupted by signal");
    assertThat(guest(200).lock()).isNull();
    assertThat(cluster.backups("nas")).hasSize(before);
  }

  @Test
  void aNodeThatDiesDuringABackupLeavesTheLockBehind() throws Refusal {
    works
        .backups()
        .back("rhea", new BackupWork.Request(List.of(101), "nas", "snapshot", "x", false), OWNER);
    clock.advance(Duration.ofSeconds(5));
    cluster.nodeDies("rhea", Duration.ofMinutes(2));
    clock.advance(Duration.ofMinutes(1));

    assertThat(guest(101).lock()).isEqualTo("backup");
  }

  @Test
  void aGuestElsewhereIsBackedUpByNobodyAndOneThatIsNotThereVisibly() throws Refusal {
    assertThat(
            works
                .backups()
                .back(
                    "titan",
                    new BackupWork.Request(List.of(101), "nas", "snapshot", "x", false),
                    OWNER))
        .isEmpty();
    Upid missing =
        works
            .backups()
            .back(
                "titan", new BackupWork.Request(List.of(999), "nas", "snapshot", "x", false), OWNER)
            .orElseThrow();
    clock.advance(Duration.ofSeconds(1));
    assertThat(exit(missing)).isEqualTo("job errors");
  }

  @Test
  void editsOfARunningMachineWaitForItsStart() throws Refusal {
    works.settings().edit(HOME_ASSISTANT, Map.of("memory", "8192"), Set.of(), guest -> true);
    assertThat(guest(101).spec().memory()).isEqualTo(4L << 30);
    assertThat(guest(101).alterations().pending()).containsEntry("memory", "8192");

    works.settings().edit(PIHOLE, Map.of("memory", "2048"), Set.of(), guest -> true);
    assertThat(guest(200).spec().memory()).isEqualTo(2L << 30);

    for (PowerOperation operation : List.of(PowerOperation.STOP, PowerOperation.START)) {
      cluster.power(
          new PowerRequest(GuestKind.QEMU, "rhea", 101, operation, Optional.empty(), false),
          "jarvis@pve",
          "operator");
      clock.advance(Duration.ofSeconds(5));
    }
    assertThat(guest(101).spec().memory()).isEqualTo(8L << 30);
    assertThat(guest(101).alterations().pending()).isEmpty();
  }

  @Test
  void anEditedConfigurationIsRefusedToWhoeverThoughtItWasAnother() {
    assertThatThrownBy(
            () ->
                works
                    .settings()
                    .edit(HOME_ASSISTANT, Map.of("name", "x"), Set.of(), guest -> false))
        .isInstanceOf(Refusal.class)
        .hasMessage("detected modified configuration - file changed by other user? Try again.");
  }

  @Test
  void aDeletedGuestIsGoneFromTheJobsThatItIsPurgedFrom() throws Refusal {
    cluster.power(
        new PowerRequest(
            GuestKind.QEMU, "mimas", 102, PowerOperation.STOP, Optional.empty(), false),
        "jarvis@pve",
        "operator");
    clock.advance(Duration.ofSeconds(5));
    assertThat(cluster.backupJobs()).anyMatch(job -> job.guests().contains(102));

    works.copies().delete(new GuestAddress(GuestKind.QEMU, "mimas", 102), true, false, OWNER);
    clock.advance(Duration.ofSeconds(5));

    assertThat(cluster.snapshot().guests()).noneMatch(guest -> guest.vmid() == 102);
    assertThat(cluster.backupJobs()).noneMatch(job -> job.guests().contains(102));
  }

  @Test
  void aProtectedGuestIsNotDeleted() throws Refusal {
    GuestAddress stopped = new GuestAddress(GuestKind.QEMU, "rhea", 104);
    works.settings().edit(stopped, Map.of("protection", "1"), Set.of(), guest -> true);

    assertThatThrownBy(() -> works.copies().delete(stopped, true, false, OWNER))
        .hasMessage("can't remove VM 104 - protection mode enabled");
  }

  @Test
  void onZfsOnlyTheNewestSnapshotCanBeGoneBackTo() throws Refusal {
    GuestAddress nextcloud = new GuestAddress(GuestKind.LXC, "mimas", 202);
    works.snapshots().take(nextcloud, "newer", "", false, OWNER);
    clock.advance(Duration.ofSeconds(5));
    Upid upid = works.snapshots().rollBack(nextcloud, "before_upgrade", false, OWNER);
    clock.advance(Duration.ofSeconds(5));

    assertThat(exit(upid)).contains("is not most recent snapshot");
  }

  @Test
  void aCopyThatIsStoppedLeavesNothing() throws Refusal {
    Upid upid =
        works
            .copies()
            .copy(
                HOME_ASSISTANT,
                new CopyWork.Request(
                    300,
                    Optional.of("x"),
                    Optional.empty(),
                    Optional.of(true),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                OWNER);
    assertThat(guest(300).lock()).isEqualTo("clone");
    clock.advance(Duration.ofSeconds(2));
    cluster.stopTask(upid);

    assertThat(exit(upid)).isEqualTo("received interrupt");
    assertThat(cluster.snapshot().guests()).noneMatch(guest -> guest.vmid() == 300);
  }

  @Test
  void aMigrationThatIsStoppedLeavesTheGuestWhereItWas() throws Refusal {
    Upid upid =
        works
            .moves()
            .move(
                HOME_ASSISTANT, new MoveWork.Request("titan", true, true, Optional.empty()), OWNER);
    clock.advance(Duration.ofSeconds(3));
    assertThat(guest(101).lock()).isEqualTo("migrate");
    cluster.stopTask(upid);
    clock.advance(Duration.ofSeconds(30));

    assertThat(guest(101).node()).isEqualTo("rhea");
    assertThat(guest(101).lock()).isNull();
    assertThat(guest(101).running()).isTrue();
  }

  @Test
  void aMovedGuestGoesOnRunningUnderTheSameIdentity() throws Refusal {
    Guest before = guest(101);
    works
        .moves()
        .move(HOME_ASSISTANT, new MoveWork.Request("titan", true, true, Optional.empty()), OWNER);
    clock.advance(Duration.ofSeconds(30));
    Guest after = guest(101);

    assertThat(after.node()).isEqualTo("titan");
    assertThat(after.runs()).isEqualTo(before.runs());
    assertThat(after.origin()).isEqualTo(before.origin());
  }

  @Test
  void aRebootedNodeStartsWhatStartsWithIt() throws Refusal {
    works.settings().edit(HOME_ASSISTANT, Map.of("onboot", "0"), Set.of(), guest -> true);
    works.nodes().goDown("rhea", true);
    clock.advance(Duration.ofSeconds(20));
    assertThat(cluster.snapshot().nodes())
        .anyMatch(node -> node.name().equals("rhea") && !node.online());
    assertThat(cluster.tasks("rhea", 1).get(0).upid().type()).isEqualTo("stopall");

    clock.advance(Duration.ofSeconds(60));

    assertThat(cluster.snapshot().nodes()).allMatch(Node::online);
    assertThat(guest(101).running()).as("does not start at boot").isFalse();
    assertThat(guest(201).running()).isTrue();
    assertThat(cluster.tasks("rhea", 20)).anyMatch(task -> task.upid().type().equals("startall"));
  }

  @Test
  void aNodeThatWasShutDownStaysOffUntilItIsWoken() throws Refusal {
    works.nodes().goDown("dione", false);
    clock.advance(Duration.ofMinutes(10));
    assertThat(cluster.snapshot().nodes())
        .anyMatch(node -> node.name().equals("dione") && !node.online());

    assertThat(works.nodes().wake("dione", "titan")).matches("([0-9A-F]{2}:){5}[0-9A-F]{2}");
    clock.advance(Duration.ofMinutes(1));
    assertThat(cluster.snapshot().nodes()).allMatch(Node::online);
    assertThatThrownBy(() -> works.nodes().wake("titan", "titan"))
        .hasMessage("'titan' is local node, cannot wake my self!");
  }

  @Test
  void aNodeThatDiedIsWokenTooWithTheGuestsThatRan() throws Refusal {
    cluster.nodeDies("dione", Duration.ofMinutes(2));
    clock.advance(Duration.ofMinutes(1));

    works.nodes().wake("dione", "titan");
    clock.advance(Duration.ofMinutes(1));

    assertThat(cluster.snapshot().nodes()).allMatch(Node::online);
    assertThat(guest(203).running()).isTrue();
    assertThat(guest(205).running()).isFalse();
  }

  @Test
  void highAvailabilityFulfilsAWishALittleLater() throws Refusal {
    Upid wish =
        cluster.power(
            new PowerRequest(
                GuestKind.LXC, "mimas", 202, PowerOperation.STOP, Optional.empty(), false),
            "jarvis@pve",
            "operator");
    clock.advance(Duration.ofSeconds(1));
    assertThat(wish.type()).isEqualTo("hastop");
    assertThat(exit(wish)).isEqualTo("OK");
    assertThat(guest(202).running()).isTrue();

    clock.advance(Duration.ofSeconds(10));
    assertThat(guest(202).running()).isFalse();
    assertThat(cluster.tasks("mimas", 1).get(0).upid().user()).isEqualTo("root@pam");
  }

  @Test
  void aMachineThatStandsStillIsNotShutDown() throws Refusal {
    works.suspension().suspend(HOME_ASSISTANT, false, OWNER);
    clock.advance(Duration.ofSeconds(1));

    for (PowerOperation operation : List.of(PowerOperation.SHUTDOWN, PowerOperation.REBOOT)) {
      assertThatThrownBy(() -> power(operation)).hasMessage("VM is paused - cannot shutdown");
    }
  }

  @Test
  void aMachineOnDiskGoesOnWhenItIsStarted() throws Refusal {
    works.suspension().suspend(HOME_ASSISTANT, true, OWNER);
    clock.advance(Duration.ofSeconds(10));
    assertThat(guest(101).running()).isFalse();
    assertThat(guest(101).lock()).isEqualTo("suspended");

    power(PowerOperation.START);
    clock.advance(Duration.ofSeconds(10));
    assertThat(guest(101).running()).isTrue();
    assertThat(guest(101).lock()).isNull();
  }

  private Upid power(PowerOperation operation) throws Refusal {
    return cluster.power(
        new PowerRequest(GuestKind.QEMU, "rhea", 101, operation, Optional.empty(), false),
        "jarvis@pve",
        "operator");
  }
}
