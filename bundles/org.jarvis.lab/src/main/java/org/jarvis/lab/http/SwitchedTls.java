package org.jarvis.lab.http;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.BasicServerTlsStrategy;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;
import org.jarvis.lab.sim.SimulatedClock;
import org.jspecify.annotations.Nullable;

/**
 * Presents the certificate of the member whose address was called or, while a fault says so,
 * another one; decided at each handshake.
 */
final class SwitchedTls implements TlsStrategy {

  private static final String IMPOSTOR = "impostor";

  private final LabCertificates usual;
  private final Function<@Nullable SocketAddress, String> memberAt;
  private final BooleanSupplier wrong;
  private final SimulatedClock clock;
  private final BiConsumer<SocketAddress, SSLEngine> secured;
  private final Map<String, SSLContext> byMember = new ConcurrentHashMap<>();

  SwitchedTls(
      LabCertificates usual,
      Function<@Nullable SocketAddress, String> memberAt,
      BooleanSupplier wrong,
      SimulatedClock clock,
      BiConsumer<SocketAddress, SSLEngine> secured) {
    this.usual = usual;
    this.memberAt = memberAt;
    this.wrong = wrong;
    this.clock = clock;
    this.secured = secured;
  }

  @Override
  public void upgrade(
      TransportSecurityLayer layer,
      NamedEndpoint endpoint,
      Object attachment,
      Timeout handshakeTimeout,
      FutureCallback<TransportSecurityLayer> callback) {
    SocketAddress local = layer instanceof IOSession session ? session.getLocalAddress() : null;
    SocketAddress remote = layer instanceof IOSession session ? session.getRemoteAddress() : null;
    now(local, remote).upgrade(layer, endpoint, attachment, handshakeTimeout, callback);
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
    return now(local, remote).upgrade(layer, host, local, remote, attachment, handshakeTimeout);
  }

  private TlsStrategy now(@Nullable SocketAddress local, @Nullable SocketAddress remote) {
    SSLContext context =
        wrong.getAsBoolean()
            ? byMember.computeIfAbsent(IMPOSTOR, node -> impostor())
            : byMember.computeIfAbsent(memberAt.apply(local), usual::context);
    return new BasicServerTlsStrategy(
        context,
        (endpoint, engine) -> {
          if (remote != null) {
            secured.accept(remote, engine);
          }
        },
        null);
  }

  /** Made when it is first needed, which most labs never do. */
  private SSLContext impostor() {
    return LabCertificates.fresh(
            List.of(new LabCertificates.Member(IMPOSTOR, "127.0.0.1")), clock.now())
        .context(IMPOSTOR);
  }
}
