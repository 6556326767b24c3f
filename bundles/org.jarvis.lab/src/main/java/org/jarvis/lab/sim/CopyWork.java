package org.jarvis.lab.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes copies of guests, and deletes guests. */
public final class CopyWork {

  /**
   * What is asked for.
   *
   * @param newVmid the copy's number
   * @param name the copy's name
   * @param target the node that it goes to
   * @param full whether disks are copied, as the caller says
   * @param storage where they go
   * @param snapshot of which snapshot
   * @param description what people write about it
   */
  public record Request(
      int newVmid,
      Optional<String> name,
      Optional<String> target,
      Optional<Boolean> full,
      Optional<String> storage,
      Optional<String> snapshot,
      Optional<String> description) {}

  private final SimulatedCluster cluster;
  private final Checks checks;

  CopyWork(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.checks = new Checks(cluster);
  }

  /** Makes a copy of a guest. */
  public Upid copy(GuestAddress address, Request request, TaskOwner owner) throws Refusal {
    return cluster.deciding(
        () -> {
          Guest guest = checks.find(address);
          if (guest == null) {
            throw new Refusal(address.notFound());
          }
          if (request.target().isPresent()) {
            checks.knownNode(request.target().get());
          }
          checks.writable(address);
          Checks.unlocked(guest);
          refuseAtOnce(guest, request);
          Guest copy = made(guest, request);
          cluster.guests().put(copy);
          return cluster.begin(
              address,
              address.kind().taskPrefix() + "clone",
              owner,
              () -> copying(guest, copy, request));
        });
  }

  private void refuseAtOnce(Guest guest, Request request) throws Refusal {
    boolean full = request.full().orElse(!guest.spec().template());
    Guest taken = cluster.guests().find(request.newVmid());
    if (taken != null) {
      boolean here = taken.node().equals(guest.node()) && sameKind(taken, guest);
      throw new Refusal(
          here
              ? "unable to create %s %d: config file already exists"
                  .formatted(guest.spec().kind().label(), request.newVmid())
              : "%s %d already exists on node '%s'"
                  .formatted(taken.spec().kind().label(), taken.vmid(), taken.node()));
    }
    if (request.snapshot().isPresent() && !hasSnapshot(guest, request.snapshot().get())) {
      throw new Refusal("snapshot '" + request.snapshot().get() + "' does not exist");
    }
    if (request.storage().isPresent()) {
      if (!full) {
        throw new Refusal("parameter 'storage' not allowed for linked clones");
      }
      checks.storage(request.storage().get(), guest.node());
    }
    boolean container = guest.spec().kind() == GuestKind.LXC;
    if (container && full && guest.running() && request.snapshot().isEmpty()) {
      throw new Refusal("Cannot do full clones on a running container without snapshots");
    }
    if (!full && !guest.spec().template()) {
      throw new Refusal(
          "Linked clone feature is not supported for drive '"
              + (container ? "rootfs" : "scsi0")
              + "'");
    }
    StorageSpec storage = cluster.storage(request.storage().orElse(guest.spec().storage()));
    boolean elsewhere = request.target().filter(node -> !node.equals(guest.node())).isPresent();
    if (elsewhere && (storage == null || !storage.shared())) {
      throw new Refusal(
          "can't clone %s to node '%s' (%s uses local storage)"
              .formatted(
                  guest.spec().kind().label(),
                  request.target().get(),
                  guest.spec().kind().label()));
    }
  }

  private static boolean sameKind(Guest one, Guest other) {
    return one.spec().kind() == other.spec().kind();
  }

  private boolean hasSnapshot(Guest guest, String name) {
    return cluster.snapshotBook().of(guest.vmid()).snapshots().stream()
        .anyMatch(snapshot -> snapshot.name().equals(name));
  }

