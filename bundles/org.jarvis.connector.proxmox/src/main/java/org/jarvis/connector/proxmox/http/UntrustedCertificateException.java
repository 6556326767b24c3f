package org.jarvis.connector.proxmox.http;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Why a server's certificate is not accepted, with what its operator needs to know. */
final class UntrustedCertificateException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final transient X509Certificate certificate;
  private final transient @Nullable Fingerprint consented;

  UntrustedCertificateException(
      Reason reason, X509Certificate certificate, @Nullable Throwable cause) {
    this(reason, certificate, null, cause);
  }

  private UntrustedCertificateException(
      Reason reason,
      X509Certificate certificate,
      @Nullable Fingerprint consented,
      @Nullable Throwable cause) {
    super(reason + " " + Fingerprint.of(certificate), cause);
    this.reason = reason;
    this.certificate = certificate;
    this.consented = consented;
  }

  /** It is another than the one that a person consented to. */
  static UntrustedCertificateException otherThanConsented(
      X509Certificate certificate, Fingerprint consented) {
    return new UntrustedCertificateException(Reason.CHANGED, certificate, consented, null);
  }

  /** What is wrong with it. */
  Reason reason() {
    return reason;
  }

  /** What the server showed. */
  X509Certificate certificate() {
    return certificate;
  }

  /** The SHA-256 of the certificate that the server showed. */
  String fingerprint() {
    return Fingerprint.of(certificate).value();
  }

  /** What a person consented to in its place; {@code null} where nobody did. */
  @Nullable Fingerprint consented() {
    return consented;
  }

  enum Reason {
    /** No authority that this system trusts vouches for it. */
    UNKNOWN,
    /** It is good, but for other names than the one asked for. */
    OTHER_NAME,
    /** It is none of the pinned ones, or another than the one that a person consented to. */
    CHANGED
  }
}
