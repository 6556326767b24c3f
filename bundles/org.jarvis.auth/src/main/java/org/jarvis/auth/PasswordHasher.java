package org.jarvis.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jarvis.api.auth.Secret;
import org.jarvis.api.error.ErrorCode;
import org.jarvis.api.error.JarvisException;

/**
 * Hashes and checks passwords with Argon2id: 19 MiB and two passes, as OWASP's password storage
 * cheat sheet recommends, and at most two at a time, so that a flood of logins cannot exhaust the
 * memory. Safe from any thread.
 */
final class PasswordHasher {
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int AT_A_TIME = 2;
  private static final long PATIENCE_SECONDS = 10;

  /** Who waits for a hash. */
  enum Turn {
    /** Anybody at all. */
    STRANGER,
    /** A known browser, or somebody who is logged in or at the console. */
    KNOWN
  }

  private final RandomSecrets random;
  private final Semaphore turns = new Semaphore(AT_A_TIME, true);

  /** Strangers take one turn of the two, so that their queue is never in front of who is known. */
  private final Semaphore strangers = new Semaphore(AT_A_TIME - 1, true);

  private final PasswordHash decoy;

  PasswordHasher(RandomSecrets random) {
    this.random = random;
    this.decoy = shape(random.bytes(SALT_BYTES), random.bytes(HASH_BYTES));
  }

  /** The hash to keep of a password, in the PHC string format. */
  String hash(Secret password, Turn turn) {
    PasswordHash empty = shape(random.bytes(SALT_BYTES), new byte[HASH_BYTES]);
    return shape(empty.saltBytes(), compute(password, empty, turn)).encoded();
  }

  /** Whether this is the password of that hash. */
  boolean matches(Secret password, String encoded, Turn turn) {
    PasswordHash expected = PasswordHash.parse(encoded);
    return MessageDigest.isEqual(expected.hashBytes(), compute(password, expected, turn));
  }

  /**
   * Takes the time of a check without there being anything to check, so that nobody can tell by the
   * clock whether an account exists.
   */
  void pretend(Secret password, Turn turn) {
    compute(password, decoy, turn);
  }

  private static PasswordHash shape(byte[] salt, byte[] hash) {
    return new PasswordHash(
        PasswordHash.MAX_MEMORY_KIB,
        PASSES,
        LANES,
        PasswordHash.base64(salt),
        PasswordHash.base64(hash));
  }

  private byte[] compute(Secret password, PasswordHash shape, Turn turn) {
    if (turn == Turn.KNOWN) {
      return compute(password, shape);
    }
    take(strangers);
    try {
      return compute(password, shape);
    } finally {
      strangers.release();
    }
  }

  private byte[] compute(Secret password, PasswordHash shape) {
    take(turns);
    byte[] bytes = password.reveal().getBytes(StandardCharsets.UTF_8);
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(shape.memoryKib())
              .withIterations(shape.passes())
              .withParallelism(shape.lanes())
              .withSalt(shape.saltBytes())
              .build());
      byte[] hash = new byte[shape.hashBytes().length];
      generator.generateBytes(bytes, hash);
      return hash;
    } finally {
      Arrays.fill(bytes, (byte) 0);
      turns.release();
    }
  }

  private static void take(Semaphore turns) {
    try {
      if (turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw JarvisException.retryAfter(
        ErrorCode.THROTTLED,
        "Too many passwords are being checked. Try again in a few seconds.",
        Duration.ofSeconds(PATIENCE_SECONDS));
  }
}
