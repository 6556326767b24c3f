package org.jarvis.lab.shell;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jarvis.lab.sim.ClusterSnapshot;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestFigures;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.NodeService;
import org.jarvis.lab.sim.Run;

/** Programs that tell of processes. */
final class ProcessPrograms {

  private static final Duration REFRESH = Duration.ofSeconds(3);

  /**
   * A process.
   *
   * @param cpu percent of one processor
   * @param memory bytes that are resident
   */
  record Running(
      int pid,
      int parent,
      String user,
      double cpu,
      long memory,
      Instant started,
      String name,
      String command) {}

  private ProcessPrograms() {}

  /** The main process of a service, another one after every start. */
  static int pid(Machine machine, NodeService service) {
    Instant since =
        machine.cluster().serviceSince(machine.key(), service.id()).orElse(Instant.EPOCH);
    int usual = 700 + machine.number(service.id(), 0, 900);
    return since.equals(Instant.EPOCH) ? usual : 30_000 + Math.floorMod(since.hashCode(), 900_000);
  }

  static List<Running> all(Machine machine) {
    Machine.Vitals vitals = machine.vitals();
    Instant boot = vitals.bootedAt();
    List<Running> all = new ArrayList<>();
    all.add(new Running(1, 0, "root", 0, 14L << 20, boot, "systemd", "/sbin/init"));
    all.add(new Running(2, 0, "root", 0, 0, boot, "kthreadd", "[kthreadd]"));
    for (NodeService service : machine.services()) {
      if (service.running()) {
        Instant since =
            machine.cluster().serviceSince(machine.key(), service.id()).orElse(boot.plusSeconds(9));
        all.add(
            new Running(
                pid(machine, service),
                1,
                user(service),
                machine.number(service.id() + "cpu", 0, 8) / 10.0,
                (long) machine.number(service.id() + "memory", 4, 170) << 20,
                since,
                program(service),
                command(service)));
      }
    }
    ClusterSnapshot snapshot = machine.cluster().snapshot();
    for (Guest guest :
        machine instanceof NodeMachine ? snapshot.guestsOn(machine.name()) : List.<Guest>of()) {
      if (guest.running()) {
        GuestFigures figures = machine.cluster().figures().guest(guest, snapshot.moment());
        Instant since = guest.currentRun().map(Run::from).orElse(boot);
        boolean vm = guest.spec().kind() == GuestKind.QEMU;
        String command =
            vm
                ? "/usr/bin/kvm -id %d -name %s,debug-threads=on -no-shutdown -smp %d -m %d"
                    .formatted(
                        guest.vmid(),
                        guest.spec().name(),
                        guest.spec().cores(),
                        guest.spec().memory() >> 20)
                : "/usr/bin/lxc-start -F -n " + guest.vmid();
        all.add(
            new Running(
                guest.processId(),
                1,
                "root",
                figures.cpu() * guest.spec().cores() * 100,
                vm ? figures.hostMemory() : 5L << 20,
                since,
                vm ? "kvm" : "lxc-start",
                command));
      }
    }
    Instant now = snapshot.moment();
    all.add(
        new Running(
            machine.number("shell", 40_000, 60_000),
            1,
            "root",
            0,
            7L << 20,
            now.minusSeconds(60),
            "bash",
            "-bash"));
    all.sort(Comparator.comparingInt(Running::pid));
    return all;
  }

  private static String user(NodeService service) {
    return service.id().equals("pveproxy") || service.id().equals("spiceproxy")
        ? "www-data"
        : "root";
  }

  private static String program(NodeService service) {
    return switch (service.id()) {
      case "pve-cluster" -> "pmxcfs";
      case "sshd" -> "sshd";
      case "docker" -> "dockerd";
      case "chrony" -> "chronyd";
      case "postfix" -> "master";
      default -> service.unit();
    };
  }

  private static String command(NodeService service) {
    return switch (service.id()) {
      case "pveproxy",
          "pvedaemon",
          "pvestatd",
          "pvescheduler",
          "spiceproxy",
          "pve-ha-crm",
          "pve-ha-lrm" ->
          service.unit();
      case "pve-cluster" -> "/usr/bin/pmxcfs";
      case "sshd" -> "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups";
      case "docker" -> "/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock";
      case "corosync" -> "/usr/sbin/corosync -f";
      case "chrony" -> "/usr/sbin/chronyd -F 1";
      case "cron" -> "/usr/sbin/cron -f";
      case "systemd-journald" -> "/usr/lib/systemd/systemd-journald";
      default -> "/usr/sbin/" + service.unit();
    };
  }

  private static String time(Running process, Instant now) {
    long seconds =
        (long) (Duration.between(process.started(), now).toSeconds() * process.cpu() / 100);
    return "%d:%02d".formatted(Math.max(0, seconds) / 60, Math.max(0, seconds) % 60);
  }

