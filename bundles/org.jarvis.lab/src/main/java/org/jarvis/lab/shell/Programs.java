package org.jarvis.lab.shell;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jarvis.lab.sim.Troubles;
import org.jspecify.annotations.Nullable;

/** The programs of the machines, by name, and how they are started. */
final class Programs {

  private static final int NOT_FOUND = 127;
  private static final int NOT_EXECUTABLE = 126;
  private static final Duration FOREVER = Duration.ofDays(36_500);

  /**
   * A program as it is installed.
   *
   * @param folder {@code /usr/bin} or {@code /usr/sbin}
   * @param program what it does
   * @param where on which machines it is
   */
  private record Installed(String folder, Program program, Where where) {}

  private enum Where {
    EVERYWHERE,
    NODES,
    NODES_WITH_ZFS,
    NODES_WITH_SENSORS,
    DOCKER_HOSTS
  }

  private static final Map<String, Installed> ALL = new TreeMap<>();

  static {
    add(Where.EVERYWHERE, "/usr/bin", Filters::cat, "cat", "less", "more");
    add(Where.EVERYWHERE, "/usr/bin", Filters::head, "head");
    add(Where.EVERYWHERE, "/usr/bin", Filters::tail, "tail");
    add(Where.EVERYWHERE, "/usr/bin", Filters::wc, "wc");
    add(Where.EVERYWHERE, "/usr/bin", Filters::sort, "sort");
    add(Where.EVERYWHERE, "/usr/bin", Filters::uniq, "uniq");
    add(Where.EVERYWHERE, "/usr/bin", Filters::cut, "cut");
    add(Where.EVERYWHERE, "/usr/bin", Filters::tac, "tac");
    add(Where.EVERYWHERE, "/usr/bin", Filters::tr, "tr");
    add(Where.EVERYWHERE, "/usr/bin", GrepProgram::run, "grep", "egrep", "fgrep");
    add(Where.EVERYWHERE, "/usr/bin", FilePrograms::ls, "ls", "dir");
    add(Where.EVERYWHERE, "/usr/bin", FilePrograms::find, "find");
    add(Where.EVERYWHERE, "/usr/bin", FilePrograms::readlink, "readlink", "realpath");
    add(Where.EVERYWHERE, "/usr/bin", FilePrograms::stat, "stat");
    add(Where.EVERYWHERE, "/usr/bin", FilePrograms::test, "test", "[");
    add(Where.EVERYWHERE, "/usr/bin", Basics::echo, "echo");
    add(Where.EVERYWHERE, "/usr/bin", Basics::printf, "printf");
    add(Where.EVERYWHERE, "/usr/bin", Basics::yes, "yes");
    add(Where.EVERYWHERE, "/usr/bin", Basics::env, "env", "printenv");
    add(Where.EVERYWHERE, "/usr/bin", Basics::sudo, "sudo");
    add(Where.EVERYWHERE, "/usr/bin", Basics::timeout, "timeout");
    add(Where.EVERYWHERE, "/usr/bin", Basics::sleep, "sleep");
    add(Where.EVERYWHERE, "/usr/bin", Basics::wrapper, "nice", "ionice", "nohup", "stdbuf");
    add(Where.EVERYWHERE, "/usr/bin", Basics::date, "date");
    add(Where.EVERYWHERE, "/usr/bin", Basics::id, "id");
    add(Where.EVERYWHERE, "/usr/bin", Basics::uname, "uname");
    add(Where.EVERYWHERE, "/usr/bin", Basics::hostname, "hostname");
    add(Where.EVERYWHERE, "/usr/bin", Basics::which, "which");
    add(Where.EVERYWHERE, "/usr/bin", Basics::seq, "seq");
    add(Where.EVERYWHERE, "/usr/bin", Basics::basename, "basename", "dirname");
    add(Where.EVERYWHERE, "/usr/bin", Basics::stty, "stty", "resize");
    add(Where.EVERYWHERE, "/usr/bin", Basics::clear, "clear");
    add(Where.EVERYWHERE, "/usr/bin", Basics::help, "help");
    add(Where.EVERYWHERE, "/usr/bin", call -> 0, "true", ":", "sync");
    add(Where.EVERYWHERE, "/usr/bin", call -> 1, "false");
    add(Where.EVERYWHERE, "/usr/bin", Programs::who, "whoami");
    add(Where.EVERYWHERE, "/usr/bin", Programs::folder, "pwd");
    add(Where.EVERYWHERE, "/usr/bin", Programs::threads, "nproc");
    add(Where.EVERYWHERE, "/usr/bin", SystemPrograms::uptime, "uptime");
    add(Where.EVERYWHERE, "/usr/bin", SystemPrograms::free, "free");
    add(Where.EVERYWHERE, "/usr/bin", SystemPrograms::df, "df");
    add(Where.EVERYWHERE, "/usr/bin", SystemPrograms::lscpu, "lscpu");
    add(Where.EVERYWHERE, "/usr/bin", SystemPrograms::lsblk, "lsblk");
    add(Where.EVERYWHERE, "/usr/bin", SystemPrograms::w, "w", "who");
    add(Where.EVERYWHERE, "/usr/bin", ProcessPrograms::ps, "ps");
    add(Where.EVERYWHERE, "/usr/bin", ProcessPrograms::pgrep, "pgrep", "pidof");
    add(Where.EVERYWHERE, "/usr/bin", ProcessPrograms::top, "top", "htop");
    add(Where.EVERYWHERE, "/usr/bin", ProcessPrograms::watch, "watch");
    add(Where.EVERYWHERE, "/usr/sbin", NetworkPrograms::ip, "ip");
    add(Where.EVERYWHERE, "/usr/bin", NetworkPrograms::ss, "ss");
    add(Where.EVERYWHERE, "/usr/bin", NetworkPrograms::ping, "ping");
    add(Where.EVERYWHERE, "/usr/bin", SystemctlProgram::run, "systemctl");
    add(Where.EVERYWHERE, "/usr/bin", JournalctlProgram::run, "journalctl");
    add(Where.EVERYWHERE, "/usr/bin", JournalctlProgram::dmesg, "dmesg");
    add(Where.NODES_WITH_SENSORS, "/usr/bin", SensorsProgram::run, "sensors");
    add(Where.NODES, "/usr/sbin", SmartctlProgram::run, "smartctl");
    add(Where.NODES, "/usr/sbin", SmartctlProgram::nvme, "nvme");
    add(Where.NODES_WITH_ZFS, "/usr/sbin", ZpoolProgram::run, "zpool");
    add(Where.NODES_WITH_ZFS, "/usr/sbin", ZfsProgram::run, "zfs");
    add(Where.NODES, "/usr/sbin", LvmPrograms::run, "lvs", "vgs", "pvs");
    add(Where.NODES, "/usr/sbin", QmProgram::run, "qm");
    add(Where.NODES, "/usr/sbin", PctProgram::run, "pct");
    add(Where.NODES, "/usr/bin", PveshProgram::run, "pvesh");
    add(Where.NODES, "/usr/bin", PvePrograms::pveversion, "pveversion");
    add(Where.NODES, "/usr/bin", PvePrograms::pvecm, "pvecm");
    add(Where.NODES, "/usr/bin", PvePrograms::aptGet, "apt-get");
    add(Where.NODES, "/usr/sbin", PvePrograms::pvesm, "pvesm");
    add(Where.NODES, "/usr/sbin", PvePrograms::haManager, "ha-manager");
    add(Where.DOCKER_HOSTS, "/usr/bin", DockerProgram::run, "docker");
  }

