package org.jarvis.lab.pve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestFigures;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.GuestSnapshot;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.Troubles;
import org.jspecify.annotations.Nullable;

/** Snapshots and pending settings of guests, and what they tell from the inside. */
final class GuestDetailEndpoints {

  private static final Pattern HARDWARE_ADDRESS = Pattern.compile("(?:[0-9A-F]{2}:){5}[0-9A-F]{2}");
  private static final List<String> AGENT =
      List.of("VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted");

  private final SimulatedCluster cluster;

  /** One thing that an agent tells. */
  private interface Answer {
    Object of(Guest guest, Instant now);
  }

  GuestDetailEndpoints(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  List<Endpoint> all() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (GuestKind kind : GuestKind.values()) {
      String one = "/nodes/{node}/" + kind.type() + "/{vmid}";
      endpoints.add(
          Endpoint.get(one + "/snapshot", (arguments, caller) -> snapshots(kind, arguments))
              .byWorker()
              .needs("VM.Audit", "/vms/{vmid}"));
      endpoints.add(
          Endpoint.get(one + "/pending", (arguments, caller) -> pending(kind, arguments))
              .needs("VM.Audit", "/vms/{vmid}"));
    }
    endpoints.add(agent("get-osinfo", (guest, now) -> operatingSystem(guest)));
    endpoints.add(
        agent(
            "get-host-name",
            (guest, now) -> Map.of("host-name", planted(guest, guest.spec().name()))));
    endpoints.add(agent("network-get-interfaces", this::interfaces));
    endpoints.add(agent("get-fsinfo", this::fileSystems));
    endpoints.add(
        Endpoint.get(
                "/nodes/{node}/lxc/{vmid}/interfaces",
                (arguments, caller) -> containerInterfaces(arguments))
            .byWorker()
            .needs("VM.Audit", "/vms/{vmid}"));
    return endpoints;
  }

  private Endpoint agent(String command, Answer answer) {
    return Endpoint.get(
            "/nodes/{node}/qemu/{vmid}/agent/" + command,
            (arguments, caller) ->
                Map.of("result", answer.of(asked(arguments), cluster.snapshot().moment())))
        .byWorker()
        .needsAny(AGENT, "/vms/{vmid}");
  }

  /** A guest whose agent answers, or the error of the real check that fails first. */
  private Guest asked(Arguments arguments) throws PveError {
    Guest guest = GuestEndpoints.existing(cluster, GuestKind.QEMU, arguments);
    Object agent = GuestConfigs.of(guest).get("agent");
    if (agent == null || !String.valueOf(agent).matches("1|1,.*|enabled=1.*")) {
      throw PveError.internal("No QEMU guest agent configured");
    }
    if (!guest.running()) {
      throw PveError.internal("VM " + guest.vmid() + " is not running");
    }
    boolean silent =
        guest.deaf()
            || cluster.troubles().on(Troubles.Kind.AGENT_SILENT, String.valueOf(guest.vmid()));
    if (silent) {
      throw PveError.internal("QEMU guest agent is not running");
    }
    return guest;
  }

  private List<Map<String, Object>> snapshots(GuestKind kind, Arguments arguments) throws PveError {
    Guest guest = GuestEndpoints.existing(cluster, kind, arguments);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (GuestSnapshot snapshot : cluster.snapshots(guest.vmid())) {
      rows.add(
          new Row()
              .put("name", snapshot.name())
              .put("description", snapshot.description())
              .put("snaptime", snapshot.at().getEpochSecond())
              .putIf(kind == GuestKind.QEMU, "vmstate", Row.flag(snapshot.withMemory()))
              .putIf(snapshot.parent() != null, "parent", snapshot.parent())
              .fields());
    }
    @Nullable String parent = cluster.currentSnapshot(guest.vmid()).orElse(null);
    rows.add(
        new Row()
            .put("name", "current")
            .put("description", "You are here!")
            .put("digest", GuestConfigs.of(guest).get("digest"))
            .put("running", Row.flag(guest.running()))
            .putIf(parent != null, "parent", parent)
            .fields());
    return rows;
  }

