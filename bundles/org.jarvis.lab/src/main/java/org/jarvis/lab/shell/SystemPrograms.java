package org.jarvis.lab.shell;

import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jarvis.lab.sim.Disk;
import org.jarvis.lab.sim.StorageSpec;

/** Programs that tell of a machine as a whole. */
final class SystemPrograms {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final long EFI = 1022L << 20;

  private SystemPrograms() {}

  /** The line that {@code uptime} and {@code top} begin with. */
  static String uptimeLine(Machine machine) {
    Machine.Vitals vitals = machine.vitals();
    Duration up = machine.uptime();
    String days = up.toDays() > 0 ? up.toDays() + (up.toDays() == 1 ? " day, " : " days, ") : "";
    String rest =
        up.toHoursPart() > 0
            ? String.format(Locale.ROOT, "%2d:%02d", up.toHoursPart(), up.toMinutesPart())
            : up.toMinutesPart() + " min";
    return String.format(
        Locale.ROOT,
        "%s up %s%s,  1 user,  load average: %.2f, %.2f, %.2f",
        CLOCK.format(machine.now().atZone(machine.zone())),
        days,
        rest,
        vitals.loads().get(0),
        vitals.loads().get(1),
        vitals.loads().get(2));
  }

  static int uptime(Call call) throws IOException {
    Machine machine = call.machine();
    if (call.arguments().contains("-s")) {
      call.out()
          .println(
              DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                  .format(machine.vitals().bootedAt().atZone(machine.zone())));
    } else if (call.arguments().contains("-p")) {
      Duration up = machine.uptime();
      call.out()
          .println(
              "up "
                  + (up.toDays() > 0 ? up.toDays() + " days, " : "")
                  + up.toHoursPart()
                  + " hours, "
                  + up.toMinutesPart()
                  + " minutes");
    } else {
      call.out().println(" " + uptimeLine(machine));
    }
    return 0;
  }

  static int free(Call call) throws IOException {
    Options options;
    try {
      options =
          Options.of(
              call.arguments(),
              "bkmghtwl",
              "human=h",
              "bytes=b",
              "kibi=k",
              "mebi=m",
              "gibi=g",
              "total=t",
              "wide=w");
    } catch (Options.Unknown mistake) {
      return Filters.withOptions(call, mistake, 1);
    }
    Machine.Vitals vitals = call.machine().vitals();
    long available = vitals.memory() - vitals.memoryUsed();
    long free = Math.round(available * 0.72);
    call.out()
        .println(
            "               total        used        free      shared  buff/cache   available");
    call.out()
        .println(
            "Mem:    "
                + columns(
                    options,
                    vitals.memory(),
                    vitals.memoryUsed(),
                    free,
                    vitals.memory() / 700,
                    available - free,
                    available));
    call.out()
        .println(
            "Swap:   "
                + columns(
                    options, vitals.swap(), vitals.swapUsed(), vitals.swap() - vitals.swapUsed()));
    return 0;
  }

  private static String columns(Options options, long... values) {
    StringBuilder line = new StringBuilder();
    for (long value : values) {
      String text =
          options.has("h")
              ? Sizes.binaryWithMark(value)
              : String.valueOf(
                  options.has("b")
                      ? value
                      : options.has("m")
                          ? value >> 20
                          : options.has("g") ? value >> 30 : value >> 10);
      line.append(String.format(Locale.ROOT, "%12s", text));
    }
    return line.toString();
  }

  /**
   * A file system as {@code df} tells of it.
   *
   * @param source what it is on
   * @param type such as {@code ext4}
   * @param size bytes
   * @param used bytes
   * @param target where it is mounted
   */
  record Mounted(String source, String type, long size, long used, String target) {}

  static List<Mounted> mounted(Machine machine) {
    Machine.Vitals vitals = machine.vitals();
    List<Mounted> all = new ArrayList<>();
    long memory = vitals.memory();
    all.add(new Mounted("udev", "devtmpfs", memory / 2 - (12L << 20), 0, "/dev"));
    all.add(new Mounted("tmpfs", "tmpfs", memory / 10, 2_600_000, "/run"));
    if (machine instanceof NodeMachine node) {
      boolean zfs = node.spec().zfs();
      all.add(
          new Mounted(
              zfs ? "rpool/ROOT/pve-1" : "/dev/mapper/pve-root",
              zfs ? "zfs" : "ext4",
              vitals.rootDisk(),
              vitals.rootDiskUsed(),
              "/"));
      all.add(new Mounted("tmpfs", "tmpfs", memory / 2, 48L << 20, "/dev/shm"));
      String disk = node.disks().get(0).device();
      all.add(new Mounted(partition(disk, 2), "vfat", EFI, 9L << 20, "/boot/efi"));
      all.add(new Mounted("/dev/fuse", "fuse", 128L << 20, 49_152, "/etc/pve"));
      for (StorageSpec storage : node.cluster().inventory().storages()) {
        if (storage.plugin().equals("nfs")) {
          all.add(
              new Mounted(
                  "192.168.20.102:/mnt/tank/pve",
                  "nfs4",
                  storage.total(),
                  node.cluster().figures().storageUsed(storage, node.name(), node.now()),
                  "/mnt/pve/" + storage.id()));
        }
      }
    } else {
      boolean container = machine instanceof GuestMachine guest && guest.isContainer();
      all.add(
          new Mounted(
              container ? "/dev/loop0" : "/dev/sda1",
              "ext4",
              vitals.rootDisk(),
              vitals.rootDiskUsed(),
              "/"));
      all.add(new Mounted("tmpfs", "tmpfs", memory / 2, 0, "/dev/shm"));
    }
    return all;
  }

