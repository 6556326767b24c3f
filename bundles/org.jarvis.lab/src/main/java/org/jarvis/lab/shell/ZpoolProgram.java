package org.jarvis.lab.shell;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jarvis.lab.sim.Disk;
import org.jarvis.lab.sim.PoolWork;
import org.jarvis.lab.sim.StorageSpec;
import org.jarvis.lab.sim.Troubles;

/** {@code zpool} of OpenZFS 2.3. */
final class ZpoolProgram {

  static final String POOL = "rpool";
  private static final int WRONG = 2;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

  private final Call call;
  private final NodeMachine node;

  private ZpoolProgram(Call call) {
    this.call = call;
    this.node = (NodeMachine) call.machine();
  }

  static int run(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    String verb = words.isEmpty() ? "" : words.remove(0);
    ZpoolProgram zpool = new ZpoolProgram(call);
    try {
      switch (verb) {
        case "status" -> {
          return zpool.status(Options.of(words, "vxPLtj"));
        }
        case "list" -> {
          return zpool.list(Options.of(words, "HpPvo:T:j"));
        }
        case "scrub" -> {
          return zpool.scrub(Options.of(words, "spw"));
        }
        case "iostat" -> {
          return zpool.traffic();
        }
        case "get" -> {
          return zpool.get(Options.of(words, "Hpo:"));
        }
        case "version", "--version", "-V" -> {
          call.out().println("zfs-2.3.4-pve1\nzfs-kmod-2.3.4-pve1");
          return 0;
        }
        default -> {
          call.err()
              .println(verb.isEmpty() ? "missing command" : "unrecognized command '" + verb + "'");
          call.err().println("usage: zpool command args ...");
          return WRONG;
        }
      }
    } catch (Options.Unknown mistake) {
      call.err().println(mistake.said().replace(" -- ", " "));
      call.err().println("usage:\n\t" + verb + " [options] [pool] ...");
      return WRONG;
    }
  }

  private boolean known(List<String> pools) throws IOException {
    for (String pool : pools) {
      if (!pool.equals(POOL)) {
        call.err().println("cannot open '" + pool + "': no such pool");
        return false;
      }
    }
    return true;
  }

  private boolean degraded() {
    return node.cluster().troubles().on(Troubles.Kind.POOL_DEGRADED, node.name());
  }

  private String time(Instant moment) {
    return TIME.format(moment.atZone(node.zone()));
  }