  static int ps(Call call) throws IOException {
    Machine machine = call.machine();
    List<String> words = call.arguments();
    Instant now = machine.now();
    List<Running> all = new ArrayList<>(all(machine));
    String joined = String.join(" ", words);
    boolean most = joined.matches(".*--sort[= ]-?%?cpu.*|.*--sort[= ]-?pcpu.*");
    boolean largest = joined.matches(".*--sort[= ]-?(%mem|rss|pmem).*");
    if (most) {
      all.sort(Comparator.comparingDouble(Running::cpu).reversed());
    } else if (largest) {
      all.sort(Comparator.comparingLong(Running::memory).reversed());
    }
    int format = words.indexOf("-o") >= 0 ? words.indexOf("-o") : words.indexOf("-eo");
    if (format >= 0 && format + 1 < words.size()) {
      return columns(call, all, words.get(format + 1), now);
    }
    if (joined.contains("aux") || joined.contains("axu")) {
      call.out()
          .println("USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND");
      for (Running each : all) {
        call.out()
            .printf(
                "%-10s %5d %4.1f %4.1f %6d %5d %-8s %-4s %s %6s %s\n",
                each.user(),
                each.pid(),
                each.cpu(),
                share(machine, each),
                (each.memory() >> 10) * 3,
                each.memory() >> 10,
                each.name().equals("bash") ? "pts/0" : "?",
                "Ss",
                day(machine, each),
                time(each, now),
                each.command());
      }
      return 0;
    }
    boolean every = joined.matches("-?.*[eA].*");
    boolean full = joined.contains("f");
    call.out()
        .println(
            full
                ? "UID          PID    PPID  C STIME TTY          TIME CMD"
                : "    PID TTY          TIME CMD");
    for (Running each : all) {
      boolean mine = each.name().equals("bash");
      if (every || mine) {
        String clock = "00:" + (time(each, now).length() < 5 ? "0" : "") + time(each, now);
        String terminal = mine ? "pts/0" : "?";
        if (full) {
          call.out()
              .printf(
                  "%-8s %7d %7d %2d %s %-8s %8s %s\n",
                  each.user(),
                  each.pid(),
                  each.parent(),
                  (int) each.cpu(),
                  day(machine, each),
                  terminal,
                  clock,
                  each.command());
        } else {
          call.out().printf("%7d %-8s %8s %s\n", each.pid(), terminal, clock, each.name());
        }
      }
    }
    return 0;
  }

  private static int columns(Call call, List<Running> all, String format, Instant now)
      throws IOException {
    List<String> names = List.of(format.replace("=", "").split("[, ]+", -1));
    if (!format.contains("=")) {
      StringBuilder head = new StringBuilder();
      for (String name : names) {
        head.append(
                SystemPrograms.right(
                    name.toUpperCase(Locale.ROOT)
                        .replace("PCPU", "%CPU")
                        .replace("PMEM", "%MEM")
                        .replace("COMM", "COMMAND")
                        .replace("ARGS", "COMMAND"),
                    8))
            .append(' ');
      }
      call.out().println(head.toString().stripTrailing());
    }
    for (Running each : all) {
      StringBuilder line = new StringBuilder();
      for (String name : names) {
        line.append(SystemPrograms.right(column(call.machine(), each, name, now), 8)).append(' ');
      }
      call.out().println(line.toString().stripTrailing());
    }
    return 0;
  }

  private static String column(Machine machine, Running process, String name, Instant now) {
    return switch (name) {
      case "pid" -> String.valueOf(process.pid());
      case "ppid" -> String.valueOf(process.parent());
      case "user" -> process.user();
      case "%cpu", "pcpu" -> String.format(Locale.ROOT, "%.1f", process.cpu());
      case "%mem", "pmem" -> String.format(Locale.ROOT, "%.1f", share(machine, process));
      case "rss" -> String.valueOf(process.memory() >> 10);
      case "comm" -> process.name();
      case "args", "cmd", "command" -> process.command();
      case "etimes" -> String.valueOf(Duration.between(process.started(), now).toSeconds());
      case "time" -> time(process, now);
      default -> "-";
    };
  }

  private static double share(Machine machine, Running process) {
    return 100.0 * process.memory() / machine.vitals().memory();
  }

  private static String day(Machine machine, Running process) {
    boolean today = Duration.between(process.started(), machine.now()).toHours() < 24;
    return DateTimeFormatter.ofPattern(today ? "HH:mm" : "MMMdd", Locale.ENGLISH)
        .format(process.started().atZone(machine.zone()));
  }

  static int pgrep(Call call) throws IOException {
    int status = 1;
    List<String> words = call.arguments().stream().filter(word -> !word.startsWith("-")).toList();
    boolean named = call.arguments().stream().anyMatch(word -> word.matches("-[a-z]*[la][a-z]*"));
    boolean whole = call.name().equals("pidof");
    for (Running each : all(call.machine())) {
      for (String word : words) {
        if (whole
            ? each.name().equals(word)
            : each.name().contains(word)
                || (call.arguments().contains("-f") && each.command().contains(word))) {
          call.out().println(each.pid() + (named ? " " + each.command() : ""));
          status = 0;
        }
      }
    }
    return status;
  }

