package org.jarvis.gateway.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends through a session of the WebSocket container. */
final class SessionOutlet implements Outlet {
  private static final Logger LOG = LoggerFactory.getLogger(SessionOutlet.class);

  private final Session session;

  SessionOutlet(Session session) {
    this.session = session;
  }

  @Override
  public void send(String text, Consumer<Boolean> done) {
    try {
      session.getAsyncRemote().sendText(text, result -> done.accept(result.isOK()));
    } catch (RuntimeException closed) {
      // The container throws various things for a session that has just closed.
      LOG.debug("A socket closed while something was sent.", closed);
      done.accept(false);
    }
  }

  @Override
  public void close(int code, String reason) {
    try {
      session.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
    } catch (IOException | RuntimeException closed) {
      LOG.debug("A socket was closed already.", closed);
    }
  }
}
