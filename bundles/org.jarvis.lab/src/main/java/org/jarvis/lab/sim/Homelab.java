package org.jarvis.lab.sim;

import static org.jarvis.lab.sim.GuestKind.LXC;
import static org.jarvis.lab.sim.GuestKind.QEMU;

import java.util.ArrayList;
import java.util.List;
import org.jarvis.lab.sim.Inventory.Placement;
import org.jspecify.annotations.Nullable;

/**
 * A homelab that somebody could own: four machines named after moons of Saturn, a dozen guests,
 * and, where more are asked for, further ones of the same sort.
 */
public final class Homelab {

  /** Nodes of the homelab as it comes. */
  public static final int DEFAULT_NODES = 4;

  /** Guests of the homelab as it comes. */
  public static final int DEFAULT_GUESTS = 12;

  private static final String CLUSTER = "saturn";
  private static final long GIB = 1L << 30;
  private static final int FIRST_GENERATED_VMID = 1000;
  private static final List<Profile> PROFILES = List.of(Profile.values());
  private static final List<String> MOONS =
      List.of(
          "titan",
          "rhea",
          "mimas",
          "dione",
          "tethys",
          "iapetus",
          "hyperion",
          "phoebe",
          "enceladus",
          "janus");
  private static final List<String> ROLES =
      List.of("web", "db", "cache", "queue", "build", "mail", "wiki", "proxy", "metrics", "worker");

  private final List<NodeSpec> machines = new ArrayList<>();
  private final int nodeCount;
  private final int guestCount;

  private Homelab(int nodeCount, int guestCount) {
    this.nodeCount = nodeCount;
    this.guestCount = guestCount;
    for (int i = 0; i < nodeCount; i++) {
      machines.add(node(i));
    }
  }

  /** A homelab of this size. */
  public static Inventory ofSize(int nodes, int guests) {
    return new Homelab(nodes, guests).inventory();
  }

  private Inventory inventory() {
    List<Placement> placements = placements();
    List<NodeSpec> nodes = new ArrayList<>();
    for (NodeSpec machine : machines) {
      nodes.add(bigEnough(machine, placements));
    }
    return new Inventory(CLUSTER, nodes, placements, storages(nodes));
  }

  /**
   * The node with as much memory and as many threads as a sensible owner would give it for its
   * guests.
   */
  private static NodeSpec bigEnough(NodeSpec node, List<Placement> placements) {
    long memory = 0;
    int cores = 0;
    for (Placement placement : placements) {
      if (placement.node().equals(node.name())) {
        memory += placement.spec().memory();
        cores += placement.spec().cores();
      }
    }
    long module = 32 * GIB;
    long wanted = (memory * 5 / 4 + module - 1) / module * module;
    return new NodeSpec(
        node.name(),
        node.id(),
        node.address(),
        node.cpuModel(),
        node.sockets(),
        Math.max(node.cores(), cores / 3),
        node.megahertz(),
        memory * 5 / 4 > node.memory() ? wanted : node.memory(),
        node.swap(),
        node.rootDisk(),
        node.zfs());
  }

  private static String nodeName(int index) {
    return index < MOONS.size() ? MOONS.get(index) : "moon-%02d".formatted(index + 1);
  }

  private static NodeSpec node(int index) {
    String address = "127.0.%d.%d".formatted(10 + index / 200, 11 + index % 200);
    String name = nodeName(index);
    int id = index + 1;
    return switch (index % DEFAULT_NODES) {
      case 0 ->
          new NodeSpec(
              name,
              id,
              address,
              "13th Gen Intel(R) Core(TM) i5-13500H",
              1,
              16,
              3200,
              64 * GIB,
              8 * GIB,
              94 * GIB,
              false);
      case 1 ->
          new NodeSpec(
              name,
              id,
              address,
              "Intel(R) Core(TM) i7-8700T CPU @ 2.40GHz",
              1,
              12,
              2400,
              32 * GIB,
              8 * GIB,
              94 * GIB,
              false);
      case 2 ->
          new NodeSpec(
              name,
              id,
              address,
              "AMD Ryzen 7 PRO 5750GE with Radeon Graphics",
              1,
              16,
              3200,
              64 * GIB,
              0,
              230 * GIB,
              true);
      default ->
          new NodeSpec(
              name, id, address, "Intel(R) N100", 1, 4, 800, 16 * GIB, 4 * GIB, 110 * GIB, true);
    };
  }

  private static List<StorageSpec> storages(List<NodeSpec> nodes) {
    List<String> all = nodes.stream().map(NodeSpec::name).toList();
    List<String> zfs = nodes.stream().filter(NodeSpec::zfs).map(NodeSpec::name).toList();
    List<String> lvm = nodes.stream().filter(node -> !node.zfs()).map(NodeSpec::name).toList();
    List<StorageSpec> storages = new ArrayList<>();
    storages.add(new StorageSpec("local", "dir", "iso,vztmpl,backup", false, 94 * GIB, 0.31, all));
    storages.add(
        new StorageSpec("local-lvm", "lvmthin", "images,rootdir", false, 794 * GIB, 0.44, lvm));
    if (!zfs.isEmpty()) {
      storages.add(
          new StorageSpec("local-zfs", "zfspool", "images,rootdir", false, 1780 * GIB, 0.37, zfs));
    }
    storages.add(new StorageSpec("nas", "nfs", "images,iso,backup", true, 14_500 * GIB, 0.63, all));
    storages.add(new StorageSpec("pbs", "pbs", "backup", true, 3_660 * GIB, 0.52, all));
    return storages;
  }

