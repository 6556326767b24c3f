package org.jarvis.gateway;

import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jarvis.gateway.guard.Guards;
import org.jarvis.gateway.guard.Traffic;
import org.jarvis.gateway.listen.Ports;
import org.jarvis.gateway.metrics.MetricsServlet;
import org.jarvis.gateway.rest.RestResources;
import org.jarvis.gateway.socket.Sockets;

/** The gateway on a real server, as the distribution puts it together. */
public final class GatewayServer extends FakeParts {
  public final Sockets sockets = new Sockets(parts);
  private final HealthBoard board = new HealthBoard(parts);
  private final Traffic traffic = new Traffic();
  private final Server server = new Server();
  private final ServerConnector connector;
  private final HttpClient client = HttpClient.newHttpClient();

  /** One that is ready. */
  public GatewayServer() throws Exception {
    this(opened());
  }

  /** One that may not be ready yet. */
  public GatewayServer(Opening opening) throws Exception {
    auth.listeners.add(sockets.endings()::sessionEnded);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addFilter(
        new FilterHolder(
            Guards.of(
                parts, traffic, opening, Set.of("jarvis.test"), Set.of("https://proxy.test"))),
        "/*",
        EnumSet.of(DispatcherType.REQUEST));
    ResourceConfig rest = new ResourceConfig();
    rest.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    RestResources.of(parts, board, sockets.feeds(), opening).forEach(rest::register);
    context.addServlet(new ServletHolder(new ServletContainer(rest)), "/api/*");
    sockets
        .servlets()
        .forEach((path, servlet) -> context.addServlet(new ServletHolder(servlet), path));
    context.addServlet(
        new ServletHolder(new MetricsServlet(parts, board, sockets.feeds(), traffic)), "/metrics");
    context.addServlet(new ServletHolder(new FallbackServlet()), "/");
    JakartaWebSocketServletContainerInitializer.configure(context, null);
    server.setHandler(context);
    connector = Ports.plain(server);
    server.start();
  }

  private static Opening opened() {
    Opening opening = new Opening();
    opening.done();
    return opening;
  }

  public int port() {
    return connector.getLocalPort();
  }

  public String origin() {
    return "http://127.0.0.1:" + port();
  }

  public HttpClient client() {
    return client;
  }

  /** A request; header names and values in turn. */
  public HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    List<String> list = List.of(headers);
    if (body != null && !list.contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A request of the person, with what a page sends along. */
  public HttpResponse<String> person(String method, String path, String body) throws Exception {
    return send(
        method,
        path,
        body,
        "Cookie",
        "jarvis_session=" + FakeAuthenticator.COOKIE,
        "X-CSRF-Token",
        FakeAuthenticator.CSRF,
        "Origin",
        origin());
  }

  /** A request with the bearer token. */
  public HttpResponse<String> token(String method, String path, String body) throws Exception {
    return send(method, path, body, "Authorization", "Bearer " + FakeAuthenticator.TOKEN);
  }

  /** The whole answer to these bytes, which no client would send. */
  public String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  public void stop() throws Exception {
    sockets.stop();
    board.deactivate();
    server.stop();
  }
}
