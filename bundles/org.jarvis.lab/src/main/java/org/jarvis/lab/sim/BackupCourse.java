package org.jarvis.lab.sim;

import static java.time.Duration.ofSeconds;

/** How the backups go that faults begin, in the words of vzdump. */
final class BackupCourse {

  private BackupCourse() {}

  /** One in mode stop: the guest is down while the backup begins, and started again. */
  static Plan stopping(Misfortunes misfortunes, Guest guest) {
    int vmid = guest.vmid();
    String what = guest.spec().kind() == GuestKind.QEMU ? "vm" : "guest";
    return begun(misfortunes, guest, "stop")
        .log(ofSeconds(1), "INFO: stopping " + what)
        .effect(ofSeconds(3), () -> misfortunes.stop(vmid))
        .log(ofSeconds(4), "INFO: creating Proxmox Backup Server archive '" + name(guest) + "'")
        .effect(ofSeconds(30), () -> misfortunes.locked(vmid, false))
        .log(ofSeconds(30), "INFO: restarting vm")
        .effect(ofSeconds(32), () -> misfortunes.start(vmid))
        .log(ofSeconds(33), "INFO: guest is online again after 29 seconds")
        .log(ofSeconds(40), "INFO: Finished Backup of " + guestName(guest) + " (00:00:40)")
        .log(ofSeconds(40), "INFO: Backup job finished successfully")
        .ends(ofSeconds(40), "OK");
  }

  /** One that its storage refuses after some seconds. */
  static Plan failing(Misfortunes misfortunes, Guest guest) {
    return begun(misfortunes, guest, "snapshot")
        .log(ofSeconds(2), "INFO: creating Proxmox Backup Server archive '" + name(guest) + "'")
        .log(
            ofSeconds(8),
            "ERROR: VM "
                + guest.vmid()
                + " qmp command 'backup' failed - backup connect failed: command error: http upgrade request timed out")
        .effect(ofSeconds(8), () -> misfortunes.locked(guest.vmid(), false))
        .log(
            ofSeconds(8),
            "ERROR: Backup of "
                + guestName(guest)
                + " failed - VM "
                + guest.vmid()
                + " qmp command 'backup' failed - backup connect failed: command error: http upgrade request timed out")
        .log(ofSeconds(9), "INFO: Backup job finished with errors")
        .ends(ofSeconds(9), "job errors");
  }

  /** One that begins, tells of some progress, and then of nothing any more. */
  static Plan.Builder hanging(Misfortunes misfortunes, Guest guest) {
    return begun(misfortunes, guest, "snapshot")
        .log(ofSeconds(2), "INFO: creating Proxmox Backup Server archive '" + name(guest) + "'")
        .log(
            ofSeconds(5),
            "INFO:   4% (1.3 GiB of 32.0 GiB) in 3s, read: 443.7 MiB/s, write: 61.2 MiB/s");
  }

  private static Plan.Builder begun(Misfortunes misfortunes, Guest guest, String mode) {
    GuestSpec spec = guest.spec();
    return Plan.of()
        .log(
            ofSeconds(0),
            "INFO: starting new backup job: vzdump %d --storage pbs --mode %s --remove 0"
                .formatted(spec.vmid(), mode))
        .log(
            ofSeconds(0),
            "INFO: Starting Backup of " + guestName(guest) + " (" + spec.kind().type() + ")")
        .log(ofSeconds(0), "INFO: status = " + (guest.running() ? "running" : "stopped"))
        .log(ofSeconds(0), "INFO: backup mode: " + mode)
        .effect(ofSeconds(0), () -> misfortunes.locked(spec.vmid(), true));
  }

  private static String guestName(Guest guest) {
    return guest.spec().kind().label() + " " + guest.vmid();
  }

  private static String name(Guest guest) {
    return (guest.spec().kind() == GuestKind.QEMU ? "vm/" : "ct/") + guest.vmid();
  }
}
