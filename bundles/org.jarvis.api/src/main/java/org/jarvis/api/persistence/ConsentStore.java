package org.jarvis.api.persistence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps what people decided about extensions, each by the SHA-256 of its jar.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}. Safe from any
 * thread.
 */
@ConsumerType
public interface ConsentStore {
  /** What was decided about this jar. */
  Optional<StoredConsent> find(String sha256);

  /** Every decision that stands, the newest first. */
  List<StoredConsent> all();

  /**
   * Stores a decision, replacing an earlier one about the same jar, together with its audit entry.
   */
  void put(StoredConsent consent, AuditEntry audit);

  /** Takes a decision back, together with its audit entry; false when there was none. */
  boolean remove(String sha256, AuditEntry audit);

  /**
   * A decision about an extension.
   *
   * @param sha256 of the whole jar, in lower-case hex
   * @param symbolicName the bundle's symbolic name
   * @param version the bundle's version
   * @param granted whether it may run
   * @param signer SHA-256 of the signer's certificate whose later versions may run without being
   *     asked for, in lower-case hex; {@code null} when every version is asked for
   * @param decidedBy who decided
   * @param decidedAt when
   */
  record StoredConsent(
      String sha256,
      String symbolicName,
      String version,
      boolean granted,
      @Nullable String signer,
      String decidedBy,
      Instant decidedAt) {}
}
