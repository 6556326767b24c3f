package org.jarvis.safety.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jarvis.api.command.CommandText;
import org.jarvis.safety.CommandAnalysts;
import org.junit.jupiter.api.Test;

/**
 * Measures what it takes to parse, decide and render a command by the shipped rules, and prints it;
 * it asserts nothing.
 */
class CommandBenchmark {
  private static final int WARM_UP = 50_000;
  private static final int ROUNDS = 50_000;

  private static final List<String> LINES =
      List.of(
          "uptime",
          "qm list",
          "smartctl -a /dev/sda",
          "journalctl -u pveproxy --since '1 hour ago' | grep -i error",
          "awk '{print $1}' /var/log/pveproxy/access.log | sort | uniq -c | sort -rn | head",
          "pvesh get /nodes/pve/qemu/103/config --output-format json",
          "docker ps -a --format '{{.Names}} {{.Status}}'",
          "zpool status -v 2>/dev/null || echo 'no zfs'",
          "qm stop 103",
          "find / -delete",
          "ls $(id)");

  @Test
  void printFigures() {
    GrammarAnalyst analyst = CommandAnalysts.shipped();
    LINES.forEach(line -> measure(analyst, line));
    for (int words : new int[] {50, 100, 200, 400}) {
      measure(analyst, "cat" + " /var/log/syslog".repeat(words));
    }
  }

  private static void measure(GrammarAnalyst analyst, String line) {
    CommandText command = new CommandText.Line(line);
    for (int i = 0; i < WARM_UP / Math.max(1, line.length() / 100); i++) {
      analyst.judge("pve1", true, command);
    }
    long[] nanos = new long[ROUNDS / Math.max(1, line.length() / 100)];
    for (int i = 0; i < nanos.length; i++) {
      long began = System.nanoTime();
      analyst.judge("pve1", true, command);
      nanos[i] = System.nanoTime() - began;
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "command, %4d characters: median %6.1f us, p99 %6.1f us, by %s%n",
        line.length(),
        nanos[nanos.length / 2] / 1e3,
        nanos[nanos.length * 99 / 100] / 1e3,
        analyst.judge("pve1", true, command).analysis().tier()
            + " "
            + line.substring(0, Math.min(50, line.length())));
  }
}
