package org.jarvis.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.jarvis.api.auth.Secret;

/** Makes values that nobody can guess, and the hash under which such a value is kept. */
final class RandomSecrets {
  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 16;

  /** Without what looks alike: l and 1, o and 0, i. */
  private static final String TYPEABLE = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int TYPEABLE_CHARACTERS = 20;
  private static final int TYPEABLE_GROUP = 4;

  private final SecureRandom random = new SecureRandom();

  /** 256 random bits, safe in cookies, headers and JSON. */
  Secret secret() {
    return Secret.of(text(SECRET_BYTES));
  }

  /** A password of about 99 random bits that is easily read and typed. */
  Secret typeable() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < TYPEABLE_CHARACTERS; i++) {
      if (i > 0 && i % TYPEABLE_GROUP == 0) {
        text.append('-');
      }
      text.append(TYPEABLE.charAt(random.nextInt(TYPEABLE.length())));
    }
    return Secret.of(text.toString());
  }

  /** 128 random bits that name something without being secret. */
  String id() {
    return text(ID_BYTES);
  }

  /** Random bytes. */
  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text(int count) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(count));
  }

  /**
   * SHA-256 in hex. Plain SHA-256 suffices for values of 256 random bits: there is nothing to
   * guess.
   */
  static String sha256(Secret secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(secret.reveal().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256.", impossible);
    }
  }
}