  static String partition(String device, int number) {
    return device + (device.startsWith("/dev/nvme") ? "p" : "") + number;
  }

  static int df(Call call) throws IOException {
    Options options;
    try {
      options =
          Options.of(
              call.arguments(),
              "haTikmPlt:x:B:",
              "human-readable=h",
              "print-type=T",
              "local=l",
              "type:=t",
              "exclude-type:=x",
              "output=output",
              "inodes=i");
    } catch (Options.Unknown mistake) {
      return Filters.withOptions(call, mistake, 1);
    }
    List<List<String>> rows = new ArrayList<>();
    String size = options.has("h") ? "Size" : options.has("m") ? "1M-blocks" : "1K-blocks";
    String available = options.has("h") ? "Avail" : "Available";
    rows.add(List.of("Filesystem", "Type", size, "Used", available, "Use%", "Mounted on"));
    int status = 0;
    List<Mounted> shown = new ArrayList<>();
    if (options.operands().isEmpty()) {
      for (Mounted each : mounted(call.machine())) {
        boolean wanted =
            options.value("t").map(each.type()::equals).orElse(true)
                && options.values("x").stream().noneMatch(each.type()::equals)
                && !(options.has("l") && each.type().startsWith("nfs"));
        if (wanted) {
          shown.add(each);
        }
      }
    }
    for (String operand : options.operands()) {
      Mounted best = holding(call, operand);
      if (best == null) {
        status = call.fail(1, operand + ": No such file or directory");
      } else {
        shown.add(best);
      }
    }
    for (Mounted each : shown) {
      long free = Math.round((each.size() - each.used()) * (each.type().equals("ext4") ? 0.95 : 1));
      long share =
          each.size() == 0 ? 0 : (long) Math.ceil(100.0 * each.used() / (each.used() + free));
      rows.add(
          List.of(
              each.source(),
              each.type(),
              amount(options, each.size()),
              amount(options, each.used()),
              amount(options, free),
              share + "%",
              each.target()));
    }
    if (rows.size() > 1) {
      table(call.out(), rows, options.has("T"));
    }
    return status;
  }

  private static @org.jspecify.annotations.Nullable Mounted holding(Call call, String path) {
    String absolute = FileTree.absolute(call.login().folder(), path);
    Mounted best = null;
    for (Mounted each : mounted(call.machine())) {
      boolean holds =
          each.source().equals(path)
              || absolute.equals(each.target())
              || absolute.startsWith(each.target().equals("/") ? "/" : each.target() + "/");
      if (holds && (best == null || each.target().length() > best.target().length())) {
        best = each;
      }
    }
    boolean exists =
        (best != null && !best.target().equals("/")) || call.machine().files().at(absolute) != null;
    return exists ? best : null;
  }

  private static String amount(Options options, long bytes) {
    return options.has("h")
        ? Sizes.binary(bytes).replaceAll("^0$", "0")
        : String.valueOf(options.has("m") ? bytes >> 20 : bytes >> 10);
  }

