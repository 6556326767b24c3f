package org.jarvis.lab.sim;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backup on a storage.
 *
 * @param storage the storage
 * @param kind of the guest
 * @param vmid the guest, which may be long gone
 * @param at when it was begun
 * @param size bytes
 * @param notes what the job wrote about it
 * @param kept whether it is protected from pruning
 * @param verification {@code ok} or {@code failed}, null where nobody verified it
 */
public record Backup(
    String storage,
    GuestKind kind,
    int vmid,
    Instant at,
    long size,
    String notes,
    boolean kept,
    @Nullable String verification) {

  /** The same, begun at another moment. */
  Backup begunAt(Instant moment) {
    return new Backup(storage, kind, vmid, moment, size, notes, kept, verification);
  }
}
