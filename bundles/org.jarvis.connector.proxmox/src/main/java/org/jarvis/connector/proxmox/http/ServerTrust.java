package org.jarvis.connector.proxmox.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides which servers are trusted: exactly those with a pinned certificate, or, where none is
 * pinned for them, with the one that a person consented to, or, where nobody did, those whom the
 * system's authorities vouch for under the name that was asked for.
 *
 * <p>Both are <em>extended</em> trust managers, because only to those the check of the host's name
 * is left; any other the JDK wraps into one that checks it too.
 */
abstract sealed class ServerTrust extends X509ExtendedTrustManager
    permits PinnedCertificates, TrustedAuthorities {

  /** A TLS context that trusts whom this access and these consents trust. */
  static SSLContext context(Access access, ConsentedCertificates consents) {
    return context(access, consents, null);
  }

  /** The same with other authorities than the system's. */
  static SSLContext context(
      Access access, ConsentedCertificates consents, @Nullable KeyStore authorities) {
    try {
      return context(new PinnedCertificates(access, consents, TrustedAuthorities.of(authorities)));
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("This JDK offers no usable TLS.", unusable);
    }
  }

  private static SSLContext context(ServerTrust trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("This JDK offers no usable TLS.", unusable);
    }
  }

  /** Without a connection nobody can check the host's name. */
  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("A certificate is judged only together with its connection.");
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("Jarvis is no server here.");
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("Jarvis is no server here.");
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("Jarvis is no server here.");
  }
}
