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

  private static final int PVEPROXY = 1322;

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
    proxy(lines, begin, key);
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

  /** The proxy renews its workers, and somebody's browser does not know its certificate. */
  private void proxy(List<JournalEntry> lines, long begin, long key) {
    long at = begin + (long) (noise.constant(key + 17) * 3000);
    int worker = pid(key + 19);
    lines.add(line(at, "pveproxy", PVEPROXY, "worker " + (worker - 4711) + " finished"));
    lines.add(line(at, "pveproxy", PVEPROXY, "starting 1 worker(s)"));
    lines.add(line(at, "pveproxy", PVEPROXY, "worker " + worker + " started"));
    lines.add(
        line(
            at + 240,
            "pveproxy",
            worker,
            "problem with client ::ffff:192.168.20.%d; error:0A000416:SSL routines::ssl/tls alert certificate unknown"
                .formatted(30 + pid(key + 23) % 60)));
  }

  /** The lines of one hour of a guest, oldest first. */
  List<JournalEntry> hourOfGuest(String host, long hour) {
    long begin = hour * HOUR;
    long key = host.hashCode() * 1_000_003L + hour;
    List<JournalEntry> lines = new ArrayList<>();
    lines.add(
        line(
            begin + 17 * 60 + 1,
            "CRON",
            pid(key),
            "(root) CMD (cd / && run-parts --report /etc/cron.hourly)"));
    if (Math.floorMod(hour, 24) == 6) {
      lines.add(
          line(
              begin + 2702,
              "systemd",
              1,
              "Finished apt-daily.service - Daily apt download activities."));
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
