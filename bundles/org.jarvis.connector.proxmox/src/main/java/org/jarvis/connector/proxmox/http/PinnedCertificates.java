package org.jarvis.connector.proxmox.http;

import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Trusts certain certificates, and no other of a server for which one is pinned. A pin names the
 * very certificate, so its names, dates and issuer do not matter any more.
 */
final class PinnedCertificates extends ServerTrust {
  private final Function<String, Set<Fingerprint>> pins;
  private final Predicate<String> pinned;
  private final ServerTrust otherwise;

  /**
   * Trusts those that are pinned for the address that was asked for.
   *
   * @param pinned whether an address must show one of these
   * @param otherwise decides about the others that do not
   */
  PinnedCertificates(
      Function<String, Set<Fingerprint>> pins, Predicate<String> pinned, ServerTrust otherwise) {
    this.pins = pins;
    this.pinned = pinned;
    this.otherwise = otherwise;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (!isPinned(chain, engine.getPeerHost())) {
      otherwise.checkServerTrusted(chain, authType, engine);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    InetAddress peer = socket.getInetAddress();
    if (!isPinned(chain, peer == null ? null : peer.getHostAddress())) {
      otherwise.checkServerTrusted(chain, authType, socket);
    }
  }

  /** Whether it is; refuses it where it has to be. */
  private boolean isPinned(X509Certificate[] chain, @Nullable String host)
      throws CertificateException {
    Fingerprint shown = Fingerprint.of(chain[0]);
    String address = host == null ? "" : host;
    if (pins.apply(address).contains(shown)) {
      return true;
    }
    if (host == null || pinned.test(address)) {
      throw new UntrustedCertificateException(UntrustedCertificateException.Reason.CHANGED, shown);
    }
    return false;
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return otherwise.getAcceptedIssuers();
  }
}
