package org.jarvis.auth;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash with its parameters, written in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * @param memoryKib memory in KiB
 * @param passes passes over the memory
 * @param lanes lanes
 * @param salt the salt, in Base64 without padding
 * @param hash the hash, in Base64 without padding
 */
record PasswordHash(int memoryKib, int passes, int lanes, String salt, String hash) {
  /** No hash may ask for more: whoever could write one could exhaust the memory with it. */
  static final int MAX_MEMORY_KIB = 19 * 1024;

  private static final int MIN_MEMORY_KIB = 8;
  private static final int MAX_PASSES = 16;
  private static final int MAX_LANES = 4;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  /** Refuses parameters out of bounds. */
  PasswordHash {
    if (memoryKib < MIN_MEMORY_KIB
        || memoryKib > MAX_MEMORY_KIB
        || passes < 1
        || passes > MAX_PASSES
        || lanes < 1
        || lanes > MAX_LANES) {
      throw new IllegalArgumentException("The parameters of a password hash are out of bounds.");
    }
  }

  /** Reads a stored hash; throws {@link IllegalArgumentException} for anything else. */
  static PasswordHash parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("A stored password hash is not in the expected form.");
    }
    return new PasswordHash(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        matcher.group(4),
        matcher.group(5));
  }

  /** The PHC string. */
  String encoded() {
    return "$argon2id$v=19$m="
        + memoryKib
        + ",t="
        + passes
        + ",p="
        + lanes
        + "$"
        + salt
        + "$"
        + hash;
  }

  /** The salt's bytes. */
  byte[] saltBytes() {
    return Base64.getDecoder().decode(salt);
  }

  /** The hash's bytes. */
  byte[] hashBytes() {
    return Base64.getDecoder().decode(hash);
  }

  /** Bytes as they are written here. */
  static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Leaves out salt and hash. */
  @Override
  public String toString() {
    return "PasswordHash[argon2id, m=" + memoryKib + ", t=" + passes + ", p=" + lanes + "]";
  }
}
