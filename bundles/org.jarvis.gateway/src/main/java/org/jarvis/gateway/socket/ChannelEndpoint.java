package org.jarvis.gateway.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection. A client that sends more than it could mean is closed. Public because
 * the container demands it.
 */
public final class ChannelEndpoint extends Endpoint {
  private static final long IDLE_MILLIS = 60_000;
  private static final int MOST_CHARACTERS = 32 * 1024;
  private final ChannelServlet servlet;
  private final Function<Outlet, Channel> opening;
  private volatile @Nullable Channel channel;

  ChannelEndpoint(ChannelServlet servlet, Function<Outlet, Channel> opening) {
    this.servlet = servlet;
    this.opening = opening;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.setMaxIdleTimeout(IDLE_MILLIS);
    session.setMaxTextMessageBufferSize(MOST_CHARACTERS);
    Channel opened = opening.apply(new SessionOutlet(session));
    channel = opened;
    session.addMessageHandler(String.class, opened::received);
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
