package org.jarvis.lab.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that a node's journal fills with every hour, as a function of node and time: nothing is
 * stored. Immutable and thread-safe.
 */
final class Routine {

  static final long HOUR = 3600;

  private final Noise noise;

  Routine(long seed) {
    this.noise = new Noise(seed);
  }

  /** The lines of one hour, oldest first. */
  List<JournalEntry> hour(NodeSpec node, long hour) {
    long begin = hour * HOUR;
    long key = node.id() * 1_000_003L + hour;
    List<JournalEntry> lines = new ArrayList<>();
    lines.add(line(begin + 120, "pmxcfs", 1012, "[dcdb] notice: data verification successful"));
    lines.add(
        line(
            begin + 17 * 60 + 1,
            "CRON",
            pid(key),
            "(root) CMD (cd / && run-parts --report /etc/cron.hourly)"));
    if (noise.constant(key) < 0.5) {
      int degrees = 36 + (int) (noise.constant(key + 7) * 8);
      lines.add(
          line(
              begin + 1800 + (long) (noise.constant(key + 3) * 900),
              "smartd",
              801,
              "Device: /dev/sda [SAT], SMART Usage Attribute: 194 Temperature_Celsius changed from %d to %d"
                  .formatted(100 - degrees, 99 - degrees)));
    }
    if (Math.floorMod(hour, 24) == 6) {
      lines.add(
          line(
              begin + 2700,
              "systemd",
              1,
              "Starting apt-daily-upgrade.service - Daily apt upgrade and clean activities..."));
      lines.add(
          line(begin + 2702, "systemd", 1, "apt-daily-upgrade.service: Deactivated successfully."));
    }
    if (noise.constant(key + 11) < 0.2) {
      lines.add(
          line(
              begin + 3000 + (long) (noise.constant(key + 13) * 500),
              "pvestatd",
              1245,
              "status update time (5.%03d seconds)".formatted(pid(key) % 1000)));
    }
    return lines;
  }

  private int pid(long key) {
    return 30_000 + (int) (noise.constant(key + 5) * 900_000);
  }

  private static JournalEntry line(long second, String identifier, int pid, String message) {
    return new JournalEntry(Instant.ofEpochSecond(second), identifier, pid, message);
  }
}
