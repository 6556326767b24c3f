package org.jarvis.api.resource.detail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a node.
 *
 * @param certificates as listed
 */
public record NodeCertificates(List<Certificate> certificates) implements Detail {

  /**
   * One certificate.
   *
   * @param file its file, such as {@code pve-ssl.pem}
   * @param subject whom it names
   * @param issuer who signed it
   * @param fingerprint its SHA-256
   * @param validFrom from when it holds
   * @param validUntil when it expires
   * @param names the names and addresses that it covers
   */
  public record Certificate(
      String file,
      @Nullable String subject,
      @Nullable String issuer,
      @Nullable String fingerprint,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      List<String> names) {
    /** Keeps the collections from changing. */
    public Certificate {
      names = List.copyOf(names);
    }
  }

  /** Keeps the collections from changing. */
  public NodeCertificates {
    certificates = List.copyOf(certificates);
  }

  @Override
  public Aspect aspect() {
    return Aspect.CERTIFICATES;
  }
}
