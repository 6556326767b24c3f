package org.jarvis.lab.sim;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The backups of the nights before the simulation began, as tasks and as what they left on the
 * storages: one task per node and night, as the scheduler makes them. A guest that comes locked has
 * had no good backup for some nights, since one that was interrupted left its lock behind.
 */
final class PastBackups {

  private static final LocalTime NIGHTLY = LocalTime.of(2, 30);
  private static final LocalTime WEEKLY = LocalTime.of(4, 0);
  private static final Duration LONGEST_NIGHT = Duration.ofHours(3);
  private static final int NIGHTS = 7;
  private static final int NIGHTS_TOLD = 3;
  private static final int NIGHTS_OF_GENERATED = 2;
  private static final int INTERRUPTED_NIGHT = 4;
  private static final int WEEKS = 4;
  private static final int FIRST_GENERATED = 1000;
  private static final int GUESTS_TOLD = 100;

  private final Inventory inventory;
  private final Figures figures;
  private final LocalDate lastNight;
  private final LocalDate lastSunday;
  private final Map<String, List<Slot>> byNode = new LinkedHashMap<>();

  /** When in a night a guest has its turn. */
  private record Slot(Inventory.Placement placement, Duration after, Duration length) {
    GuestSpec spec() {
      return placement.spec();
    }
  }

  PastBackups(Inventory inventory, Figures figures, Instant now) {
    this.inventory = inventory;
    this.figures = figures;
    // A night that is not over yet is none of the past.
    LocalDate night = now.minus(LONGEST_NIGHT).atZone(ZoneOffset.UTC).toLocalDate();
    boolean begun =
        night.atTime(NIGHTLY).toInstant(ZoneOffset.UTC).plus(LONGEST_NIGHT).isAfter(now);
    this.lastNight = begun ? night.minusDays(1) : night;
    this.lastSunday = lastNight.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
    for (NodeSpec node : inventory.nodes()) {
      byNode.put(node.name(), slots(node.name()));
    }
  }

  /** The tasks of the last nights, oldest first. */
  void tell(Map<String, Instant> bootedAt, TaskBook book) {
    for (int ago = INTERRUPTED_NIGHT; ago >= 1; ago--) {
      for (Map.Entry<String, List<Slot>> node : byNode.entrySet()) {
        boolean hasLocked = node.getValue().stream().anyMatch(PastBackups::locked);
        if (ago <= NIGHTS_TOLD || hasLocked) {
          tell(node.getKey(), node.getValue(), ago, bootedAt, book);
        }
      }
    }
  }

  /** What lies on the storages. */
  List<Backup> backups() {
    List<Backup> backups = new ArrayList<>();
    for (List<Slot> slots : byNode.values()) {
      for (Slot slot : slots) {
        int nights =
            slot.spec().vmid() >= FIRST_GENERATED && !slot.spec().template()
                ? NIGHTS_OF_GENERATED
                : NIGHTS;
        int newest = locked(slot) ? INTERRUPTED_NIGHT + 1 : 1;
        for (int ago = newest; ago < newest + nights; ago++) {
          backups.add(backup(BackupJob.NIGHTLY, slot, night(ago).plus(slot.after()), ago));
        }
        if (BackupJob.WEEKLY.covers(slot.spec().vmid())) {
          for (int weeks = 0; weeks < WEEKS; weeks++) {
            Instant at = lastSunday.minusWeeks(weeks).atTime(WEEKLY).toInstant(ZoneOffset.UTC);
            backups.add(backup(BackupJob.WEEKLY, slot, at.plusSeconds(2), weeks));
          }
        }
      }
    }
    return backups;
  }

  private Backup backup(BackupJob job, Slot slot, Instant at, int ago) {
    GuestSpec spec = slot.spec();
    double share =
        0.18
            + figures
                    .between(Duration.ZERO, Duration.ofMillis(220), -81_000L - spec.vmid())
                    .toMillis()
                / 1000.0;
    long size = Math.round(spec.disk() * share) - ago * 4_194_304L;
    boolean server = job.storage().equals("pbs");
    return new Backup(
        job.storage(),
        spec.kind(),
        spec.vmid(),
        Instant.ofEpochSecond(at.getEpochSecond()),
        Math.max(1 << 20, size),
        spec.name(),
        spec.vmid() == 103 && ago == NIGHTS,
        server && ago > 1 ? "ok" : null);
  }

