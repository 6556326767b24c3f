package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What happened before the simulation began: when nodes booted and guests started, and the backups
 * of the last two nights, so that uptimes and task lists look lived in.
 */
final class Past {

  private final Inventory inventory;
  private final Figures figures;
  private final PastBackups backups;
  private final Instant now;

  Past(Inventory inventory, Figures figures, PastBackups backups, Instant now) {
    this.inventory = inventory;
    this.figures = figures;
    this.backups = backups;
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
      guests.put(
          new Guest(
              spec, placement.node(), placement.lock(), runs, pid += 17, false, Alterations.NONE));
    }
    backups.tell(bootedAt, book);
  }
}
