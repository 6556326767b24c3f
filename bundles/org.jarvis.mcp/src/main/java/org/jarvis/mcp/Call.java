package org.jarvis.mcp;

import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.error.JarvisException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request of a client, from when it comes until it is answered, so that the client can take it
 * back. Safe from any thread.
 */
final class Call {
  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  private final Client client;
  private @Nullable String action;
  private @Nullable ActionGate gate;
  private boolean cancelled;

  Call(Client client) {
    this.client = client;
  }

  /** The action that it asked for has begun; it is withdrawn if the call was taken back before. */
  void began(Action begun, ActionGate through) {
    synchronized (this) {
      action = begun.id();
      gate = through;
      if (!cancelled) {
        return;
      }
    }
    withdraw();
  }

  /** Takes it back. */
  void cancel() {
    synchronized (this) {
      cancelled = true;
    }
    withdraw();
  }

  synchronized boolean cancelled() {
    return cancelled;
  }

  /** What a person has consented to is theirs from then on, and goes on without the client. */
  private void withdraw() {
    ActionGate through;
    String id;
    synchronized (this) {
      through = gate;
      id = action;
    }
    if (through == null || id == null) {
      return;
    }
    try {
      boolean clientsOwn =
          through
              .find(id)
              .filter(client::asked)
              .filter(found -> !found.state().ended())
              .filter(found -> found.approval() == null || found.approval().decidedBy() == null)
              .isPresent();
      if (clientsOwn) {
        through.cancel(id, client.principal());
      }
    } catch (JarvisException tooLate) {
      LOG.debug("The action {} goes on: {}", id, tooLate.getMessage());
    }
  }
}
