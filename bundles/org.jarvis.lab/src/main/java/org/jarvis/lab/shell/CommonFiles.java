package org.jarvis.lab.shell;

import java.time.Duration;
import java.util.Locale;

/** The files that every machine has. */
final class CommonFiles {

  static final long FLOOD = 100L << 20;

  private CommonFiles() {}

  static FileTree of(Machine machine) {
    FileTree files = new FileTree();
    for (String folder :
        new String[] {
          "/boot",
          "/dev",
          "/etc",
          "/home",
          "/media",
          "/mnt",
          "/opt",
          "/proc",
          "/root",
          "/run",
          "/srv",
          "/sys",
          "/tmp",
          "/usr/bin",
          "/usr/sbin",
          "/usr/lib",
          "/var/log",
          "/var/lib",
          "/var/tmp"
        }) {
      files.folder(folder);
    }
    files
        .link("/bin", "usr/bin")
        .link("/sbin", "usr/sbin")
        .link("/lib", "usr/lib")
        .put("/dev/null", new FileTree.Entry.Device(false))
        .put("/dev/zero", new FileTree.Entry.Device(false));
    Programs.paths(machine).forEach(path -> files.file(path, "\u007fELF\n"));
    etc(files, machine);
    proc(files, machine);
    files.put(
        "/var/log/flood",
        new FileTree.Entry.File(FLOOD, false, () -> new Flood(FLOOD, machine.name())));
    files.secret(
        "/root/.ssh/authorized_keys", "# The lab lets in the key that it made for Jarvis.\n");
    return files;
  }

  private static void etc(FileTree files, Machine machine) {
    files
        .file("/etc/hostname", machine.name() + "\n")
        .file(
            "/etc/hosts",
            "127.0.0.1 localhost.localdomain localhost\n%s %s.lan %s\n"
                .formatted(machine.address(), machine.name(), machine.name()))
        .file("/etc/debian_version", "13.1\n")
        .file("/etc/timezone", machine.zone().getId() + "\n")
        .file("/etc/machine-id", machine.machineId() + "\n")
        .file("/etc/resolv.conf", "search lan\nnameserver 192.168.20.200\n")
        .file(
            "/etc/passwd",
            """
            root:x:0:0:root:/root:/bin/bash
            daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
            www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
            jarvis:x:1000:1000:Jarvis:/home/jarvis:/bin/bash
            """)
        .secret("/etc/shadow", "root:*:20000:0:99999:7:::\ndaemon:*:20000:0:99999:7:::\n")
        .file(
            "/etc/os-release",
            """
            PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
            NAME="Debian GNU/Linux"
            VERSION_ID="13"
            VERSION="13 (trixie)"
            VERSION_CODENAME=trixie
            DEBIAN_VERSION_FULL=13.1
            ID=debian
            HOME_URL="https://www.debian.org/"
            SUPPORT_URL="https://www.debian.org/support"
            BUG_REPORT_URL="https://bugs.debian.org/"
            """);
  }

  private static void proc(FileTree files, Machine machine) {
    files
        .made("/proc/uptime", () -> uptime(machine))
        .made("/proc/loadavg", () -> loads(machine))
        .made("/proc/meminfo", () -> memory(machine.vitals()))
        .made("/proc/cpuinfo", () -> processors(machine.vitals()))
        .made("/proc/stat", () -> statistics(machine))
        .made(
            "/proc/version",
            () ->
                "Linux version %s (build@proxmox) (gcc (Debian 14.2.0-19) 14.2.0, GNU ld (GNU Binutils for Debian) 2.44) %s\n"
                    .formatted(machine.kernel(), machine.kernelBuild()))
        .made("/proc/mdstat", () -> "Personalities : \nunused devices: <none>\n")
        .made("/proc/sys/kernel/hostname", () -> machine.name() + "\n")
        .made("/proc/sys/kernel/osrelease", () -> machine.kernel() + "\n")
        .made("/proc/sys/vm/swappiness", () -> "60\n");
  }

  private static String uptime(Machine machine) {
    double up = machine.uptime().toMillis() / 1000.0;
    double idle = up * machine.vitals().threads() * 0.9;
    return String.format(Locale.ROOT, "%.2f %.2f\n", up, idle);
  }

  private static String loads(Machine machine) {
    Machine.Vitals vitals = machine.vitals();
    return String.format(
        Locale.ROOT,
        "%.2f %.2f %.2f %d/%d %d\n",
        vitals.loads().get(0),
        vitals.loads().get(1),
        vitals.loads().get(2),
        1 + (int) Math.round(vitals.cpu() * vitals.threads()),
        machine.number("tasks", 500, 1400),
        machine.number("last", 90_000, 900_000));
  }

  private static String memory(Machine.Vitals vitals) {
    long total = vitals.memory() >> 10;
    long available = total - (vitals.memoryUsed() >> 10);
    long free = Math.round(available * 0.72);
    long cached = (available - free) * 9 / 10;
    StringBuilder text = new StringBuilder();
    row(text, "MemTotal", total);
    row(text, "MemFree", free);
    row(text, "MemAvailable", available);
    row(text, "Buffers", (available - free) / 10);
    row(text, "Cached", cached);
    row(text, "SwapCached", 0);
    row(text, "Active", (total - free) * 6 / 10);
    row(text, "Inactive", (total - free) * 3 / 10);
    row(text, "SwapTotal", vitals.swap() >> 10);
    row(text, "SwapFree", (vitals.swap() - vitals.swapUsed()) >> 10);
    row(text, "Dirty", 1284);
    row(text, "Writeback", 0);
    row(text, "AnonPages", (total - free) * 7 / 10);
    row(text, "Slab", total / 40);
    return text.toString();
  }

  private static void row(StringBuilder text, String name, long kibibytes) {
    text.append(String.format(Locale.ROOT, "%-15s %8d kB\n", name + ":", kibibytes));
  }

  private static String processors(Machine.Vitals vitals) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < vitals.threads(); i++) {
      text.append("processor\t: ").append(i).append('\n');
      text.append("vendor_id\t: ")
          .append(vitals.cpuModel().startsWith("AMD") ? "AuthenticAMD" : "GenuineIntel")
          .append('\n');
      text.append("cpu family\t: 6\nmodel\t\t: 186\n");
      text.append("model name\t: ").append(vitals.cpuModel()).append('\n');
      text.append(String.format(Locale.ROOT, "cpu MHz\t\t: %.3f\n", 800 + 2400 * vitals.cpu()));
      text.append("cpu cores\t: ").append(Math.max(1, vitals.threads() / 2)).append("\n\n");
    }
    return text.toString();
  }

  /** In hundredths of a second since the boot. */
  private static String statistics(Machine machine) {
    Machine.Vitals vitals = machine.vitals();
    Duration up = machine.uptime();
    StringBuilder text = new StringBuilder();
    long all = up.toMillis() / 10;
    counters(text, "cpu ", all * vitals.threads());
    for (int i = 0; i < vitals.threads(); i++) {
      counters(text, "cpu" + i, all);
    }
    text.append("ctxt ").append(all * 90).append('\n');
    text.append("btime ").append(vitals.bootedAt().getEpochSecond()).append('\n');
    text.append("processes ").append(all / 7).append('\n');
    text.append("procs_running 1\nprocs_blocked 0\n");
    return text.toString();
  }

  private static void counters(StringBuilder text, String name, long all) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s %d %d %d %d %d 0 %d 0 0 0\n",
            name,
            all * 6 / 100,
            all / 1000,
            all * 3 / 100,
            all * 90 / 100,
            all / 300,
            all / 500));
  }
}
