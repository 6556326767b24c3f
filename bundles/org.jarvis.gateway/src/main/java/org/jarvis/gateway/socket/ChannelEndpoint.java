package org.jarvis.gateway.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import org.jarvis.gateway.guard.Caller;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. It sends; what the client sends is of no interest. Public because the
 * container demands it.
 */
public final class ChannelEndpoint extends Endpoint {
  private static final long IDLE_MILLIS = 60_000;
  private final ChannelServlet servlet;
  private final Caller caller;
  private final long after;
  private volatile @Nullable Channel channel;

  ChannelEndpoint(ChannelServlet servlet, Caller caller, long after) {
    this.servlet = servlet;
    this.caller = caller;
    this.after = after;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.setMaxIdleTimeout(IDLE_MILLIS);
    channel = servlet.open(caller, new SessionOutlet(session), after);
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    Channel left = channel;
    if (left != null) {
      servlet.gone(left);
    }
  }

  @Override
  public void onError(Session session, Throwable error) {
    Channel left = channel;
    if (left != null) {
      servlet.gone(left);
    }
  }
}
