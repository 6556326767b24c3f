package org.jarvis.lab.sim;

import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What can befall the guests, disks, services and jobs of a cluster, beyond what its own tasks do.
 * Each method answers whether there was something that it could befall. Thread-safe.
 */
public final class Misfortunes {

  private static final Duration FOREVER = Duration.ofDays(36_500);

  private final SimulatedCluster cluster;
  private Journal.Death death = Journal.Death.FROM_INSIDE;

  Misfortunes(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** How the guest dies that stops at this moment; asked under the cluster's lock. */
  Journal.Death death() {
    return death;
  }

  /** The kernel kills a guest's process, for want of memory or for a mistake in it. */
  public boolean crash(int vmid, boolean outOfMemory) {
    return dies(vmid, outOfMemory ? Journal.Death.OUT_OF_MEMORY : Journal.Death.SEGFAULT);
  }

  /** A guest shuts itself down from the inside. */
  public boolean powersOff(int vmid) {
    return dies(vmid, Journal.Death.FROM_INSIDE);
  }

  /** A person's own task, begun elsewhere, stops a guest. */
  public boolean stoppedByPerson(int vmid) {
    return onRunning(
        vmid,
        guest ->
            cluster.begin(
                guest.node(),
                guest.spec().kind().taskPrefix() + "stop",
                guest.spec().kind(),
                vmid,
                SimulatedCluster.ROOT,
                null,
                () -> Plan.of().effect(ofSeconds(1), () -> stop(vmid)).ends(ofSeconds(2), "OK")));
  }

  /** A backup in mode stop takes a guest down for half a minute. */
  public boolean backupStops(int vmid) {
    return onRunning(vmid, guest -> vzdump(guest, () -> BackupCourse.stopping(this, guest)));
  }

  /** A backup of a guest fails in the middle. */
  public boolean backupFails(int vmid) {
    return onExisting(vmid, guest -> vzdump(guest, () -> BackupCourse.failing(this, guest)));
  }

  /**
   * A backup of a guest began and never ends by itself.
   *
   * @param ago for how long it has been running
   */
  public boolean backupHangs(int vmid, Duration ago) {
    return onExisting(
        vmid,
        guest ->
            cluster.began(
                ago,
                guest.node(),
                "vzdump",
                guest.spec().kind(),
                vmid,
                TaskOwner.ROOT,
                () -> BackupCourse.hanging(this, guest).ends(FOREVER, "OK")));
  }

  /** Ends the backups of a guest that hang. */
  public void backupGoesOn(int vmid) {
    cluster.locked(
        () -> {
          Guest guest = cluster.guests().find(vmid);
          if (guest != null) {
            cluster.interrupt(guest.node(), "vzdump", vmid, "interrupted by signal");
            locked(vmid, false);
          }
          return vmid;
        });
  }

  /** A service of a node fails, or runs again. */
  public boolean service(String node, String id, boolean fails) {
    return cluster.locked(
        () -> {
          Optional<NodeService> found =
              cluster.isNode(node) ? cluster.serviceTable().find(node, id) : Optional.empty();
          found.ifPresent(
              service -> {
                cluster.serviceTable().put(node, fails ? service.failed() : service.runs());
                if (fails) {
                  cluster.journal().serviceFailed(node, service.unit(), cluster.agenda().now());
                }
              });
          return found.isPresent();
        });
  }

  /** Somebody adds a storage; false where there is one of this name. */
  public boolean storageAdded(String id) {
    return cluster.addStorage(id);
  }

  /** That storage is taken out of the configuration. */
  public void storageRemoved(String id) {
    cluster.removeStorage(id);
  }

  /** The agent of a virtual machine works these words into its answers. */
  public boolean agentSays(int vmid, String text) {
    return onExisting(
        vmid,
        guest -> guest.spec().kind() == GuestKind.QEMU,
        guest -> cluster.plantedWords().plant(vmid, text));
  }

  /** The agent of a virtual machine tells the truth again. */
  public void agentTellsTheTruth(int vmid) {
    cluster.plantedWords().clear(vmid);
  }

  /** A condition begins, where it can befall its subject. */
  public boolean begin(Troubles.Kind kind, String subject) {
    boolean possible = canBefall(kind, subject).getAsBoolean();
    if (possible) {
      cluster.locked(
          () -> {
            cluster.troubles().begin(kind, subject, cluster.agenda().now());
            return subject;
          });
      cluster.troubles().changed();
    }
    return possible;
  }

  /** A condition ends. */
  public void end(Troubles.Kind kind, String subject) {
    cluster.troubles().end(kind, subject);
    cluster.troubles().changed();
  }

  /**
   * A task of a node refreshes its package lists.
   *
   * @param log what it writes before it ends, in as many lines as it has
   * @param end how it ends, which is told on one line, as a worker writes it
   */
  public boolean refreshesPackages(String node, String log, String end) {
    return cluster.locked(
        () -> {
          boolean known = cluster.isNode(node);
          if (known && cluster.isOnline(node)) {
            Plan.Builder plan = Plan.of();
            log.lines().forEach(line -> plan.log(Duration.ZERO, line));
            cluster.beginWithoutLock(
                node,
                "aptupdate",
                "",
                0,
                TaskOwner.ROOT,
                () -> plan.ends(ofSeconds(2), end.replaceAll("\\R", " ")));
          }
          return known;
        });
  }

  private BooleanSupplier canBefall(Troubles.Kind kind, String subject) {
    return switch (kind) {
      case GUEST_DISK_FULL, AGENT_SILENT, NO_BACKUP, BACKUPS_OLD, NOT_IN_A_JOB ->
          () ->
              cluster.snapshot().guests().stream()
                  .anyMatch(guest -> String.valueOf(guest.vmid()).equals(subject));
      case STORAGE_FULL, STORAGE_FILLING ->
          () ->
              cluster.inventory().storages().stream()
                  .anyMatch(storage -> storage.id().equals(subject));
      case GUEST_IO_ERROR ->
          () ->
              cluster.snapshot().guests().stream()
                  .anyMatch(
                      guest ->
                          guest.spec().kind() == GuestKind.QEMU
                              && guest.running()
                              && String.valueOf(guest.vmid()).equals(subject));
      case HA_ERROR ->
          () ->
              cluster.highAvailability().services().stream()
                  .anyMatch(service -> String.valueOf(service.guest().vmid()).equals(subject));
      case STORAGE_UNAVAILABLE ->
          () ->
              cluster.inventory().storages().stream()
                  .anyMatch(
                      storage ->
                          storage.nodes().stream()
                              .anyMatch(node -> subject.equals(node + "/" + storage.id())));
      case THIN_POOL_FULL ->
          () ->
              cluster.inventory().storages().stream()
                  .anyMatch(
                      storage ->
                          storage.plugin().equals("lvmthin") && storage.nodes().contains(subject));
      case DISK_FAILING, DISK_WORN ->
          () ->
              cluster.inventory().nodes().stream()
                  .flatMap(
                      node ->
                          Disk.of(node, cluster.figures()).stream()
                              .map(disk -> node.name() + disk.device()))
                  .anyMatch(subject::equals);
      case POOL_DEGRADED, POOL_ERRORS, SCRUB_OVERDUE ->
          () ->
              cluster.inventory().nodes().stream()
                  .anyMatch(node -> node.zfs() && node.name().equals(subject));
      case REPLICATION_FAILING ->
          () -> cluster.replication().stream().anyMatch(job -> job.id().equals(subject));
      case API_DOWN,
          SENSORS_MISSING,
          SENSORS_NONSENSE,
          NODE_UNTOLD,
          NODE_HOT,
          NODE_CPU_HIGH,
          NODE_MEMORY_HIGH,
          NODE_ROOT_FULL,
          CERTIFICATE_EXPIRING,
          SECURITY_UPDATES,
          CLOCK_SKEWED ->
          () -> cluster.isNode(subject);
      case SSH_SILENT, SSH_REFUSED, HOST_KEY_CHANGED, COMMANDS_HANG ->
          () -> cluster.isNode(subject) || cluster.guestHost(subject).isPresent();
      case CEPH -> () -> true;
    };
  }

  private boolean dies(int vmid, Journal.Death how) {
    return onRunning(
        vmid,
        guest -> {
          death = how;
          cluster.guests().change(vmid, found -> found.stopped(cluster.agenda().now()));
          death = Journal.Death.FROM_INSIDE;
        });
  }

  private boolean onRunning(int vmid, Consumer<Guest> happening) {
    return onExisting(vmid, Guest::running, happening);
  }

  private boolean onExisting(int vmid, Consumer<Guest> happening) {
    return onExisting(vmid, guest -> true, happening);
  }

  private boolean onExisting(int vmid, Predicate<Guest> fits, Consumer<Guest> happening) {
    return cluster.locked(
        () -> {
          Guest guest = cluster.guests().find(vmid);
          boolean found = guest != null && fits.test(guest);
          if (guest != null && found) {
            happening.accept(guest);
          }
          return found;
        });
  }

  private void vzdump(Guest guest, TaskEngine.Work work) {
    cluster.begin(
        guest.node(),
        "vzdump",
        guest.spec().kind(),
        guest.vmid(),
        SimulatedCluster.ROOT,
        null,
        work);
  }

  void stop(int vmid) {
    cluster.guests().change(vmid, guest -> guest.stopped(cluster.agenda().now()));
  }

  void start(int vmid) {
    cluster.start(vmid);
  }

  void locked(int vmid, boolean byBackup) {
    cluster.guests().change(vmid, guest -> guest.locked(byBackup ? "backup" : null));
  }
}
