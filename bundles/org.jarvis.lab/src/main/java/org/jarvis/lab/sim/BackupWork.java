package org.jarvis.lab.sim;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes backups when somebody asks for them, as vzdump does. */
public final class BackupWork {

  /**
   * What is asked for.
   *
   * @param vmids the guests
   * @param storage where to
   * @param mode {@code snapshot}, {@code suspend} or {@code stop}
   * @param notes the template of what is written about it
   * @param kept whether it is protected from pruning
   */
  public record Request(
      List<Integer> vmids, String storage, String mode, String notes, boolean kept) {
    /** Copies the list. */
    public Request {
      vmids = List.copyOf(vmids);
    }
  }

  private static final Duration EACH = ofSeconds(20);

  private final SimulatedCluster cluster;

  BackupWork(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** Begins a backup; empty, without any task, where none of the guests is on the node. */
  public Optional<Upid> back(String node, Request request, TaskOwner owner) throws Refusal {
    return cluster.deciding(
        () -> {
          List<Integer> here = new ArrayList<>();
          for (int vmid : new TreeSet<>(request.vmids())) {
            Guest guest = cluster.guests().find(vmid);
            // What does not exist at all fails visibly, in the task.
            if (guest == null || guest.node().equals(node)) {
              here.add(vmid);
            }
          }
          if (here.isEmpty()) {
            return Optional.empty();
          }
          return Optional.of(
              cluster.beginWithoutLock(
                  node,
                  "vzdump",
                  here.size() == 1 ? String.valueOf(here.get(0)) : "",
                  here.size() == 1 ? here.get(0) : 0,
                  owner,
                  () -> backing(node, here, request)));
        });
  }

  /** Deletes a backup, unless it is protected from that. */
  public Upid delete(String node, Backup backup, String volume, TaskOwner owner) {
    return cluster.locked(
        () ->
            cluster.beginWithoutLock(
                node,
                "imgdel",
                backup.vmid() + "@" + backup.storage(),
                0,
                owner,
                () -> deleting(backup, volume)));
  }

  private Plan deleting(Backup backup, String volume) throws TaskFailure {
    if (backup.kept()) {
      throw new TaskFailure(
          "cannot remove protected volume '%s' on '%s'"
              .formatted(volume.substring(volume.indexOf(':') + 1), backup.storage()));
    }
    return Plan.of()
        .effect(
            ofSeconds(1),
            () -> {
              cluster.shelf().remove(backup);
              // As if it had been large enough.
              cluster.troubles().end(Troubles.Kind.STORAGE_FULL, backup.storage());
            })
        .log(ofSeconds(1), "Removed volume '" + volume + "'")
        .ends(ofMillis(1200), "OK");
  }

  private Plan backing(String node, List<Integer> vmids, Request request) throws TaskFailure {
    StorageSpec storage = cluster.storage(request.storage());
    String problem = problem(storage, node, request.storage());
    if (problem != null) {
      throw new TaskFailure(
          "could not get storage information for '" + request.storage() + "': " + problem);
    }
    Plan.Builder steps =
        Plan.of()
            .log(
                Duration.ZERO,
                "INFO: starting new backup job: vzdump %s --mode %s --storage %s --node %s --remove 0"
                    .formatted(
                        String.join(" ", vmids.stream().map(String::valueOf).toList()),
                        request.mode(),
                        request.storage(),
                        node));
    Duration at = Duration.ZERO;
    List<Integer> held = new ArrayList<>();
    List<Integer> failed = new ArrayList<>();
    for (int vmid : vmids) {
      Guest guest = cluster.guests().find(vmid);
      String obstacle = obstacle(guest, vmid);
      if (guest == null || obstacle != null) {
        failed.add(vmid);
        String label = guest == null ? "VM " + vmid : name(guest);
        steps.log(at, "ERROR: Backup of " + label + " failed - " + obstacle);
        steps.log(at, "INFO: Failed at " + PastBackups.date(cluster.agenda().now().plus(at)));
      } else {
        held.add(vmid);
        one(steps, at, guest, request);
        at = at.plus(EACH);
      }
    }
    Duration end = at.plus(ofMillis(500));
    steps.log(
        end,
        failed.isEmpty()
            ? "INFO: Backup job finished successfully"
            : "INFO: Backup job finished with errors");
    return steps
        .whenAborted(() -> held.forEach(this::release))
        .ends(end, failed.isEmpty() ? "OK" : "job errors");
  }

  private static @Nullable String problem(@Nullable StorageSpec storage, String node, String id) {
    if (storage == null) {
      return "storage '" + id + "' does not exist";
    }
    if (!storage.nodes().contains(node)) {
      return "storage '" + id + "' is not available on node '" + node + "'";
    }
    return List.of(storage.content().split(",", -1)).contains("backup")
        ? null
        : "can't use storage '" + id + "' for backups - wrong content type";
  }

  private @Nullable String obstacle(@Nullable Guest guest, int vmid) {
    if (guest == null) {
      return "unable to find VM '" + vmid + "'";
    }
    if (guest.lock() != null) {
      return guest.spec().kind().label() + " is locked (" + guest.lock() + ")";
    }
    return cluster.quorate() ? null : "cluster not ready - no quorum?";
  }

  private void one(Plan.Builder steps, Duration at, Guest guest, Request request) {
    int vmid = guest.vmid();
    boolean stops = request.mode().equals("stop") && guest.running();
    Instant begin = cluster.agenda().now().plus(at);
    steps
        .log(
            at, "INFO: Starting Backup of " + name(guest) + " (" + guest.spec().kind().type() + ")")
        .log(at, "INFO: Backup started at " + PastBackups.date(begin))
        .log(at, "INFO: status = " + (guest.running() ? "running" : "stopped"))
        .log(at, "INFO: backup mode: " + (guest.running() ? request.mode() : "stop"))
        .effect(at, () -> cluster.lock(vmid, "backup"));
    if (stops) {
      steps
          .log(at, "INFO: stopping " + (guest.spec().kind() == GuestKind.QEMU ? "vm" : "guest"))
          .effect(
              at.plusSeconds(4),
              () -> cluster.guests().change(vmid, found -> found.stopped(cluster.agenda().now())))
          .effect(at.plusSeconds(8), () -> cluster.start(vmid))
          .log(at.plusSeconds(8), "INFO: guest is online again after 4 seconds");
    }
    Duration done = at.plus(EACH);
    steps
        .log(at.plusSeconds(10), "INFO:  52% complete")
        .effect(done, () -> stored(guest, begin, request))
        .log(done, "INFO: Finished Backup of " + name(guest) + " (00:00:20)")
        .log(done, "INFO: Backup finished at " + PastBackups.date(begin.plus(EACH)));
  }

  private void stored(Guest guest, Instant begin, Request request) {
    cluster
        .shelf()
        .add(
            new Backup(
                request.storage(),
                guest.spec().kind(),
                guest.vmid(),
                Instant.ofEpochSecond(begin.getEpochSecond()),
                Math.max(1L << 20, guest.spec().disk() / 4),
                notes(guest, request.notes()),
                request.kept(),
                null));
    cluster.backedUp(guest.vmid());
    release(guest.vmid());
  }

  /** Backslashes and newlines are escaped in a template, and some words stand for the guest's. */
  private String notes(Guest guest, String template) {
    StringBuilder notes = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '\\' && i + 1 < template.length()) {
        i++;
        notes.append(template.charAt(i) == 'n' ? '\n' : template.charAt(i));
      } else {
        notes.append(c);
      }
    }
    return notes
        .toString()
        .replace("{{guestname}}", guest.spec().name())
        .replace("{{node}}", guest.node())
        .replace("{{vmid}}", String.valueOf(guest.vmid()))
        .replace("{{cluster}}", cluster.inventory().clusterName());
  }

  private void release(int vmid) {
    Guest guest = cluster.guests().find(vmid);
    if (guest != null && "backup".equals(guest.lock())) {
      cluster.lock(vmid, null);
    }
  }

  private static String name(Guest guest) {
    return guest.spec().kind().label() + " " + guest.vmid();
  }
}
