package org.jarvis.lab.sim;

import org.jspecify.annotations.Nullable;

/** The checks that most work begins with, in the words of the real ones. Confined to the lock. */
final class Checks {

  private final SimulatedCluster cluster;

  Checks(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** The guest for a request that is refused at once where it is not there. */
  Guest existing(GuestAddress address) throws Refusal {
    Guest guest = find(address);
    if (guest == null) {
      throw new Refusal(address.missing());
    }
    return guest;
  }

  /** The guest for a worker, which fails where it is not there. */
  Guest atWork(GuestAddress address) throws TaskFailure {
    Guest guest = find(address);
    if (guest == null) {
      throw new TaskFailure(address.missing());
    }
    return guest;
  }

  @Nullable Guest find(GuestAddress address) {
    return cluster.guests().at(address.kind(), address.node(), address.vmid());
  }

  static void unlocked(Guest guest) throws Refusal {
    if (guest.lock() != null) {
      throw new Refusal(locked(guest));
    }
  }

  static void unlockedAtWork(Guest guest) throws TaskFailure {
    if (guest.lock() != null) {
      throw new TaskFailure(locked(guest));
    }
  }

  private static String locked(Guest guest) {
    return guest.spec().kind().label() + " is locked (" + guest.lock() + ")";
  }

  /** Without quorum the cluster's file system can only be read. */
  void writable(GuestAddress address) throws Refusal {
    if (!cluster.quorate()) {
      throw new Refusal(readOnly(address));
    }
  }

  void writableAtWork(GuestAddress address) throws TaskFailure {
    if (!cluster.quorate()) {
      throw new TaskFailure(readOnly(address));
    }
  }

  private static String readOnly(GuestAddress address) {
    return "unable to open file '/etc/pve/%s.tmp.%d' - Permission denied"
        .formatted(
            address.kind().configPath(address.node(), address.vmid()), 20_000 + address.vmid());
  }

  /** A node of the cluster, online or not. */
  void knownNode(String node) throws Refusal {
    if (!cluster.isNode(node)) {
      throw new Refusal("no such cluster node '" + node + "'");
    }
  }

  /** The storage of this name, where a node has it. */
  StorageSpec storage(String id, String node) throws Refusal {
    StorageSpec storage = cluster.storage(id);
    if (storage == null) {
      throw new Refusal("storage '" + id + "' does not exist");
    }
    if (!storage.nodes().contains(node)) {
      throw new Refusal("storage '" + id + "' is not available on node '" + node + "'");
    }
    return storage;
  }
}
