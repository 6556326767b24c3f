package org.jarvis.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.jarvis.lab.ManualClock;
import org.junit.jupiter.api.Test;

class TaskLifeTest {

  private static final String USER = "jarvis@pve";
  private static final String TOKEN = "operator";

  private final ManualClock clock = ManualClock.atNoon();
  private final SimulatedCluster cluster =
      new SimulatedCluster(Homelab.ofSize(4, 12), new SimulatedClock(clock, 1), 7);

  @Test
  void startTakesTimeAndThenTheGuestRuns() throws Refusal {
    Upid upid = ask(PowerOperation.START, GuestKind.QEMU, "rhea", 104);

    assertThat(task(upid).running()).isTrue();
    assertThat(task(upid).exitStatus()).isNull();
    assertThat(guest(GuestKind.QEMU, "rhea", 104).running()).isFalse();

    clock.advance(Duration.ofSeconds(5));

    assertThat(task(upid).exitStatus()).isEqualTo("OK");
    assertThat(task(upid).log()).endsWith("TASK OK");
    assertThat(guest(GuestKind.QEMU, "rhea", 104).running()).isTrue();
    assertThat(task(upid).end())
        .isBetween(clock.instant().minusSeconds(3), clock.instant().minusSeconds(1));
  }

  @Test
  void uptimeCountsFromTheStartNotFromWhenSomebodyLooked() throws Refusal {
    ask(PowerOperation.START, GuestKind.QEMU, "rhea", 104);
    clock.advance(Duration.ofHours(1));

    assertThat(guest(GuestKind.QEMU, "rhea", 104).uptime(clock.instant()))
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
  }

  @Test
  void startOfARunningMachineIsATaskThatFails() throws Refusal {
    Upid upid = ask(PowerOperation.START, GuestKind.QEMU, "rhea", 101);

    assertThat(task(upid).exitStatus()).isEqualTo("VM 101 already running");
    assertThat(task(upid).log()).containsExactly("TASK ERROR: VM 101 already running");
  }

  @Test
  void startOfARunningContainerIsRefusedAtOnce() {
    assertThatThrownBy(() -> ask(PowerOperation.START, GuestKind.LXC, "titan", 200))
        .isInstanceOf(Refusal.class)
        .hasMessage("CT 200 already running");
  }

  @Test
  void stopOfAStoppedContainerIsRefusedAtOnceAndOfAMachineSucceeds() throws Refusal {
    assertThatThrownBy(() -> ask(PowerOperation.STOP, GuestKind.LXC, "dione", 205))
        .hasMessage("CT 205 not running");
    Upid upid = ask(PowerOperation.STOP, GuestKind.QEMU, "rhea", 104);
    clock.advance(Duration.ofMillis(1));
    assertThat(task(upid).exitStatus()).isEqualTo("OK");
  }

  @Test
  void lockedGuestsFailWithTheirLock() throws Refusal {
    cluster.lockGuest(204, "backup");
    Upid container = ask(PowerOperation.START, GuestKind.LXC, "dione", 204);
    cluster.lockGuest(101, "snapshot");
    Upid machine = ask(PowerOperation.SHUTDOWN, GuestKind.QEMU, "rhea", 101);

    assertThat(task(container).exitStatus()).isEqualTo("CT is locked (backup)");
    assertThat(task(machine).exitStatus()).isEqualTo("VM is locked (snapshot)");
  }

  @Test
  void templateDoesNotStart() throws Refusal {
    Upid upid = ask(PowerOperation.START, GuestKind.QEMU, "mimas", 9000);

    assertThat(task(upid).exitStatus()).isEqualTo("you can't start a vm if it's a template");
  }

  @Test
  void missingGuestsFailInTheWordsOfEachOperation() throws Refusal {
    assertThat(task(ask(PowerOperation.START, GuestKind.QEMU, "titan", 999)).exitStatus())
        .isEqualTo("Configuration file 'nodes/titan/qemu-server/999.conf' does not exist");
    assertThat(task(ask(PowerOperation.STOP, GuestKind.QEMU, "titan", 999)).exitStatus())
        .isEqualTo("unable to find configuration file for VM 999 on node 'titan'");
    assertThat(task(ask(PowerOperation.START, GuestKind.LXC, "titan", 999)).exitStatus())
        .isEqualTo("Configuration file 'nodes/titan/lxc/999.conf' does not exist");
  }

  @Test
  void secondStartWaitsForTheFirstAndThenFindsTheMachineRunning() throws Refusal {
    ask(PowerOperation.START, GuestKind.QEMU, "rhea", 104);
    Upid second = ask(PowerOperation.START, GuestKind.QEMU, "rhea", 104);

    assertThat(task(second).log()).containsExactly("trying to acquire lock...");
    clock.advance(Duration.ofSeconds(5));

    assertThat(task(second).exitStatus()).isEqualTo("VM 104 already running");
    assertThat(task(second).log()).startsWith("trying to acquire lock... OK");
  }

  @Test
  void taskThatCannotHaveTheLockGivesUpAfterTenSeconds() throws Refusal {
    cluster.deafen(101, true);
    Upid shutdown = ask(PowerOperation.SHUTDOWN, GuestKind.QEMU, "rhea", 101);
    Upid stop = ask(PowerOperation.STOP, GuestKind.QEMU, "rhea", 101);
    clock.advance(Duration.ofSeconds(11));

    assertThat(task(stop).exitStatus())
        .isEqualTo("can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout");
    assertThat(task(shutdown).running()).isTrue();

    clock.advance(Duration.ofSeconds(50));
    assertThat(task(shutdown).exitStatus()).isEqualTo("VM quit/powerdown failed - got timeout");
    assertThat(guest(GuestKind.QEMU, "rhea", 101).running()).isTrue();
  }

