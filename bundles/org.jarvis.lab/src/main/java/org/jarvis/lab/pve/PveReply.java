package org.jarvis.lab.pve;

import org.jspecify.annotations.Nullable;

/**
 * A reply before it becomes HTTP.
 *
 * @param status the code
 * @param reason the phrase of the status line, in which Proxmox VE says what is wrong
 * @param body JSON, or null for replies that have none at all
 * @param compressed whether the body goes over the wire compressed, whatever the client accepts
 * @param throughWorker whether the privileged daemon answered: such replies carry one more {@code
 *     Connection} header
 */
public record PveReply(
    int status, String reason, @Nullable String body, boolean compressed, boolean throughWorker) {

  /** A reply that goes over the wire as it is. */
  public PveReply(int status, String reason, @Nullable String body, boolean throughWorker) {
    this(status, reason, body, false, throughWorker);
  }

  /** A status line and no body at all, as 401, 595 and the like have. */
  public static PveReply bare(int status, String reason) {
    return new PveReply(status, reason, null, false);
  }

  /** Whether it is no error. */
  public boolean succeeded() {
    return status < 400;
  }
}
