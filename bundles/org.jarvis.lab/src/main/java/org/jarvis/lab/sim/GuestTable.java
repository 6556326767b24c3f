package org.jarvis.lab.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The guests by number. Confined to the cluster's lock; the lists that it hands out are immutable
 * and shared.
 */
final class GuestTable {

  /** Hears of every guest that comes or changes. */
  interface Watcher {
    void changed(@Nullable Guest before, Guest after);
  }

  private final TreeMap<Integer, Guest> guests = new TreeMap<>();
  private Watcher watcher = (before, after) -> {};
  private @Nullable List<Guest> listed;

  void watchedBy(Watcher newWatcher) {
    watcher = newWatcher;
  }

  void put(Guest guest) {
    Guest before = guests.put(guest.vmid(), guest);
    listed = null;
    watcher.changed(before, guest);
  }

  @Nullable Guest find(int vmid) {
    return guests.get(vmid);
  }

  /** The guest at this address, or null where the number, the kind or the node is another one. */
  @Nullable Guest at(GuestKind kind, String node, int vmid) {
    Guest guest = guests.get(vmid);
    return guest != null && guest.spec().kind() == kind && guest.node().equals(node) ? guest : null;
  }

  void change(int vmid, UnaryOperator<Guest> change) {
    Guest guest = guests.get(vmid);
    if (guest != null) {
      put(change.apply(guest));
    }
  }

  @Nullable Guest remove(int vmid) {
    listed = null;
    return guests.remove(vmid);
  }

  List<Guest> list() {
    if (listed == null) {
      listed = List.copyOf(new ArrayList<>(guests.values()));
    }
    return listed;
  }
}
