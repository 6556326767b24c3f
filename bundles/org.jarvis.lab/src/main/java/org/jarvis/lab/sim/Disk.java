package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A disk of a node.
 *
 * @param device such as {@code /dev/sda}
 * @param type {@code ssd}, {@code hdd} or {@code nvme}
 * @param vendor as the kernel names it
 * @param model its model
 * @param serial its serial number
 * @param size bytes
 * @param rotations a minute, 0 where nothing rotates
 * @param used what for, as Proxmox VE says it: {@code LVM}, {@code ZFS}, or empty
 * @param lifeLeft percent of its life left; 100 where it does not wear
 */
public record Disk(
    String device,
    String type,
    String vendor,
    String model,
    String serial,
    long size,
    int rotations,
    String used,
    int lifeLeft) {

  private static final long TERABYTE = 1_000_204_886_016L;

  /** Whether it speaks NVMe, whose health is told in another way. */
  public boolean nvme() {
    return type.equals("nvme");
  }

  /** Its name below {@code /dev/disk/by-id}. */
  public String byId() {
    return "/dev/disk/by-id/%s-%s_%s"
        .formatted(nvme() ? "nvme" : "ata", model.replace(' ', '_'), serial);
  }

  /** The disks of a node, by device. */
  public static List<Disk> of(NodeSpec node, Figures figures) {
    List<Disk> disks = new ArrayList<>();
    int position = Math.floorMod(node.id() - 1, 4);
    if (node.zfs()) {
      boolean large = position == 2;
      String model = large ? "Samsung SSD 990 PRO 2TB" : "KINGSTON SNV3S2000G";
      for (int i = 0; i < 2; i++) {
        disks.add(
            nvme(node, figures, "/dev/nvme" + i + "n1", model, 2 * TERABYTE, "ZFS", 94 - 5 * i));
      }
      if (large) {
        disks.add(hdd(node, figures, "/dev/sda"));
        disks.add(hdd(node, figures, "/dev/sdb"));
      }
    } else if (position == 0) {
      disks.add(
          nvme(node, figures, "/dev/nvme0n1", "Samsung SSD 980 PRO 1TB", TERABYTE, "LVM", 83));
    } else {
      disks.add(ssd(node, figures, node.id() == 2 ? 64 : 71));
    }
    disks.replaceAll(disk -> figures.isWorn(node.name() + disk.device) ? disk.worn() : disk);
    return disks;
  }

  private Disk worn() {
    return new Disk(device, type, vendor, model, serial, size, rotations, used, 4);
  }

  /** How warm it is, in degrees Celsius: warmer where it rotates and where it fails. */
  public int degrees(NodeSpec node, Figures figures, Troubles troubles, Instant now) {
    double usual = nvme() ? 43 : rotations > 0 ? 37 : 34;
    double course = figures.wandering(node.name() + device, now, Duration.ofHours(2));
    boolean fails = troubles.on(Troubles.Kind.DISK_FAILING, node.name() + device);
    return (int) Math.round(usual + 6 * course + (fails ? 17 : 0));
  }

  private static Disk nvme(
      NodeSpec node,
      Figures figures,
      String device,
      String model,
      long size,
      String used,
      int lifeLeft) {
    String serial = serial(node, figures, device, "S6Z");
    return new Disk(device, "nvme", "unknown", model, serial, size, 0, used, lifeLeft);
  }

  private static Disk ssd(NodeSpec node, Figures figures, int lifeLeft) {
    String serial = serial(node, figures, "/dev/sda", "2117E");
    return new Disk(
        "/dev/sda", "ssd", "ATA", "CT1000MX500SSD1", serial, TERABYTE, 0, "LVM", lifeLeft);
  }

  private static Disk hdd(NodeSpec node, Figures figures, String device) {
    String serial = serial(node, figures, device, "WD-WX");
    return new Disk(
        device, "hdd", "ATA", "WDC WD80EFZZ-68BTXN0", serial, 8 * TERABYTE, 5640, "", 100);
  }

  private static String serial(NodeSpec node, Figures figures, String device, String prefix) {
    long number = Math.round(figures.constant(node.name() + device) * 0xFFFFFFFFL);
    return prefix + String.format(Locale.ROOT, "%08X", number);
  }
}
