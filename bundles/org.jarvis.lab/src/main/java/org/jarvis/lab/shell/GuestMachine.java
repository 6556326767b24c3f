package org.jarvis.lab.shell;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestFigures;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.Run;

/** A guest, seen from the inside. */
final class GuestMachine extends Machine {

  private final int vmid;

  GuestMachine(World world, Guest guest) {
    super(world, guest.spec().name());
    this.vmid = guest.vmid();
  }

  int vmid() {
    return vmid;
  }

  Optional<Guest> guest(ClusterSnapshot snapshot) {
    return snapshot.guests().stream().filter(guest -> guest.vmid() == vmid).findFirst();
  }

  Optional<Guest> guest() {
    return guest(cluster().snapshot());
  }

  boolean isContainer() {
    return guest().map(guest -> guest.spec().kind() == GuestKind.LXC).orElse(false);
  }

  @Override
  public boolean runs() {
    return guest()
        .map(guest -> guest.running() && !guest.paused() && cluster().isReachable(guest.node()))
        .orElse(false);
  }

  @Override
  String key() {
    return "guest/" + vmid;
  }

  @Override
  Vitals vitals() {
    ClusterSnapshot snapshot = cluster().snapshot();
    Guest guest =
        guest(snapshot).orElseThrow(() -> new IllegalStateException("guest " + vmid + " is gone"));
    GuestFigures now = cluster().figures().guest(guest, snapshot.moment());
    double load = now.cpu() * guest.spec().cores();
    Instant booted = guest.currentRun().map(Run::from).orElse(snapshot.moment());
    return new Vitals(
        isContainer() ? "QEMU Virtual CPU" : "QEMU Virtual CPU version 2.5+",
        guest.spec().cores(),
        now.cpu(),
        List.of(load, load * 0.94, load * 0.9),
        guest.spec().memory(),
        now.memory(),
        1L << 29,
        0,
        guest.spec().disk(),
        cluster().figures().rootDisk(guest.spec(), snapshot.moment()),
        booted);
  }

  @Override
  FileTree files() {
    FileTree files = CommonFiles.of(this);
    if (DockerProgram.isOn(this)) {
      files.folder("/srv/compose").folder("/var/lib/docker");
    }
    return files;
  }

  @Override
  String kernel() {
    return isContainer() ? world().release().kernel() : "6.12.48+deb13-amd64";
  }

  @Override
  String kernelBuild() {
    return isContainer()
        ? world().release().kernelBuild()
        : "#1 SMP PREEMPT_DYNAMIC Debian 6.12.48-1 (2025-09-20)";
  }

  @Override
  String system() {
    return "Debian GNU/Linux 13 (trixie)";
  }

  @Override
  String address() {
    return "192.168.20." + (vmid % 200 + 40);
  }
}
