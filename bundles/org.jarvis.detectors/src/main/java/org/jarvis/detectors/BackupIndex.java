package org.jarvis.detectors;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.Observation;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.AspectState;
import org.jarvis.api.resource.detail.StorageContent;
import org.jspecify.annotations.Nullable;

/**
 * The newest good backup of each guest. What a storage held at its last reading counts however old
 * that is, since backups seldom vanish; but nobody is blamed for what may have come since.
 *
 * <p>What was read of a storage is gone through once, and again only when it was read anew: a large
 * house has tens of thousands of backups. Used by one thread at a time.
 */
final class BackupIndex {
  private IdentityHashMap<StorageContent, Map<GuestId, Instant>> read = new IdentityHashMap<>();

  /**
   * What is known at one moment.
   *
   * @param newest the newest good backup by guest
   * @param knownUntil until when it is known what was backed up
   * @param complete whether all storages for backups were read, and there are any
   */
  record View(Map<GuestId, Instant> newest, Instant knownUntil, boolean complete) {}

  /** What is known now. */
  View look(Situation situation) {
    IdentityHashMap<StorageContent, Map<GuestId, Instant>> now = new IdentityHashMap<>();
    Map<GuestId, Instant> newest = new HashMap<>();
    Map<String, Instant> until = new HashMap<>();
    Set<String> whole = new HashSet<>();
    Set<String> all = new HashSet<>();
    for (Storage storage : situation.cluster().storages().values()) {
      if (!storage.content().contains("backup")) {
        continue;
      }
      String name = storage.shared() ? storage.name() : storage.node() + ":" + storage.name();
      all.add(name);
      AspectState state =
          situation.cluster().details(storage.ref()).state(Aspect.CONTENT).orElse(null);
      if (state == null || !(state.detail() instanceof StorageContent content)) {
        continue;
      }
      Map<GuestId, Instant> ofStorage = read.get(content);
      ofStorage = ofStorage == null ? newest(content) : ofStorage;
      now.put(content, ofStorage);
      ofStorage.forEach((guest, at) -> newest.merge(guest, at, BackupIndex::later));
      until.merge(name, knownUntil(state.observation(), situation.now()), BackupIndex::later);
      if (state.incomplete() == null) {
        whole.add(name);
      }
    }
    read = now;
    return new View(
        newest,
        until.values().stream().min(Instant::compareTo).orElse(situation.now()),
        !all.isEmpty() && whole.containsAll(all));
  }

  private static Instant knownUntil(@Nullable Observation observation, Instant now) {
    return observation == null || !observation.staleAt(now) ? now : observation.at();
  }

  private static Map<GuestId, Instant> newest(StorageContent content) {
    Map<GuestId, Instant> newest = new HashMap<>();
    for (StorageContent.Volume volume : content.volumes()) {
      if (volume.guest() != null && volume.createdAt() != null && volume.isGoodBackup()) {
        newest.merge(volume.guest(), volume.createdAt(), BackupIndex::later);
      }
    }
    return newest;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
