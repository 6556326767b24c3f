package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A replication job and how its runs went.
 *
 * @param guest the guest
 * @param target the node that it is copied to
 * @param lastTry when it last ran
 * @param lastSync when it last succeeded
 * @param next when it runs next
 * @param took how long the last run took
 * @param failures failed runs in a row
 * @param error what the last run failed with, null where it did not
 */
public record ReplicationJob(
    Guest guest,
    String target,
    Instant lastTry,
    Instant lastSync,
    Instant next,
    Duration took,
    int failures,
    @Nullable String error) {

  /** When it runs, as a calendar event of systemd. */
  public static final String SCHEDULE = "*/15";

  private static final long PERIOD = Duration.ofMinutes(15).toSeconds();
  private static final long RETRY = Duration.ofMinutes(5).toSeconds();

  /** Its id. */
  public String id() {
    return id(guest.vmid());
  }

  static String id(int vmid) {
    return vmid + "-0";
  }

  /** A job that runs well. */
  static ReplicationJob well(Guest guest, String target, Instant now) {
    Instant last = slot(now);
    return new ReplicationJob(
        guest, target, last, last, last.plusSeconds(PERIOD), took(last), 0, null);
  }

  /** The same, after somebody had it run; null where nobody did. */
  ReplicationJob ranAt(@Nullable Instant run) {
    return run == null || !run.isAfter(lastSync)
        ? this
        : new ReplicationJob(guest, target, run, run, next, took, failures, error);
  }

  /** A job that has failed since a moment: retried every five minutes. */
  static ReplicationJob failing(Guest guest, String target, Instant since, Instant now) {
    Instant good = slot(since);
    Instant first = good.plusSeconds(PERIOD);
    if (now.isBefore(first)) {
      return well(guest, target, now);
    }
    long failures = 1 + (now.getEpochSecond() - first.getEpochSecond()) / RETRY;
    Instant last = first.plusSeconds((failures - 1) * RETRY);
    String volume = "%s:subvol-%d-disk-0".formatted(guest.spec().storage(), guest.vmid());
    return new ReplicationJob(
        guest,
        target,
        last,
        good,
        last.plusSeconds(RETRY),
        Duration.ofMillis(1208),
        (int) failures,
        "command 'set -o pipefail && pvesm export %s zfs - -with-snapshots 1 -snapshot __replicate_%s_%d__ | /usr/bin/ssh -e none -o 'BatchMode=yes' root@%s -- pvesm import %s zfs - -with-snapshots 1' failed: exit code 255"
            .formatted(volume, id(guest.vmid()), last.getEpochSecond(), target, volume));
  }

  private static Instant slot(Instant moment) {
    return Instant.ofEpochSecond(moment.getEpochSecond() / PERIOD * PERIOD);
  }

  private static Duration took(Instant run) {
    return Duration.ofMillis(2400 + Math.floorMod(run.getEpochSecond() / PERIOD * 7919, 4000));
  }
}
