package org.jarvis.gateway.listen;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jarvis.api.auth.Secret;

/**
 * A certificate with its key: what Jarvis shows of itself over TLS.
 *
 * @param key the private key
 * @param chain the certificate, and what it was signed with, in order
 * @param own whether it is the user's own rather than a self-generated one
 */
record Identity(PrivateKey key, List<X509Certificate> chain, boolean own) {
  private static final int PASSWORD_BYTES = 24;

  Identity {
    chain = List.copyOf(chain);
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  Instant endsAt() {
    return certificate().getNotAfter().toInstant();
  }

  /** The SHA-256 of the certificate, as browsers and openssl print it. */
  String fingerprint() {
    try {
      return HexFormat.ofDelimiter(":")
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded()))
          .toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("A certificate has no fingerprint.", impossible);
    }
  }

  /** A password that nobody knows. */
  static Secret randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  // The key has no business in a log.
  @Override
  public String toString() {
    return "Identity[" + fingerprint() + "]";
  }
}
