package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened before the simulation began: when nodes booted and guests started, and the backups
 * of the last two nights, so that uptimes and task lists look lived in.
 */
final class Past {

  private static final int TASKS_PER_NODE = 40;
  private static final LocalTime BACKUP_TIME = LocalTime.of(2, 30);

  private final Inventory inventory;
  private final Figures figures;
  private final Instant now;

  Past(Inventory inventory, Figures figures, Instant now) {
    this.inventory = inventory;
    this.figures = figures;
    this.now = now;
  }

  void fill(Map<String, Instant> bootedAt, GuestTable guests, TaskBook book) {
    for (NodeSpec node : inventory.nodes()) {
      Duration up = figures.between(Duration.ofDays(9), Duration.ofDays(47), -9_000L - node.id());
      bootedAt.put(node.name(), now.minus(up));
    }
    int pid = 2_400;
    for (Inventory.Placement placement : inventory.placements()) {
      GuestSpec spec = placement.spec();
      Instant boot = bootedAt.getOrDefault(placement.node(), now);
      Instant started =
          boot.plus(
              figures.between(
                  Duration.ofSeconds(40), Duration.between(boot, now).dividedBy(2), -spec.vmid()));
      List<Run> runs = placement.running() ? List.of(new Run(started, null)) : List.of();
      guests.put(new Guest(spec, placement.node(), placement.lock(), runs, pid += 17, false));
    }
    for (NodeSpec node : inventory.nodes()) {
      backups(node.name(), bootedAt.getOrDefault(node.name(), now), book);
    }
  }

  private void backups(String node, Instant boot, TaskBook book) {
    List<Inventory.Placement> guests =
        inventory.placements().stream()
            .filter(placement -> placement.node().equals(node) && !placement.spec().template())
            .sorted(Comparator.comparingInt(placement -> placement.spec().vmid()))
            .limit(TASKS_PER_NODE / 2)
            .toList();
    for (int nightsAgo = 2; nightsAgo >= 1; nightsAgo--) {
      Instant begin = night(nightsAgo);
      for (Inventory.Placement placement : guests) {
        begin =
            backup(
                node,
                boot,
                begin,
                placement.spec(),
                nightsAgo == 1 ? placement.lock() : null,
                book);
      }
    }
  }

  private Instant backup(
      String node,
      Instant boot,
      Instant begin,
      GuestSpec spec,
      @Nullable String lockLeft,
      TaskBook book) {
    Duration length =
        figures.between(Duration.ofSeconds(25), Duration.ofMinutes(6), -70_000L - spec.vmid());
    Instant end = begin.plus(length);
    long processStart = Math.max(0, Duration.between(boot, begin).toMillis() / 10);
    int pid = 900_000 + spec.vmid() % 90_000;
    TaskRun run =
        new TaskRun(
            new Upid(
                node,
                pid,
                processStart,
                begin.getEpochSecond(),
                "vzdump",
                String.valueOf(spec.vmid()),
                "root@pam",
                null),
            spec.vmid());
    String guest = spec.kind().label() + " " + spec.vmid();
    run.log(
        "INFO: starting new backup job: vzdump "
            + spec.vmid()
            + " --storage pbs --mode snapshot --quiet 1");
    run.log("INFO: Starting Backup of " + guest + " (" + spec.kind().type() + ")");
    if (lockLeft == null) {
      run.log("INFO: Finished Backup of " + guest + " (" + clockFace(length) + ")");
      run.log("INFO: Backup job finished successfully");
      run.log("TASK OK");
      run.end(end, "OK");
    } else {
      run.log("TASK ERROR: interrupted by signal");
      run.end(end, "interrupted by signal");
    }
    book.add(run);
    return end;
  }

  private Instant night(int nightsAgo) {
    return now.atZone(ZoneOffset.UTC)
        .toLocalDate()
        .minusDays(nightsAgo)
        .atTime(BACKUP_TIME)
        .toInstant(ZoneOffset.UTC);
  }

  private static String clockFace(Duration length) {
    return "%02d:%02d:%02d"
        .formatted(length.toHours(), length.toMinutesPart(), length.toSecondsPart());
  }
}
