package org.jarvis.connector.proxmox.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides which servers are trusted: exactly those with a pinned certificate, or, where nothing is
 * pinned, those whom the system's authorities vouch for under the name that was asked for.
 *
 * <p>A pin names the very certificate, so its names, dates and issuer do not matter any more. This
 * is an <em>extended</em> trust manager because only then the check of the host's name is left to
 * it.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private final Set<Fingerprint> pins;
  private final X509ExtendedTrustManager system;

  private ServerTrust(Set<Fingerprint> pins, X509ExtendedTrustManager system) {
    this.pins = Set.copyOf(pins);
    this.system = system;
  }

  /** A TLS context that trusts these certificates alone, or the system's authorities if none. */
  static SSLContext context(Set<Fingerprint> pins) {
    return context(pins, null);
  }

  /** The same with other authorities than the system's. */
  static SSLContext context(Set<Fingerprint> pins, @Nullable KeyStore authorities) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager trust = new ServerTrust(pins, trusting(authorities));
      context.init(null, new TrustManager[] {trust}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("This JDK offers no usable TLS.", unusable);
    }
  }

  private static X509ExtendedTrustManager trusting(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (!pins.isEmpty()) {
      checkPin(chain);
      return;
    }
    try {
      system.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException refused) {
      throw explain(chain, authType, refused);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    if (!pins.isEmpty()) {
      checkPin(chain);
      return;
    }
    try {
      system.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException refused) {
      throw explain(chain, authType, refused);
    }
  }

  /** Without a connection nobody can check the host's name, so only a pin will do. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkPin(chain);
  }

  private void checkPin(X509Certificate[] chain) throws CertificateException {
    Fingerprint shown = Fingerprint.of(chain[0]);
    if (!pins.contains(shown)) {
      throw new UntrustedCertificateException(UntrustedCertificateException.Reason.CHANGED, shown);
    }
  }

  private CertificateException explain(
      X509Certificate[] chain, String authType, CertificateException refused) {
    UntrustedCertificateException.Reason reason;
    try {
      system.checkServerTrusted(chain, authType);
      reason = UntrustedCertificateException.Reason.OTHER_NAME;
    } catch (CertificateException unknown) {
      reason = UntrustedCertificateException.Reason.UNKNOWN;
    }
    return new UntrustedCertificateException(reason, Fingerprint.of(chain[0]), refused);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("Jarvis is no server here.");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("Jarvis is no server here.");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("Jarvis is no server here.");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return system.getAcceptedIssuers();
  }
}
