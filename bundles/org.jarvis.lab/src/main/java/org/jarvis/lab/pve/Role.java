package org.jarvis.lab.pve;

import java.util.Set;
import java.util.TreeSet;

/** What a token of the lab may do, granted on {@code /} and inherited by every path. */
@SuppressWarnings("ImmutableEnumChecker") // Every set is one of Set.of, which the type cannot say.
public enum Role {
  /** Reads, as Proxmox VE's own role PVEAuditor does. */
  AUDITOR(Set.of()),
  /** Reads, and does what an operator of guests and nodes needs. */
  OPERATOR(
      Set.of(
          "Datastore.AllocateSpace",
          "Sys.Modify",
          "Sys.PowerMgmt",
          "VM.Backup",
          "VM.Config.Options",
          "VM.Migrate",
          "VM.PowerMgmt",
          "VM.Snapshot",
          "VM.Snapshot.Rollback"));

  private static final Set<String> READING =
      Set.of(
          "Datastore.Audit",
          "Mapping.Audit",
          "Pool.Audit",
          "SDN.Audit",
          "Sys.Audit",
          "VM.Audit",
          "VM.GuestAgent.Audit");

  private final Set<String> writing;

  Role(Set<String> writing) {
    this.writing = writing;
  }

  /** Its privileges, sorted. */
  public Set<String> privileges() {
    Set<String> all = new TreeSet<>(READING);
    all.addAll(writing);
    return all;
  }
}
