package org.jarvis.lab.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.PowerOperation;

/** {@code pct}. */
final class PctProgram {

  private static final int FAILED = 255;

  private PctProgram() {}

  static int run(Call call) throws IOException {
    if (PveAnswers.refused(call)) {
      return FAILED;
    }
    List<String> words = new ArrayList<>(call.arguments());
    String verb = words.isEmpty() ? "help" : words.remove(0);
    if (verb.equals("list")) {
      return list(call);
    }
    if (!List.of(
            "status",
            "config",
            "unlock",
            "start",
            "stop",
            "shutdown",
            "reboot",
            "listsnapshot",
            "enter",
            "console",
            "exec",
            "df",
            "cpusets")
        .contains(verb)) {
      call.err().println("ERROR: unknown command 'pct " + verb + "'");
      call.err().println("USAGE: pct <COMMAND> [ARGS] [OPTIONS]");
      return FAILED;
    }
    if (words.isEmpty()) {
      call.err().println("400 not enough arguments");
      call.err().println("pct " + verb + " <vmid> [OPTIONS]");
      return FAILED;
    }
    String number = words.remove(0);
    Optional<Guest> guest = PveAnswers.guest(call, GuestKind.LXC, number);
    return guest.isEmpty()
        ? PveAnswers.missing(call, GuestKind.LXC, number)
        : of(call, verb, guest.get(), words);
  }

  private static int list(Call call) throws IOException {
    call.out().println("VMID       Status     Lock         Name                ");
    for (Guest guest : call.machine().cluster().snapshot().guestsOn(call.machine().name())) {
      if (guest.spec().kind() == GuestKind.LXC) {
        call.out()
            .printf(
                "%-10d %-10s %-12s %-20s\n",
                guest.vmid(),
                guest.running() ? "running" : "stopped",
                guest.lock() == null ? "" : guest.lock(),
                guest.spec().name());
      }
    }
    return 0;
  }

  private static int of(Call call, String verb, Guest guest, List<String> words)
      throws IOException {
    switch (verb) {
      case "status" -> {
        call.out().println("status: " + (guest.running() ? "running" : "stopped"));
        return 0;
      }
      case "config" -> {
        call.out().print(PveAnswers.config(call.machine().world(), guest));
        return 0;
      }
      case "unlock" -> {
        call.machine().cluster().lockGuest(guest.vmid(), null);
        return 0;
      }
      case "start" -> {
        return PveAnswers.power(call, guest, PowerOperation.START, Optional.empty(), false);
      }
      case "stop" -> {
        return PveAnswers.power(call, guest, PowerOperation.STOP, Optional.empty(), false);
      }
      case "shutdown" -> {
        return PveAnswers.power(
            call,
            guest,
            PowerOperation.SHUTDOWN,
            QmProgram.timeout(words),
            words.contains("--forceStop"));
      }
      case "reboot" -> {
        return PveAnswers.power(
            call, guest, PowerOperation.REBOOT, QmProgram.timeout(words), false);
      }
      case "listsnapshot" -> {
        return QmProgram.snapshots(call, guest);
      }
      case "df" -> {
        return space(call, guest);
      }
      default -> {
        return inside(call, verb, guest, words);
      }
    }
  }

  private static int space(Call call, Guest guest) throws IOException {
    long used = call.machine().cluster().figures().rootDisk(guest.spec(), call.machine().now());
    long size = guest.spec().disk();
    call.out().println("MP     Volume                              Size   Used  Avail Use% Path");
    call.out()
        .printf(
            "rootfs %-34s %5s %6s %6s  %.1f /\n",
            guest.spec().storage() + ":vm-" + guest.vmid() + "-disk-0",
            Sizes.binary(size),
            Sizes.binary(used),
            Sizes.binary(size - used),
            (double) used / size);
    return 0;
  }

  private static int inside(Call call, String verb, Guest guest, List<String> words)
      throws IOException {
    if (!guest.running()) {
      call.err().println("container '" + guest.vmid() + "' not running!");
      return FAILED;
    }
    GuestMachine machine = new GuestMachine(call.machine().world(), guest);
    if (verb.equals("exec")) {
      words.remove("--");
      if (words.isEmpty()) {
        call.err().println("400 not enough arguments");
        return FAILED;
      }
      if (Programs.pathOf(machine, words.get(0)) == null) {
        call.err()
            .println(
                "lxc-attach: "
                    + guest.vmid()
                    + ": ../src/lxc/attach.c: lxc_attach_run_command: 1841 No such file or directory - Failed to exec \""
                    + words.get(0)
                    + "\"");
        return FAILED;
      }
      return Programs.start(
          call.as(call.login().on(machine))
              .with(words.get(0), words.subList(1, words.size()), call.environment()),
          "");
    }
    Screen screen = call.login().screen();
    if (screen == null) {
      call.err().println("lxc-attach: " + guest.vmid() + ": there is no terminal");
      return FAILED;
    }
    call.out().flush();
    return screen.shell(call.login().on(machine));
  }
}
