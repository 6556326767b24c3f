package org.jarvis.lab.http;

import java.net.SocketAddress;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.BasicServerTlsStrategy;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;

/** Presents one certificate or, while a fault says so, another one; decided at each handshake. */
final class SwitchedTls implements TlsStrategy {

  private final TlsStrategy usual;
  private final BooleanSupplier wrong;

  SwitchedTls(LabCertificate usual, BooleanSupplier wrong) {
    this.usual = new BasicServerTlsStrategy(usual.context());
    this.wrong = wrong;
  }

  @Override
  public void upgrade(
      TransportSecurityLayer layer,
      NamedEndpoint endpoint,
      Object attachment,
      Timeout handshakeTimeout,
      FutureCallback<TransportSecurityLayer> callback) {
    now().upgrade(layer, endpoint, attachment, handshakeTimeout, callback);
  }

  @Override
  @Deprecated // The interface demands it still; the library calls the other one.
  public boolean upgrade(
      TransportSecurityLayer layer,
      HttpHost host,
      SocketAddress local,
      SocketAddress remote,
      Object attachment,
      Timeout handshakeTimeout) {
    return now().upgrade(layer, host, local, remote, attachment, handshakeTimeout);
  }

  private TlsStrategy now() {
    return wrong.getAsBoolean() ? Impostor.TLS : usual;
  }

  /** Made when it is first needed, which most labs never do. */
  private static final class Impostor {
    static final TlsStrategy TLS =
        new BasicServerTlsStrategy(LabCertificate.fresh("impostor").context());
  }
}