  private static void table(Output out, List<List<String>> rows, boolean typed) throws IOException {
    int[] widths = new int[7];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    widths[0] = Math.max(14, widths[0]);
    widths[2] = Math.max(5, widths[2]);
    widths[3] = Math.max(5, widths[3]);
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(left(row.get(0), widths[0]));
      if (typed) {
        line.append(' ').append(left(row.get(1), widths[1]));
      }
      for (int i = 2; i < 6; i++) {
        line.append(' ').append(right(row.get(i), widths[i]));
      }
      out.println(line.append(' ').append(row.get(6)).toString());
    }
  }

  static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  static int lscpu(Call call) throws IOException {
    Machine.Vitals vitals = call.machine().vitals();
    int cores = Math.max(1, vitals.threads() / 2);
    call.out().println("Architecture:                x86_64");
    call.out().println("  CPU op-mode(s):            32-bit, 64-bit");
    call.out().println("  Byte Order:                Little Endian");
    call.out().println("CPU(s):                      " + vitals.threads());
    call.out().println("  On-line CPU(s) list:       0-" + (vitals.threads() - 1));
    call.out()
        .println(
            "Vendor ID:                   "
                + (vitals.cpuModel().startsWith("AMD") ? "AuthenticAMD" : "GenuineIntel"));
    call.out().println("  Model name:                " + vitals.cpuModel());
    call.out().println("    Thread(s) per core:      " + vitals.threads() / cores);
    call.out().println("    Core(s) per socket:      " + cores);
    call.out().println("    Socket(s):               1");
    return 0;
  }

  static int lsblk(Call call) throws IOException {
    Options options;
    try {
      options =
          Options.of(
              call.arguments(),
              "adfJbnpo:e:",
              "json=J",
              "bytes=b",
              "nodeps=d",
              "output:=o",
              "noheadings=n",
              "all=a");
    } catch (Options.Unknown mistake) {
      return Filters.withOptions(call, mistake, 1);
    }
    List<Disk> disks = call.machine() instanceof NodeMachine node ? node.disks() : List.of();
    if (options.has("J")) {
      StringBuilder json = new StringBuilder("{\n   \"blockdevices\": [");
      for (Disk disk : disks) {
        json.append(json.charAt(json.length() - 1) == '}' ? "," : "\n      ")
            .append(
                "{\n         \"name\": \"%s\",\n         \"maj:min\": \"%s\",\n         \"rm\": false,\n         \"size\": %s,\n         \"ro\": false,\n         \"type\": \"disk\",\n         \"mountpoints\": [\n             null\n         ]\n      }"
                    .formatted(
                        FileTree.name(disk.device()),
                        number(disk),
                        options.has("b") ? disk.size() : "\"" + Sizes.block(disk.size()) + "\""));
      }
      call.out().println(json + "\n   ]\n}");
      return 0;
    }
    if (!options.has("n")) {
      call.out().println("NAME               MAJ:MIN RM   SIZE RO TYPE MOUNTPOINTS");
    }
    if (disks.isEmpty()) {
      long size = call.machine().vitals().rootDisk();
      row(call.out(), options, "sda", "8:0", size, "disk", "");
      if (!options.has("d")) {
        row(call.out(), options, "└─sda1", "8:1", size - (1L << 20), "part", "/");
      }
    }
    for (Disk disk : disks) {
      String name = FileTree.name(disk.device());
      row(call.out(), options, name, number(disk), disk.size(), "disk", "");
      if (!options.has("d") && !disk.used().isEmpty()) {
        parts(call, options, disk, name);
      }
    }
    return 0;
  }

  private static void parts(Call call, Options options, Disk disk, String name) throws IOException {
    String mark = disk.nvme() ? "p" : "";
    String major = disk.nvme() ? "259" : "8";
    row(call.out(), options, "├─" + name + mark + "1", major + ":1", 1007 << 10, "part", "");
    row(call.out(), options, "├─" + name + mark + "2", major + ":2", 1L << 30, "part", "");
    row(
        call.out(),
        options,
        "└─" + name + mark + "3",
        major + ":3",
        disk.size() - (1L << 30),
        "part",
        "");
    if (disk.used().equals("LVM")) {
      row(call.out(), options, "  ├─pve-swap", "252:0", 8L << 30, "lvm", "[SWAP]");
      row(
          call.out(),
          options,
          "  ├─pve-root",
          "252:1",
          call.machine().vitals().rootDisk(),
          "lvm",
          "/");
      row(call.out(), options, "  └─pve-data", "252:4", disk.size() * 85 / 100, "lvm", "");
    }
  }

  private static String number(Disk disk) {
    int last = disk.device().charAt(disk.nvme() ? 9 : 7);
    return disk.nvme() ? "259:" + (last - '0') * 4 : "8:" + (last - 'a') * 16;
  }

  private static void row(
      Output out,
      Options options,
      String name,
      String number,
      long size,
      String type,
      String target)
      throws IOException {
    out.println(
        String.format(
                Locale.ROOT,
                "%s %7s  0 %6s  0 %-4s %s",
                left(name, 18),
                number,
                options.has("b") ? String.valueOf(size) : Sizes.block(size),
                type,
                target)
            .stripTrailing());
  }

  static int w(Call call) throws IOException {
    Machine machine = call.machine();
    String since =
        DateTimeFormatter.ofPattern("HH:mm").format(machine.now().atZone(machine.zone()));
    if (call.name().equals("who")) {
      call.out()
          .println(
              "root     pts/0        "
                  + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
                      .format(machine.now().atZone(machine.zone()))
                  + " (127.0.0.1)");
      return 0;
    }
    call.out().println(" " + uptimeLine(machine));
    call.out().println("USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU  WHAT");
    call.out().println("root     pts/0    127.0.0.1        " + since + "    0.00s  0.02s  0.00s w");
    return 0;
  }
}
