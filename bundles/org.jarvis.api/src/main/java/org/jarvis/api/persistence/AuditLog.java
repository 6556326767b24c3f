package org.jarvis.api.persistence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The append-only, hash-chained log of everything that was asked, decided and done.
 *
 * <p>Once a method returns, {@code kill -9} does not lose what it wrote. Failures are {@link
 * org.jarvis.api.error.JarvisException}s with code {@code STORAGE_UNAVAILABLE}. Safe from any
 * thread.
 */
@ConsumerType
public interface AuditLog {
  /** Appends an entry. */
  AuditRecord append(AuditEntry entry);

  /** Records after the given number, in order. */
  List<AuditRecord> after(long seq, int limit);

  /** How many records there are. Cheap, since nothing is verified. */
  long size();

  /**
   * Recomputes the whole chain, and compares it with whatever is known of it from elsewhere. Takes
   * as long as it takes to read the whole log. What comes of it is from after this was called; who
   * calls while others wait may share their answer.
   */
  Verification verify();

  /**
   * What verifying found.
   *
   * @param valid whether every record is as it was written, and none is missing
   * @param records how many there are
   * @param firstBad the first record that is not as it should be, {@code null} when all are
   * @param head the hash of the newest record
   */
  record Verification(boolean valid, long records, @Nullable Long firstBad, String head) {}
}