  private List<Map<String, Object>> pending(GuestKind kind, Arguments arguments) throws PveError {
    Guest guest = GuestEndpoints.existing(cluster, kind, arguments);
    Map<String, Object> current = GuestConfigs.current(guest);
    Map<String, Object> next = GuestConfigs.of(guest);
    Set<String> keys = new LinkedHashSet<>(current.keySet());
    keys.addAll(next.keySet());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String key : keys) {
      boolean waits = guest.alterations().pending().containsKey(key);
      rows.add(
          new Row()
              .put("key", key)
              .putIf(current.containsKey(key), "value", current.get(key))
              .putIf(waits && next.containsKey(key), "pending", next.get(key))
              .putIf(waits && !next.containsKey(key), "delete", 1)
              .fields());
    }
    return rows;
  }

  /** What somebody in the guest wants read in place of this, where a fault says so. */
  private String planted(Guest guest, String truth) {
    List<String> words = cluster.plantedWords().ofAgent(guest.vmid());
    return words.isEmpty() ? truth : words.get(0);
  }

  private static boolean windows(Guest guest) {
    return guest.spec().osType().startsWith("win");
  }

  private Map<String, Object> operatingSystem(Guest guest) {
    if (windows(guest)) {
      return new Row()
          .put("id", "mswindows")
          .put("name", "Microsoft Windows")
          .put("pretty-name", planted(guest, "Windows 11 Pro"))
          .put("version", "Microsoft Windows 11")
          .put("version-id", "11")
          .put("variant", "client")
          .put("variant-id", "client")
          .put("kernel-release", planted(guest, "26200"))
          .put("kernel-version", "10.0")
          .put("machine", "x86_64")
          .fields();
    }
    return new Row()
        .put("id", "debian")
        .put("name", "Debian GNU/Linux")
        .put("pretty-name", planted(guest, "Debian GNU/Linux 13 (trixie)"))
        .put("version", "13 (trixie)")
        .put("version-id", "13")
        .put("kernel-release", planted(guest, "6.12.57+deb13-amd64"))
        .put("kernel-version", "#1 SMP PREEMPT_DYNAMIC Debian 6.12.57-1 (2025-11-05)")
        .put("machine", "x86_64")
        .fields();
  }

  private static String hardwareAddress(Guest guest) {
    Matcher matcher = HARDWARE_ADDRESS.matcher(String.valueOf(GuestConfigs.of(guest).get("net0")));
    return matcher.find() ? matcher.group().toLowerCase(Locale.ROOT) : "00:00:00:00:00:00";
  }

  /** A household's guests have its network; the generated ones a larger one. */
  private static String address(Guest guest) {
    int vmid = guest.vmid();
    return vmid < 250
        ? "192.168.20." + vmid
        : "10.%d.%d.%d".formatted(20 + vmid / 62_500 % 200, vmid / 250 % 250, 2 + vmid % 250);
  }

  private static String linkLocal(Guest guest) {
    String[] bytes = hardwareAddress(guest).split(":", -1);
    int first = Integer.parseInt(bytes[0], 16) ^ 2;
    return "fe80::%x%s:%sff:fe%s:%s%s"
        .formatted(first, bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]);
  }

  private static int prefix(Guest guest) {
    return guest.vmid() < 250 ? 24 : 8;
  }

  private List<Map<String, Object>> interfaces(Guest guest, Instant now) {
    GuestFigures figures = cluster.figures().guest(guest, now);
    List<Map<String, Object>> interfaces = new ArrayList<>();
    interfaces.add(
        networkInterface(
            windows(guest) ? "Loopback Pseudo-Interface 1" : "lo",
            "00:00:00:00:00:00",
            List.of(ip("127.0.0.1", "ipv4", 8), ip("::1", "ipv6", 128)),
            81_920,
            81_920));
    interfaces.add(
        networkInterface(
            windows(guest) ? "Ethernet" : "ens18",
            hardwareAddress(guest),
            List.of(ip(address(guest), "ipv4", prefix(guest)), ip(linkLocal(guest), "ipv6", 64)),
            figures.netIn(),
            figures.netOut()));
    for (String words : cluster.plantedWords().ofAgent(guest.vmid())) {
      interfaces.add(networkInterface(words, "00:00:00:00:00:00", List.of(), 0, 0));
    }
    return interfaces;
  }

  private static Map<String, Object> networkInterface(
      String name, String hardware, List<Map<String, Object>> addresses, long in, long out) {
    return new Row()
        .put("name", name)
        .put("hardware-address", hardware)
        .put("ip-addresses", addresses)
        .put(
            "statistics",
            new Row()
                .put("rx-bytes", in)
                .put("rx-packets", in / 900)
                .put("rx-errs", 0)
                .put("rx-dropped", 0)
                .put("tx-bytes", out)
                .put("tx-packets", out / 700)
                .put("tx-errs", 0)
                .put("tx-dropped", 0)
                .fields())
        .fields();
  }

  private static Map<String, Object> ip(String address, String type, int prefix) {
    return new Row()
        .put("ip-address", address)
        .put("ip-address-type", type)
        .put("prefix", prefix)
        .fields();
  }

  private List<Map<String, Object>> fileSystems(Guest guest, Instant now) {
    long total = Math.round(guest.spec().disk() * 0.96);
    long used = Math.min(total, cluster.figures().rootDisk(guest.spec(), now));
    List<Map<String, Object>> systems = new ArrayList<>();
    boolean windows = windows(guest);
    systems.add(
        windows
            ? fileSystem("\\\\?\\Volume{7c1f0d2e}\\", "C:\\", "NTFS", used, total)
            : fileSystem("sda1", "/", "ext4", used, total));
    if (!windows) {
      systems.add(fileSystem("sda15", "/boot/efi", "vfat", 12_206_080L, 129_718_272L));
    }
    for (String words : cluster.plantedWords().ofAgent(guest.vmid())) {
      systems.add(fileSystem("tmpfs", words, "tmpfs", 0, 4096));
    }
    return systems;
  }

  private static Map<String, Object> fileSystem(
      String name, String mountPoint, String type, long used, long total) {
    return new Row()
        .put("name", name)
        .put("mountpoint", mountPoint)
        .put("type", type)
        .put("used-bytes", used)
        .put("total-bytes", total)
        .put(
            "disk",
            List.of(
                new Row()
                    .put("bus-type", "scsi")
                    .put("bus", 0)
                    .put("target", 0)
                    .put("unit", 0)
                    .put(
                        "dev",
                        mountPoint.startsWith("/") ? "/dev/" + name : "\\\\.\\PhysicalDrive0")
                    .put(
                        "pci-controller",
                        new Row()
                            .put("domain", 0)
                            .put("bus", 9)
                            .put("slot", 1)
                            .put("function", 0)
                            .fields())
                    .fields()))
        .fields();
  }

  /** Null for a container that does not run, as the real handler returns nothing at all then. */
  private @Nullable List<Map<String, Object>> containerInterfaces(Arguments arguments)
      throws PveError {
    Guest guest = GuestEndpoints.existing(cluster, GuestKind.LXC, arguments);
    if (!guest.running()) {
      return null;
    }
    return List.of(
        containerInterface(
            "lo",
            "00:00:00:00:00:00",
            List.of(ip("127.0.0.1", "inet", 8), ip("::1", "inet6", 128))),
        containerInterface(
            "eth0",
            hardwareAddress(guest),
            List.of(ip(address(guest), "inet", prefix(guest)), ip(linkLocal(guest), "inet6", 64))));
  }

  private static Map<String, Object> containerInterface(
      String name, String hardware, List<Map<String, Object>> addresses) {
    return new Row()
        .put("name", name)
        .put("hwaddr", hardware)
        .put("hardware-address", hardware)
        .put("inet", cidr(addresses.get(0)))
        .put("inet6", cidr(addresses.get(1)))
        .put("ip-addresses", addresses)
        .fields();
  }

  private static String cidr(Map<String, Object> address) {
    return address.get("ip-address") + "/" + address.get("prefix");
  }
}
