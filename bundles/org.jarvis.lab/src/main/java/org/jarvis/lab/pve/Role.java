package org.jarvis.lab.pve;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a token of the lab may do: privileges granted on paths, each inherited by every path below.
 */
@SuppressWarnings(
    "ImmutableEnumChecker") // Maps of Map.of and sets of Set.of, which the type cannot say.
public enum Role {
  /** Reads, as Proxmox VE's own role PVEAuditor does. */
  AUDITOR(Map.of("/", Role.reading())),
  /** Reads, and does what an operator of guests and nodes needs. */
  OPERATOR(Map.of("/", Role.operating())),
  /** Sees guests and storages, and nothing of the nodes and the cluster that they are in. */
  WATCHER(Map.of("/vms", Set.of("VM.Audit"), "/storage", Set.of("Datastore.Audit")));

  private final Map<String, Set<String>> grants;

  Role(Map<String, Set<String>> grants) {
    this.grants = grants;
  }

  /** Its privileges on every path, sorted. */
  public Set<String> privileges() {
    return on("/");
  }

  /** Its privileges on a path, sorted: what is granted there and above. */
  public Set<String> on(String path) {
    Set<String> held = new TreeSet<>();
    grants.forEach(
        (granted, privileges) -> {
          if (covers(granted, path)) {
            held.addAll(privileges);
          }
        });
    return held;
  }

  /** Whether it has a privilege on a path. */
  boolean has(String privilege, String path) {
    for (Map.Entry<String, Set<String>> grant : grants.entrySet()) {
      if (grant.getValue().contains(privilege) && covers(grant.getKey(), path)) {
        return true;
      }
    }
    return false;
  }

  /** What is granted where, sorted by path. */
  Map<String, Set<String>> grants() {
    return new TreeMap<>(grants);
  }

  private static boolean covers(String granted, String path) {
    return granted.equals("/") || path.equals(granted) || path.startsWith(granted + "/");
  }

  private static Set<String> reading() {
    return Set.of(
        "Datastore.Audit",
        "Mapping.Audit",
        "Pool.Audit",
        "SDN.Audit",
        "Sys.Audit",
        "VM.Audit",
        "VM.GuestAgent.Audit");
  }

  private static Set<String> operating() {
    Set<String> all = new TreeSet<>(reading());
    all.addAll(
        Set.of(
            "Datastore.AllocateSpace",
            "Sys.Console",
            "Sys.Modify",
            "Sys.PowerMgmt",
            "Sys.Syslog",
            "VM.Allocate",
            "VM.Backup",
            "VM.Clone",
            "VM.Config.CDROM",
            "VM.Config.CPU",
            "VM.Config.Cloudinit",
            "VM.Config.Disk",
            "VM.Config.HWType",
            "VM.Config.Memory",
            "VM.Config.Network",
            "VM.Config.Options",
            "VM.Migrate",
            "VM.Monitor",
            "VM.PowerMgmt",
            "VM.Replicate",
            "VM.Snapshot",
            "VM.Snapshot.Rollback"));
    return Set.copyOf(all);
  }
}
