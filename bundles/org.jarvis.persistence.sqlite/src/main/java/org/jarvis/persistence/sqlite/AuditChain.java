package org.jarvis.persistence.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jarvis.api.persistence.AuditEntry;

/**
 * How audit records are chained.
 *
 * <p>The hash of a record is the SHA-256, in lower-case hex, of its canonical form: eight fields,
 * each as its length in bytes (four bytes, big-endian) followed by its UTF-8 bytes, in this order:
 *
 * <ol>
 *   <li>the hash of the record before it, in lower-case hex; {@link #GENESIS} for the first one
 *   <li>its number, in decimal digits without sign or leading zero
 *   <li>when it happened, in ISO-8601 as {@link java.time.Instant#toString} prints it
 *   <li>actor, origin, activity, subject and detail, as they are
 * </ol>
 *
 * <p>As every field carries its length, no two records share a canonical form, whatever their text
 * contains. Unpaired surrogates, which have no UTF-8 form, count as U+FFFD, and are stored as that.
 *
 * <p>The chain shows that records were edited, removed, reordered or cut off. Somebody who may
 * write the file could also compute a whole new chain; against that the head is noted elsewhere
 * ({@link AuditAnchors}).
 */
final class AuditChain {
  /** Stands for the hash before the first record: 64 zeros. */
  static final String GENESIS = "0".repeat(64);

  private AuditChain() {}

  /** The hash of a record. */
  static String hash(String previous, long seq, AuditEntry entry) {
    MessageDigest digest = sha256();
    List.of(
            previous,
            Long.toString(seq),
            entry.at().toString(),
            entry.actor(),
            entry.origin(),
            entry.activity(),
            entry.subject(),
            entry.detail())
        .forEach(field -> update(digest, field));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String field) {
    byte[] bytes = WellFormedText.of(field).getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
