package org.jarvis.lab.pve;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * SHA-256 fingerprints in the form in which Proxmox VE shows them: upper case pairs with colons.
 */
public final class Fingerprints {

  private Fingerprints() {}

  /** Of the bytes of a certificate. */
  public static String of(byte[] encoded) {
    try {
      return HexFormat.ofDelimiter(":")
          .withUpperCase()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Of a certificate. */
  public static String of(X509Certificate certificate) {
    try {
      return of(certificate.getEncoded());
    } catch (CertificateEncodingException broken) {
      throw new IllegalStateException("a certificate cannot be encoded", broken);
    }
  }
}