  private List<Placement> placements() {
    List<Placement> placements = new ArrayList<>(household());
    while (placements.size() > guestCount) {
      placements.remove(placements.size() - 1);
    }
    for (int i = 0; placements.size() < guestCount; i++) {
      placements.add(generated(i));
    }
    return placements;
  }

  /** The dozen, the most telling ones first, so that a smaller lab keeps them. */
  private List<Placement> household() {
    return List.of(
        at(
            0,
            true,
            null,
            vm(100, "opnsense", 2, 4, 32, "jarvis-protected;network", Profile.ROUTER, "other")),
        at(1, true, null, vm(101, "home-assistant", 2, 4, 32, "home", Profile.AUTOMATION, "l26")),
        at(0, true, null, ct(200, "pihole", 1, 1, 8, "dns;network", null, Profile.RESOLVER)),
        at(3, false, null, ct(205, "minecraft", 4, 6, 24, "games", null, Profile.LEISURE)),
        at(1, false, null, vm(104, "win11", 4, 8, 128, "desktop", Profile.LEISURE, "win11")),
        at(2, true, null, vm(102, "truenas", 4, 16, 64, "storage", Profile.STORAGE, "l26")),
        at(0, true, null, vm(103, "docker-host", 6, 16, 160, "docker", Profile.SERVICES, "l26")),
        at(1, true, null, ct(201, "jellyfin", 4, 4, 32, "media", "media", Profile.MEDIA)),
        at(2, true, null, ct(202, "nextcloud", 4, 4, 64, "cloud;web", null, Profile.WEB)),
        at(3, true, null, ct(203, "grafana", 2, 2, 24, "monitoring", null, Profile.MONITORING)),
        at(3, false, null, ct(204, "paperless", 2, 2, 24, "docs;web", null, Profile.WEB)),
        at(2, false, null, template(9000, "debian-13-template")));
  }

  private Placement at(int moon, boolean running, @Nullable String lock, GuestSpec spec) {
    NodeSpec home = machines.get(moon % nodeCount);
    return new Placement(onLocalDisk(spec, home), home.name(), running, lock);
  }

  private Placement generated(int index) {
    int vmid =
        FIRST_GENERATED_VMID + index >= 9000
            ? FIRST_GENERATED_VMID + index + 1
            : FIRST_GENERATED_VMID + index;
    String role = ROLES.get(index % ROLES.size());
    String name = "%s-%03d".formatted(role, index / ROLES.size() + 1);
    Profile profile = PROFILES.get(index % PROFILES.size());
    int memory = 1 << (index % 4);
    GuestSpec spec =
        index % 5 < 3
            ? ct(vmid, name, 1 + index % 4, memory, 8 + index % 3 * 8, role, null, profile)
            : vm(vmid, name, 1 + index % 4, memory, 32, role, profile, "l26");
    return at(index % nodeCount, index % 7 != 6, null, spec);
  }

  private static GuestSpec onLocalDisk(GuestSpec spec, NodeSpec node) {
    return new GuestSpec(
        spec.vmid(),
        spec.kind(),
        spec.name(),
        spec.cores(),
        spec.memory(),
        spec.disk(),
        node.zfs() ? "local-zfs" : "local-lvm",
        spec.tags(),
        spec.pool(),
        spec.template(),
        spec.osType(),
        spec.profile(),
        note(spec));
  }

  private static String note(GuestSpec spec) {
    return switch (spec.vmid()) {
      case 100 -> "Router and firewall. **Everything** depends on it.";
      case 102 -> "Disks are passed through, keep on mimas";
      case 103 -> "Compose files: /srv/compose";
      case 202 -> "https://cloud.example.org\n\nData lies on the NAS.";
      default -> spec.note();
    };
  }

  private static GuestSpec vm(
      int vmid,
      String name,
      int cores,
      int memoryGib,
      int diskGib,
      String tags,
      Profile profile,
      String osType) {
    return new GuestSpec(
        vmid,
        QEMU,
        name,
        cores,
        memoryGib * GIB,
        diskGib * GIB,
        "local-lvm",
        List.of(tags.split(";", -1)),
        null,
        false,
        osType,
        profile,
        "");
  }

  private static GuestSpec ct(
      int vmid,
      String name,
      int cores,
      int memoryGib,
      int diskGib,
      String tags,
      @Nullable String pool,
      Profile profile) {
    return new GuestSpec(
        vmid,
        LXC,
        name,
        cores,
        memoryGib * GIB,
        diskGib * GIB,
        "local-lvm",
        List.of(tags.split(";", -1)),
        pool,
        false,
        "debian",
        profile,
        "");
  }

  private static GuestSpec template(int vmid, String name) {
    return new GuestSpec(
        vmid,
        QEMU,
        name,
        2,
        2 * GIB,
        8 * GIB,
        "local-lvm",
        List.of("template"),
        null,
        true,
        "l26",
        Profile.RESOLVER,
        "Cloud image with guest agent");
  }
}
