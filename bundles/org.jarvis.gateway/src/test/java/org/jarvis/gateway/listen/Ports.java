package org.jarvis.gateway.listen;

import java.util.Set;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Opens ports for tests, as the distribution does. */
public final class Ports {
  private Ports() {}

  /** Opens plain HTTP on the next free port of loopback; the server has its handlers already. */
  public static ServerConnector plain(Server server) {
    return add(server, new ServerPort(new Listener("127.0.0.1", 0, false), null, true));
  }

  /** Opens TLS on the next free port of loopback. */
  static ServerConnector tls(Server server, ServerPort port) {
    return add(server, port);
  }

  private static ServerConnector add(Server server, ServerPort port) {
    ServerConnector connector = (ServerConnector) port.createConnector(server);
    server.addConnector(connector);
    return connector;
  }

  static Set<String> names() {
    return Set.of("localhost", "127.0.0.1");
  }
}
