package org.jarvis.connector.proxmox.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;

/**
 * Trusts certain certificates and no other. A pin names the very certificate, so its names, dates
 * and issuer do not matter any more.
 */
final class PinnedCertificates extends ServerTrust {
  private final Set<Fingerprint> pins;

  PinnedCertificates(Set<Fingerprint> pins) {
    this.pins = Set.copyOf(pins);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    Fingerprint shown = Fingerprint.of(chain[0]);
    if (!pins.contains(shown)) {
      throw new UntrustedCertificateException(UntrustedCertificateException.Reason.CHANGED, shown);
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
