package org.jarvis.safety;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Lays out what the kernels of different machines show of themselves. */
final class Machines {
  static final String UUID = "6d7b7c0a-3c1e-4b2e-9a55-0c6f3f1f2d11";
  static final String MAC = "bc:24:11:2a:3b:4c";

  private final Path root;

  Machines(Path root) {
    this.root = root;
  }

  /** A VM of Proxmox VE, as root sees it. */
  Machines vm() {
    file("sys/class/dmi/id/sys_vendor", "QEMU\n");
    file("sys/class/dmi/id/product_uuid", UUID + "\n");
    file("etc/machine-id", UUID.replace("-", "") + "\n");
    return card("lo", "00:00:00:00:00:00", false).card("ens18", MAC, true);
  }

  /** An LXC container of Proxmox VE; it sees the firmware of its node. */
  Machines container() {
    file("sys/class/dmi/id/sys_vendor", "ASUSTeK COMPUTER INC.\n");
    file("run/systemd/container", "lxc");
    file("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
    return card("lo", "00:00:00:00:00:00", false).card("eth0", MAC, false);
  }

  /** A machine of metal. */
  Machines metal() {
    file("sys/class/dmi/id/sys_vendor", "ASUSTeK COMPUTER INC.\n");
    file("sys/class/dmi/id/product_uuid", "03D502E0-045E-0552-9F06-7D0700080009\n");
    return card("lo", "00:00:00:00:00:00", false).card("enp3s0", "a8:a1:59:10:20:30", true);
  }

  /** Docker on it, with one container of its own. */
  Machines docker() {
    card("docker0", "02:42:c0:a8:00:01", false);
    file("sys/class/net/docker0/bridge/bridge_id", "8000.0242c0a80001\n");
    card("veth1a2b3c4", "f6:12:34:56:78:9a", false);
    file("sys/class/net/veth1a2b3c4/master/address", "02:42:c0:a8:00:01\n");
    return this;
  }

  /** Nobody but root may read its UUID. */
  Machines withoutRoot() {
    try {
      Files.deleteIfExists(root.resolve("sys/class/dmi/id/product_uuid"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return this;
  }

  Machines card(String name, String mac, boolean device) {
    file("sys/class/net/" + name + "/address", mac + "\n");
    if (device) {
      file("sys/class/net/" + name + "/device/vendor", "0x1af4\n");
    }
    return this;
  }

  Machines file(String path, String content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return this;
  }

  HostFacts read(String... addresses) {
    return HostFacts.read(root, Set.of(addresses));
  }
}