  private int status(Options options) throws IOException {
    if (!known(options.operands())) {
      return 1;
    }
    boolean misread = node.cluster().troubles().on(Troubles.Kind.POOL_ERRORS, node.name());
    if (options.has("x") && !degraded() && !misread) {
      call.out().println("all pools are healthy");
      return 0;
    }
    Output out = call.out();
    String state = degraded() ? "DEGRADED" : "ONLINE";
    out.println("  pool: " + POOL);
    out.println(" state: " + state);
    if (degraded()) {
      out.println(
          "status: One or more devices could not be used because the label is missing or\n\tinvalid.  Sufficient replicas exist for the pool to continue\n\tfunctioning in a degraded state.");
      out.println("action: Replace the device using 'zpool replace'.");
      out.println("   see: https://openzfs.github.io/openzfs-docs/msg/ZFS-8000-4J");
    } else if (misread) {
      out.println(
          "status: One or more devices has experienced an unrecoverable error.  An\n\tattempt was made to correct the error.  Applications are unaffected.");
      out.println(
          "action: Determine if the device needs to be replaced, and clear the errors\n\tusing 'zpool clear' or replace the device with 'zpool replace'.");
      out.println("   see: https://openzfs.github.io/openzfs-docs/msg/ZFS-8000-9P");
    }
    out.println("  scan: " + scan());
    out.println("config:\n");
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"NAME", "STATE", "READ", "WRITE", "CKSUM", ""});
    rows.add(new String[] {POOL, state, "0", "0", "0", ""});
    rows.add(new String[] {"  mirror-0", state, "0", "0", "0", ""});
    boolean gone = false;
    for (Disk disk : node.disks()) {
      if (disk.used().equals("ZFS")) {
        String path = (options.has("P") ? disk.byId() : FileTree.name(disk.byId())) + "-part3";
        rows.add(
            new String[] {
              "    " + path,
              gone && degraded() ? "UNAVAIL" : "ONLINE",
              "0",
              "0",
              misread && !gone ? String.valueOf(PoolWork.MISREAD) : "0",
              gone && degraded() ? "  invalid label" : ""
            });
        gone = true;
      }
    }
    int widest = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
    for (String[] row : rows) {
      out.printf(
          "\t%s  %-8s %5s %5s %5s%s\n",
          SystemPrograms.left(row[0], widest), row[1], row[2], row[3], row[4], row[5]);
    }
    out.println("\nerrors: No known data errors");
    return 0;
  }

  private String scan() {
    Instant now = node.now();
    Optional<Instant> overdue = node.cluster().works().pools().overdueSince(node.name());
    if (overdue.isPresent()) {
      return "scrub repaired 0B in 00:14:52 with 0 errors on " + time(overdue.get());
    }
    Optional<PoolWork.Scrub> asked = node.cluster().works().pools().scrub(node.name());
    if (asked.isEmpty()) {
      Instant last =
          now.minus(Duration.ofDays(1 + Math.floorMod(now.getEpochSecond() / 86_400, 28)));
      return "scrub repaired 0B in 00:14:52 with 0 errors on "
          + time(last.atZone(node.zone()).withHour(0).withMinute(38).withSecond(54).toInstant());
    }
    PoolWork.Scrub scrub = asked.get();
    if (!scrub.ended().isAfter(now)) {
      return scrub.stopped()
          ? "scrub canceled on " + time(scrub.ended())
          : "scrub repaired 0B in 00:14:52 with 0 errors on " + time(scrub.ended());
    }
    double done = scrub.done(now);
    long used = used();
    long left = Math.round(PoolWork.LENGTH.toSeconds() * (1 - done));
    return String.format(
        Locale.ROOT,
        "scrub in progress since %s\n\t%s / %s scanned at 1.2G/s, %s / %s issued at 986M/s\n\t0B repaired, %.2f%% done, %02d:%02d:%02d to go",
        time(scrub.begun()),
        Sizes.zfs(Math.min(used, Math.round(used * done * 1.2))),
        Sizes.zfs(used),
        Sizes.zfs(Math.round(used * done)),
        Sizes.zfs(used),
        done * 100,
        left / 3600,
        left / 60 % 60,
        left % 60);
  }

  private StorageSpec storage() {
    return node.cluster().inventory().storages().stream()
        .filter(storage -> storage.plugin().equals("zfspool"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a node with ZFS has no storage on it"));
  }

  private long used() {
    return node.cluster().figures().storageUsed(storage(), node.name(), node.now());
  }

  private int list(Options options) throws IOException {
    if (!known(options.operands())) {
      return 1;
    }
    long size = Math.round(storage().total() * 1.033);
    long used = used();
    boolean exact = options.has("p");
    int fragmentation = 11 + (int) (node.cluster().figures().constant(node.name() + POOL) * 20);
    List<String> values =
        List.of(
            POOL,
            exact ? String.valueOf(size) : Sizes.zfs(size),
            exact ? String.valueOf(used) : Sizes.zfs(used),
            exact ? String.valueOf(size - used) : Sizes.zfs(size - used),
            "-",
            "-",
            fragmentation + (exact ? "" : "%"),
            used * 100 / size + (exact ? "" : "%"),
            exact ? "1.00" : "1.00x",
            degraded() ? "DEGRADED" : "ONLINE",
            "-");
    List<String> names =
        List.of(
            "name",
            "size",
            "alloc",
            "free",
            "ckpoint",
            "expandsz",
            "frag",
            "cap",
            "dedup",
            "health",
            "altroot");
    return table(options, names, List.of(values));
  }

  private int table(Options options, List<String> names, List<List<String>> rows)
      throws IOException {
    List<String> wanted =
        options.has("o")
            ? List.of(
                options
                    .value("o", "")
                    .replace("capacity", "cap")
                    .replace("allocated", "alloc")
                    .replace("fragmentation", "frag")
                    .split(",", -1))
            : names;
    for (String name : wanted) {
      if (!names.contains(name)) {
        call.err().println("bad property list: invalid property '" + name + "'");
        return WRONG;
      }
    }
    if (!options.has("H")) {
      StringBuilder head = new StringBuilder();
      for (String name : wanted) {
        head.append(cell(name.toUpperCase(Locale.ROOT), name));
      }
      call.out().println(head.toString().stripTrailing());
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (String name : wanted) {
        String value = row.get(names.indexOf(name));
        line.append(options.has("H") ? (line.length() > 0 ? "\t" : "") + value : cell(value, name));
      }
      call.out().println(line.toString().stripTrailing());
    }
    return 0;
  }

  private static String cell(String value, String name) {
    return switch (name) {
      case "name" -> SystemPrograms.left(value, 5) + "  ";
      case "ckpoint", "expandsz" -> SystemPrograms.right(value, 8) + "  ";
      case "health", "altroot" -> SystemPrograms.right(value, 8) + "  ";
      case "frag", "cap", "dedup" -> SystemPrograms.right(value, 5) + "  ";
      default -> SystemPrograms.right(value, 5) + "  ";
    };
  }

  private int scrub(Options options) throws IOException {
    if (options.operands().isEmpty()) {
      call.err().println("missing pool name argument");
      return WRONG;
    }
    if (!known(options.operands())) {
      return 1;
    }
    if (!call.login().isRoot()) {
      call.err().println("cannot scrub " + POOL + ": permission denied");
      return 1;
    }
    PoolWork pools = node.cluster().works().pools();
    if (options.has("s")) {
      if (!pools.stop(node.name())) {
        call.err().println("cannot cancel scrubbing " + POOL + ": there is no active scrub");
        return 1;
      }
    } else if (!pools.begin(node.name())) {
      call.err()
          .println(
              "cannot scrub "
                  + POOL
                  + ": currently scrubbing; use 'zpool scrub -s' to cancel scrub");
      return 1;
    }
    return 0;
  }

  private int traffic() throws IOException {
    long size = Math.round(storage().total() * 1.033);
    call.out().println("              capacity     operations     bandwidth ");
    call.out().println("pool        alloc   free   read  write   read  write");
    call.out().println("----------  -----  -----  -----  -----  -----  -----");
    call.out()
        .printf(
            "%-10s  %5s  %5s  %5d  %5d  %5s  %5s\n",
            POOL,
            Sizes.zfs(used()),
            Sizes.zfs(size - used()),
            node.number("reads", 3, 40),
            node.number("writes", 20, 90),
            "512K",
            "1.61M");
    return 0;
  }

  private int get(Options options) throws IOException {
    String wanted = options.operands().isEmpty() ? "all" : options.operands().get(0);
    if (!options.has("H")) {
      call.out().println("NAME   PROPERTY  VALUE     SOURCE");
    }
    for (String[] property :
        new String[][] {
          {"health", degraded() ? "DEGRADED" : "ONLINE"},
          {"autotrim", "off"},
          {"ashift", "12"},
          {"size", Sizes.zfs(Math.round(storage().total() * 1.033))}
        }) {
      if (wanted.equals("all") || List.of(wanted.split(",", -1)).contains(property[0])) {
        call.out()
            .println(
                options.has("H")
                    ? POOL + "\t" + property[0] + "\t" + property[1] + "\t-"
                    : "%-5s  %-8s  %-8s  -".formatted(POOL, property[0], property[1]));
      }
    }
    return 0;
  }
}