  @Test
  void forcedShutdownOfADeafMachineEndsIt() throws Refusal {
    cluster.deafen(101, true);
    Upid upid =
        cluster.power(
            new PowerRequest(
                GuestKind.QEMU,
                "rhea",
                101,
                PowerOperation.SHUTDOWN,
                Optional.of(Duration.ofSeconds(3)),
                true),
            USER,
            TOKEN);
    clock.advance(Duration.ofSeconds(5));

    assertThat(task(upid).exitStatus()).isEqualTo("OK");
    assertThat(task(upid).log()).contains("VM still running - terminating now with SIGTERM");
    assertThat(guest(GuestKind.QEMU, "rhea", 101).running()).isFalse();
  }

  @Test
  void rebootOfAMachineEndsWithItsShutdownAndRootStartsItAgain() throws Refusal {
    Upid reboot = ask(PowerOperation.REBOOT, GuestKind.QEMU, "rhea", 101);
    clock.advance(Duration.ofSeconds(40));

    assertThat(task(reboot).exitStatus()).isEqualTo("OK");
    Task start = cluster.tasks("rhea", 1).get(0);
    assertThat(start.upid().type()).isEqualTo("qmstart");
    assertThat(start.upid().toString()).endsWith(":qmstart:101:root@pam:");
    assertThat(guest(GuestKind.QEMU, "rhea", 101).uptime(clock.instant()))
        .isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void rebootOfAContainerIsOneTask() throws Refusal {
    Upid reboot = ask(PowerOperation.REBOOT, GuestKind.LXC, "titan", 200);
    clock.advance(Duration.ofSeconds(20));

    assertThat(task(reboot).exitStatus()).isEqualTo("OK");
    assertThat(cluster.tasks("titan", 1).get(0).upid()).isEqualTo(reboot);
    assertThat(guest(GuestKind.LXC, "titan", 200).uptime(clock.instant()))
        .isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void stoppedTaskChangesNothingMore() throws Refusal {
    Upid upid = ask(PowerOperation.START, GuestKind.QEMU, "rhea", 104);
    cluster.stopTask(upid);
    clock.advance(Duration.ofSeconds(10));

    assertThat(task(upid).exitStatus()).isEqualTo("received interrupt");
    assertThat(guest(GuestKind.QEMU, "rhea", 104).running()).isFalse();
    Upid again = ask(PowerOperation.START, GuestKind.QEMU, "rhea", 104);
    clock.advance(Duration.ofSeconds(10));
    assertThat(task(again).exitStatus()).as("the lock is free again").isEqualTo("OK");
  }

  @Test
  void guestThatVanishesWhileItStartsFailsTheTask() throws Refusal {
    Upid upid = ask(PowerOperation.START, GuestKind.QEMU, "rhea", 104);
    cluster.vanish(104);
    clock.advance(Duration.ofSeconds(10));

    assertThat(task(upid).exitStatus())
        .isEqualTo("Configuration file 'nodes/rhea/qemu-server/104.conf' does not exist");
  }

  @Test
  void withoutQuorumNothingStarts() {
    cluster.quorum(true);

    assertThatThrownBy(() -> ask(PowerOperation.START, GuestKind.QEMU, "titan", 100))
        .hasMessage("cluster not ready - no quorum?");
    cluster.quorum(false);
    assertThat(cluster.snapshot().quorate()).isTrue();
  }

  @Test
  void deathOfANodeEndsItsTasksAndItsReturnRestartsItsGuests() throws Refusal {
    Upid upid = ask(PowerOperation.START, GuestKind.QEMU, "rhea", 104);
    cluster.nodeDies("rhea", Duration.ofMinutes(2));
    clock.advance(Duration.ofMinutes(2));
    assertThat(task(upid).exitStatus()).isEqualTo("unexpected status");

    cluster.nodeBoots("rhea");

    assertThat(guest(GuestKind.QEMU, "rhea", 101).uptime(clock.instant())).isZero();
    assertThat(guest(GuestKind.QEMU, "rhea", 101).running()).isTrue();
    assertThat(guest(GuestKind.QEMU, "rhea", 104).running()).isFalse();
  }

  @Test
  void twoDeadNodesOfFourCostTheQuorum() {
    cluster.nodeDies("rhea", Duration.ofMinutes(2));
    assertThat(cluster.snapshot().quorate()).isTrue();
    cluster.nodeDies("mimas", Duration.ofMinutes(2));
    assertThat(cluster.snapshot().quorate()).isFalse();
  }

  @Test
  void speedShortensTasks() throws Refusal {
    SimulatedCluster fast =
        new SimulatedCluster(Homelab.ofSize(4, 12), new SimulatedClock(clock, 20), 7);
    Upid upid =
        fast.power(
            new PowerRequest(
                GuestKind.QEMU, "rhea", 104, PowerOperation.START, Optional.empty(), false),
            USER,
            TOKEN);
    clock.advance(Duration.ofMillis(200));

    assertThat(fast.task(upid).orElseThrow().exitStatus()).isEqualTo("OK");
  }

  private Upid ask(PowerOperation operation, GuestKind kind, String node, int vmid) throws Refusal {
    return cluster.power(
        new PowerRequest(kind, node, vmid, operation, Optional.empty(), false), USER, TOKEN);
  }

  private Task task(Upid upid) {
    return cluster.task(upid).orElseThrow();
  }

  private Guest guest(GuestKind kind, String node, int vmid) {
    return cluster.guest(kind, node, vmid).orElseThrow();
  }
}