  private Programs() {}

  private static void add(Where where, String folder, Program program, String... names) {
    for (String name : names) {
      ALL.put(name, new Installed(folder, program, where));
    }
  }

  private static boolean isOn(Machine machine, Where where) {
    return switch (where) {
      case EVERYWHERE -> true;
      case NODES -> machine instanceof NodeMachine;
      case NODES_WITH_ZFS -> machine instanceof NodeMachine node && node.spec().zfs();
      case NODES_WITH_SENSORS ->
          machine instanceof NodeMachine
              && !machine.cluster().troubles().on(Troubles.Kind.SENSORS_MISSING, machine.name());
      case DOCKER_HOSTS -> DockerProgram.isOn(machine);
    };
  }

  /** What a machine has, by name. */
  static List<String> names(Machine machine) {
    List<String> names = new ArrayList<>();
    ALL.forEach(
        (name, installed) -> {
          if (isOn(machine, installed.where())) {
            names.add(name);
          }
        });
    return names;
  }

  /** Where what a machine has is. */
  static List<String> paths(Machine machine) {
    return names(machine).stream().map(name -> String.valueOf(pathOf(machine, name))).toList();
  }

  /** Where a program is, or null where the machine has none of that name or at that path. */
  static @Nullable String pathOf(Machine machine, String word) {
    Installed installed = ALL.get(FileTree.name(word));
    if (installed == null || !isOn(machine, installed.where())) {
      return null;
    }
    String path = installed.folder() + "/" + FileTree.name(word);
    // Both folders are also reached without /usr.
    boolean here = !word.contains("/") || word.equals(path) || ("/usr" + word).equals(path);
    return here ? path : null;
  }

  /**
   * Runs a program.
   *
   * @param spoken who complains where there is none, such as {@code bash: }
   */
  static int start(Call call, String spoken) throws IOException {
    String word = call.name();
    String path = pathOf(call.machine(), word);
    if (path == null) {
      if (!word.contains("/")) {
        call.err().println(spoken + word + ": command not found");
        return NOT_FOUND;
      }
      FileTree.Entry entry =
          call.machine().files().at(FileTree.absolute(call.login().folder(), word));
      call.err()
          .println(
              spoken
                  + word
                  + (entry == null
                      ? ": No such file or directory"
                      : entry instanceof FileTree.Entry.Folder
                          ? ": Is a directory"
                          : ": Permission denied"));
      return entry == null ? NOT_FOUND : NOT_EXECUTABLE;
    }
    if (call.machine()
        .cluster()
        .troubles()
        .on(Troubles.Kind.COMMANDS_HANG, call.machine().name())) {
      call.job().pause(FOREVER);
    }
    Installed installed = ALL.get(FileTree.name(path));
    return installed == null
        ? NOT_FOUND
        : installed
            .program()
            .run(call.with(FileTree.name(path), call.arguments(), call.environment()));
  }

  private static int who(Call call) throws IOException {
    call.out().println(call.login().user());
    return 0;
  }

  private static int folder(Call call) throws IOException {
    call.out().println(call.login().folder());
    return 0;
  }

  private static int threads(Call call) throws IOException {
    call.out().println(String.valueOf(call.machine().vitals().threads()));
    return 0;
  }
}
