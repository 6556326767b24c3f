package org.jarvis.lab.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.IOSessionListener;

/** The connections of a port, so that they can be cut. Thread-safe. */
final class OpenConnections implements IOSessionListener {

  private static final Logger LOG = System.getLogger(OpenConnections.class.getName());

  private final Set<IOSession> sessions = ConcurrentHashMap.newKeySet();
  private final Map<SocketAddress, SSLEngine> engines = new ConcurrentHashMap<>();

  void cut() {
    sessions.forEach(session -> session.close(CloseMode.IMMEDIATE));
  }

  /** The connection to this client speaks TLS by this engine. */
  void secured(SocketAddress client, SSLEngine engine) {
    engines.put(client, engine);
  }

  /** Whether the TLS stream to this client was ended from here. */
  boolean streamEnded(SocketAddress client) {
    SSLEngine engine = engines.get(client);
    return engine != null && engine.isOutboundDone();
  }

  /** Says on the connection to this client that nothing more comes; it may still be read from. */
  void endOutput(SocketAddress client) {
    for (IOSession session : sessions) {
      if (client.equals(session.getRemoteAddress())
          && session.channel() instanceof SocketChannel channel) {
        try {
          channel.shutdownOutput();
        } catch (IOException gone) {
          LOG.log(Level.DEBUG, "{0} is gone already", client);
        }
      }
    }
  }

  @Override
  public void connected(IOSession session) {
    sessions.add(session);
  }

  @Override
  public void disconnected(IOSession session) {
    sessions.remove(session);
    engines.remove(session.getRemoteAddress());
  }

  @Override
  public void startTls(IOSession session) {}

  @Override
  public void inputReady(IOSession session) {}

  @Override
  public void outputReady(IOSession session) {}

  @Override
  public void timeout(IOSession session) {}

  @Override
  public void exception(IOSession session, Exception failure) {}
}
