package org.jarvis.detectors;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jarvis.api.problem.Remedy;
import org.jarvis.api.problem.Situation;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestId;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.StorageContent;
import org.jspecify.annotations.Nullable;

/** Makes room on a storage by the oldest backup that a newer one of its guest outdates. */
final class OldBackups {
  /** What delete_backup takes. */
  private static final Pattern VOLUME =
      Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,99}:backup/[A-Za-z0-9_./:+-]{1,300}");

  private OldBackups() {}

  /** The deletion of the oldest one, empty where there is none that could go. */
  static Optional<Remedy> delete(Situation situation, List<Storage> group) {
    StorageContent content = null;
    for (Storage storage : group) {
      content = situation.fresh(storage.ref(), StorageContent.class).orElse(content);
    }
    if (content == null) {
      return Optional.empty();
    }
    Map<GuestId, Instant> newest = newest(content);
    StorageContent.Volume oldest = null;
    for (StorageContent.Volume volume : content.volumes()) {
      if (mayGo(situation, volume, newest) && isOlder(volume, oldest)) {
        oldest = volume;
      }
    }
    return Optional.ofNullable(oldest).map(volume -> remedy(situation, group.get(0), volume));
  }

  private static Map<GuestId, Instant> newest(StorageContent content) {
    Map<GuestId, Instant> newest = new HashMap<>();
    for (StorageContent.Volume volume : content.volumes()) {
      if (volume.guest() != null && volume.createdAt() != null && volume.isGoodBackup()) {
        newest.merge(
            volume.guest(), volume.createdAt(), (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    return newest;
  }

  private static boolean mayGo(
      Situation situation, StorageContent.Volume volume, Map<GuestId, Instant> newest) {
    if (!volume.content().equals("backup")
        || volume.kept()
        || volume.guest() == null
        || volume.createdAt() == null
        || !VOLUME.matcher(volume.id()).matches()) {
      return false;
    }
    Instant better = newest.get(volume.guest());
    Guest guest = situation.cluster().guests().get(volume.guest());
    return better != null
        && better.isAfter(volume.createdAt())
        && guest != null
        && situation
            .cluster()
            .storages()
            .containsKey(
                ResourceRef.storage(guest.cluster(), guest.node(), volume.id().split(":", 2)[0]));
  }

  private static boolean isOlder(
      StorageContent.Volume volume, StorageContent.@Nullable Volume than) {
    return than == null
        || than.createdAt() == null
        || (volume.createdAt() != null && volume.createdAt().isBefore(than.createdAt()));
  }

  private static Remedy remedy(Situation situation, Storage storage, StorageContent.Volume volume) {
    Guest guest = situation.cluster().guests().get(volume.guest());
    Instant at = volume.createdAt();
    if (guest == null || at == null) {
      throw new IllegalStateException("Only a backup of a known guest and time may go.");
    }
    return Remedy.of(
        "delete-oldest-backup",
        "Delete the oldest backup of " + Words.name(guest.name()),
        "It is from "
            + Words.ago(at, situation.now())
            + (volume.size() == null ? "" : ", takes " + Words.amount(volume.size()))
            + ", is not protected, and newer good backups of "
            + Words.guest(guest)
            + " stay; what it holds is lost for good.",
        Fix.onGuest(
            "delete_backup", guest, Map.of("storage", storage.name(), "volume", volume.id())));
  }
}
