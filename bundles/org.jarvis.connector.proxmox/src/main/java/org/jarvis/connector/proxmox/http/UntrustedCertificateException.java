package org.jarvis.connector.proxmox.http;

import java.security.cert.CertificateException;

/** Why a server's certificate is not accepted, with what its operator needs to know. */
final class UntrustedCertificateException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String fingerprint;

  UntrustedCertificateException(Reason reason, Fingerprint fingerprint, Throwable cause) {
    super(reason + " " + fingerprint, cause);
    this.reason = reason;
    this.fingerprint = fingerprint.value();
  }

  UntrustedCertificateException(Reason reason, Fingerprint fingerprint) {
    super(reason + " " + fingerprint);
    this.reason = reason;
    this.fingerprint = fingerprint.value();
  }

  /** What is wrong with it. */
  Reason reason() {
    return reason;
  }

  /** The SHA-256 of the certificate that the server showed. */
  String fingerprint() {
    return fingerprint;
  }

  enum Reason {
    /** No authority that this system trusts vouches for it. */
    UNKNOWN,
    /** It is good, but for other names than the one asked for. */
    OTHER_NAME,
    /** It is none of the pinned ones. */
    CHANGED
  }
}
