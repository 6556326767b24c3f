package org.jarvis.lab.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.GuestSnapshot;
import org.jarvis.lab.sim.StorageSpec;

/** {@code zfs list} and {@code zfs get} of OpenZFS 2.3. */
final class ZfsProgram {

  private static final int WRONG = 2;

  /**
   * A dataset.
   *
   * @param type {@code filesystem}, {@code volume} or {@code snapshot}
   */
  private record Dataset(
      String name, String type, long used, long available, long referenced, String mountpoint) {}

  private ZfsProgram() {}

  static int run(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    String verb = words.isEmpty() ? "" : words.remove(0);
    try {
      return switch (verb) {
        case "list" -> list(call, Options.of(words, "Hprt:o:s:S:d:"));
        case "get" -> get(call, Options.of(words, "Hpro:t:s:d:"));
        case "version", "--version" -> {
          call.out().println("zfs-2.3.4-pve1\nzfs-kmod-2.3.4-pve1");
          yield 0;
        }
        default -> {
          call.err()
              .println(verb.isEmpty() ? "missing command" : "unrecognized command '" + verb + "'");
          call.err().println("usage: zfs command args ...");
          yield WRONG;
        }
      };
    } catch (Options.Unknown mistake) {
      call.err().println(mistake.said().replace(" -- ", " "));
      return WRONG;
    }
  }

  private static List<Dataset> datasets(NodeMachine node) {
    StorageSpec storage =
        node.cluster().inventory().storages().stream()
            .filter(each -> each.plugin().equals("zfspool"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("a node with ZFS has no storage on it"));
    long used = node.cluster().figures().storageUsed(storage, node.name(), node.now());
    long free = storage.total() - used;
    long root = node.vitals().rootDiskUsed();
    List<Dataset> all = new ArrayList<>();
    all.add(new Dataset("rpool", "filesystem", used, free, 104 << 10, "/rpool"));
    all.add(new Dataset("rpool/ROOT", "filesystem", root, free, 96 << 10, "/rpool/ROOT"));
    all.add(new Dataset("rpool/ROOT/pve-1", "filesystem", root, free, root, "/"));
    all.add(new Dataset("rpool/data", "filesystem", used - root, free, 96 << 10, "/rpool/data"));
    for (Guest guest : node.cluster().snapshot().guestsOn(node.name())) {
      boolean container = guest.spec().kind() == GuestKind.LXC;
      long size = Math.min(node.cluster().figures().rootDisk(guest.spec(), node.now()), used / 4);
      String name =
          "rpool/data/"
              + (guest.spec().template() ? "base-" : container ? "subvol-" : "vm-")
              + guest.vmid()
              + "-disk-0";
      all.add(
          new Dataset(
              name,
              container ? "filesystem" : "volume",
              size,
              container ? guest.spec().disk() - size : free,
              size,
              container ? "/" + name : "-"));
      for (GuestSnapshot snapshot : node.cluster().snapshots(guest.vmid())) {
        all.add(
            new Dataset(name + "@" + snapshot.name(), "snapshot", size / 9, 0, size * 8 / 9, "-"));
      }
    }
    return all;
  }

  private static int list(Call call, Options options) throws IOException {
    List<String> wanted =
        List.of(
            options
                .value("o", "name,used,avail,refer,mountpoint")
                .replace("available", "avail")
                .replace("referenced", "refer")
                .split(",", -1));
    List<String[]> rows = new ArrayList<>();
    List<Dataset> all = datasets((NodeMachine) call.machine());
    for (String operand : options.operands()) {
      if (all.stream().noneMatch(each -> each.name().equals(operand))) {
        call.err().println("cannot open '" + operand + "': dataset does not exist");
        return 1;
      }
    }
    String types =
        options
            .value("t", "filesystem,volume")
            .replace("snap", "snapshot")
            .replace("snapshotshot", "snapshot");
    for (Dataset each : all) {
      boolean named =
          options.operands().isEmpty()
              || options.operands().contains(each.name())
              || (options.has("r")
                  && options.operands().stream()
                      .anyMatch(above -> each.name().startsWith(above + "/")));
      if (named && (types.contains("all") || types.contains(each.type()))) {
        String[] row = new String[wanted.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = value(each, wanted.get(i), options.has("p"));
        }
        rows.add(row);
      }
    }
    if (rows.isEmpty()) {
      call.err().println("no datasets available");
      return 0;
    }
    int[] widths = new int[wanted.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = wanted.get(i).length();
      for (String[] row : rows) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    if (!options.has("H")) {
      write(
          call.out(),
          wanted.stream().map(name -> name.toUpperCase(Locale.ROOT)).toArray(String[]::new),
          wanted,
          widths);
    }
    for (String[] row : rows) {
      if (options.has("H")) {
        call.out().println(String.join("\t", row));
      } else {
        write(call.out(), row, wanted, widths);
      }
    }
    return 0;
  }

  private static void write(Output out, String[] row, List<String> names, int[] widths)
      throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      boolean left =
          names.get(i).equals("name")
              || names.get(i).equals("mountpoint")
              || names.get(i).equals("type");
      line.append(i > 0 ? "  " : "")
          .append(
              left
                  ? SystemPrograms.left(row[i], widths[i])
                  : SystemPrograms.right(row[i], widths[i]));
    }
    out.println(line.toString().stripTrailing());
  }

  private static String value(Dataset each, String name, boolean exact) {
    return switch (name) {
      case "name" -> each.name();
      case "type" -> each.type();
      case "used" -> size(each.used(), exact);
      case "avail" -> each.type().equals("snapshot") ? "-" : size(each.available(), exact);
      case "refer" -> size(each.referenced(), exact);
      case "mountpoint" -> each.mountpoint();
      case "compressratio" -> "1.42x";
      default -> "-";
    };
  }

  private static String size(long bytes, boolean exact) {
    return exact ? String.valueOf(bytes) : Sizes.zfs(bytes);
  }

  private static int get(Call call, Options options) throws IOException {
    if (options.operands().isEmpty()) {
      call.err().println("missing property=value argument");
      return WRONG;
    }
    List<String> names =
        List.of(
            options.operands().get(0).equals("all")
                ? new String[] {
                  "type", "used", "available", "referenced", "compressratio", "mountpoint"
                }
                : options.operands().get(0).split(",", -1));
    List<String> wanted = options.operands().subList(1, options.operands().size());
    if (!options.has("H")) {
      call.out().println("NAME              PROPERTY       VALUE          SOURCE");
    }
    for (Dataset each : datasets((NodeMachine) call.machine())) {
      if (wanted.isEmpty() || wanted.contains(each.name())) {
        for (String name : names) {
          String value =
              value(
                  each,
                  name.replace("available", "avail").replace("referenced", "refer"),
                  options.has("p"));
          call.out()
              .println(
                  options.has("H")
                      ? each.name() + "\t" + name + "\t" + value + "\t-"
                      : "%-16s  %-13s  %-13s  -".formatted(each.name(), name, value));
        }
      }
    }
    return 0;
  }
}
