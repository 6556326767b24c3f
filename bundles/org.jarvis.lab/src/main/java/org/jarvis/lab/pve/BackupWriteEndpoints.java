package org.jarvis.lab.pve;

import java.util.Arrays;
import java.util.List;
import org.jarvis.lab.sim.Backup;
import org.jarvis.lab.sim.BackupWork;
import org.jarvis.lab.sim.Guest;
import org.jarvis.lab.sim.Refusal;
import org.jarvis.lab.sim.SimulatedCluster;
import org.jarvis.lab.sim.StorageSpec;
import org.jarvis.lab.sim.Upid;

/** What makes backups, and deletes them. */
final class BackupWriteEndpoints {

  private final SimulatedCluster cluster;

  BackupWriteEndpoints(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.post("/nodes/{node}/vzdump", this::backup).takes(WriteParameters.BACKUP),
        Endpoint.delete("/nodes/{node}/storage/{storage}/content/{volume}", this::delete)
            .takes(Parameter.whole("delay", 1, 30)));
  }

  private Object backup(Arguments arguments, Caller caller) throws PveError {
    List<Integer> vmids =
        Arrays.stream(arguments.text("vmid").orElse("").split("[,;\\s]+", -1))
            .filter(vmid -> !vmid.isEmpty())
            .map(Integer::parseInt)
            .toList();
    List<Integer> wanted = arguments.flag("all") ? onNode(arguments.required("node")) : vmids;
    for (int vmid : wanted) {
      caller.mustHave("VM.Backup", "/vms/" + vmid);
    }
    String storage = arguments.text("storage").orElse("local");
    caller.mustHave("Datastore.AllocateSpace", "/storage/" + storage);
    try {
      return cluster
          .works()
          .backups()
          .back(
              arguments.required("node"),
              new BackupWork.Request(
                  wanted,
                  storage,
                  arguments.text("mode").orElse("snapshot"),
                  arguments.text("notes-template").orElse("{{guestname}}"),
                  arguments.flag("protected")),
              GuestWriteEndpoints.owner(caller))
          .map(Upid::toString)
          .orElse("OK");
    } catch (Refusal refusal) {
      throw PveError.internal(refusal.text());
    }
  }

  private List<Integer> onNode(String node) {
    return cluster.snapshot().guestsOn(node).stream().map(Guest::vmid).toList();
  }

  /** Of all volumes only backups can be deleted here: those of guests go with them. */
  private Object delete(Arguments arguments, Caller caller) throws PveError {
    StorageSpec storage = NodeEndpoints.storage(cluster, arguments);
    String volume = arguments.required("volume");
    Backup backup =
        cluster.backups(storage.id()).stream()
            .filter(one -> StorageEndpoints.volumeOf(storage, one).equals(volume))
            .findFirst()
            .orElseThrow(() -> PveError.internal("volume '" + volume + "' does not exist"));
    if (!caller.may("Datastore.Allocate", "/storage/" + storage.id())) {
      caller.mustHave("Datastore.AllocateSpace", "/storage/" + storage.id());
      caller.mustHave("VM.Backup", "/vms/" + backup.vmid());
    }
    return cluster
        .works()
        .backups()
        .delete(arguments.required("node"), backup, volume, GuestWriteEndpoints.owner(caller))
        .toString();
  }
}
