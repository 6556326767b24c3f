package org.jarvis.connector.proxmox.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The SHA-256 of a certificate.
 *
 * @param value 32 upper-case hexadecimal bytes, separated by colons, as Proxmox VE shows it
 */
public record Fingerprint(String value) {
  private static final Pattern DIGITS = Pattern.compile("[0-9A-F]{64}");
  private static final HexFormat FORM = HexFormat.ofDelimiter(":").withUpperCase();

  /** Reads a fingerprint, with or without colons; empty when it is none. */
  public static Optional<Fingerprint> parse(String text) {
    String digits = text.strip().replace(":", "").toUpperCase(Locale.ROOT);
    return DIGITS.matcher(digits).matches()
        ? Optional.of(new Fingerprint(FORM.formatHex(HexFormat.of().parseHex(digits))))
        : Optional.empty();
  }

  /** The fingerprint of a certificate. */
  public static Fingerprint of(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new Fingerprint(FORM.formatHex(digest));
    } catch (CertificateEncodingException | NoSuchAlgorithmException impossible) {
      // It was just decoded, and every JDK has SHA-256.
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
