package org.jarvis.lab.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

/** Resets, suspends and resumes guests. */
public final class SuspendWork {

  private static final String SUSPENDED = "suspended";

  private final SimulatedCluster cluster;
  private final Checks checks;

  SuspendWork(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.checks = new Checks(cluster);
  }

  /** Presses a virtual machine's reset button. */
  public Upid reset(GuestAddress address, TaskOwner owner) throws Refusal {
    return cluster.deciding(
        () -> {
          mustRun(address);
          return cluster.begin(
              address,
              "qmreset",
              owner,
              () -> {
                Checks.unlockedAtWork(checks.atWork(address));
                // Its process goes on, so nothing of it can be seen from outside.
                return Plan.of().ends(ofMillis(500), "OK");
              });
        });
  }

  /** Makes a guest stand still, in memory or with its memory written to disk. */
  public Upid suspend(GuestAddress address, boolean toDisk, TaskOwner owner) throws Refusal {
    return cluster.deciding(
        () -> {
          mustRun(address);
          if (address.kind() == GuestKind.LXC) {
            return cluster.begin(address, "vzsuspend", owner, () -> checkpoint(address));
          }
          return cluster.begin(
              address,
              toDisk ? "qmsuspend" : "qmpause",
              owner,
              () -> {
                Guest guest = checks.atWork(address);
                Checks.unlockedAtWork(guest);
                return toDisk ? written(guest) : standingStill(guest);
              });
        });
  }

  /** Lets a suspended guest go on. */
  public Upid resume(GuestAddress address, TaskOwner owner) throws Refusal {
    return cluster.deciding(
        () -> {
          Guest guest = checks.existing(address);
          if (address.kind() == GuestKind.LXC) {
            if (guest.running()) {
              throw new Refusal(address.label() + " already running");
            }
            return cluster.begin(
                address,
                "vzresume",
                owner,
                () -> Plan.of().ends(ofMillis(400), restoreFails(address)));
          }
          boolean onDisk = SUSPENDED.equals(guest.lock());
          if (!onDisk && !guest.running()) {
            throw new Refusal(address.label() + " not running");
          }
          return cluster.begin(address, "qmresume", owner, () -> goOn(address));
        });
  }

  private Plan goOn(GuestAddress address) throws TaskFailure {
    Guest guest = checks.atWork(address);
    if (SUSPENDED.equals(guest.lock())) {
      return Plan.of()
          .log(ofSeconds(1), "Resuming suspended VM")
          .effect(
              ofSeconds(3),
              () -> {
                cluster.change(address, found -> found.locked(null));
                cluster.start(address.vmid());
              })
          .log(ofSeconds(3), "Resumed VM, removing state")
          .ends(ofSeconds(4), "OK");
    }
    Checks.unlockedAtWork(guest);
    return Plan.of()
        .effect(
            ofMillis(200),
            () ->
                cluster.change(address, found -> found.altered(found.alterations().paused(false))))
        .ends(ofMillis(300), "OK");
  }

  private Plan standingStill(Guest guest) {
    return Plan.of()
        .effect(
            ofMillis(200),
            () ->
                cluster
                    .guests()
                    .change(guest.vmid(), found -> found.altered(found.alterations().paused(true))))
        .ends(ofMillis(300), "OK");
  }

  private Plan written(Guest guest) {
    int vmid = guest.vmid();
    return Plan.of()
        .effect(ofMillis(0), () -> cluster.lock(vmid, "suspending"))
        .log(
            ofSeconds(1),
            "State volume '%s:vm-%d-state-suspend-%s' created"
                .formatted(
                    guest.spec().storage(),
                    vmid,
                    cluster.agenda().now().toString().substring(0, 10)))
        .effect(
            ofSeconds(5),
            () -> {
              cluster.guests().change(vmid, found -> found.stopped(cluster.agenda().now()));
              cluster.lock(vmid, SUSPENDED);
            })
        .log(ofSeconds(5), "VM suspended to disk")
        .whenAborted(() -> cluster.lock(vmid, null))
        .ends(ofSeconds(5), "OK");
  }

  /** Containers need a program for it that Proxmox VE does not bring. */
  private Plan checkpoint(GuestAddress address) throws TaskFailure {
    Checks.unlockedAtWork(checks.atWork(address));
    return Plan.of()
        .ends(
            ofMillis(400),
            "command 'lxc-checkpoint -n %d -s -D /var/lib/vz/dump' failed: exit code 1"
                .formatted(address.vmid()));
  }

  private static String restoreFails(GuestAddress address) {
    return "command 'lxc-checkpoint -n %d -r --foreground -D /var/lib/vz/dump' failed: exit code 1"
        .formatted(address.vmid());
  }

  private void mustRun(GuestAddress address) throws Refusal {
    Guest guest = checks.find(address);
    if (guest == null) {
      throw new Refusal(address.notFound());
    }
    if (!guest.running()) {
      throw new Refusal(address.label() + " not running");
    }
  }
}
