package org.jarvis.gateway.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Which sessions and tokens were found good lately. It opens nothing: each request is checked all
 * the same. It only tells, before that, under whose name a request is counted, so that neither a
 * flood of others keeps out who is known nor one who is known makes the login check without end.
 * Keeps no secret, only digests. Safe from any thread.
 */
final class ProvenCredentials {
  private static final int REMEMBERED = 5000;
  private static final Duration LASTS = Duration.ofHours(1);

  private final LongSupplier nanos;
  private final Map<String, Proof> proofs = new LinkedHashMap<>(16, 0.75f, true);

  ProvenCredentials(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Proof(String credential, long at) {}

  /** The session or token that was found good by this. */
  synchronized Optional<String> credential(Presented presented) {
    Proof proof = proofs.get(digest(presented));
    return proof == null || nanos.getAsLong() - proof.at() > LASTS.toNanos()
        ? Optional.empty()
        : Optional.of(proof.credential());
  }

  /** It was found good. */
  synchronized void add(Presented presented, String credential) {
    proofs.put(digest(presented), new Proof(credential, nanos.getAsLong()));
    Iterator<Proof> oldest = proofs.values().iterator();
    while (proofs.size() > REMEMBERED) {
      oldest.next();
      oldest.remove();
    }
  }

  /** It is no good any more. */
  synchronized void remove(Presented presented) {
    proofs.remove(digest(presented));
  }

  private static String digest(Presented presented) {
    try {
      byte[] bytes = presented.secret().reveal().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return presented.bearer() + " " + new String(digest, StandardCharsets.ISO_8859_1);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("Every Java has SHA-256.", never);
    }
  }
}
