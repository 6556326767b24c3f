package org.jarvis.connector.proxmox;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.resource.ClusterId;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.NodeName;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.TaskState;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.connector.proxmox.reply.Upid;

/** What a task that has ended may have changed, by its type as Proxmox VE names it. */
final class TaskTraces {
  private TaskTraces() {}

  /** What to read again after a task. */
  static Set<Turn> of(TaskState task, ClusterId cluster, LastReading reading) {
    Set<Turn> turns = new LinkedHashSet<>();
    NodeName node = task.id().node();
    ResourceRef nodeRef = ResourceRef.node(cluster, node);
    Optional<GuestId> guest = Upid.parse(task.id().value()).flatMap(Upid::guest);
    guest.ifPresent(
        id -> {
          ResourceRef ref = ResourceRef.guest(cluster, id);
          ofGuest(task.type()).forEach(aspect -> turns.add(new Turn(ref, aspect)));
        });
    for (Aspect aspect : ofNode(task.type())) {
      turns.add(new Turn(nodeRef, aspect));
    }
    if (task.type().startsWith("ha")) {
      turns.add(new Turn(ResourceRef.cluster(cluster), Aspect.HIGH_AVAILABILITY));
    }
    if (task.type().startsWith("ceph")) {
      turns.add(new Turn(ResourceRef.cluster(cluster), Aspect.CEPH));
    }
    if (movesContent(task.type())) {
      for (Storage storage : reading.storages().values()) {
        if (storage.shared() || storage.node().equals(node)) {
          turns.add(new Turn(storage.ref(), Aspect.CONTENT));
        }
      }
    }
    return turns;
  }

  private static List<Aspect> ofGuest(String type) {
    return switch (type) {
      case "qmsnapshot", "vzsnapshot", "qmdelsnapshot", "vzdelsnapshot" ->
          List.of(Aspect.SNAPSHOTS, Aspect.CONFIGURATION);
      case "qmconfig", "vzconfig", "resize", "qmmove", "move_volume", "vzmove", "qmtemplate" ->
          List.of(Aspect.CONFIGURATION);
      case "vzdump" -> List.of();
      case "qmrollback", "vzrollback" ->
          List.of(Aspect.SNAPSHOTS, Aspect.CONFIGURATION, Aspect.RUNTIME, Aspect.AGENT);
      default -> List.of(Aspect.CONFIGURATION, Aspect.RUNTIME, Aspect.AGENT, Aspect.SNAPSHOTS);
    };
  }

  private static List<Aspect> ofNode(String type) {
    return switch (type) {
      case "srvstart", "srvstop", "srvrestart", "srvreload" -> List.of(Aspect.SERVICES);
      case "aptupdate" -> List.of(Aspect.UPDATES);
      case "diskinit", "wipedisk", "dircreate", "lvmcreate", "lvmthincreate" ->
          List.of(Aspect.DISKS);
      case "zfscreate", "zfsremove" -> List.of(Aspect.ZFS, Aspect.DISKS);
      case "acmenewcert", "acmerenew", "acmerevoke" -> List.of(Aspect.CERTIFICATES);
      default -> List.of();
    };
  }

  private static boolean movesContent(String type) {
    return switch (type) {
      case "vzdump",
          "imgcopy",
          "imgdel",
          "download",
          "upload",
          "prunebackups",
          "qmcreate",
          "qmclone",
          "qmrestore",
          "qmdestroy",
          "qmmove",
          "vzcreate",
          "vzclone",
          "vzrestore",
          "vzdestroy",
          "move_volume",
          "resize" ->
          true;
      default -> false;
    };
  }
}
