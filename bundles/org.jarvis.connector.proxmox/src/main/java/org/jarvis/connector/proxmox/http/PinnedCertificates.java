package org.jarvis.connector.proxmox.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Trusts certain certificates and no other. A pin names the very certificate, so its names, dates
 * and issuer do not matter any more.
 */
final class PinnedCertificates extends ServerTrust {
  private final Function<String, Set<Fingerprint>> pins;

  /** Trusts these, whoever shows them. */
  PinnedCertificates(Set<Fingerprint> pins) {
    this(host -> pins);
  }

  /** Trusts those that are pinned for the address that was asked for. */
  PinnedCertificates(Function<String, Set<Fingerprint>> pins) {
    this.pins = pins;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, engine.getPeerHost());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, socket.getInetAddress() == null ? null : socket.getInetAddress().getHostAddress());
  }

  private void check(X509Certificate[] chain, @Nullable String host) throws CertificateException {
    Fingerprint shown = Fingerprint.of(chain[0]);
    if (!pins.apply(host == null ? "" : host).contains(shown)) {
      throw new UntrustedCertificateException(UntrustedCertificateException.Reason.CHANGED, shown);
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
