package org.jarvis.lab.sim;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A scheduled backup.
 *
 * @param id its id
 * @param schedule as a calendar event of systemd
 * @param storage where to
 * @param mode {@code snapshot}, {@code suspend} or {@code stop}
 * @param all whether it covers all guests but the excluded ones
 * @param guests the guests it names, where it does not cover all
 * @param excluded the guests it leaves out
 * @param comment what people wrote about it
 */
public record BackupJob(
    String id,
    String schedule,
    String storage,
    String mode,
    boolean all,
    List<Integer> guests,
    List<Integer> excluded,
    String comment) {

  /** The nightly one, of everything. */
  static final BackupJob NIGHTLY =
      new BackupJob(
          "backup-6a1f20c4-9b37",
          "02:30",
          "pbs",
          "snapshot",
          true,
          List.of(),
          List.of(),
          "Every night");

  /** The weekly one, of the file server alone, to another place. */
  static final BackupJob WEEKLY =
      new BackupJob(
          "backup-c07e5512-4d1a",
          "sun 04:00",
          "nas",
          "snapshot",
          false,
          List.of(102),
          List.of(),
          "Second copy");

  /** Copies the lists. */
  public BackupJob {
    guests = List.copyOf(guests);
    excluded = List.copyOf(excluded);
  }

  /** The jobs of every lab. */
  public static List<BackupJob> every() {
    return List.of(NIGHTLY, WEEKLY);
  }

  /** Whether it covers a guest. */
  public boolean covers(int vmid) {
    return all ? !Set.copyOf(excluded).contains(vmid) : guests.contains(vmid);
  }

  /** This job where some guests were left out of it; one that names no others is not there. */
  Stream<BackupJob> forgetting(Set<Integer> forgotten) {
    List<Integer> left = guests.stream().filter(vmid -> !forgotten.contains(vmid)).toList();
    if (!all && left.isEmpty()) {
      return Stream.empty();
    }
    List<Integer> leftOut =
        all
            ? Stream.concat(excluded.stream(), forgotten.stream()).distinct().sorted().toList()
            : excluded;
    return Stream.of(new BackupJob(id, schedule, storage, mode, all, left, leftOut, comment));
  }

  /** This job after guests were purged from it; a job that named no others goes with them. */
  Stream<BackupJob> without(Set<Integer> purged) {
    List<Integer> left = guests.stream().filter(vmid -> !purged.contains(vmid)).toList();
    if (!all && left.isEmpty()) {
      return Stream.empty();
    }
    List<Integer> stillExcluded = excluded.stream().filter(vmid -> !purged.contains(vmid)).toList();
    return Stream.of(new BackupJob(id, schedule, storage, mode, all, left, stillExcluded, comment));
  }
}
