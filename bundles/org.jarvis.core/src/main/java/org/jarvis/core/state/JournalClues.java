package org.jarvis.core.state;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.GuestType;
import org.jspecify.annotations.Nullable;

/**
 * What a node's journal tells of the end of one guest. Only lines of systemd, the kernel, qmeventd
 * and QEMU itself count, by who wrote them: others may quote what a guest says.
 *
 * <p>A VM runs in the scope {@code 101.scope}, and qmeventd cleans up after its process; a
 * container is the service {@code pve-container@101.service}. The wording is that of systemd
 * (src/core/unit.c) and of the kernel (mm/oom_kill.c, arch/x86/mm/fault.c).
 *
 * @param crash the line that shows that it crashed, {@code null} when none does
 * @param endedOrderly whether it ended, and nothing says that it crashed
 */
record JournalClues(@Nullable String crash, boolean endedOrderly) {
  private static final int SAID_AT_MOST = 200;
  private static final Pattern LINE =
      Pattern.compile(
          "(?:\\S{3}\\s+\\d+ [\\d:]+|\\d{4}-\\d\\d-\\d\\dT\\S+) \\S+ ([^\\[:]+?)(?:\\[(\\d+)\\])?: (.*)");
  private static final Pattern SCOPE = Pattern.compile("(\\d+)\\.scope: (.*)");
  private static final Pattern CONTAINER = Pattern.compile("pve-container@(\\d+)\\.service: (.*)");
  private static final Pattern CLEANUP =
      Pattern.compile("(?:Starting|Finished) cleanup for (\\d+)");
  private static final Pattern OOM_SCOPE =
      Pattern.compile("oom-kill:.*task_memcg=/qemu\\.slice/(\\d+)\\.scope[,/].*");
  private static final Pattern OOM_PROCESS =
      Pattern.compile(
          "(?:Memory cgroup out|Out) of memory: Killed process (\\d+) \\((kvm|qemu[^)]*)\\).*");
  private static final Pattern FAULT =
      Pattern.compile("(?:kvm|CPU \\d+/KVM|qemu-system-[^\\[]*)\\[(\\d+)\\]: segfault at .*");
  private static final Pattern TRAP = Pattern.compile("traps: (?:kvm|CPU \\d+/KVM)\\[(\\d+)\\] .*");
  private static final Pattern FATAL =
      Pattern.compile(
          "(?:kvm|qemu-system-\\S+): .*(?:terminating on signal|[Aa]ssertion|[Aa]bort|hardware error|"
              + "internal error|[Ff]atal).*");
  private static final Pattern FAILING =
      Pattern.compile(
          "A process of this unit has been killed by the OOM killer.*"
              + "|Failed with result '(?!exit-code-success).*'.*"
              + "|Main process exited, code=(?:killed|dumped).*");
  private static final Pattern ENDED =
      Pattern.compile("Deactivated successfully.*|Succeeded\\.?|Consumed .* CPU time.*");

  /** What these lines tell of this guest; the process' number makes kernel lines attributable. */
  static JournalClues of(List<String> lines, GuestType type, GuestId guest, @Nullable Long pid) {
    Reading reading = new Reading(type, guest.toString(), pid);
    lines.forEach(reading::take);
    return reading.clues();
  }

  /** Collects clues line by line. */
  private static final class Reading {
    private final GuestType type;
    private final String guest;
    private final @Nullable Long pid;
    private final Set<String> ended = new HashSet<>();
    private @Nullable String crash;
    private @Nullable String somebodysCrash;

    /** Says the same as other lines of the kernel, in fewer words that people understand. */
    private @Nullable String killed;

    Reading(GuestType type, String guest, @Nullable Long pid) {
      this.type = type;
      this.guest = guest;
      this.pid = pid;
    }

    void take(String line) {
      Matcher parts = LINE.matcher(line.strip());
      if (!parts.matches()) {
        return;
      }
      String message = parts.group(3);
      switch (parts.group(1)) {
        case "systemd" -> unit(message);
        case "kernel" -> kernel(message);
        case "qmeventd" -> cleanup(message);
        case "QEMU" -> qemu(parts.group(2), message);
        default -> {
          // Whoever else writes there may be quoting.
        }
      }
    }

    private void unit(String message) {
      Matcher unit = (type == GuestType.QEMU ? SCOPE : CONTAINER).matcher(message);
      if (!unit.matches()) {
        return;
      }
      boolean ours = unit.group(1).equals(guest);
      if (FAILING.matcher(unit.group(2)).matches()) {
        ended.add(unit.group(1));
        if (ours) {
          crashed(message);
        }
      } else if (ENDED.matcher(unit.group(2)).matches()) {
        ended.add(unit.group(1));
      }
    }

    private void kernel(String message) {
      // A kernel line may begin with its own time, in brackets.
      String said = message.replaceFirst("^\\[\\s*[\\d.]+\\] ", "");
      Matcher scope = OOM_SCOPE.matcher(said);
      if (scope.matches()) {
        if (type == GuestType.QEMU && scope.group(1).equals(guest)) {
          killed = said;
        }
        return;
      }
      for (Pattern pattern : List.of(OOM_PROCESS, FAULT, TRAP)) {
        Matcher process = pattern.matcher(said);
        if (process.matches()) {
          process(process.group(1), said);
          return;
        }
      }
    }

    private void cleanup(String message) {
      Matcher cleanup = CLEANUP.matcher(message);
      if (cleanup.matches() && type == GuestType.QEMU) {
        ended.add(cleanup.group(1));
      }
    }

    private void qemu(@Nullable String process, String message) {
      if (FATAL.matcher(message).matches()) {
        process(process == null ? "" : process, message);
      }
    }

    private void process(String process, String message) {
      if (type != GuestType.QEMU) {
        return;
      }
      if (pid != null && pid.toString().equals(process)) {
        crashed(message);
      } else {
        somebodysCrash = message;
      }
    }

    private void crashed(String message) {
      crash = crash == null ? message : crash;
    }

    JournalClues clues() {
      if (crash == null) {
        crash = killed;
      }
      boolean over = ended.contains(guest);
      if (crash == null && somebodysCrash != null && over) {
        // Some VM's process crashed. It was this one if no other VM ended meanwhile; else nobody
        // can tell, and that it was an orderly end neither.
        return ended.size() == 1
            ? new JournalClues(said(somebodysCrash), false)
            : new JournalClues(null, false);
      }
      return new JournalClues(crash == null ? null : said(crash), crash == null && over);
    }

    private static String said(String line) {
      return line.length() > SAID_AT_MOST ? line.substring(0, SAID_AT_MOST) + "…" : line;
    }
  }
}
