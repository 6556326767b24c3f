package org.jarvis.lab.sim;

import org.jspecify.annotations.Nullable;

/**
 * Whose a task is.
 *
 * @param user such as {@code root@pam}
 * @param tokenId the API token that asked, or null for a person or a daemon
 */
public record TaskOwner(String user, @Nullable String tokenId) {
  /** Proxmox VE's own daemons. */
  static final TaskOwner ROOT = new TaskOwner("root@pam", null);
}
