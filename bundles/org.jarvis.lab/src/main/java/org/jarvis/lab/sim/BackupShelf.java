package org.jarvis.lab.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The backups by storage. Those of the past are made when somebody first looks, since a large
 * cluster has tens of thousands. Confined to the cluster's lock.
 */
final class BackupShelf {

  private final Supplier<List<Backup>> past;
  private @Nullable Map<String, List<Backup>> byStorage;

  /** A shelf that begins with the backups of the past. */
  BackupShelf(Supplier<List<Backup>> past) {
    this.past = past;
  }

  /** Those of a storage, by guest and then oldest first. */
  List<Backup> on(String storage) {
    return List.copyOf(shelves().getOrDefault(storage, List.of()));
  }

  void add(Backup backup) {
    List<Backup> shelf = shelves().computeIfAbsent(backup.storage(), storage -> new ArrayList<>());
    shelf.add(backup);
    shelf.sort(ORDER);
  }

  void remove(Backup backup) {
    List<Backup> shelf = shelves().getOrDefault(backup.storage(), new ArrayList<>());
    if (!shelf.remove(backup)) {
      // It is told to be older than it is.
      shelf.removeIf(one -> one.vmid() == backup.vmid() && one.size() == backup.size());
    }
  }

  private static final Comparator<Backup> ORDER =
      Comparator.comparingInt(Backup::vmid).thenComparing(Backup::at);

  private Map<String, List<Backup>> shelves() {
    Map<String, List<Backup>> shelves = byStorage;
    if (shelves == null) {
      shelves = new HashMap<>();
      for (Backup backup : past.get()) {
        shelves.computeIfAbsent(backup.storage(), storage -> new ArrayList<>()).add(backup);
      }
      shelves.values().forEach(shelf -> shelf.sort(ORDER));
      byStorage = shelves;
    }
    return shelves;
  }
}
