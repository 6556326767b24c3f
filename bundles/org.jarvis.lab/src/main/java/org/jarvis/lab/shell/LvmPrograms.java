package org.jarvis.lab.shell;

import java.io.IOException;
import java.util.List;
import org.jarvis.lab.sim.Disk;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.StorageSpec;

/** {@code pvs}, {@code vgs} and {@code lvs} of LVM 2.03. */
final class LvmPrograms {

  private LvmPrograms() {}

  static int run(Call call) throws IOException {
    if (!call.login().isRoot()) {
      call.err()
          .println("  WARNING: Running as a non-root user. Functionality may be unavailable.");
      call.err().println("  /run/lock/lvm/P_global:aux: open failed: Permission denied");
      return 5;
    }
    NodeMachine node = (NodeMachine) call.machine();
    List<Disk> disks = node.disks().stream().filter(disk -> disk.used().equals("LVM")).toList();
    if (disks.isEmpty()) {
      return 0;
    }
    Disk disk = disks.get(0);
    long size = disk.size() - (1L << 30);
    String free = Sizes.lvm(16L << 30);
    switch (call.name()) {
      case "pvs" -> {
        call.out().println("  PV             VG  Fmt  Attr PSize   PFree ");
        call.out()
            .printf(
                "  %-14s pve lvm2 a--  %s %s\n",
                SystemPrograms.partition(disk.device(), 3), Sizes.lvm(size), free);
      }
      case "vgs" -> {
        call.out().println("  VG  #PV #LV #SN Attr   VSize   VFree ");
        call.out()
            .printf(
                "  pve   1 %3d   0 wz--n- %s %s\n",
                3 + node.cluster().snapshot().guestsOn(node.name()).size(), Sizes.lvm(size), free);
      }
      default -> volumes(call, node);
    }
    return 0;
  }

  private static void volumes(Call call, NodeMachine node) throws IOException {
    StorageSpec storage =
        node.cluster().inventory().storages().stream()
            .filter(each -> each.plugin().equals("lvmthin"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("a node with LVM has no storage on it"));
    double used =
        100.0
            * node.cluster().figures().storageUsed(storage, node.name(), node.now())
            / storage.total();
    call.out()
        .println(
            "  LV            VG  Attr       LSize   Pool Origin Data%  Meta%  Move Log Cpy%Sync Convert");
    call.out()
        .printf(
            "  data          pve twi-aotz-- %7s             %5.2f  %4.2f\n",
            Sizes.lvm(storage.total()), used, used / 20);
    call.out().printf("  root          pve -wi-ao---- %7s\n", Sizes.lvm(node.vitals().rootDisk()));
    call.out().printf("  swap          pve -wi-ao---- %7s\n", Sizes.lvm(node.vitals().swap()));
    for (Guest guest : node.cluster().snapshot().guestsOn(node.name())) {
      double share =
          100.0 * node.cluster().figures().rootDisk(guest.spec(), node.now()) / guest.spec().disk();
      call.out()
          .printf(
              "  %-13s pve Vwi-%s %7s data        %5.2f\n",
              "vm-" + guest.vmid() + "-disk-0",
              guest.running() ? "aotz--" : "a-tz--",
              Sizes.lvm(guest.spec().disk()),
              share);
    }
  }
}
