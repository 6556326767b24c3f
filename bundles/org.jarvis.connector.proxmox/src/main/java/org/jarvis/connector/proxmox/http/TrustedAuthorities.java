package org.jarvis.connector.proxmox.http;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts whom authorities vouch for, under the host's name; says what is wrong with the others. */
final class TrustedAuthorities extends ServerTrust {
  private final X509ExtendedTrustManager authorities;

  private TrustedAuthorities(X509ExtendedTrustManager authorities) {
    this.authorities = authorities;
  }

  /** Trusts these authorities, or the system's for {@code null}. */
  static TrustedAuthorities of(@Nullable KeyStore authorities) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return new TrustedAuthorities(extended);
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      authorities.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException refused) {
      throw explain(chain, authType, refused);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      authorities.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException refused) {
      throw explain(chain, authType, refused);
    }
  }

  private CertificateException explain(
      X509Certificate[] chain, String authType, CertificateException refused) {
    UntrustedCertificateException.Reason reason;
    try {
      // The same without the name: if this passes, the name is what is wrong.
      authorities.checkServerTrusted(chain, authType);
      reason = UntrustedCertificateException.Reason.OTHER_NAME;
    } catch (CertificateException unknown) {
      reason = UntrustedCertificateException.Reason.UNKNOWN;
    }
    return new UntrustedCertificateException(reason, chain[0], refused);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }
}
