package org.jarvis.api.connector;

import org.jspecify.annotations.Nullable;

/**
 * A backup to be made.
 *
 * @param storage where to
 * @param mode how
 * @param notes for people; may hold the placeholders of Proxmox VE
 * @param kept whether it is protected from being pruned
 */
public record NewBackup(String storage, Mode mode, @Nullable String notes, boolean kept) {
  /** How a backup gets a consistent state. */
  public enum Mode {
    /** The guest goes on running. */
    SNAPSHOT,
    /** It is suspended for a moment. */
    SUSPEND,
    /** It is shut down and started again. */
    STOP
  }
}
