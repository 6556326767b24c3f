package org.jarvis.lab.shell;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.GuestKind;
import org.jarvis.lab.sim.GuestSnapshot;
import org.jarvis.lab.sim.PowerOperation;
import org.jarvis.lab.sim.Troubles;

/** {@code qm}. */
final class QmProgram {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FAILED = 255;

  private QmProgram() {}

  static int run(Call call) throws IOException {
    if (PveAnswers.refused(call)) {
      return FAILED;
    }
    List<String> words = new ArrayList<>(call.arguments());
    String verb = words.isEmpty() ? "help" : words.remove(0);
    if (verb.equals("list")) {
      return list(call);
    }
    if (verb.equals("guest") && !words.isEmpty()) {
      verb = "guest " + words.remove(0);
    }
    if (verb.equals("agent") && words.size() > 1) {
      verb = "guest " + words.remove(1);
    }
    if (!List.of(
            "status",
            "config",
            "pending",
            "unlock",
            "start",
            "stop",
            "shutdown",
            "reboot",
            "listsnapshot",
            "terminal",
            "showcmd",
            "guest exec",
            "guest cmd",
            "guest ping")
        .contains(verb)) {
      call.err().println("ERROR: unknown command 'qm " + verb + "'");
      call.err().println("USAGE: qm <COMMAND> [ARGS] [OPTIONS]");
      return FAILED;
    }
    if (words.isEmpty()) {
      call.err().println("400 not enough arguments");
      call.err().println("qm " + verb + " <vmid> [OPTIONS]");
      return FAILED;
    }
    String number = words.remove(0);
    Optional<Guest> guest = PveAnswers.guest(call, GuestKind.QEMU, number);
    return guest.isEmpty()
        ? PveAnswers.missing(call, GuestKind.QEMU, number)
        : of(call, verb, guest.get(), words);
  }

  private static int list(Call call) throws IOException {
    call.out()
        .println("      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID       ");
    for (Guest guest : call.machine().cluster().snapshot().guestsOn(call.machine().name())) {
      if (guest.spec().kind() == GuestKind.QEMU) {
        call.out()
            .printf(
                "%10d %-20s %-10s %-10d %12.2f %-10d\n",
                guest.vmid(),
                guest.spec().name(),
                guest.running() ? "running" : "stopped",
                guest.spec().memory() >> 20,
                guest.spec().disk() / (double) (1L << 30),
                guest.running() ? guest.processId() : 0);
      }
    }
    return 0;
  }

  private static int of(Call call, String verb, Guest guest, List<String> words)
      throws IOException {
    switch (verb) {
      case "status" -> {
        call.out()
            .println(
                "status: " + (guest.running() ? guest.paused() ? "paused" : "running" : "stopped"));
        return 0;
      }
      case "config" -> {
        call.out().print(PveAnswers.config(call.machine().world(), guest));
        return 0;
      }
      case "pending" -> {
        PveAnswers.config(call.machine().world(), guest)
            .lines()
            .forEach(line -> quietly(call, "cur " + line));
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
            call, guest, PowerOperation.SHUTDOWN, timeout(words), words.contains("--forceStop"));
      }
      case "reboot" -> {
        return PveAnswers.power(call, guest, PowerOperation.REBOOT, timeout(words), false);
      }
      case "listsnapshot" -> {
        return snapshots(call, guest);
      }
      case "showcmd" -> {
        call.out()
            .println(
                "/usr/bin/kvm -id %d -name '%s,debug-threads=on' -no-shutdown -smp '%d' -m %d"
                    .formatted(
                        guest.vmid(),
                        guest.spec().name(),
                        guest.spec().cores(),
                        guest.spec().memory() >> 20));
        return 0;
      }
      case "terminal" -> {
        return terminal(call, guest);
      }
      default -> {
        return agent(call, verb, guest, words);
      }
    }
  }

  private static void quietly(Call call, String line) {
    try {
      call.out().println(line);
    } catch (IOException gone) {
      call.job().cancel(13);
    }
  }

  static Optional<Duration> timeout(List<String> words) {
    for (String name : List.of("--timeout", "-timeout")) {
      int at = words.indexOf(name);
      if (at >= 0 && at + 1 < words.size() && words.get(at + 1).matches("[0-9]{1,6}")) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(words.get(at + 1))));
      }
    }
    return Optional.empty();
  }

  static int snapshots(Call call, Guest guest) throws IOException {
    String indent = "";
    for (GuestSnapshot snapshot : call.machine().cluster().snapshots(guest.vmid())) {
      call.out().println("`-> " + indent + snapshot.name());
      indent += "  ";
    }
    call.out()
        .println(
            "`-> " + indent + "current                                             You are here!");
    return 0;
  }

  private static int terminal(Call call, Guest guest) throws IOException {
    Screen screen = call.login().screen();
    if (!guest.running()) {
      call.err().println("VM " + guest.vmid() + " not running");
      return FAILED;
    }
    if (screen == null) {
      call.err().println("starting serial terminal on interface serial0 (press Ctrl+O to exit)");
      call.err().println("unable to setup terminal: Inappropriate ioctl for device");
      return FAILED;
    }
    call.out().println("starting serial terminal on interface serial0 (exit leaves it)");
    call.out().flush();
    return screen.shell(call.login().on(new GuestMachine(call.machine().world(), guest)));
  }

  private static int agent(Call call, String verb, Guest guest, List<String> words)
      throws IOException {
    if (!guest.running()) {
      call.err().println("VM " + guest.vmid() + " is not running");
      return FAILED;
    }
    if (!PveAnswers.config(call.machine().world(), guest).contains("agent: ")) {
      call.err().println("No QEMU guest agent configured");
      return FAILED;
    }
    boolean silent =
        guest.deaf()
            || call.machine()
                .cluster()
                .troubles()
                .on(Troubles.Kind.AGENT_SILENT, String.valueOf(guest.vmid()));
    if (silent) {
      call.err().println("QEMU guest agent is not running");
      return FAILED;
    }
    if (!verb.equals("guest exec")) {
      return 0;
    }
    words.remove("--");
    while (!words.isEmpty() && words.get(0).startsWith("--")) {
      String option = words.remove(0);
      if (List.of("--timeout", "--synchronous", "--pass-stdin").contains(option)
          && !words.isEmpty()) {
        words.remove(0);
      }
    }
    if (words.isEmpty()) {
      call.err().println("400 not enough arguments");
      return FAILED;
    }
    GuestMachine inside = new GuestMachine(call.machine().world(), guest);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    if (Programs.pathOf(inside, words.get(0)) == null) {
      call.err()
          .println(
              "Agent error: Guest agent command failed, error was 'Failed to execute child process \u201c"
                  + words.get(0)
                  + "\u201d (No such file or directory)'");
      return FAILED;
    }
    Output output = new Output(out, call.job());
    Output errors = new Output(err, call.job());
    int status =
        Programs.start(
            new Call(
                words.get(0),
                words.subList(1, words.size()),
                Map.of(),
                call.login().on(inside),
                call.job(),
                InputStream.nullInputStream(),
                output,
                errors),
            "");
    output.flush();
    errors.flush();
    Map<String, Object> answer = new LinkedHashMap<>();
    if (err.size() > 0) {
      answer.put("err-data", err.toString(StandardCharsets.UTF_8));
    }
    answer.put("exitcode", status);
    answer.put("exited", 1);
    if (out.size() > 0) {
      answer.put("out-data", out.toString(StandardCharsets.UTF_8));
    }
    call.out()
        .println(
            JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(answer)
                .replace("  \"", "   \""));
    return 0;
  }
}
