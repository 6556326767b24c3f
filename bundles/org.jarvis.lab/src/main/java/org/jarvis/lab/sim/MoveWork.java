package org.jarvis.lab.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Moves guests to other nodes: virtual machines while they run, containers with a restart. */
public final class MoveWork {

  /**
   * What is asked for.
   *
   * @param target the node to move to
   * @param online whether a running guest may be moved: while it runs, or with a restart
   * @param withLocalDisks whether disks that only the source node has go along with a running
   *     virtual machine
   * @param targetStorage where they go
   */
  public record Request(
      String target, boolean online, boolean withLocalDisks, Optional<String> targetStorage) {}

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final String ABORTED = "migration aborted";

  private final SimulatedCluster cluster;
  private final Checks checks;

  MoveWork(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.checks = new Checks(cluster);
  }

  /** Moves a guest; high availability does it itself for what it manages. */
  public Upid move(GuestAddress address, Request request, TaskOwner owner) throws Refusal {
    return cluster.deciding(
        () -> {
          checks.knownNode(request.target());
          Guest guest = checks.existing(address);
          refuseAtOnce(guest, request);
          if (cluster.isManaged(guest)) {
            return cluster.wish(
                address,
                "hamigrate",
                "Requesting HA migration for %s to node %s"
                    .formatted(address.label(), request.target()),
                owner,
                () -> begin(address, request, TaskOwner.ROOT));
          }
          return begin(address, request, owner);
        });
  }

  private Upid begin(GuestAddress address, Request request, TaskOwner owner) {
    return cluster.beginWithoutLock(
        address.node(),
        address.kind().taskPrefix() + "migrate",
        String.valueOf(address.vmid()),
        address.vmid(),
        owner,
        () -> moving(address, request));
  }

  private void refuseAtOnce(Guest guest, Request request) throws Refusal {
    boolean machine = guest.spec().kind() == GuestKind.QEMU;
    if (machine) {
      Checks.unlocked(guest);
    }
    if (guest.running() && !request.online()) {
      throw new Refusal(
          machine
              ? "can't migrate running VM without --online"
              : "can't migrate running container without --online or --restart");
    }
    if (machine) {
      checks.storage(request.targetStorage().orElse(guest.spec().storage()), request.target());
    }
  }

  private Plan moving(GuestAddress address, Request request) throws TaskFailure {
    Guest guest = checks.atWork(address);
    Checks.unlockedAtWork(guest);
    checks.writableAtWork(address);
    Log log = new Log();
    String what = address.label();
    log.say(
        "starting migration of %s to node '%s' (%s)"
            .formatted(what, request.target(), where(request)));
    if (!cluster.isOnline(request.target())) {
      return log.aborts("Can't connect to destination address using public key");
    }
    String storage = request.targetStorage().orElse(guest.spec().storage());
    if (!cluster.has(request.target(), storage)) {
      return log.aborts(
          "storage '%s' is not available on node '%s'".formatted(storage, request.target()));
    }
    StorageSpec source = cluster.storage(guest.spec().storage());
    boolean local = source == null || !source.shared();
    boolean machine = address.kind() == GuestKind.QEMU;
    if (machine && guest.running() && local && !request.withLocalDisks()) {
      log.say("found local disk '%s' (attached)".formatted(SnapshotWork.volume(guest)));
      log.say("can't live migrate attached local disks without with-local-disks option");
      return log.aborts("Problem found while scanning volumes - can't migrate VM - check log");
    }
    if (local) {
      log.say("found local disk '%s' (attached)".formatted(SnapshotWork.volume(guest)));
      log.say("copying local disk images");
    }
    return machine
        ? machineMoves(guest, request, storage, log)
        : containerMoves(guest, request, storage, log);
  }

  private Plan machineMoves(Guest guest, Request request, String storage, Log log) {
    int vmid = guest.vmid();
    Plan.Builder steps = log.steps.effect(Duration.ZERO, () -> cluster.lock(vmid, "migrate"));
    if (guest.running()) {
      log.after(
          ofSeconds(2), "starting VM %d on remote node '%s'".formatted(vmid, request.target()));
      log.after(ofSeconds(4), "start remote tunnel");
      log.after(
          ofSeconds(5),
          "starting online/live migration on unix:/run/qemu-server/%d.migrate".formatted(vmid));
      log.after(ofSeconds(9), "migration status: completed");
    }
    Duration done = ofSeconds(guest.running() ? 10 : 6);
    steps
        .effect(done, () -> arrive(vmid, request.target(), storage))
        .whenAborted(() -> cluster.lock(vmid, null));
    log.after(
        done, "migration finished successfully (duration 00:00:%02d)".formatted(done.toSeconds()));
    return steps.ends(done.plusMillis(300), "OK");
  }

  private Plan containerMoves(Guest guest, Request request, String storage, Log log) {
    int vmid = guest.vmid();
    boolean ran = guest.running();
    Plan.Builder steps = log.steps.effect(Duration.ZERO, () -> cluster.lock(vmid, "migrate"));
    if (ran) {
      log.after(ofMillis(500), "shutdown CT %d".formatted(vmid));
      steps.effect(
          ofSeconds(4),
          () -> cluster.guests().change(vmid, found -> found.stopped(cluster.agenda().now())));
    }
    Duration moved = ofSeconds(ran ? 8 : 5);
    steps.effect(moved, () -> arrive(vmid, request.target(), storage));
    Duration done = moved;
    if (ran) {
      log.after(moved, "start container on target node");
      done = moved.plusSeconds(2);
      steps.effect(done, () -> cluster.start(vmid));
    }
    log.after(
        done, "migration finished successfully (duration 00:00:%02d)".formatted(done.toSeconds()));
    return steps.whenAborted(() -> cluster.lock(vmid, null)).ends(done.plusMillis(300), "OK");
  }

  private void arrive(int vmid, String target, String storage) throws TaskFailure {
    if (!cluster.isOnline(target)) {
      throw new TaskFailure(ABORTED);
    }
    cluster
        .guests()
        .change(
            vmid,
            guest ->
                guest
                    .movedTo(target)
                    .locked(null)
                    .respecified(guest.spec().withDisk(guest.spec().disk(), storage)));
  }

  private String where(Request request) {
    return cluster.addressOf(request.target());
  }

  /** A task's log, each line of which begins with its time. */
  private final class Log {
    private final Plan.Builder steps = Plan.of();

    void say(String line) {
      after(Duration.ZERO, line);
    }

    void after(Duration delay, String line) {
      LocalDateTime time =
          LocalDateTime.ofInstant(cluster.agenda().now().plus(delay), ZoneOffset.UTC);
      steps.log(delay, STAMP.format(time) + " " + line);
    }

    Plan aborts(String why) {
      say("ERROR: migration aborted (duration 00:00:01): " + why);
      return steps.ends(ofSeconds(1), ABORTED);
    }
  }
}
