package org.jarvis.lab.pve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.GuestSpec;

/** A guest's configuration as its file would say it. */
final class GuestConfigs {

  /** Swap of every container, in MiB as its configuration says it. */
  static final long SWAP_MIB = 512;

  private GuestConfigs() {}

  /** As it is with what waits for the next start, which is what the API tells unless asked. */
  static Map<String, Object> of(Guest guest) {
    Map<String, Object> configuration = current(guest);
    GuestEdits.pendingOver(guest, configuration);
    return configuration;
  }

  /** As it has taken effect. */
  static Map<String, Object> current(Guest guest) {
    Row row =
        guest.spec().kind() == GuestKind.QEMU ? machine(guest.spec()) : container(guest.spec());
    GuestSpec spec = guest.spec();
    row.put("ostype", spec.osType())
        .putIf(!spec.template(), "onboot", 1)
        .putIf(!spec.tags().isEmpty(), "tags", String.join(";", spec.tags()))
        .putIf(!spec.note().isEmpty(), "description", spec.note())
        .putIf(spec.template(), "template", 1)
        .putIf(guest.lock() != null, "lock", guest.lock());
    GuestEdits.over(guest, row.fields());
    String file = row.fields().toString() + guest.alterations().pending();
    return row.put("digest", digest(file)).fields();
  }

  private static Row machine(GuestSpec spec) {
    String disk = volume(spec, false);
    return new Row()
        .put("name", spec.name())
        .put("cores", spec.cores())
        .put("sockets", 1)
        .put("cpu", "host")
        // A string, although it is a number: so the real API answers.
        .put("memory", String.valueOf(spec.memory() >> 20))
        .putIf(hasAgent(spec), "agent", "1")
        .put("boot", "order=scsi0")
        .put("scsihw", "virtio-scsi-single")
        .put("scsi0", "%s:%s,iothread=1,size=%s".formatted(spec.storage(), disk, size(spec.disk())))
        .put("net0", "virtio=%s,bridge=vmbr0,firewall=1".formatted(hardwareAddress(spec)))
        .put("smbios1", "uuid=" + uuid(spec, "smbios"))
        .put("vmgenid", uuid(spec, "generation"))
        .put("meta", "creation-qemu=10.1.2,ctime=1750000000");
  }

  /** An appliance has none, and somebody forgot it in some of the others. */
  private static boolean hasAgent(GuestSpec spec) {
    return spec.vmid() != 100 && (spec.vmid() < 1000 || spec.vmid() % 4 != 3);
  }

  /** The name of a guest's first volume on its storage. */
  static String volume(GuestSpec spec, boolean zfs) {
    String prefix = zfs && spec.kind() == GuestKind.LXC ? "subvol-" : "vm-";
    return (spec.template() ? "base-" : prefix) + spec.vmid() + "-disk-0";
  }

  private static Row container(GuestSpec spec) {
    boolean zfs = spec.storage().equals("local-zfs");
    String disk = "%s:%s".formatted(spec.storage(), volume(spec, zfs));
    return new Row()
        .put("hostname", spec.name())
        .put("arch", "amd64")
        .put("cores", spec.cores())
        .put("memory", spec.memory() >> 20)
        .put("swap", SWAP_MIB)
        .put("rootfs", "%s,size=%s".formatted(disk, size(spec.disk())))
        .put(
            "net0",
            "name=eth0,bridge=vmbr0,firewall=1,hwaddr=%s,ip=dhcp,type=veth"
                .formatted(hardwareAddress(spec)))
        .put("features", "nesting=1")
        .put("unprivileged", 1);
  }

  /** In the largest unit that leaves no fraction. */
  private static String size(long bytes) {
    if (bytes % (1L << 30) == 0) {
      return (bytes >> 30) + "G";
    }
    return bytes % (1L << 20) == 0 ? (bytes >> 20) + "M" : (bytes >> 10) + "K";
  }

  private static String hardwareAddress(GuestSpec spec) {
    return hardwareAddress(spec.vmid() + spec.name());
  }

  /** The hardware address that follows from what a guest was at first. */
  static String hardwareAddress(String origin) {
    String hex = digest(origin).toUpperCase(Locale.ROOT);
    return "BC:24:11:%s:%s:%s"
        .formatted(hex.substring(0, 2), hex.substring(2, 4), hex.substring(4, 6));
  }

  private static String uuid(GuestSpec spec, String purpose) {
    return uuid(spec.vmid() + spec.name(), purpose);
  }

  /** The id for a purpose that follows from what a guest was at first. */
  static String uuid(String origin, String purpose) {
    String source = purpose + origin;
    return UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Proxmox VE names the state of a configuration by the SHA-1 of its text. */
  static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }
}
