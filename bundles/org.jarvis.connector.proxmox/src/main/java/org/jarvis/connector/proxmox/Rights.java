package org.jarvis.connector.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.detail.Privileges;
import org.jspecify.annotations.Nullable;

/**
 * What the API checks before it answers, as its descriptions of versions 7.4, 8.4 and 9.2 say.
 * Where nobody knows which release it is, what any of them takes is enough.
 *
 * @param anyOf the rights of which one is enough; the first is the one to ask for
 */
record Rights(List<Right> anyOf) {
  private static final String CLUSTER = "/";
  private static final String SYSTEM_AUDIT = "Sys.Audit";
  private static final String GUEST_AUDIT = "VM.Audit";
  private static final String STORAGE_AUDIT = "Datastore.Audit";

  /** Until then, who may audit storages on a path might read the disks there. */
  private static final int DISKS_BY_SYSTEM_ALONE = 8;

  /** Since then the agent has privileges of its own; before, QEMU's monitor stood for it. */
  private static final int AGENT_PRIVILEGES = 9;

  /** Keeps the list from changing. */
  Rights {
    anyOf = List.copyOf(anyOf);
  }

  /**
   * What an aspect needs; empty where everybody may ask and is shown what is theirs.
   *
   * @param guest the guest, where it is one's
   */
  static Optional<Rights> of(Turn turn, @Nullable Guest guest, Release release) {
    List<String> path = turn.resource().path();
    return switch (turn.aspect()) {
      case CONNECTION, TASKS, LOG, PRIVILEGES, CERTIFICATES, REPLICATION, TEMPERATURES ->
          Optional.empty();
      case BACKUP_JOBS, HIGH_AVAILABILITY -> on(CLUSTER, SYSTEM_AUDIT);
      case ZFS -> Optional.of(new Rights(disks(CLUSTER, release)));
      case CEPH -> on(CLUSTER, SYSTEM_AUDIT, STORAGE_AUDIT);
      case SYSTEM, SERVICES -> on("/nodes/" + path.get(0), SYSTEM_AUDIT);
      case DISKS -> {
        List<Right> rights = new ArrayList<>(disks("/nodes/" + path.get(0), release));
        rights.addAll(disks(CLUSTER, release));
        yield Optional.of(new Rights(rights));
      }
      case UPDATES -> on("/nodes/" + path.get(0), "Sys.Modify");
      case RUNTIME, CONFIGURATION, SNAPSHOTS -> on("/vms/" + path.get(0), GUEST_AUDIT);
      case AGENT ->
          guest != null && guest.type() == GuestType.LXC
              ? on("/vms/" + path.get(0), GUEST_AUDIT)
              : Optional.of(new Rights(agent("/vms/" + path.get(0), release)));
      case CONTENT -> on("/storage/" + path.get(1), STORAGE_AUDIT, "Datastore.AllocateSpace");
    };
  }

  /** What it takes to read SMART, which is less often given than to list the disks. */
  static Rights smart(Release release) {
    return new Rights(disks(CLUSTER, release));
  }

  private static Optional<Rights> on(String path, String... privileges) {
    List<Right> rights = new ArrayList<>();
    for (String privilege : privileges) {
      rights.add(new Right(privilege, path));
    }
    return Optional.of(new Rights(rights));
  }

  private static List<Right> disks(String path, Release release) {
    List<Right> rights = new ArrayList<>(List.of(new Right(SYSTEM_AUDIT, path)));
    if (release.maybeBefore(DISKS_BY_SYSTEM_ALONE)) {
      rights.add(new Right(STORAGE_AUDIT, path));
    }
    return rights;
  }

  private static List<Right> agent(String path, Release release) {
    List<Right> rights = new ArrayList<>();
    if (release.maybeSince(AGENT_PRIVILEGES)) {
      rights.add(new Right("VM.GuestAgent.Audit", path));
      rights.add(new Right("VM.GuestAgent.Unrestricted", path));
    }
    if (release.maybeBefore(AGENT_PRIVILEGES)) {
      rights.add(new Right("VM.Monitor", path));
    }
    return rights;
  }

  /** Whether these privileges cover it. */
  boolean coveredBy(Privileges privileges) {
    return anyOf.stream().anyMatch(right -> right.heldIn(privileges));
  }

  /** The names of its privileges. */
  List<String> names() {
    return anyOf.stream().map(Right::privilege).distinct().toList();
  }

  /** The privileges on a path: those of the path itself, or else of the nearest one above. */
  static Set<String> privilegesOn(String path, Privileges privileges) {
    String at = path;
    while (true) {
      Set<String> named = privileges.byPath().get(at);
      if (named != null) {
        return named;
      }
      if (at.equals(CLUSTER)) {
        return Set.of();
      }
      at = above(at);
    }
  }

  /** The path above one. */
  static String above(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? CLUSTER : path.substring(0, slash);
  }

  /** Every privilege that is held on any path. */
  static Set<String> anywhere(Privileges privileges) {
    Set<String> all = new LinkedHashSet<>();
    privileges.byPath().values().forEach(all::addAll);
    return all;
  }
}