  /** Drawn anew every three seconds until somebody presses q; once with {@code -b -n 1}. */
  static int top(Call call) throws IOException {
    Screen screen = call.login().screen();
    boolean batch = call.arguments().stream().anyMatch(word -> word.matches("-b[a-z0-9]*"));
    if (screen == null || batch) {
      for (String line : page(call.machine(), Integer.MAX_VALUE)) {
        call.out().println(line);
      }
      if (screen == null && !batch) {
        return call.fail(1, "failed tty get");
      }
      return 0;
    }
    call.out().print("\u001b[?1049h\u001b[?25l");
    try {
      while (true) {
        StringBuilder page = new StringBuilder("\u001b[H");
        for (String line : page(call.machine(), screen.rows() - 1)) {
          page.append(line, 0, Math.min(line.length(), screen.columns())).append("\u001b[K\r\n");
        }
        call.out().print(page + "\u001b[J");
        call.out().flush();
        int key = screen.key((int) REFRESH.toMillis());
        if (key == 'q' || key == 3 || key == 'Q') {
          return 0;
        }
      }
    } finally {
      call.err().print("\u001b[?25h\u001b[?1049l");
      if (call.job().signal() == 0) {
        call.err().flush();
      }
    }
  }

  private static List<String> page(Machine machine, int rows) {
    Machine.Vitals vitals = machine.vitals();
    List<Running> all = new ArrayList<>(all(machine));
    all.sort(Comparator.comparingDouble(Running::cpu).reversed());
    List<String> lines = new ArrayList<>();
    double mebi = 1 << 20;
    lines.add("top - " + SystemPrograms.uptimeLine(machine));
    lines.add(
        "Tasks: %3d total,   1 running, %3d sleeping,   0 stopped,   0 zombie"
            .formatted(all.size(), all.size() - 1));
    lines.add(
        String.format(
            Locale.ROOT,
            "%%Cpu(s): %4.1f us, %4.1f sy,  0.0 ni, %4.1f id,  0.2 wa,  0.0 hi,  0.1 si,  0.0 st",
            vitals.cpu() * 70,
            vitals.cpu() * 30,
            99.7 - vitals.cpu() * 100));
    lines.add(
        String.format(
            Locale.ROOT,
            "MiB Mem : %8.1f total, %8.1f free, %8.1f used, %8.1f buff/cache",
            vitals.memory() / mebi,
            (vitals.memory() - vitals.memoryUsed()) * 0.72 / mebi,
            vitals.memoryUsed() / mebi,
            (vitals.memory() - vitals.memoryUsed()) * 0.28 / mebi));
    lines.add(
        String.format(
            Locale.ROOT,
            "MiB Swap: %8.1f total, %8.1f free, %8.1f used. %8.1f avail Mem",
            vitals.swap() / mebi,
            (vitals.swap() - vitals.swapUsed()) / mebi,
            vitals.swapUsed() / mebi,
            (vitals.memory() - vitals.memoryUsed()) / mebi));
    lines.add("");
    lines.add("    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND");
    for (Running each : all) {
      if (lines.size() >= rows) {
        break;
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "%7d %-9s 20   0 %7d %6d %6d S %5.1f %5.1f %9s %s",
              each.pid(),
              each.user(),
              (each.memory() >> 10) * 3,
              each.memory() >> 10,
              each.memory() >> 12,
              each.cpu(),
              share(machine, each),
              time(each, machine.now()) + ".00",
              each.name()));
    }
    return lines;
  }

  /** Runs a command again and again until somebody interrupts it. */
  static int watch(Call call) throws IOException {
    List<String> words = new ArrayList<>(call.arguments());
    Duration every = Duration.ofSeconds(2);
    while (!words.isEmpty() && words.get(0).startsWith("-")) {
      String option = words.remove(0);
      if (option.equals("-n") && !words.isEmpty()) {
        every = Duration.ofMillis(Math.round(Double.parseDouble(words.remove(0)) * 1000));
      }
    }
    if (words.isEmpty()) {
      call.err().println("Usage:\n watch [options] command");
      return 1;
    }
    if (call.login().screen() == null) {
      call.err().println("Error opening terminal: unknown.");
      return 1;
    }
    while (true) {
      call.out()
          .print(
              "\u001b[H\u001b[2JEvery "
                  + every.toMillis() / 1000.0
                  + "s: "
                  + String.join(" ", words)
                  + "\n\n");
      Programs.start(
          call.with(words.get(0), words.subList(1, words.size()), call.environment()), "sh: 1: ");
      call.out().flush();
      call.job().pause(every);
    }
  }
}
