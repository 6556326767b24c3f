package org.jarvis.lab.shell;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jarvis.lab.sim.Chip;
import org.jarvis.lab.sim.Disk;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.StorageSpec;

/** The files of a node: what the kernel tells of its chips, and the cluster's file system. */
final class NodeFiles {

  private static final String CLASS = "/sys/class/hwmon";

  private NodeFiles() {}

  static FileTree of(NodeMachine node) {
    FileTree files = CommonFiles.of(node);
    chips(files, node);
    zones(files, node);
    for (Disk disk : node.disks()) {
      files.put(disk.device(), new FileTree.Entry.Device(true));
      String name = FileTree.name(disk.device());
      files
          .file("/sys/block/" + name + "/size", disk.size() / 512 + "\n")
          .file("/sys/block/" + name + "/queue/rotational", disk.rotations() > 0 ? "1\n" : "0\n")
          .file("/sys/block/" + name + "/device/model", disk.model() + "\n")
          .link(disk.byId(), "../../" + name);
    }
    clusterFiles(files, node);
    network(files, node);
    return files;
  }

  /** As in the kernel: the class holds links to where the devices really are. */
  private static void chips(FileTree files, NodeMachine node) {
    List<Chip> chips = node.chips();
    for (int i = 0; i < chips.size(); i++) {
      Chip chip = chips.get(i);
      String real = devices(chip, i) + "/hwmon/hwmon" + i;
      files.link(CLASS + "/hwmon" + i, "../../" + real.substring("/sys/".length()));
      files.file(real + "/name", chip.driver() + "\n");
      for (Chip.Feature feature : chip.features()) {
        if (feature.named()) {
          files.file(real + "/" + feature.id() + "_label", feature.label() + "\n");
        }
        for (Map.Entry<String, Double> value : feature.values().entrySet()) {
          files.file(
              real + "/" + feature.id() + "_" + value.getKey(),
              raw(feature.id(), value.getKey(), value.getValue()) + "\n");
        }
      }
    }
  }

  private static String devices(Chip chip, int index) {
    return switch (chip.driver()) {
      case "coretemp" -> "/sys/devices/platform/coretemp.0";
      case "nvme" -> "/sys/devices/pci0000:00/0000:00:1d." + index + "/nvme/nvme" + (index - 1);
      case "drivetemp" -> "/sys/devices/pci0000:00/0000:00:17.0/ata" + index + "/host" + index;
      case "acpitz" -> "/sys/devices/virtual/thermal/thermal_zone0";
      case "k10temp" -> "/sys/devices/pci0000:00/0000:00:18.3";
      case "amdgpu" -> "/sys/devices/pci0000:00/0000:00:08.1/0000:06:00.0";
      default -> "/sys/devices/platform/" + chip.driver() + ".2592";
    };
  }

  /** Whole thousandths, millionths for watts, and turns as they are. */
  private static String raw(String id, String part, double value) {
    if (Double.isNaN(value)) {
      return "N/A";
    }
    double factor = 1000;
    if (part.endsWith("alarm") || id.startsWith("fan")) {
      factor = 1;
    } else if (id.startsWith("power")) {
      factor = 1_000_000;
    }
    return String.valueOf(Math.round(value * factor));
  }

  private static void zones(FileTree files, NodeMachine node) {
    List<Chip> chips = node.chips();
    zone(files, 0, "acpitz", chips.get(0).features().get(0));
    for (Chip chip : chips) {
      if (chip.driver().equals("coretemp")) {
        zone(files, 1, "x86_pkg_temp", chip.features().get(0));
      }
    }
  }

  private static void zone(FileTree files, int number, String type, Chip.Feature feature) {
    String real = "/sys/devices/virtual/thermal/thermal_zone" + number;
    files
        .link(
            "/sys/class/thermal/thermal_zone" + number,
            "../../devices/virtual/thermal/thermal_zone" + number)
        .file(real + "/type", type + "\n")
        .file(real + "/mode", "enabled\n")
        .file(
            real + "/temp",
            raw("temp1", "input", feature.values().getOrDefault("input", 0.0)) + "\n");
  }

  private static void clusterFiles(FileTree files, NodeMachine node) {
    StringBuilder storages = new StringBuilder();
    for (StorageSpec storage : node.cluster().inventory().storages()) {
      storages.append(
          String.format(
              Locale.ROOT,
              "%s: %s\n\tcontent %s\n\n",
              storage.plugin(),
              storage.id(),
              storage.content()));
    }
    files
        .file("/etc/pve/storage.cfg", storages.toString())
        .file("/etc/pve/datacenter.cfg", "keyboard: de\n")
        .file("/etc/pve/.version", "{\"starttime\":1764200000,\"clinfo\":9,\"vmlist\":14}\n")
        .secret("/etc/pve/priv/authkey.key", "-----BEGIN PRIVATE KEY-----\nnot really\n")
        .link("/etc/pve/local", "nodes/" + node.name())
        .link("/etc/pve/qemu-server", "nodes/" + node.name() + "/qemu-server")
        .link("/etc/pve/lxc", "nodes/" + node.name() + "/lxc");
    for (String name :
        node.cluster().inventory().nodes().stream().map(spec -> spec.name()).toList()) {
      files.folder("/etc/pve/nodes/" + name + "/qemu-server");
      files.folder("/etc/pve/nodes/" + name + "/lxc");
    }
    for (Guest guest : node.cluster().snapshot().guestsOn(node.name())) {
      String folder = guest.spec().kind() == GuestKind.QEMU ? "qemu-server" : "lxc";
      files.made(
          "/etc/pve/nodes/" + node.name() + "/" + folder + "/" + guest.vmid() + ".conf",
          () -> PveAnswers.config(node.world(), guest));
    }
  }

  private static void network(FileTree files, NodeMachine node) {
    String device = NetworkPrograms.device(node);
    files
        .file(
            "/etc/network/interfaces",
            """
            auto lo
            iface lo inet loopback

            iface %s inet manual

            auto vmbr0
            iface vmbr0 inet static
            \taddress %s/24
            \tgateway 192.168.20.1
            \tbridge-ports %s
            \tbridge-stp off
            \tbridge-fd 0
            """
                .formatted(device, node.address(), device))
        .file("/sys/class/net/vmbr0/operstate", "up\n")
        .file("/sys/class/net/" + device + "/operstate", "up\n");
  }
}
