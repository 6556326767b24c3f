package org.jarvis.detectors;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.GuestConfiguration;
import org.jarvis.api.resource.detail.GuestSnapshots;
import org.jspecify.annotations.Nullable;

/** Makes room on a storage by the oldest snapshot of the guests whose disks lie there. */
final class OldSnapshots {
  /** What delete_snapshot takes. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{1,39}");

  /** What Proxmox VE makes and removes by itself. */
  private static final String OF_BACKUP = "vzdump";

  private OldSnapshots() {}

  /** The deletion of the oldest one, empty where none is known. */
  static Optional<Remedy> delete(Situation situation, List<Storage> group) {
    Guest owner = null;
    String name = null;
    Instant oldest = null;
    for (Guest guest : situation.cluster().guests().values()) {
      GuestSnapshots told = situation.fresh(guest.ref(), GuestSnapshots.class).orElse(null);
      if (told == null
          || told.snapshots().isEmpty()
          || guest.lock() != null
          || !liesOn(situation, guest, group)) {
        continue;
      }
      for (GuestSnapshots.Snapshot snapshot : told.snapshots()) {
        if (mayGo(snapshot)
            && (oldest == null || (snapshot.at() != null && snapshot.at().isBefore(oldest)))) {
          owner = guest;
          name = snapshot.name();
          oldest = snapshot.at();
        }
      }
    }
    return owner == null || name == null || oldest == null
        ? Optional.empty()
        : Optional.of(remedy(situation, owner, name, oldest));
  }

  private static boolean mayGo(GuestSnapshots.Snapshot snapshot) {
    return snapshot.at() != null
        && NAME.matcher(snapshot.name()).matches()
        && !snapshot.name().equals(OF_BACKUP);
  }

  private static boolean liesOn(Situation situation, Guest guest, List<Storage> group) {
    GuestConfiguration configuration =
        situation.cluster().details(guest.ref()).find(GuestConfiguration.class).orElse(null);
    return configuration != null
        && group.stream()
            .anyMatch(
                storage ->
                    (storage.shared() || storage.node().equals(guest.node()))
                        && hasDiskOn(configuration, storage.name()));
  }

  private static boolean hasDiskOn(GuestConfiguration configuration, @Nullable String storage) {
    return configuration.disks().stream()
        .anyMatch(disk -> !disk.medium() && storage != null && storage.equals(disk.storage()));
  }

  private static Remedy remedy(Situation situation, Guest guest, String name, Instant at) {
    return Remedy.of(
        "delete-oldest-snapshot",
        "Delete the oldest snapshot of " + Words.name(guest.name()),
        "It is "
            + Words.name(name)
            + " from "
            + Words.ago(at, situation.now())
            + ", the oldest of all guests whose disks lie here; the state that it keeps is lost for"
            + " good.",
        Fix.onGuest("delete_snapshot", guest, Map.of("snapshot", name)));
  }
}
