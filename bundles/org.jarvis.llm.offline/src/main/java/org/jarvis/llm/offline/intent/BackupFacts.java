package org.jarvis.llm.offline.intent;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jarvis.api.resource.ClusterSnapshot;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.BackupJobs;
import org.jarvis.api.resource.detail.StorageContent;
import org.jarvis.llm.offline.house.Figures;
import org.jarvis.llm.offline.house.House;

/** What is backed up, and when it was. */
final class BackupFacts implements Family {
  private static final Duration OLD = Duration.ofDays(7);
  private static final String NOT_READ =
      "No storage's content has been read yet, so nothing can be said of backups.";

  @Override
  public String title() {
    return "Backups";
  }

  @Override
  public List<Intent> intents() {
    return List.of(
        Intent.of(
            "guest-backups",
            "when was media last backed up?",
            "say when a guest was backed up",
            asked -> asked.aboutGuest(guest -> Reply.about(guest, told(asked.house(), guest))),
            "<guest> backups|backup lately? when? old? without? not? count? status?"),
        Intent.of(
            "without-backup",
            "which guests have no backup?",
            "list the guests without a backup",
            BackupFacts::without,
            "backups|backup without|not guest|vm|ct|machine? lately? cluster?",
            "without backup|backups"),
        Intent.of(
            "old-backups",
            "which backups are older than a week?",
            "list the guests whose backups are old",
            BackupFacts::old,
            "backups|backup old guest|vm|ct|machine? week? day? lately? fresh?"),
        Intent.of(
            "backups",
            "how are the backups?",
            "say how many guests are backed up",
            BackupFacts::overview,
            "backups|backup things? status? lately? list? failed? red? task? when?"));
  }

  /** The newest good backup of each guest. */
  private static Map<ResourceRef, Instant> newest(House house) {
    Map<ResourceRef, Instant> newest = new HashMap<>();
    for (ClusterSnapshot snapshot : house.clusters()) {
      for (Storage storage : snapshot.storages().values()) {
        house.detail(storage.ref(), StorageContent.class).stream()
            .flatMap(content -> content.volumes().stream())
            .filter(StorageContent.Volume::isGoodBackup)
            .forEach(
                volume -> {
                  if (volume.guest() != null && volume.createdAt() != null) {
                    newest.merge(
                        ResourceRef.guest(snapshot.cluster().id(), volume.guest()),
                        volume.createdAt(),
                        (one, other) -> one.isAfter(other) ? one : other);
                  }
                });
      }
    }
    return newest;
  }

  private static boolean read(House house) {
    return house.clusters().stream()
        .flatMap(snapshot -> snapshot.storages().keySet().stream())
        .anyMatch(ref -> house.detail(ref, StorageContent.class).isPresent());
  }

  private static String told(House house, Guest guest) {
    if (!read(house)) {
      return NOT_READ;
    }
    return Optional.ofNullable(newest(house).get(guest.ref()))
        .map(at -> house.label(guest) + " was last backed up " + Figures.ago(at, house.now()) + ".")
        .orElse(house.label(guest) + " has no backup on the storages that were read.");
  }

  private static Reply without(Asked asked) {
    House house = asked.house();
    if (!read(house)) {
      return uncovered(asked);
    }
    Map<ResourceRef, Instant> newest = newest(house);
    List<Guest> bare =
        Lists.chosen(asked).stream().filter(guest -> !newest.containsKey(guest.ref())).toList();
    return bare.isEmpty()
        ? Reply.of("Every guest has a backup.")
        : Reply.list(
            Figures.count(bare.size(), "guest") + " without a backup" + ofRead(house) + ":",
            bare,
            house::label);
  }

  /** On how many of the storages that keep backups that rests: what is not read may have them. */
  private static String ofRead(House house) {
    Map<String, Boolean> read = new HashMap<>();
    for (ClusterSnapshot snapshot : house.clusters()) {
      for (Storage storage : snapshot.storages().values()) {
        if (storage.content().contains("backup")) {
          // One that is shared is read by one node for all.
          String which =
              storage.shared()
                  ? snapshot.cluster().id() + ":" + storage.name()
                  : storage.ref().toString();
          read.merge(
              which,
              house.detail(storage.ref(), StorageContent.class).isPresent(),
              Boolean::logicalOr);
        }
      }
    }
    long there = read.values().stream().filter(known -> known).count();
    return there == read.size()
        ? ""
        : ", by the " + there + " of " + read.size() + " storages for backups read so far";
  }

  /** Where no backups could be read, the jobs at least say whom they leave out. */
  private static Reply uncovered(Asked asked) {
    House house = asked.house();
    List<Guest> left =
        house
            .guests()
            .filter(
                guest ->
                    house
                        .detail(ResourceRef.cluster(guest.cluster()), BackupJobs.class)
                        .map(BackupJobs::uncovered)
                        .filter(uncovered -> uncovered.contains(guest.id()))
                        .isPresent())
            .toList();
    return left.isEmpty()
        ? Reply.of(NOT_READ)
        : Reply.list(NOT_READ + " In no backup job:", left, house::label);
  }

  private static Reply old(Asked asked) {
    House house = asked.house();
    if (!read(house)) {
      return Reply.of(NOT_READ);
    }
    Map<ResourceRef, Instant> newest = newest(house);
    Instant limit = house.now().minus(asked.has("day") ? Duration.ofDays(1) : OLD);
    List<Guest> late =
        Lists.chosen(asked).stream()
            .filter(guest -> newest.containsKey(guest.ref()))
            .filter(guest -> newest.getOrDefault(guest.ref(), Instant.MAX).isBefore(limit))
            .sorted(Comparator.comparing(guest -> newest.getOrDefault(guest.ref(), Instant.MAX)))
            .toList();
    return late.isEmpty()
        ? Reply.of("No guest's newest backup is older than that.")
        : Reply.list(
            "Old backups, the oldest first:",
            late,
            guest -> house.label(guest) + ": " + Figures.ago(newest.get(guest.ref()), house.now()));
  }

  private static Reply overview(Asked asked) {
    House house = asked.house();
    if (!read(house)) {
      return Reply.of(NOT_READ);
    }
    Map<ResourceRef, Instant> newest = newest(house);
    long guests = house.guests().count();
    long covered = house.guests().filter(guest -> newest.containsKey(guest.ref())).count();
    String latest =
        newest.values().stream()
            .max(Comparator.naturalOrder())
            .map(at -> " The latest was made " + Figures.ago(at, house.now()) + ".")
            .orElse("");
    return Reply.of(covered + " of " + Figures.count(guests, "guest") + " have a backup." + latest);
  }
}
