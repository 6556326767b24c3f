package org.jarvis.gateway.socket;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jarvis.api.auth.SessionListener;
import org.osgi.service.component.annotations.Component;

/**
 * Hears of sessions that end. It needs nothing itself, so that the login, which tells it, never
 * waits for something that waits for the login.
 */
@Component(service = {SessionListener.class, SessionEndings.class})
public final class SessionEndings implements SessionListener {
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /** Tells this listener from now on. */
  void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** Tells it no more. */
  void forget(Consumer<String> listener) {
    listeners.remove(listener);
  }

  @Override
  public void sessionEnded(String credential) {
    listeners.forEach(listener -> listener.accept(credential));
  }
}
