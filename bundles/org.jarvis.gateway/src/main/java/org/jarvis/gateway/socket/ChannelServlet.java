package org.jarvis.gateway.socket;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.FieldError;
import org.jarvis.api.error.JarvisException;
import org.jarvis.gateway.guard.Caller;
import org.jarvis.gateway.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Opens the clients of one live channel. The upgrade happens within a servlet, so that it passes
 * the guard like every request: endpoints that a container registers itself would not.
 */
abstract class ChannelServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");
  private static final int UPGRADE_REQUIRED = 426;

  /**
   * What begins to serve a client, once its socket stands.
   *
   * @throws JarvisException where this request may not have one
   */
  abstract Function<Outlet, Channel> opening(HttpServletRequest request, Caller caller);

  /** Whether another client of this caller can be served. */
  abstract boolean hasRoom(Caller caller);

  /** A client has gone. */
  abstract void gone(Channel channel);

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Caller caller = Caller.of(request);
    Function<Outlet, Channel> opening = opening(request, caller);
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      Problem.of(UPGRADE_REQUIRED, "upgrade-required", "Open this path as a WebSocket.")
          .send(response);
      return;
    }
    if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
      response.setHeader("Sec-WebSocket-Version", "13");
      Problem.of(UPGRADE_REQUIRED, "upgrade-required", "Open this path as a WebSocket, version 13.")
          .send(response);
      return;
    }
    if (!isKey(request.getHeader("Sec-WebSocket-Key"))) {
      throw new JarvisException(
          ErrorCode.MALFORMED_REQUEST, "The WebSocket's handshake has no sound Sec-WebSocket-Key.");
    }
    Object container = getServletContext().getAttribute(ServerContainer.class.getName());
    if (!(container instanceof ServerContainer server) || !hasRoom(caller)) {
      throw new JarvisException(
          ErrorCode.PART_MISSING,
          "No further WebSocket can be opened at the moment. Try again in a few seconds.");
    }
    ServerEndpointConfig config =
        ServerEndpointConfig.Builder.create(ChannelEndpoint.class, request.getServletPath())
            .configurator(new Handshake(new ChannelEndpoint(this, opening)))
            .build();
    try {
      server.upgradeHttpToWebSocket(request, response, config, Map.of());
    } catch (DeploymentException failure) {
      throw new ServletException(failure);
    }
  }

  /** Sixteen bytes in Base64, as RFC 6455 section 4.1 wants it. */
  private static boolean isKey(@Nullable String header) {
    return header != null && KEY.matcher(header).matches();
  }

  /** How far a client has come; negative where it does not say. */
  static long after(HttpServletRequest request) {
    @Nullable String text = request.getParameter("after");
    if (text == null) {
      return -1;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new JarvisException(
          ErrorCode.INVALID_INPUT,
          "The parameter \"after\" must be a number from 0.",
          List.of(new FieldError("after", "must be a number from 0")));
    }
    return Long.parseLong(text);
  }

  /** Says all of it itself: the container's own defaults cannot be found within OSGi. */
  private static final class Handshake extends ServerEndpointConfig.Configurator {
    private final ChannelEndpoint endpoint;

    Handshake(ChannelEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
      return type.cast(endpoint);
    }

    @Override
    public boolean checkOrigin(String origin) {
      // The guard has checked it already, with more to go by than its text.
      return true;
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
      return "";
    }

    @Override
    public List<Extension> getNegotiatedExtensions(
        List<Extension> installed, List<Extension> requested) {
      return List.of();
    }

    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
      // Nothing to add.
    }
  }
}
