package org.jarvis.connector.proxmox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jarvis.api.resource.Storage;
import org.jarvis.api.resource.detail.Privileges;
import org.jspecify.annotations.Nullable;

/**
 * Something that an answer of Proxmox VE leaves out without a word, because the account may not see
 * it. The descriptions of its API say so of some calls; of the others its source does, alike in
 * versions 7.4 to 9: {@code PVE::API2::Cluster} of the tasks, {@code
 * PVE::API2::Cluster::BackupInfo} of the guests in no job, {@code
 * PVE::Storage::check_volume_access} of what lies on a storage.
 *
 * @param missing what the account lacks
 * @param effect what is left out, as the end of a sentence
 */
record Omission(List<Right> missing, String effect) {
  private static final String CLUSTER = "/";
  private static final String GUESTS = "/vms";
  private static final String GUEST_AUDIT = "VM.Audit";

  /** Keeps the list from changing. */
  Omission {
    missing = List.copyOf(missing);
  }

  /**
   * What an answer leaves out.
   *
   * @param storage the storage, where it is one's
   * @param held what the account may do
   */
  static List<Omission> of(Turn turn, @Nullable Storage storage, Privileges held, Release release) {
    return switch (turn.aspect()) {
      case LOG ->
          unless(
              missing("Sys.Syslog", CLUSTER, held),
              "of the cluster's log only its own lines are shown");
      case TASKS -> unless(missing("Sys.Audit", CLUSTER, held), "only its own tasks are listed");
      case REPLICATION ->
          unless(
              missingThroughout(GUEST_AUDIT, GUESTS, held),
              "the jobs of guests that it may not see are left out");
      case BACKUP_JOBS ->
          unless(
              missingThroughout(GUEST_AUDIT, GUESTS, held),
              "guests that it may not see are left out of those in no job");
      case DISKS -> {
        Rights smart = Rights.smart(release);
        yield smart.coveredBy(held)
            ? List.of()
            : unless(smart.anyOf().subList(0, 1), "what SMART says of the disks is not read");
      }
      case CONTENT -> content("/storage/" + turn.resource().path().get(1), storage, held);
      case PRIVILEGES -> lists(held);
      case CONNECTION,
          HIGH_AVAILABILITY,
          CEPH,
          SYSTEM,
          SERVICES,
          ZFS,
          UPDATES,
          CERTIFICATES,
          RUNTIME,
          CONFIGURATION,
          AGENT,
          SNAPSHOTS,
          TEMPERATURES ->
          List.of();
    };
  }

  /** Who may administrate the storage sees all of it; others each kind by rights of its own. */
  private static List<Omission> content(String path, @Nullable Storage storage, Privileges held) {
    if (new Right("Datastore.Allocate", path).heldIn(held)) {
      return List.of();
    }
    List<Omission> omissions = new ArrayList<>();
    if (mayHold(storage, "backup")) {
      List<Right> missing = new ArrayList<>(missing("Datastore.AllocateSpace", path, held));
      missing.addAll(missingThroughout("VM.Backup", GUESTS, held));
      omissions.addAll(unless(missing, "backups are left out"));
    }
    if (mayHold(storage, "images") || mayHold(storage, "rootdir")) {
      List<Right> missing = new ArrayList<>(missing("Datastore.Audit", path, held));
      missing.addAll(missingThroughout("VM.Config.Disk", GUESTS, held));
      omissions.addAll(unless(missing, "disks of guests are left out"));
    }
    return omissions;
  }

  private static boolean mayHold(@Nullable Storage storage, String kind) {
    return storage == null || storage.content().isEmpty() || storage.content().contains(kind);
  }

  /** What the lists of the whole cluster leave out, which are no aspects. */
  private static List<Omission> lists(Privileges held) {
    List<Omission> omissions = new ArrayList<>();
    omissions.addAll(
        unless(
            missing("Sys.Audit", CLUSTER, held), "quorum and addresses of members are not told"));
    omissions.addAll(
        unless(
            missingThroughout("Sys.Audit", "/nodes", held), "nodes appear without their figures"));
    omissions.addAll(
        unless(
            missingThroughout(GUEST_AUDIT, GUESTS, held),
            "guests are listed only where it has it"));
    omissions.addAll(
        unless(
            missingThroughout("Datastore.Audit", "/storage", held),
            "storages are listed only where it has it"));
    omissions.addAll(unless(missingThroughout("Pool.Audit", "/pool", held), "pools are not told"));
    return omissions;
  }

  private static List<Omission> unless(List<Right> missing, String effect) {
    return missing.isEmpty() ? List.of() : List.of(new Omission(missing, effect));
  }

  private static List<Right> missing(String privilege, String path, Privileges held) {
    Right right = new Right(privilege, path);
    return right.heldIn(held) ? List.of() : List.of(right);
  }

  private static List<Right> missingThroughout(String privilege, String path, Privileges held) {
    Optional<Right> missing = new Right(privilege, path).missingThroughout(held);
    return missing.map(List::of).orElse(List.of());
  }
}
