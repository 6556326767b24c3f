package org.jarvis.gateway.listen;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jarvis.api.auth.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that all TLS ports show, which can be replaced while they are open: who is
 * connected stays so, who comes next sees the new one. Safe from any thread.
 */
final class ShownCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(ShownCertificate.class);

  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private volatile Identity identity;

  ShownCertificate(Identity identity) {
    this.identity = identity;
    context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    fill(context, identity);
  }

  SslContextFactory.Server context() {
    return context;
  }

  Identity identity() {
    return identity;
  }

  /** Shows another one from now on; whether that went well. */
  synchronized boolean show(Identity next) {
    Identity before = identity;
    try {
      if (context.isStarted()) {
        context.reload(factory -> fill(factory, next));
      } else {
        fill(context, next);
      }
      identity = next;
      return true;
    } catch (Exception unusable) {
      LOG.error("The new certificate cannot be used; the one before stays.", unusable);
      fill(context, before);
      return false;
    }
  }

  /** Sockets that trust this certificate and no other, whatever the name. */
  SSLSocketFactory trusting() throws GeneralSecurityException {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new ExactTrust(this)}, null);
    return trusting.getSocketFactory();
  }

  private static void fill(SslContextFactory factory, Identity identity) {
    // Never leaves this process; Java wants keys in a store and stores with a password.
    Secret password = Identity.randomPassword();
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "jarvis",
          identity.key(),
          password.reveal().toCharArray(),
          identity.chain().toArray(new Certificate[0]));
      factory.setKeyStore(keys);
      factory.setKeyStorePassword(password.reveal());
      factory.setKeyManagerPassword(password.reveal());
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException("A certificate cannot be used.", broken);
    }
  }

  private record ExactTrust(ShownCertificate shown) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("Nobody shows a certificate to Jarvis.");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      if (chain.length == 0 || !Arrays.equals(encoded(chain[0]), encoded())) {
        throw new CertificateException("This is another certificate than Jarvis's own.");
      }
    }

    private byte[] encoded() throws CertificateException {
      return encoded(shown.identity().certificate());
    }

    private static byte[] encoded(X509Certificate certificate) throws CertificateException {
      return certificate.getEncoded();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
