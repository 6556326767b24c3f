package org.jarvis.connector.proxmox;

import org.jarvis.api.connector.Attachment;
import org.jarvis.api.connector.ClusterObservation;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.resource.ResourceRef;
import org.jarvis.api.resource.detail.AspectState;

/**
 * The line to the core. Once it is closed nothing is said on it, not even by a thread that was
 * about to. Safe from any thread.
 */
final class ClosableLine implements Attachment {
  private final Attachment line;

  // Guarded by this.
  private boolean closed;

  ClosableLine(Attachment line) {
    this.line = line;
  }

  @Override
  public synchronized void observed(ClusterObservation observation) {
    if (!closed) {
      line.observed(observation);
    }
  }

  @Override
  public synchronized void detailed(ResourceRef resource, AspectState state) {
    if (!closed) {
      line.detailed(resource, state);
    }
  }

  @Override
  public synchronized void failed(ErrorCode code, String reason) {
    if (!closed) {
      line.failed(code, reason);
    }
  }

  @Override
  public synchronized void detach(DetachReason reason) {
    if (!closed) {
      closed = true;
      line.detach(reason);
    }
  }
}