  private Guest made(Guest guest, Request request) {
    GuestSpec original = guest.spec();
    boolean machine = original.kind() == GuestKind.QEMU;
    String name =
        request.name().orElse((machine ? "Copy-of-VM-" : "Copy-of-CT-") + original.name());
    GuestSpec spec =
        original
            .copied(request.newVmid(), name, request.storage().orElse(original.storage()))
            .noted(request.description().orElse(original.note()));
    String origin = request.newVmid() + name + cluster.agenda().now();
    return new Guest(
        spec,
        guest.node(),
        "clone",
        List.of(),
        0,
        false,
        guest.alterations().copied(cluster.agenda().now(), origin));
  }

  private Plan copying(Guest guest, Guest copy, Request request) throws TaskFailure {
    GuestKind kind = guest.spec().kind();
    boolean linked = !request.full().orElse(!guest.spec().template());
    Duration length = linked ? ofSeconds(2) : ofSeconds(8);
    Plan.Builder steps =
        Plan.of()
            .log(
                Duration.ZERO,
                kind == GuestKind.QEMU
                    ? "creating a clone of VM %d with ID %d".formatted(guest.vmid(), copy.vmid())
                    : "create %s clone of mountpoint rootfs (%s)"
                        .formatted(linked ? "linked" : "full", SnapshotWork.volume(guest)));
    if (kind == GuestKind.QEMU) {
      for (String key : guest.alterations().pending().keySet()) {
        steps.log(Duration.ZERO, "found pending changes for '" + key + "', discarding for clone");
      }
      steps.log(
          ofMillis(300),
          "create %s clone of drive scsi0 (%s)"
              .formatted(linked ? "linked" : "full", SnapshotWork.volume(guest)));
      if (!linked) {
        steps.log(ofSeconds(4), "transferred 16.0 GiB of 32.0 GiB (50.00%)");
        steps.log(ofSeconds(7), "transferred 32.0 GiB of 32.0 GiB (100.00%)");
      }
    }
    return steps
        .effect(
            length,
            () -> {
              String node = request.target().orElse(guest.node());
              cluster.guests().change(copy.vmid(), found -> found.movedTo(node).locked(null));
            })
        .whenAborted(() -> cluster.forget(copy.vmid()))
        .ends(length.plusMillis(200), "OK");
  }

  /**
   * Deletes a guest.
   *
   * @param purge whether it goes from backup jobs and high availability, too
   * @param force whether a container may run
   */
  public Upid delete(GuestAddress address, boolean purge, boolean force, TaskOwner owner)
      throws Refusal {
    return cluster.deciding(
        () -> {
          Guest guest = checks.existing(address);
          refuseToDelete(address, guest, purge, force);
          return cluster.begin(
              address,
              address.kind().taskPrefix() + "destroy",
              owner,
              () -> deleting(address, purge));
        });
  }

  private void refuseToDelete(GuestAddress address, Guest guest, boolean purge, boolean force)
      throws Refusal {
    if (guest.alterations().get("protection", "0").equals("1")) {
      throw new Refusal("can't remove " + address.label() + " - protection mode enabled");
    }
    if (cluster.isManaged(guest) && !purge) {
      throw new Refusal(
          "unable to remove "
              + address.label()
              + " - used in HA resources and purge parameter not set.");
    }
    if (guest.running() && !(force && address.kind() == GuestKind.LXC)) {
      throw new Refusal(
          address.kind() == GuestKind.QEMU
              ? "VM " + address.vmid() + " is running - destroy failed"
              : "unable to destroy CT " + address.vmid() + " - container is running");
    }
  }

  private Plan deleting(GuestAddress address, boolean purge) throws TaskFailure {
    Guest guest = checks.atWork(address);
    Checks.unlockedAtWork(guest);
    checks.writableAtWork(address);
    Plan.Builder steps =
        Plan.of()
            .effect(Duration.ZERO, () -> cluster.lock(address.vmid(), "destroyed"))
            .log(
                ofSeconds(1),
                "  Logical volume \"vm-%d-disk-0\" successfully removed."
                    .formatted(address.vmid()));
    if (purge) {
      steps.log(ofSeconds(2), "purging " + address.label() + " from related configurations..");
    }
    return steps
        .effect(ofSeconds(2), () -> cluster.deleted(address.vmid(), purge))
        .ends(ofMillis(2300), "OK");
  }
}
