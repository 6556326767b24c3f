package org.jarvis.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFactsTest {
  @TempDir Path root;
  private Machines machine;

  @BeforeEach
  void make() {
    machine = new Machines(root);
  }

  @Test
  void knowsAVmByItsFirmwareAndItsCard() {
    HostFacts facts = machine.vm().read("192.168.1.5");

    assertThat(facts.uuid()).isEqualTo(Machines.UUID);
    assertThat(facts.macs()).containsExactly(Machines.MAC);
    assertThat(facts.machineId()).isEqualTo(Machines.UUID.replace("-", ""));
    assertThat(facts.addresses()).containsExactly("192.168.1.5");
  }

  @Test
  void doesNotCountDockersBridgesAndCables() {
    assertThat(machine.vm().docker().read().macs()).containsExactly(Machines.MAC);
  }

  @Test
  void knowsAContainerByItsEndOfTheCableButNotByThoseThatItLaysItself() {
    assertThat(machine.container().docker().read().macs()).containsExactly(Machines.MAC);
  }

  @Test
  void knowsAContainerByItsFirstProcessOrItsMountsWhereSystemdDoesNotTell() {
    machine.card("eth0", Machines.MAC, false);
    assertThat(machine.read().macs()).isEmpty();

    machine.file("proc/1/environ", "TERM=linux\0container=lxc\0");
    assertThat(machine.read().macs()).containsExactly(Machines.MAC);

    machine.file("proc/1/environ", "TERM=linux\0mycontainer=lxc\0");
    assertThat(machine.read().macs()).isEmpty();

    machine.file(
        "proc/self/mountinfo",
        "520 519 0:47 /proc/cpuinfo /proc/cpuinfo rw - fuse.lxcfs lxcfs rw,user_id=0\n");
    assertThat(machine.read().macs()).containsExactly(Machines.MAC);
  }

  @Test
  void doesNotTakeANodeForAContainerThoughItHasLxcfs() {
    machine
        .metal()
        .card("tap101i0", "fe:11:22:33:44:55", false)
        .file(
            "proc/self/mountinfo",
            "88 28 0:45 / /var/lib/lxcfs rw,nosuid - fuse.lxcfs lxcfs rw,user_id=0\n");

    assertThat(machine.read().macs()).containsExactly("a8:a1:59:10:20:30");
  }

  @Test
  void doesNotTakeACardOfDockersForOneOfProxmox() {
    HostFacts facts =
        machine.container().file(".dockerenv", "").card("eth0", "02:42:ac:11:00:02", false).read();

    assertThat(facts.macs()).isEmpty();
  }

  @Test
  void knowsNothingOfAMachineThatShowsNothing() {
    assertThat(machine.read()).isEqualTo(new HostFacts(null, Set.of(), Set.of(), null));
  }

  @Test
  void doesNotBelieveInUuidsThatAreNone() {
    machine.file("sys/class/dmi/id/product_uuid", "00000000-0000-0000-0000-000000000000\n");
    assertThat(machine.read().uuid()).isNull();
    machine.file("sys/class/dmi/id/product_uuid", "Not Specified\n");
    assertThat(machine.read().uuid()).isNull();
  }
}
