package org.jarvis.lab.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of all guests, and which one each guest's present state descends from. Confined to
 * the cluster's lock.
 */
final class SnapshotBook {

  /** One guest's snapshots, oldest first, and the one it descends from. */
  record Page(List<GuestSnapshot> snapshots, @Nullable String current) {
    static final Page EMPTY = new Page(List.of(), null);

    Page {
      snapshots = List.copyOf(snapshots);
    }
  }

  private final Map<Integer, Page> pages = new HashMap<>();

  Page of(int vmid) {
    return pages.getOrDefault(vmid, Page.EMPTY);
  }

  /** Adds a snapshot of the present state, on which the guest is based from then on. */
  void add(int vmid, String name, Instant at, String description, boolean withMemory) {
    Page page = of(vmid);
    List<GuestSnapshot> longer = new ArrayList<>(page.snapshots());
    longer.add(new GuestSnapshot(name, at, description, withMemory, page.current()));
    pages.put(vmid, new Page(longer, name));
  }

  /** Bases the guest on a snapshot again, as a rollback does. */
  void rollBack(int vmid, String name) {
    pages.put(vmid, new Page(of(vmid).snapshots(), name));
  }

  /** Removes a snapshot; what descends from it descends from its parent then. */
  void remove(int vmid, String name) {
    Page page = of(vmid);
    @Nullable String parent = null;
    for (GuestSnapshot snapshot : page.snapshots()) {
      if (snapshot.name().equals(name)) {
        parent = snapshot.parent();
      }
    }
    List<GuestSnapshot> kept = new ArrayList<>();
    for (GuestSnapshot snapshot : page.snapshots()) {
      if (!snapshot.name().equals(name)) {
        kept.add(
            name.equals(snapshot.parent())
                ? new GuestSnapshot(
                    snapshot.name(),
                    snapshot.at(),
                    snapshot.description(),
                    snapshot.withMemory(),
                    parent)
                : snapshot);
      }
    }
    pages.put(vmid, new Page(kept, name.equals(page.current()) ? parent : page.current()));
  }

  /** Forgets a guest that was deleted. */
  void forget(int vmid) {
    pages.remove(vmid);
  }

  /** The ones that the household has, some of them older than they should be. */
  void fill(Inventory inventory, Instant now) {
    for (Inventory.Placement placement : inventory.placements()) {
      int vmid = placement.spec().vmid();
      switch (vmid) {
        case 101 -> add(vmid, "before-update", daysAgo(now, 20), "Core 2026.10", false);
        case 103 -> {
          add(vmid, "pre_docker_28", daysAgo(now, 214), "before Docker 28", false);
          add(vmid, "compose-rewrite", daysAgo(now, 3), "", false);
        }
        case 202 -> add(vmid, "before_upgrade", daysAgo(now, 65), "Hub 30 to 31", false);
        default -> {
          if (vmid >= 1000 && vmid % 40 == 0 && !placement.spec().template()) {
            add(vmid, "initial", daysAgo(now, 5 + vmid % 300), "", false);
          }
        }
      }
    }
  }

  private static Instant daysAgo(Instant now, int days) {
    return Instant.ofEpochSecond(now.minus(Duration.ofDays(days)).getEpochSecond());
  }
}
