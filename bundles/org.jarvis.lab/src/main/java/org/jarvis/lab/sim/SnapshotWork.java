package org.jarvis.lab.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes snapshots of guests, goes back to them, and deletes them. */
public final class SnapshotWork {

  private final SimulatedCluster cluster;
  private final Checks checks;
  private final Map<String, Guest> states = new HashMap<>();

  SnapshotWork(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.checks = new Checks(cluster);
  }

  /** Takes a snapshot; with memory only where the guest is a virtual machine that runs. */
  public Upid take(
      GuestAddress address, String name, String description, boolean memory, TaskOwner owner)
      throws Refusal {
    return cluster.deciding(
        () -> {
          notReserved(name);
          return cluster.begin(
              address,
              address.kind().taskPrefix() + "snapshot",
              owner,
              () -> taking(address, name, description, memory));
        });
  }

  private Plan taking(GuestAddress address, String name, String description, boolean memory)
      throws TaskFailure {
    Guest guest = checks.atWork(address);
    if (guest.spec().template()) {
      throw new TaskFailure("you can't take a snapshot if it's a template");
    }
    Checks.unlockedAtWork(guest);
    checks.writableAtWork(address);
    int vmid = guest.vmid();
    if (find(vmid, name).isPresent()) {
      throw new TaskFailure("snapshot name '" + name + "' already used");
    }
    boolean withMemory = memory && guest.running() && address.kind() == GuestKind.QEMU;
    Duration length = withMemory ? ofSeconds(7) : ofSeconds(2);
    Plan.Builder steps = Plan.of().effect(Duration.ZERO, () -> cluster.lock(vmid, "snapshot"));
    if (withMemory) {
      steps
          .log(
              ofMillis(500),
              "saving VM state and RAM using storage '" + guest.spec().storage() + "'")
          .log(ofSeconds(5), "completed saving the VM state in 5s, saved 1.02 GiB");
    }
    steps.log(
        length.minusMillis(500),
        address.kind() == GuestKind.QEMU
            ? "snapshotting 'drive-scsi0' (%s)".formatted(volume(guest))
            : "create storage snapshot '%s' of %s".formatted(name, volume(guest)));
    return steps
        .effect(
            length,
            () -> {
              Guest now = checks.atWork(address);
              states.put(key(vmid, name), now.locked(null));
              Instant second = Instant.ofEpochSecond(cluster.agenda().now().getEpochSecond());
              cluster.snapshotBook().add(vmid, name, second, description, withMemory);
              cluster.lock(vmid, null);
            })
        .ends(length.plusMillis(200), "OK");
  }

  /** Takes a guest back to a snapshot. */
  public Upid rollBack(GuestAddress address, String name, boolean start, TaskOwner owner)
      throws Refusal {
    return cluster.deciding(
        () -> {
          notReserved(name);
          return cluster.begin(
              address,
              address.kind().taskPrefix() + "rollback",
              owner,
              () -> rollingBack(address, name, start, owner));
        });
  }

  private Plan rollingBack(GuestAddress address, String name, boolean start, TaskOwner owner)
      throws TaskFailure {
    Guest guest = checks.atWork(address);
    int vmid = guest.vmid();
    GuestSnapshot snapshot = existing(vmid, name);
    Checks.unlockedAtWork(guest);
    checks.writableAtWork(address);
    List<GuestSnapshot> all = cluster.snapshotBook().of(vmid).snapshots();
    StorageSpec storage = cluster.storage(guest.spec().storage());
    boolean newest = all.get(all.size() - 1).name().equals(name);
    if (storage != null && storage.plugin().equals("zfspool") && !newest) {
      throw new TaskFailure(
          "can't rollback, '%s' is not most recent snapshot on '%s'"
              .formatted(name, volume(guest).substring(volume(guest).indexOf(':') + 1)));
    }
    return Plan.of()
        .effect(
            ofMillis(500),
            () -> {
              cluster.lock(vmid, "rollback");
              cluster.guests().change(vmid, found -> found.stopped(cluster.agenda().now()));
            })
        .effect(ofSeconds(3), () -> restore(address, snapshot, start, owner))
        .ends(ofMillis(3200), "OK");
  }

  private void restore(
      GuestAddress address, GuestSnapshot snapshot, boolean start, TaskOwner owner) {
    int vmid = address.vmid();
    Guest then = states.get(key(vmid, snapshot.name()));
    cluster
        .guests()
        .change(
            vmid,
            now ->
                then == null
                    ? now.locked(null)
                    : now.locked(null)
                        .respecified(then.spec())
                        .altered(then.alterations().paused(false)));
    cluster.snapshotBook().rollBack(vmid, snapshot.name());
    if (snapshot.withMemory()) {
      cluster.start(vmid);
    } else if (start) {
      // Behind this task, which still holds the lock of the configuration.
      cluster.agenda().after(ofMillis(300), () -> cluster.startFor(address, owner));
    }
  }

  /** Deletes a snapshot. */
  public Upid delete(GuestAddress address, String name, TaskOwner owner) throws Refusal {
    return cluster.deciding(
        () -> {
          notReserved(name);
          return cluster.begin(
              address,
              address.kind().taskPrefix() + "delsnapshot",
              owner,
              () -> deleting(address, name));
        });
  }

  private Plan deleting(GuestAddress address, String name) throws TaskFailure {
    Guest guest = checks.atWork(address);
    int vmid = guest.vmid();
    existing(vmid, name);
    Checks.unlockedAtWork(guest);
    checks.writableAtWork(address);
    return Plan.of()
        .effect(Duration.ZERO, () -> cluster.lock(vmid, "snapshot-delete"))
        .effect(
            ofSeconds(2),
            () -> {
              cluster.snapshotBook().remove(vmid, name);
              states.remove(key(vmid, name));
              cluster.lock(vmid, null);
            })
        .ends(ofMillis(2200), "OK");
  }

  private GuestSnapshot existing(int vmid, String name) throws TaskFailure {
    return find(vmid, name)
        .orElseThrow(() -> new TaskFailure("snapshot '" + name + "' does not exist"));
  }

  private Optional<GuestSnapshot> find(int vmid, String name) {
    return cluster.snapshotBook().of(vmid).snapshots().stream()
        .filter(snapshot -> snapshot.name().equals(name))
        .findFirst();
  }

  private static void notReserved(String name) throws Refusal {
    if (name.equals("current") || name.equals("pending")) {
      throw new Refusal("unable to use snapshot name '" + name + "' (reserved name)");
    }
  }

  static String volume(Guest guest) {
    return guest.spec().storage() + ":vm-" + guest.vmid() + "-disk-0";
  }

  private static String key(int vmid, String name) {
    return vmid + " " + name;
  }
}
