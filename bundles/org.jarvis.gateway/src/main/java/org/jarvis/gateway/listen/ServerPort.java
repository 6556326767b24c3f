package org.jarvis.gateway.listen;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one address on the server. Made by hand rather than by the server's own settings: the key
 * never passes through a configuration, a new certificate is shown without closing anything, and
 * the server's own errors become problems.
 */
public final class ServerPort implements ConnectorFactory {
  private static final Logger LOG = LoggerFactory.getLogger(ServerPort.class);
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final long IDLE_MILLIS = 30_000;
  private static final int BACKLOG = 512;

  private static final long HSTS_DAYS = 365;

  private final Listener listener;
  private final @Nullable ShownCertificate certificate;
  private final boolean hsts;
  private final ConnectionBounds.Bounds bounds;
  private volatile @Nullable SecureRequestCustomizer secure;

  /**
   * A port for this address.
   *
   * @param certificate what is shown there, {@code null} for plain HTTP
   * @param hsts whether browsers are told to insist on TLS while the user's own certificate is
   *     shown
   */
  ServerPort(Listener listener, @Nullable ShownCertificate certificate, boolean hsts) {
    this(listener, certificate, hsts, ConnectionBounds.Bounds.USUAL);
  }

  ServerPort(
      Listener listener,
      @Nullable ShownCertificate certificate,
      boolean hsts,
      ConnectionBounds.Bounds bounds) {
    this.listener = listener;
    this.certificate = certificate;
    this.hsts = hsts;
    this.bounds = bounds;
  }

  @Override
  public Connector createConnector(Server server) {
    removeForeignPorts(server);
    server.setErrorHandler(new ServerErrors());
    server
        .getDescendants(ServletContextHandler.class)
        .forEach(context -> context.setErrorHandler(new ServerErrors()));
    ServerConnector connector = new ServerConnector(server, protocols());
    connector.setHost(listener.address());
    connector.setPort(listener.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(BACKLOG);
    connector.setReuseAddress(true);
    connector.addBean(new ConnectionBounds(bounds));
    try {
      connector.open();
    } catch (IOException taken) {
      throw new IllegalStateException(
          "Jarvis cannot listen on "
              + listener.address()
              + " port "
              + listener.port()
              + " ("
              + taken.getMessage()
              + "). Choose another port with --port, or an address of this machine with listen in"
              + " etc/org.jarvis.gateway.cfg.",
          taken);
    }
    return connector;
  }

  /** What is shown has changed. */
  void certificateChanged() {
    SecureRequestCustomizer customizer = secure;
    if (customizer != null) {
      insist(customizer);
    }
  }

  /**
   * The server opens a port of its own before it asks for others; nothing but what is configured
   * here may be open.
   */
  private static void removeForeignPorts(Server server) {
    for (Connector other : server.getConnectors()) {
      if (other instanceof ServerConnector port
          && port.getBeans(ConnectionBounds.class).isEmpty()) {
        try {
          port.stop();
        } catch (Exception failure) {
          LOG.warn("The server's own port could not be closed.", failure);
        }
        server.removeConnector(port);
      }
    }
  }

  private ConnectionFactory[] protocols() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setUriCompliance(UriCompliance.DEFAULT);
    if (certificate == null) {
      return new ConnectionFactory[] {new HttpConnectionFactory(http)};
    }
    // Which host names are Jarvis's is the guard's business; this would refuse all that are not in
    // the certificate, with a page of its own.
    SecureRequestCustomizer customizer = new SecureRequestCustomizer(false);
    insist(customizer);
    secure = customizer;
    http.addCustomizer(customizer);
    return new ConnectionFactory[] {
      new SslConnectionFactory(certificate.context(), HttpVersion.HTTP_1_1.asString()),
      new HttpConnectionFactory(http)
    };
  }

  private void insist(SecureRequestCustomizer customizer) {
    boolean own = certificate != null && certificate.identity().own();
    customizer.setStsMaxAge(own && hsts ? TimeUnit.DAYS.toSeconds(HSTS_DAYS) : -1);
  }
}
