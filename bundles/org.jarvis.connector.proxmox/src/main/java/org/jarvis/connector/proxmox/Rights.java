package org.jarvis.connector.proxmox;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jarvis.api.resource.Guest;
import org.jarvis.api.resource.GuestType;
import org.jarvis.api.resource.detail.Aspect;
import org.jarvis.api.resource.detail.Privileges;
import org.jspecify.annotations.Nullable;

/**
 * What the API checks before it answers: which privilege on which path, as the descriptions of the
 * API of versions 7 to 9 say.
 *
 * @param path the path that is checked
 * @param anyOf the privileges of which one is enough
 */
record Rights(String path, List<String> anyOf) {
  /** Keeps the list from changing. */
  Rights {
    anyOf = List.copyOf(anyOf);
  }

  /**
   * What an aspect needs; empty where everybody may ask and is shown what is theirs.
   *
   * @param guest the guest, where it is one's
   */
  static Optional<Rights> of(Turn turn, @Nullable Guest guest) {
    List<String> path = turn.resource().path();
    return switch (turn.aspect()) {
      case CONNECTION, TASKS, LOG, PRIVILEGES, CERTIFICATES, REPLICATION -> Optional.empty();
      case BACKUP_JOBS, HIGH_AVAILABILITY, ZFS -> rights("/", "Sys.Audit");
      case CEPH -> rights("/", "Sys.Audit", "Datastore.Audit");
      case SYSTEM, SERVICES, DISKS -> rights("/nodes/" + path.get(0), "Sys.Audit");
      case UPDATES -> rights("/nodes/" + path.get(0), "Sys.Modify");
      case RUNTIME, CONFIGURATION, SNAPSHOTS -> rights("/vms/" + path.get(0), "VM.Audit");
      case AGENT ->
          guest != null && guest.type() == GuestType.LXC
              ? rights("/vms/" + path.get(0), "VM.Audit")
              : rights(
                  "/vms/" + path.get(0),
                  "VM.GuestAgent.Audit",
                  "VM.GuestAgent.Unrestricted",
                  // Before version 9.
                  "VM.Monitor");
      case CONTENT ->
          rights("/storage/" + path.get(1), "Datastore.Audit", "Datastore.AllocateSpace");
    };
  }

  private static Optional<Rights> rights(String path, String... anyOf) {
    return Optional.of(new Rights(path, List.of(anyOf)));
  }

  /** Whether these privileges cover it. */
  boolean coveredBy(Privileges privileges) {
    Set<String> granted = privilegesOn(path, privileges);
    return anyOf.stream().anyMatch(granted::contains);
  }

  /** The privileges on a path: those of the path itself, or else of the nearest one above. */
  static Set<String> privilegesOn(String path, Privileges privileges) {
    String at = path;
    while (true) {
      Set<String> named = privileges.byPath().get(at);
      if (named != null) {
        return named;
      }
      if (at.equals("/")) {
        return Set.of();
      }
      int slash = at.lastIndexOf('/');
      at = slash <= 0 ? "/" : at.substring(0, slash);
    }
  }

  /** Every privilege that is held on any path. */
  static Set<String> anywhere(Privileges privileges) {
    Set<String> all = new LinkedHashSet<>();
    privileges.byPath().values().forEach(all::addAll);
    return all;
  }

  /** What is missing, and the cure. */
  String missing(String account, Aspect aspect) {
    return "The API token "
        + account
        + " lacks the privilege "
        + anyOf.get(0)
        + " on "
        + path
        + ", so Jarvis cannot read "
        + aspect.word()
        + ". Give it a role that has it: pveum acl modify "
        + path
        + " --tokens '"
        + account
        + "' --roles "
        + (anyOf.get(0).endsWith(".Audit") && !anyOf.get(0).startsWith("VM.GuestAgent")
            ? "PVEAuditor"
            : "ROLE");
  }
}
