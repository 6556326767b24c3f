package org.jarvis.gateway.rest;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionState;
import org.osgi.service.component.annotations.Component;

/**
 * Waits for actions on behalf of requests. Each wait holds a thread of the server, so only so many
 * are granted; beyond that an action is told as it stands.
 */
@Component(service = Patience.class)
public final class Patience {
  private static final int AT_A_TIME = 64;

  private final Semaphore seats = new Semaphore(AT_A_TIME);

  /** The action when it has ended or needs a person, or as it is after this time. */
  Action await(ActionGate gate, Action action, Duration patience) {
    if (patience.isZero() || action.state() != ActionState.RUNNING || !seats.tryAcquire()) {
      return action;
    }
    try {
      return gate.await(action.id(), patience);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return action;
    } finally {
      seats.release();
    }
  }
}
