package org.jarvis.gateway.rest;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jarvis.api.action.Action;
import org.jarvis.api.action.ActionGate;
import org.jarvis.api.action.ActionState;
import org.jarvis.api.auth.Principal;
import org.jarvis.api.chat.Conversation;
import org.jarvis.api.chat.Conversations;
import org.osgi.service.component.annotations.Component;

/**
 * Waits for actions and answers on behalf of requests. Each wait holds a thread of the server, so
 * only so many are granted; beyond that things are told as they stand.
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

  /** The conversation when nothing goes on in it, or a person is needed, or after this time. */
  Conversation await(
      Conversations conversations,
      Conversation conversation,
      Principal principal,
      Duration patience) {
    if (patience.isZero()
        || conversation.state() != Conversation.State.RUNNING
        || !seats.tryAcquire()) {
      return conversation;
    }
    try {
      return conversations.await(conversation.id(), principal, patience);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return conversation;
    } finally {
      seats.release();
    }
  }
}