  private List<Slot> slots(String node) {
    List<Inventory.Placement> here =
        inventory.placements().stream()
            .filter(placement -> placement.node().equals(node))
            .filter(placement -> BackupJob.NIGHTLY.covers(placement.spec().vmid()))
            .sorted(Comparator.comparingInt(placement -> placement.spec().vmid()))
            .toList();
    Duration all = Duration.ZERO;
    for (Inventory.Placement placement : here) {
      all = all.plus(usualLength(placement.spec()));
    }
    double hurry = Math.min(1, (double) LONGEST_NIGHT.toMillis() / Math.max(1, all.toMillis()));
    List<Slot> slots = new ArrayList<>();
    Duration after = Duration.ofSeconds(2);
    for (Inventory.Placement placement : here) {
      Duration length =
          Duration.ofMillis(Math.round(usualLength(placement.spec()).toMillis() * hurry));
      slots.add(new Slot(placement, after, length));
      after = after.plus(length);
    }
    return slots;
  }

  private Duration usualLength(GuestSpec spec) {
    return figures.between(Duration.ofSeconds(25), Duration.ofMinutes(6), -70_000L - spec.vmid());
  }

  private void tell(
      String node, List<Slot> slots, int ago, Map<String, Instant> bootedAt, TaskBook book) {
    if (slots.isEmpty()) {
      return;
    }
    Instant begin = night(ago);
    Instant boot = bootedAt.getOrDefault(node, begin);
    long processStart = Math.max(0, Duration.between(boot, begin).toMillis() / 10);
    int pid = 900_000 + 4_000 * ago + node.length() * 37;
    TaskRun run =
        new TaskRun(
            new Upid(
                node, pid, processStart, begin.getEpochSecond(), "vzdump", "", "root@pam", null),
            0);
    run.log(
        "INFO: starting new backup job: vzdump --all 1 --mode snapshot --storage pbs --quiet 1 --notes-template '{{guestname}}'");
    String exit = "OK";
    Slot last = slots.get(slots.size() - 1);
    Instant end = begin.plus(last.after()).plus(last.length());
    for (Slot slot : slots.subList(0, Math.min(GUESTS_TOLD, slots.size()))) {
      String guest = slot.spec().kind().label() + " " + slot.spec().vmid();
      if (locked(slot) && ago == INTERRUPTED_NIGHT) {
        run.log("INFO: Starting Backup of " + guest + " (" + slot.spec().kind().type() + ")");
        exit = "interrupted by signal";
        end = begin.plus(slot.after()).plusSeconds(31);
        break;
      }
      boolean fails = locked(slot) && ago < INTERRUPTED_NIGHT;
      tell(run, slot, begin, fails);
      if (fails) {
        exit = "job errors";
      }
    }
    if (!exit.equals("interrupted by signal")) {
      run.log(
          exit.equals("OK")
              ? "INFO: Backup job finished successfully"
              : "INFO: Backup job finished with errors");
    }
    run.log(exit.equals("OK") ? "TASK OK" : "TASK ERROR: " + exit);
    run.end(end, exit);
    book.add(run);
  }

  private static void tell(TaskRun run, Slot slot, Instant begin, boolean fails) {
    GuestSpec spec = slot.spec();
    String guest = spec.kind().label() + " " + spec.vmid();
    run.log("INFO: Starting Backup of " + guest + " (" + spec.kind().type() + ")");
    if (fails) {
      run.log("ERROR: Backup of " + guest + " failed - CT is locked (backup)");
      run.log("INFO: Failed at " + date(begin.plus(slot.after())));
      return;
    }
    run.log("INFO: Backup started at " + date(begin.plus(slot.after())));
    run.log("INFO: status = " + (slot.placement().running() ? "running" : "stopped"));
    run.log("INFO: Finished Backup of " + guest + " (" + clockFace(slot.length()) + ")");
    run.log("INFO: Backup finished at " + date(begin.plus(slot.after()).plus(slot.length())));
  }

  private static boolean locked(Slot slot) {
    return "backup".equals(slot.placement().lock());
  }

  private Instant night(int ago) {
    return lastNight.minusDays(ago - 1L).atTime(NIGHTLY).toInstant(ZoneOffset.UTC);
  }

  static String date(Instant moment) {
    return moment.toString().substring(0, 19).replace('T', ' ');
  }

  static String clockFace(Duration length) {
    return "%02d:%02d:%02d"
        .formatted(length.toHours(), length.toMinutesPart(), length.toSecondsPart());
  }
}
